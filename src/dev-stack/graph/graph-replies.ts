import '../not-in-production.js';
import { randomUUID } from 'node:crypto';
import type { JsonReply } from '../json-reply.js';

const CONTEXT = 'https://graph.microsoft.com/v1.0/$metadata';

export function entity(context: string, body: object): JsonReply {
  return { status: 200, body: { '@odata.context': `${CONTEXT}#${context}`, ...body } };
}

/**
 * One page of a collection, and where the next one is.
 *
 * @param address of the request, absolute; `$skiptoken` tells how many entries came before
 * @param maxPage most entries of a page, whatever `$top` asks for
 */
export function collection(context: string, items: readonly unknown[], address: URL, maxPage: number): JsonReply {
  const wanted = Number(address.searchParams.get('$top') ?? maxPage);
  const size = Math.min(Number.isInteger(wanted) && wanted > 0 ? wanted : maxPage, maxPage);
  const start = Number(address.searchParams.get('$skiptoken') ?? 0);
  const end = start + size;
  const next = new URL(address);
  next.searchParams.set('$skiptoken', String(end));
  return entity(context, {
    ...(end < items.length && { '@odata.nextLink': next.href }),
    value: items.slice(start, end),
  });
}

export function notFound(id: string): JsonReply {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return failure(404, 'Request_ResourceNotFound', message);
}

export function failure(status: number, code: string, message: string): JsonReply {
  const requestId = randomUUID();
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': requestId,
  };
  return { status, body: { error: { code, message, innerError } } };
}
