import { SourceError } from '../source-error.js';
import type { HttpPlace } from './target-path.js';

/** Methods that change nothing at the source (RFC 9110 section 9.2.1). A repeated DELETE would be a second write. */
export function mayRepeat(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

export interface HttpFailureContext {
  readonly place: HttpPlace;
  readonly signal: AbortSignal;
  /** The answer's head had come already. */
  readonly began: boolean;
  readonly isSafe: boolean;
}

const REASON = /^[A-Z][A-Z0-9_]{2,60}$/;

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Tells undici's failures apart by where they happened. */
export class HttpFailures {
  private readonly notConnected = new WeakSet<Error>();

  /** The connector saw this error while connecting: nothing was sent. */
  noteNotConnected(error: Error): void {
    this.notConnected.add(error);
  }

  /** A kept-alive socket that the server closed while the request was on its way. */
  isDeadSocket(error: unknown): boolean {
    return (
      error instanceof Error &&
      !this.notConnected.has(error) &&
      ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error))
    );
  }

  describe(error: unknown, { place, signal, began, isSafe }: HttpFailureContext): SourceError {
    if (error instanceof SourceError && error.code !== 'REQUEST_CANCELLED') return error;
    const wasSent = !(error instanceof Error && this.notConnected.has(error));
    const outcome = isSafe || !wasSent ? 'not-executed' : began ? 'executed' : 'unknown';
    if (signal.aborted) {
      return new SourceError('REQUEST_CANCELLED', 'The request was cancelled.', {
        hop: 'source',
        outcome,
        cause: error,
      });
    }
    const code = codeOf(error);
    if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
      return new SourceError('VALIDATION_FAILED', 'A header or the body of the request cannot be sent.', {
        outcome: code === 'UND_ERR_INVALID_ARG' ? 'not-executed' : outcome,
        cause: error,
      });
    }
    const details = { origin: place.origin, ...(REASON.test(code) ? { reason: code } : {}) };
    if (code === 'UND_ERR_HEADERS_OVERFLOW' || code.startsWith('HPE_')) {
      return new SourceError('SOURCE_FAILED', "The source's answer is not proper HTTP.", {
        hop: 'source',
        outcome,
        details,
        cause: error,
      });
    }
    const message = !wasSent
      ? 'The source cannot be reached.'
      : began
        ? "The source's answer broke off."
        : 'The source closed the connection without an answer.';
    return new SourceError('SOURCE_UNREACHABLE', message, { hop: 'source', outcome, details, cause: error });
  }
}
