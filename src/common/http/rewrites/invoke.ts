import type { IncomingMessage } from 'node:http';

/** What a tunnelled call asks for, or what is wrong with it. */
export type Tunnelled =
  { readonly method: string; readonly url: string } | { readonly header: string; readonly problem: string };

const METHOD_HEADER = 'x-ms-request-method';
const URL_HEADER = 'x-ms-request-url';

/** HEAD and OPTIONS are left out: whether an answer has a body is settled before its request is looked into. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** They speak of the tunnel and not of the call in it, so the call goes on without them. */
const TUNNEL_HEADERS: ReadonlySet<string> = new Set([METHOD_HEADER, URL_HEADER, 'authority', 'scheme', 'path']);

/** Segments that a proxy or a library would take for a step up, encoded or not. */
const DOTS = /\/(?:\.|%2e){1,2}(?:[/?]|$)/i;

/** Whether a request is the tunnel through which older Power Apps clients send every call. */
export function isInvoke({ method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>): boolean {
  return method === 'POST' && /^\/invoke\/?(?:\?|$)/.test(url);
}

/**
 * Reads which call a tunnel carries. Only the connector surface can be reached through it: every other surface has rules
 * about where its requests come from that a tunnel would get round.
 */
export function readTunnel({ headers }: Pick<IncomingMessage, 'headers'>): Tunnelled {
  const method = headers[METHOD_HEADER];
  if (typeof method !== 'string' || !METHODS.has(method.toUpperCase())) {
    return { header: METHOD_HEADER, problem: `must be one of ${[...METHODS].join(', ')}` };
  }
  const url = headers[URL_HEADER];
  const problem = 'must be the path of a call below /apim/, with its query';
  if (typeof url !== 'string' || !/^\/?apim\/[\x21-\x7e]+$/.test(url)) return { header: URL_HEADER, problem };
  if (/[\\#]/.test(url) || DOTS.test(url)) return { header: URL_HEADER, problem };
  return { method: method.toUpperCase(), url: url.startsWith('/') ? url : `/${url}` };
}

/**
 * Makes a tunnelled request the request that it carries, before anything has looked at it: from here on, everything that
 * holds for the direct call holds for it. One that carries nothing proper stays as it is, and is refused by its route.
 */
export function enterTunnel(request: IncomingMessage): string | undefined {
  const tunnelled = readTunnel(request);
  if ('problem' in tunnelled) return undefined;
  request.method = tunnelled.method;
  const dropped = new Set(TUNNEL_HEADERS);
  // A client has to give its POST a length; a read sent directly has none.
  if (request.headers['content-length'] === '0' && tunnelled.method === 'GET') dropped.add('content-length');
  for (const name of dropped) delete request.headers[name];
  const { rawHeaders } = request;
  request.rawHeaders = rawHeaders.filter((_, at) => !dropped.has((rawHeaders[at - (at % 2)] ?? '').toLowerCase()));
  return tunnelled.url;
}
