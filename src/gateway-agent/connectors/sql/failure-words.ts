import { SourceError } from '../source-error.js';
import type { FailureContext } from './dialect.js';

/** The link to the server broke while a statement was under way; a write may have been done. */
export function linkFailure(error: unknown, { isWrite, signal }: FailureContext): SourceError {
  const options = { hop: 'source', outcome: isWrite ? 'unknown' : 'not-executed', cause: error } as const;
  return signal.aborted
    ? new SourceError('REQUEST_CANCELLED', 'The request was cancelled.', options)
    : new SourceError('SOURCE_UNREACHABLE', 'The connection to the database server was lost.', options);
}

/** The detail by which a failure names its column. */
export function named(column: string | undefined): Record<string, string> {
  return column === undefined ? {} : { column };
}
