import { SourceError } from '../source-error.js';

/** Numbers by which a server refuses the login or the database. @see SQL Server, "Troubleshoot connecting" */
const REFUSALS: ReadonlySet<number> = new Set([
  4060, 4062, 4064, 18_452, 18_456, 18_461, 18_470, 18_486, 18_487, 18_488,
]);

/** Node's, OpenSSL's and the driver's codes are words in capitals; nothing else is passed on. */
const REASON = /^[A-Z][A-Z0-9_]{2,60}$/;
const NO_TLS = 'TLS_NOT_OFFERED';

/** Said when a server has no TLS and the connection wants it. */
export function tlsMissing(): Error {
  return Object.assign(new Error('The server offers no TLS.'), { code: NO_TLS });
}

/** The driver wraps errors, in causes and in lists. */
function* chain(error: unknown): Generator<Error> {
  if (!(error instanceof Error)) return;
  yield error;
  if (error instanceof AggregateError) for (const each of error.errors) yield* chain(each);
  yield* chain(error.cause);
}

function codesOf(error: unknown): readonly string[] {
  return [...chain(error)].flatMap((each) => ('code' in each ? [String(each.code)] : []));
}

export function isTlsMissing(error: unknown): boolean {
  return codesOf(error).includes(NO_TLS);
}

/** Says why no session could be opened. Nothing of the request ran. */
export function connectFailure(
  error: unknown,
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): SourceError {
  if (signal.aborted) return new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
  const own = [...chain(error)].find((each) => each instanceof SourceError);
  if (own instanceof SourceError) return own;
  const details = { server: place.host, port: place.port };
  const codes = codesOf(error);
  const number = [...chain(error)].map((each) => ('number' in each ? Number(each.number) : 0)).find((each) => each > 0);
  const make = (code: 'SOURCE_DENIED' | 'SOURCE_UNREACHABLE', message: string, more: Record<string, string | number>) =>
    new SourceError(code, message, { hop: 'source', details: { ...details, ...more }, cause: error });
  if (codes.includes('ELOGIN') || (number !== undefined && REFUSALS.has(number))) {
    return make(
      'SOURCE_DENIED',
      'The database server refused the login.',
      number === undefined ? {} : { error: number },
    );
  }
  if (isTlsMissing(error)) {
    return make('SOURCE_UNREACHABLE', 'The database server offers no encrypted connection.', { reason: NO_TLS });
  }
  const reason = codes.at(-1) ?? '';
  return make('SOURCE_UNREACHABLE', 'The database server cannot be reached.', REASON.test(reason) ? { reason } : {});
}
