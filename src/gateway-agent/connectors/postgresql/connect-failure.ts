import { SourceError } from '../source-error.js';
import { isDatabaseError } from './database-error.js';

/** SQLSTATE classes and codes by which a server refuses the login or the database: 28 = invalid authorization. */
function isRefusal(code: string): boolean {
  return code.startsWith('28') || code === '3D000' || code === '42501';
}

/** Node's and OpenSSL's error codes are words in capitals; nothing else is passed on. */
const REASON = /^[A-Z][A-Z0-9_]{2,60}$/;

/** Says why no session could be opened. Nothing of the request ran. */
export function connectFailure(
  error: unknown,
  place: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): SourceError {
  if (signal.aborted) return new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.');
  if (error instanceof SourceError) return error;
  const details = { server: place.host, port: place.port };
  if (isDatabaseError(error)) {
    const sqlstate = error.code;
    return isRefusal(sqlstate)
      ? new SourceError('SOURCE_DENIED', 'The database server refused the login.', {
          hop: 'source',
          details: { ...details, sqlstate },
          cause: error,
        })
      : new SourceError('SOURCE_UNREACHABLE', 'The database server takes no connection now.', {
          hop: 'source',
          details: { ...details, sqlstate },
          cause: error,
        });
  }
  const message = error instanceof Error ? error.message : '';
  // pg reports a failed password exchange (an empty password, a server that cannot prove itself) by this prefix alone.
  if (message.startsWith('SASL')) {
    return new SourceError('SOURCE_DENIED', 'Signing in at the database server failed.', {
      hop: 'source',
      details,
      cause: error,
    });
  }
  if (message.startsWith('The server does not support SSL')) {
    return new SourceError('SOURCE_UNREACHABLE', 'The database server offers no encrypted connection.', {
      hop: 'source',
      details: { ...details, reason: 'TLS_NOT_OFFERED' },
      cause: error,
    });
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new SourceError('SOURCE_UNREACHABLE', 'The database server cannot be reached.', {
    hop: 'source',
    details: REASON.test(code) ? { ...details, reason: code } : details,
    cause: error,
  });
}
