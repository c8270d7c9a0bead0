import { FRAME_WINDOW } from '../contract/frames.js';

/** The parts of a request's body do not fit together. */
export class BodyBroken extends Error {
  override readonly name = 'BodyBroken';
}

interface Part {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * A request's body, put together from frames in their order and read by one connector. Holds at most one window of
 * frames; tells when there is room for more.
 */
export class RequestBody implements AsyncIterable<Uint8Array> {
  private readonly parts = new Map<number, Part>();
  private next = 0;
  private upTo = FRAME_WINDOW;
  private arrived: (() => void) | undefined;
  private failure: unknown;
  private read = false;

  /**
   * @param first what came with the request itself, frame 0
   * @param grant called with the frame number up to which there is room now (exclusive)
   */
  constructor(
    first: Part,
    private readonly grant: (upTo: number) => void,
    private readonly signal: AbortSignal,
  ) {
    this.parts.set(0, first);
    signal.addEventListener('abort', () => this.arrived?.(), { once: true });
  }

  /** Takes a further part. One seen before is passed over; one beyond the window breaks the body. */
  push(frame: number, part: Part): void {
    if (frame < this.next || this.parts.has(frame) || this.failure !== undefined) return;
    if (frame >= this.upTo) this.failure = new BodyBroken('more of the body came than there was room for');
    else this.parts.set(frame, part);
    this.arrived?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, void> {
    if (this.read) throw new TypeError('a request body is read once');
    this.read = true;
    for (;;) {
      const { bytes, last } = await this.take();
      if (bytes.length > 0) yield bytes;
      if (last) return;
      if (this.upTo - this.next <= FRAME_WINDOW / 2) {
        this.upTo = this.next + FRAME_WINDOW;
        this.grant(this.upTo);
      }
    }
  }

  private async take(): Promise<Part> {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.failure !== undefined) throw this.failure;
      const part = this.parts.get(this.next);
      if (part) {
        this.parts.delete(this.next);
        this.next += 1;
        return part;
      }
      await new Promise<void>((resolve) => {
        this.arrived = resolve;
      });
    }
  }
}
