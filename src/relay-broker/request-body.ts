import { FRAME_WINDOW } from '../contract/frames.js';
import type { BodyPiece, BodyPieces } from './body-pieces.js';

/**
 * The rest of a request's body on its way to the member that accepted the first frame. Never more than a window ahead of
 * what the member says it has room for.
 */
export class RequestBody {
  private upTo = 0;
  private wake: (() => void) | undefined;
  private isStopped = false;

  /** @param send one piece as the frame of that number; resolves when it left */
  constructor(
    private readonly pieces: BodyPieces,
    private readonly send: (frame: number, piece: BodyPiece) => void,
  ) {}

  /** Sends until the end, or until `stop`. @throws whatever reading the source throws */
  async run(): Promise<void> {
    this.credit(FRAME_WINDOW);
    for (let frame = 1; !this.isStopped; frame += 1) {
      if (frame >= this.upTo) await this.room(frame);
      if (this.isStopped) break;
      const piece = await this.pieces.next();
      if (this.stopped()) break;
      this.send(frame, piece);
      if (piece.last) return;
    }
    await this.pieces.close();
  }

  /** @param upTo frames below this number may be sent */
  credit(upTo: number): void {
    this.upTo = Math.max(this.upTo, upTo);
    this.wake?.();
    this.wake = undefined;
  }

  stop(): void {
    this.isStopped = true;
    this.wake?.();
    this.wake = undefined;
  }

  /** Asked again after a wait: the compiler takes the field for unchanged. */
  private stopped(): boolean {
    return this.isStopped;
  }

  private async room(frame: number): Promise<void> {
    while (frame >= this.upTo && !this.isStopped) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
