import { SourceError } from '../source-error.js';

/** Where a request goes: undici takes the two apart, so that a path cannot become a host. */
export interface HttpPlace {
  readonly origin: string;
  /** Path and query exactly as sent. */
  readonly path: string;
}

/** Rounds of decoding that servers and the proxies before them are known to apply. */
const DECODING_ROUNDS = 3;

function forbidden(): SourceError {
  return new SourceError('PATH_FORBIDDEN', "The path leads outside the connection's address.");
}

function decodeOnce(text: string): string {
  return (
    text
      // The overlong forms of dot and slash, which old servers read as such.
      .replaceAll(/%c0%ae/gi, '.')
      .replaceAll(/%c0%af/gi, '/')
      .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  );
}

/** A way up in any spelling: plain, encoded, doubly encoded, with backslashes, or with path parameters (`..;`). */
export function climbs(path: string): boolean {
  let text = path;
  for (let round = 0; round <= DECODING_ROUNDS; round += 1) {
    if (text.split(/[/\\]/).some((segment) => /^\.\.(?:;|$)/.test(segment))) return true;
    text = decodeOnce(text);
  }
  return false;
}

/**
 * Joins a request's path to the connection's base URL. The path is passed on byte for byte, so whatever could make any
 * server on the way read it as another place is refused, not repaired.
 *
 * @throws SourceError PATH_FORBIDDEN
 */
export function joinPath(baseUrl: string, pathAndQuery: string): HttpPlace {
  const base = new URL(baseUrl);
  const basePath = base.pathname.replace(/\/+$/, '');
  const query = pathAndQuery.indexOf('?');
  const path = query === -1 ? pathAndQuery : pathAndQuery.slice(0, query);
  const isPlain = /^[\x21-\x7e]*$/.test(pathAndQuery) && !pathAndQuery.includes('#');
  if (!isPlain || !path.startsWith('/') || path.startsWith('//') || path.includes('\\') || climbs(path))
    throw forbidden();
  const joined = basePath + pathAndQuery;
  const url = new URL(base.origin + joined);
  if (url.origin !== base.origin || !`${url.pathname}/`.startsWith(`${basePath}/`)) throw forbidden();
  return { origin: base.origin, path: joined };
}
