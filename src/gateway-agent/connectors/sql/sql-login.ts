import type { ConnectorRequest } from '../connector.js';
import { SourceError } from '../source-error.js';
import type { SqlLogin } from './sql-session.js';

/** Where a target leads, in the words of sessions. */
export type SqlPlace = Pick<SqlLogin, 'host' | 'port' | 'database'>;

/**
 * The login of a request with a user name and a password. A NUL would end a field of many a protocol and begin another.
 *
 * @param place of the request's target; undefined when that is of another kind
 * @throws SourceError VALIDATION_FAILED, SOURCE_DENIED
 */
export function basicLogin(request: ConnectorRequest, place: SqlPlace | undefined, product: string): SqlLogin {
  const { credentialType, encryption, secret } = request;
  if (!place) throw new SourceError('VALIDATION_FAILED', `The connection does not lead to ${product}.`);
  if (credentialType !== 'Basic') {
    throw new SourceError('VALIDATION_FAILED', `${product} is reached with a user name and a password.`, {
      details: { credentialType },
    });
  }
  const user = secret.get('username');
  const password = secret.get('password') ?? '';
  if (user === undefined || user === '') throw new SourceError('SOURCE_DENIED', 'The credential holds no user name.');
  const login = { ...place, user, password, encryption };
  assertPlainNames(login);
  return login;
}

/** @throws SourceError VALIDATION_FAILED */
export function assertPlainNames({ host, database, user, password }: SqlLogin): void {
  if (![host, database, user, password].some((text) => text.includes('\0'))) return;
  throw new SourceError(
    'VALIDATION_FAILED',
    'The server, the database or the login holds a character that no name has.',
  );
}
