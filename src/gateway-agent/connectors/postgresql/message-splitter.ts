/** A byte for the kind, then the length of all that follows the kind. */
const HEADER_BYTES = 5;
const DATA_ROW = 0x44;

/** Takes rows where they lie in what came from the server. */
export interface RowSink {
  /** @param start of what follows the message's length */
  takeRow(bytes: Buffer, start: number, end: number): void;
}

/**
 * Cuts what a server says into its messages. Rows go to the statement that waits for them as the bytes that they are; pg's
 * own way makes a message object and an event of each, which takes longer than to read and to write the row. All
 * other messages go on to pg.
 */
export class MessageSplitter {
  /** The statement that rows are for; without one they go to pg, too. */
  sink: RowSink | undefined;
  /** The beginning of a message whose end has not come. */
  private readonly held: Buffer[] = [];
  private heldSize = 0;
  /** Size of the held message; 0 until its header has come. */
  private wantedSize = 0;

  /** @param others is given whole messages */
  constructor(private readonly others: (messages: Buffer) => void) {}

  take(chunk: Buffer): void {
    let at = 0;
    if (this.heldSize > 0) {
      if (this.wantedSize === 0) {
        at = this.hold(chunk, at, HEADER_BYTES);
        if (this.heldSize < HEADER_BYTES) return;
        this.wantedSize = sizeOf(this.heldHeader(), 0);
      }
      at = this.hold(chunk, at, this.wantedSize);
      if (this.heldSize < this.wantedSize) return;
      this.split(this.release(), 0);
    }
    const end = this.split(chunk, at);
    this.hold(chunk, end, chunk.length - end);
  }

  /** @returns where the first message begins that is not whole */
  private split(bytes: Buffer, start: number): number {
    let passedOn = start;
    let at = start;
    while (at + HEADER_BYTES <= bytes.length) {
      const end = at + sizeOf(bytes, at);
      if (end > bytes.length) break;
      if (bytes[at] === DATA_ROW) {
        // In the order in which they came: what stands in front of a row may say whose it is.
        this.passOn(bytes, passedOn, at);
        if (this.sink) this.sink.takeRow(bytes, at + HEADER_BYTES, end);
        else this.passOn(bytes, at, end);
        passedOn = end;
      }
      at = end;
    }
    this.passOn(bytes, passedOn, at);
    return at;
  }

  private passOn(bytes: Buffer, start: number, end: number): void {
    if (start < end) this.others(bytes.subarray(start, end));
  }

  /** Keeps bytes until `size` of them are held, as far as they have come. @returns where those begin that were not kept */
  private hold(chunk: Buffer, start: number, size: number): number {
    const end = Math.min(chunk.length, start + Math.max(0, size - this.heldSize));
    if (start < end) {
      this.held.push(chunk.subarray(start, end));
      this.heldSize += end - start;
    }
    return end;
  }

  private heldHeader(): Buffer {
    const [first] = this.held;
    return first && first.length >= HEADER_BYTES ? first : Buffer.concat(this.held);
  }

  private release(): Buffer {
    const whole = Buffer.concat(this.held.splice(0), this.heldSize);
    this.heldSize = 0;
    this.wantedSize = 0;
    return whole;
  }
}

/** Bytes of the message that begins there; no less than a header's, so that a nonsense length does not stop the reading. */
function sizeOf(bytes: Buffer, at: number): number {
  return Math.max(HEADER_BYTES, 1 + bytes.readUInt32BE(at + 1));
}
