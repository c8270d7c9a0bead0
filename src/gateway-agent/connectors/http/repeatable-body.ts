/** Longest body that is kept to be sent again, in bytes. */
const MAX_KEPT_BYTES = 64 * 1024;

/** A body that can be sent a second time if it is small and has been read to its end. */
export class RepeatableBody {
  private chunks: Uint8Array[] | undefined = [];
  private size = 0;
  private isWhole = false;

  constructor(private readonly source: AsyncIterable<Uint8Array>) {}

  async *first(): AsyncGenerator<Uint8Array> {
    for await (const chunk of this.source) {
      this.size += chunk.length;
      if (this.size > MAX_KEPT_BYTES) this.chunks = undefined;
      this.chunks?.push(chunk);
      yield chunk;
    }
    this.isWhole = true;
  }

  /** Undefined when it cannot be had again. */
  again(): AsyncIterable<Uint8Array> | undefined {
    const { chunks } = this;
    if (!this.isWhole || !chunks) return undefined;
    return (async function* () {
      yield* chunks;
    })();
  }
}
