import { HOP_BY_HOP_HEADERS } from '../../../contract/http-headers.js';
import type { HeaderList } from '../../../contract/operations.js';
import { SourceError } from '../source-error.js';
import type { SignIn } from './sign-in.js';

/**
 * Request headers that are ours to set: the host is the connection's, and a caller's `authorization` was meant for the
 * gateway. `expect` asks for a hand-shake that a relayed body cannot take part in.
 */
const OURS: ReadonlySet<string> = new Set(['host', 'authorization', 'expect']);

/** Limits of the wire contract for an answer's headers. */
const MAX_HEADERS = 200;
const MAX_NAME_LENGTH = 256;
const MAX_VALUE_LENGTH = 16_384;

function namedByConnection(headers: HeaderList): ReadonlySet<string> {
  const lists = headers.filter(([name]) => name.toLowerCase() === 'connection').map(([, value]) => value);
  return new Set(lists.flatMap((list) => list.split(',').map((name) => name.trim().toLowerCase())));
}

function withoutHopByHop(headers: HeaderList): HeaderList {
  const named = namedByConnection(headers);
  return headers.filter(([name]) => !HOP_BY_HOP_HEADERS.has(name.toLowerCase()) && !named.has(name.toLowerCase()));
}

/** @param signIn a header of its name that the caller sent was never meant for the source */
export function requestHeaders(headers: HeaderList, signIn: SignIn, hasBody: boolean): HeaderList {
  const own = signIn.in === 'header' ? signIn.name.toLowerCase() : undefined;
  const kept = withoutHopByHop(headers).filter(([name]) => {
    const lower = name.toLowerCase();
    return !OURS.has(lower) && lower !== own && (hasBody || lower !== 'content-length');
  });
  return signIn.in === 'header' ? [...kept, [signIn.name, signIn.value]] : kept;
}

/** @throws SourceError SOURCE_FAILED when the answer's headers exceed what the relay carries */
export function responseHeaders(headers: HeaderList): HeaderList {
  const kept = withoutHopByHop(headers);
  const isTooLarge =
    kept.length > MAX_HEADERS ||
    kept.some(([name, value]) => name.length > MAX_NAME_LENGTH || value.length > MAX_VALUE_LENGTH);
  if (!isTooLarge) return kept;
  throw new SourceError('SOURCE_FAILED', "The source's answer has too many or too long headers.", {
    hop: 'source',
    outcome: 'executed',
  });
}
