import { readApiError, retryAfterSeconds } from './api-error.js';

/** A caller that may not call yet is asked to wait; longer than this is for the person or program above to decide. */
const LONGEST_WAIT_SECONDS = 30;

/** Tries in all, where each was answered with 429: nothing was done, so that writes are tried again as well. */
const MAX_TRIES = 4;

/** Fetches like `fetch`. */
export type Fetch = (request: Request) => Promise<Response>;

interface SenderOptions {
  /** Gives the access token; asked before each try. */
  readonly token: () => Promise<string>;
  readonly fetch: Fetch;
}

/** Sends requests with the caller's token, waits where it is told to, and throws what failed. */
export function createSender({ token, fetch }: SenderOptions): Fetch {
  return async (request) => {
    for (let tries = 1; ; tries += 1) {
      // A body can be read once: each try but the last takes a copy.
      const attempt = tries < MAX_TRIES ? request.clone() : request;
      attempt.headers.set('authorization', `Bearer ${await token()}`);
      const response = await fetch(attempt);
      if (response.ok) return response;
      const waitSeconds = response.status === 429 ? retryAfterSeconds(response) : undefined;
      if (waitSeconds === undefined || waitSeconds > LONGEST_WAIT_SECONDS || tries === MAX_TRIES) {
        throw await readApiError(response);
      }
      await response.body?.cancel();
      await wait(waitSeconds * 1000, request.signal);
    }
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal.addEventListener('abort', abort, { once: true });
  });
}
