import type { SourceError } from '../connectors/source-error.js';

/** Stops bodies of one request that hold more than they may. Counts each body for itself. */
export class ByteCap {
  private refused: SourceError | undefined;

  constructor(
    private readonly maxBytes: number,
    private readonly refuse: () => SourceError,
  ) {}

  get refusal(): SourceError | undefined {
    return this.refused;
  }

  /** Nothing of the chunk that passes the bound is handed on. Leaving it early leaves the body as well. */
  watch(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
    const iterator = body[Symbol.asyncIterator]();
    let bytes = 0;
    const end = async (): Promise<IteratorReturnResult<void>> => {
      await iterator.return?.();
      return { done: true, value: undefined };
    };
    // Not a generator function: one that nobody began to read would not pass its end on, and sources would be held.
    const watched: AsyncGenerator<Uint8Array, void, void> = {
      next: async () => {
        const step = await iterator.next();
        if (step.done) return { done: true, value: undefined };
        bytes += step.value.length;
        if (bytes <= this.maxBytes) return { done: false, value: step.value };
        this.refused ??= this.refuse();
        // Not awaited: a source that hangs must not keep the refusal from being told.
        void Promise.allSettled([iterator.return?.()]);
        throw this.refused;
      },
      return: end,
      throw: async (error: unknown) => {
        await end();
        throw error;
      },
      [Symbol.asyncIterator]: () => watched,
      [Symbol.asyncDispose]: async () => {
        await end();
      },
    };
    return watched;
  }
}
