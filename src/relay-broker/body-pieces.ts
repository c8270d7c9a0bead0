import { MAX_FRAME_BODY_BYTES } from '../contract/frames.js';

/** A part of a request's body, as one frame carries it. */
export interface BodyPiece {
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/**
 * Cuts a body into frames and knows of each whether it is the last. Reads the source only as fast as it is asked, plus
 * one piece.
 */
export class BodyPieces {
  private readonly source: AsyncIterator<Uint8Array>;
  private rest: Uint8Array[] = [];
  private restBytes = 0;
  private isDrained = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** @param maxBytes most bytes of this piece; the first one shares its frame with the envelope */
  async next(maxBytes: number = MAX_FRAME_BODY_BYTES): Promise<BodyPiece> {
    // One byte more than fits: only then is it known that this piece is not the last.
    while (!this.isDrained && this.restBytes <= maxBytes) {
      const step = await this.source.next();
      if (step.done) this.isDrained = true;
      else if (step.value.length > 0) this.add(step.value);
    }
    const all = this.rest.length === 1 && this.rest[0] ? this.rest[0] : Buffer.concat(this.rest);
    const bytes = all.subarray(0, maxBytes);
    const left = all.subarray(bytes.length);
    this.rest = left.length > 0 ? [left] : [];
    this.restBytes = left.length;
    return { bytes, last: this.isDrained && left.length === 0 };
  }

  /** Tells the source that nobody reads on. */
  async close(): Promise<void> {
    this.rest = [];
    this.restBytes = 0;
    if (!this.isDrained) await this.source.return?.();
    this.isDrained = true;
  }

  private add(bytes: Uint8Array): void {
    this.rest.push(bytes);
    this.restBytes += bytes.length;
  }
}

/** Bytes at hand as a body that can be cut. */
export async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
