import type { AgentErrorCode } from '../../../contract/errors.js';
import { SourceError } from '../source-error.js';

const BY_CODE: Readonly<Record<string, readonly [AgentErrorCode, string]>> = {
  ENOENT: ['FILE_NOT_FOUND', 'There is no such file or folder.'],
  EACCES: ['SOURCE_DENIED', "The agent's account may not do this here."],
  EPERM: ['SOURCE_DENIED', "The agent's account may not do this here."],
  EROFS: ['SOURCE_DENIED', 'The folder is read-only.'],
  EISDIR: ['VALIDATION_FAILED', 'The path names a folder, not a file.'],
  ENOTDIR: ['VALIDATION_FAILED', 'A part of the path is a file, not a folder.'],
  ENAMETOOLONG: ['VALIDATION_FAILED', 'The path is too long.'],
  EEXIST: ['SOURCE_CONFLICT', 'A file or folder of this name exists already.'],
  // A link where none was a moment ago: somebody swaps names under our hands.
  ELOOP: ['PATH_FORBIDDEN', "The path leads outside the connection's folder, or holds a name that is not allowed."],
  ENOSPC: ['SOURCE_FAILED', 'The disk is full.'],
  EDQUOT: ['SOURCE_FAILED', 'The quota is used up.'],
};

/** Says what the file system refused, without a path of the agent's machine in it. Other errors stay as they are. */
export function fileFailure(error: unknown): unknown {
  if (error instanceof SourceError || !(error instanceof Error) || !('syscall' in error)) return error;
  const code = 'code' in error ? String(error.code) : 'UNKNOWN';
  const [mapped, message] = BY_CODE[code] ?? ['SOURCE_FAILED', 'The file system failed.'];
  return new SourceError(mapped, message, { hop: 'source', details: { reason: code }, cause: error });
}
