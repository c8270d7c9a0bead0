import type { AgentErrorCode } from '../../../contract/errors.js';
import type { SftpTarget } from '../../../contract/targets.js';
import { SourceError } from '../source-error.js';

/** Status codes of the protocol. @see draft-ietf-secsh-filexfer-02, section 7 */
export const STATUS = { EOF: 1, NO_SUCH_FILE: 2, PERMISSION_DENIED: 3, FAILURE: 4, OP_UNSUPPORTED: 8 } as const;

const BY_STATUS: ReadonlyMap<number, readonly [AgentErrorCode, string]> = new Map<
  number,
  readonly [AgentErrorCode, string]
>([
  [STATUS.NO_SUCH_FILE, ['FILE_NOT_FOUND', 'There is no such file or folder.']],
  [STATUS.PERMISSION_DENIED, ['SOURCE_DENIED', "The connection's account may not do this here."]],
  [STATUS.OP_UNSUPPORTED, ['OPERATION_UNSUPPORTED', 'The server does not do this.']],
]);

/** The number by which a server refused one request; undefined for what is no answer of a server. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined;
}

/** Says what the server refused. Its own words may hold paths, so only the number is passed on. */
export function fileFailure(error: unknown): unknown {
  if (error instanceof SourceError) return error;
  const status = statusOf(error);
  if (status === undefined) return error;
  const [code, message] = BY_STATUS.get(status) ?? ['SOURCE_FAILED', 'The server failed.'];
  return new SourceError(code, message, { hop: 'source', details: { status }, cause: error });
}

/** Why there is no session. Nothing was executed: it comes before anything was asked. */
export function loginFailure(error: unknown, { server, port }: SftpTarget): SourceError {
  if (error instanceof SourceError) return error;
  const level = error instanceof Error && 'level' in error ? String(error.level) : '';
  const options = { hop: 'source', details: { server, port }, cause: error } as const;
  if (level === 'client-authentication') {
    return new SourceError('SOURCE_DENIED', 'The server refused the credential.', options);
  }
  if (level === 'handshake' || level === 'protocol') {
    return new SourceError('SOURCE_FAILED', 'The server offers no way of encryption that is still safe.', options);
  }
  return new SourceError('SOURCE_UNREACHABLE', 'The server closed the connection.', options);
}

/** The session ended while something was on its way. */
export function sessionLost({ server, port }: SftpTarget, cause?: unknown): SourceError {
  return new SourceError('SOURCE_UNREACHABLE', 'The connection to the server was lost.', {
    hop: 'source',
    details: { server, port },
    ...(cause === undefined ? {} : { cause }),
  });
}
