import type { FastifyRequest } from 'fastify';
import { isIdentifier } from '../identifier.js';
import type { Failure } from './failure.js';
import type { ActorRequest, Refusal } from './refusal-sink.js';

/** Requests that are wrong in shape, or were given up, were not refused by any rule. */
const NO_REFUSAL: ReadonlySet<number> = new Set([400, 413, 415, 426, 499]);

/** Parameters of routes, those that say most first. */
const SUBJECTS: readonly (readonly [string, string])[] = [
  ['connectionId', 'connection'],
  ['gatewayId', 'gateway'],
  ['environmentId', 'environment'],
  ['joinTokenId', 'join-token'],
  ['alertId', 'alert'],
  ['userId', 'user'],
];

/** Longest text kept of a detail, in characters. */
const MAX_TEXT = 200;
const MAX_DETAILS = 16;

/** @returns null for a failure that no rule of ours decided, or of somebody unknown */
export function refusalOf(request: FastifyRequest & ActorRequest, failure: Failure): Refusal | null {
  const { actor } = request;
  const { code, hop, status, traceId } = failure;
  const isRefusal = hop === 'control-plane' && status >= 400 && status < 500 && !NO_REFUSAL.has(status);
  if (!actor || !isRefusal || code === 'ROUTE_NOT_FOUND') return null;
  const { tenantId, id, type } = actor;
  const named = { ...failure.details, ...(request.params as Readonly<Record<string, string>> | undefined) };
  const gatewayId = identifierIn(named, 'gatewayId');
  return {
    tenantId,
    actor: { id, type },
    action: `${request.method} ${template(request.routeOptions.url)}`,
    code,
    ...(gatewayId === undefined ? {} : { gatewayId }),
    subject: subjectOf(named),
    details: safeDetails(failure.details),
    traceId,
  };
}

/** As the API description writes it. */
function template(url = ''): string {
  return url.replace(/:(\w+)/g, '{$1}');
}

type Named = Readonly<Record<string, string | number>>;

function subjectOf(named: Named): Refusal['subject'] {
  for (const [name, type] of SUBJECTS) {
    const id = identifierIn(named, name);
    if (id !== undefined) return { type, id };
  }
  return { type: 'route' };
}

function identifierIn(named: Named, name: string): string | undefined {
  const value = named[name];
  return typeof value === 'string' && isIdentifier(value) ? value.toLowerCase() : undefined;
}

/**
 * What the caller sent in the place of an id may be anything, a secret pasted into the wrong field too: only what can be
 * an id is kept. Texts are cut, and without characters that PostgreSQL cannot store.
 */
function safeDetails(details: Named): Named {
  const kept = Object.entries(details).filter(([name, value]) => !/Id$/.test(name) || isIdentifier(String(value)));
  return Object.fromEntries(
    kept.slice(0, MAX_DETAILS).map(([name, value]) => [name, typeof value === 'string' ? safeText(value) : value]),
  );
}

function safeText(text: string): string {
  return text.slice(0, MAX_TEXT).replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
}
