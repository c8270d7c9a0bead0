import { SourceError } from '../source-error.js';
import type { ConnectorRequest } from '../connector.js';
import type { SessionOptions } from './session.js';

/**
 * Where and as whom a request signs in. A NUL would end a field of the startup packet and begin another setting; a slash
 * would make the driver open a local socket, where the server may trust the agent's own account.
 *
 * @throws SourceError VALIDATION_FAILED, SOURCE_DENIED
 */
export function sessionOptions(request: ConnectorRequest, ca: string[] | undefined): SessionOptions {
  const { target, credentialType, encryption, secret } = request;
  if (target.kind !== 'postgresql')
    throw new SourceError('VALIDATION_FAILED', 'The connection does not lead to PostgreSQL.');
  if (credentialType !== 'Basic') {
    throw new SourceError('VALIDATION_FAILED', 'PostgreSQL is reached with a user name and a password.', {
      details: { credentialType },
    });
  }
  const user = secret.get('username');
  const password = secret.get('password') ?? '';
  if (user === undefined || user === '') throw new SourceError('SOURCE_DENIED', 'The credential holds no user name.');
  if (
    [target.server, target.database, user, password].some((text) => text.includes('\0')) ||
    target.server.includes('/')
  ) {
    throw new SourceError(
      'VALIDATION_FAILED',
      'The server, the database or the login holds a character that no name has.',
    );
  }
  return { host: target.server, port: target.port, database: target.database, user, password, encryption, ca };
}
