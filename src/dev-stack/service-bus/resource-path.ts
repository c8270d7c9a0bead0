/** A resource inside a namespace: host without port, path in lower-case segments. */
export interface ResourcePath {
  readonly host: string;
  readonly segments: readonly string[];
}

const SCHEMES = /^(?:sb|amqps?|https?|wss?):\/\//i;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const DEAD_LETTER = '$deadletterqueue';
const MANAGEMENT = '$management';

/** Reads `sb://host:port/a/b/?query`; scheme, port, case and slashes at the ends do not matter. */
export function parseResource(text: string): ResourcePath | undefined {
  if (!SCHEMES.test(text)) return undefined;
  const [authority = '', ...path] = text.replace(SCHEMES, '').split(/[?#]/)[0]?.split('/') ?? [];
  const host = authority.replace(/:\d+$/, '').toLowerCase();
  if (host === '') return undefined;
  return { host, segments: segmentsOf(path.join('/')) };
}

export function segmentsOf(path: string): string[] {
  return path
    .toLowerCase()
    .replace(/^\/+|\/+$/g, '')
    .split('/')
    .filter((segment, _, all) => all.length > 1 || segment !== '');
}

/** Whether a token for `outer` reaches `inner`: same host, and its path is a prefix by whole segments (`gw/7` is none of `gw/70`). */
export function covers(outer: ResourcePath, inner: ResourcePath): boolean {
  return sameHost(outer.host, inner.host) && outer.segments.every((segment, i) => segment === inner.segments[i]);
}

/** The names of this machine's loopback count as one host: which of them a client dials is chance. */
function sameHost(a: string, b: string): boolean {
  return a === b || (LOOPBACK.has(a) && LOOPBACK.has(b));
}

/** What an AMQP address points at. */
export interface Address {
  /** Lower-case name of the queue. */
  readonly queue: string;
  readonly deadLetter: boolean;
  readonly management: boolean;
  /** The whole path, for which tokens are checked: the client asks for one per sub-path. */
  readonly path: readonly string[];
}

/** Reads `queue`, `queue/$DeadLetterQueue`, `queue/$management`, the last two also together. */
export function parseAddress(text: string): Address {
  const segments = segmentsOf(text.replace(/^[a-z]+:\/\/[^/]*\//i, ''));
  const path = [...segments];
  const management = segments.at(-1) === MANAGEMENT;
  if (management) segments.pop();
  const deadLetter = segments.at(-1) === DEAD_LETTER;
  if (deadLetter) segments.pop();
  return { queue: segments.join('/'), deadLetter, management, path };
}
