import type { DomainError } from '../common/errors/domain-error.js';

interface Chunk {
  readonly frame: number;
  readonly bytes: Uint8Array;
}

type Step = IteratorResult<Uint8Array, undefined>;
interface Reader {
  readonly resolve: (step: Step) => void;
  readonly reject: (error: unknown) => void;
}

const END: Step = { done: true, value: undefined };

/** The bytes of an answer between the bus and whoever reads them. Holds at most one window of frames. */
export class ReplyBody implements AsyncIterableIterator<Uint8Array, undefined> {
  private chunks: Chunk[] = [];
  private reader: Reader | undefined;
  private isEnded = false;
  private failure: DomainError | undefined;
  private freed = 0;

  /**
   * @param onFreed told how many frames, counted from the first, need no memory any more
   * @param onAbandoned called when the reader stops before the end
   */
  constructor(
    private readonly onFreed: (frames: number) => void,
    private readonly onAbandoned: () => void,
  ) {}

  /** Whether somebody waits for more. */
  get isAwaited(): boolean {
    return this.reader !== undefined;
  }

  get frames(): number {
    return this.chunks.length;
  }

  push(frame: number, bytes: Uint8Array): void {
    if (this.isEnded || this.failure) return;
    if (bytes.length === 0) {
      if (this.chunks.length === 0) this.free(frame);
      return;
    }
    if (!this.reader) {
      this.chunks.push({ frame, bytes });
      return;
    }
    const { resolve } = this.reader;
    this.reader = undefined;
    resolve({ done: false, value: bytes });
    this.free(frame);
  }

  end(): void {
    if (this.failure) return;
    this.isEnded = true;
    this.reader?.resolve(END);
    this.reader = undefined;
  }

  /** What waits to be read is dropped: half an answer must not look like a whole one for longer than it has to. */
  fail(error: DomainError): void {
    if (this.isEnded || this.failure) return;
    this.failure = error;
    this.chunks = [];
    this.reader?.reject(error);
    this.reader = undefined;
  }

  next(): Promise<Step> {
    if (this.failure) return Promise.reject(this.failure);
    const chunk = this.chunks.shift();
    if (chunk) {
      this.free(chunk.frame);
      return Promise.resolve({ done: false, value: chunk.bytes });
    }
    if (this.isEnded) return Promise.resolve(END);
    if (this.reader) return Promise.reject(new Error('the body of an answer has one reader'));
    return new Promise((resolve, reject) => {
      this.reader = { resolve, reject };
    });
  }

  return(): Promise<Step> {
    this.chunks = [];
    // Whatever the member had to send may have come: then there is nothing to cancel.
    if (!this.isEnded && !this.failure) this.onAbandoned();
    this.isEnded = true;
    return Promise.resolve(END);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private free(frame: number): void {
    this.freed = frame + 1;
    if (!this.isEnded) this.onFreed(this.freed);
  }
}
