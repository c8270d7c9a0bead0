import { DomainError } from '../../common/errors/domain-error.js';
import { HOP_BY_HOP_HEADERS } from '../../contract/http-headers.js';
import { headersSchema, type HeaderList } from '../../contract/operations.js';

/** Meant for this service: its token, its name, its cookies, and what proxies in front of it say about the caller. */
const OURS = [
  'authorization',
  'host',
  'cookie',
  'expect',
  'forwarded',
  'via',
  'x-real-ip',
  'traceparent',
  'tracestate',
];
const OUR_PREFIXES = ['x-ms-client-', 'x-ms-workflow-', 'x-forwarded-'];

/** They would speak for this service's own origin, not for the source behind it. */
const ABOUT_ORIGIN = [
  'set-cookie',
  'set-cookie2',
  'strict-transport-security',
  'clear-site-data',
  'alt-svc',
  'service-worker-allowed',
  'x-ms-request-id',
];
const ORIGIN_PREFIXES = ['access-control-', 'proxy-'];

const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The headers of a request that the source gets to see, in order, repeats kept.
 *
 * @param rawHeaders names and values in turn, as Node gives them
 * @throws DomainError VALIDATION_FAILED when there are more, or longer ones, than the relay carries
 */
export function sourceHeaders(rawHeaders: readonly string[]): HeaderList {
  const pairs: HeaderList = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    pairs.push([(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? '']);
  }
  const dropped = new Set([...HOP_BY_HOP_HEADERS, ...OURS, ...namedByConnection(pairs)]);
  const kept = pairs.filter(([name]) => !dropped.has(name) && !startsWithAny(name, OUR_PREFIXES));
  if (!headersSchema.safeParse(kept).success) {
    throw new DomainError('VALIDATION_FAILED', { problem: 'too many headers, or one that is too long' });
  }
  return kept;
}

/** The headers of a source's answer that the caller gets to see, by name; a repeated one has several values. */
export function callerHeaders(headers: HeaderList): Map<string, string[]> {
  const pairs = headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const dropped = new Set([...HOP_BY_HOP_HEADERS, ...ABOUT_ORIGIN, ...namedByConnection(pairs)]);
  const kept = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    if (dropped.has(name) || startsWithAny(name, ORIGIN_PREFIXES) || !NAME.test(name) || !VALUE.test(value)) continue;
    kept.set(name, [...(kept.get(name) ?? []), value]);
  }
  return kept;
}

function namedByConnection(pairs: HeaderList): string[] {
  return pairs
    .filter(([name]) => name === 'connection')
    .flatMap(([, value]) => value.split(',').map((each) => each.trim().toLowerCase()));
}

function startsWithAny(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.startsWith(prefix));
}
