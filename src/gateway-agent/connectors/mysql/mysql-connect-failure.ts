import { SourceError } from '../source-error.js';

/** Errors by which a server refuses the login or the database. @see MySQL and MariaDB, "Error Codes" */
const REFUSALS: ReadonlySet<number> = new Set([
  1044, 1045, 1049, 1130, 1131, 1227, 1251, 1524, 1698, 1862, 3118, 3159, 4151,
]);

/** What the driver says when the server offers no TLS. */
const NO_TLS = 'HANDSHAKE_NO_SSL_SUPPORT';

/** Node's, OpenSSL's and the driver's codes are words in capitals; nothing else is passed on. */
const REASON = /^[A-Z][A-Z0-9_]{2,60}$/;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function isTlsMissing(error: unknown): boolean {
  return codeOf(error) === NO_TLS;
}

/** Says why no session could be opened. Nothing of the request ran. */
export function connectFailure(
  error: unknown,
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): SourceError {
  if (signal.aborted) return new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
  if (error instanceof SourceError) return error;
  const details = { server: place.host, port: place.port };
  const errno = error instanceof Error && 'errno' in error ? Number(error.errno) : Number.NaN;
  const make = (code: 'SOURCE_DENIED' | 'SOURCE_UNREACHABLE', message: string, more: Record<string, string | number>) =>
    new SourceError(code, message, { hop: 'source', details: { ...details, ...more }, cause: error });
  if (REFUSALS.has(errno)) return make('SOURCE_DENIED', 'The database server refused the login.', { error: errno });
  if (codeOf(error).startsWith('AUTH_SWITCH') || codeOf(error) === 'MYSQL_CLEAR_PASSWORD_NOT_ENABLED') {
    return make('SOURCE_DENIED', 'Signing in at the database server failed.', { reason: codeOf(error) });
  }
  if (isTlsMissing(error)) {
    return make('SOURCE_UNREACHABLE', 'The database server offers no encrypted connection.', {
      reason: 'TLS_NOT_OFFERED',
    });
  }
  const reason = codeOf(error);
  return make('SOURCE_UNREACHABLE', 'The database server cannot be reached.', REASON.test(reason) ? { reason } : {});
}
