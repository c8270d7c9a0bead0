import { SourceError } from './source-error.js';

function cancelled(): SourceError {
  return new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
}

/**
 * The chunks of a body, given up as soon as the signal fires, even while the next chunk is awaited.
 *
 * @throws SourceError REQUEST_CANCELLED
 */
export async function* abortable(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
  });
  // Observed by the race below; between two chunks nobody watches it, which must not count as unhandled.
  aborted.catch(() => undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  let isDone = false;
  try {
    for (;;) {
      const step = await Promise.race([iterator.next(), aborted]);
      if (step.done) {
        isDone = true;
        return;
      }
      yield step.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs in `next` would hang in `return`, too.
    if (!isDone) void iterator.return?.().then(undefined, () => undefined);
  }
}

/** What is awaited, given up as soon as the signal fires; the work itself goes on. @throws SourceError REQUEST_CANCELLED */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw cancelled();
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(cancelled());
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/**
 * A body that lets go of what it holds when it is left. A generator that nobody began to read has no `finally` to run.
 *
 * @param release may be called more than once
 */
export function lettingGo(
  body: AsyncGenerator<Uint8Array>,
  release: () => Promise<unknown> | void,
): AsyncGenerator<Uint8Array> {
  const leave = body.return.bind(body);
  body.return = async (value) => {
    await release();
    return leave(value);
  };
  return body;
}
