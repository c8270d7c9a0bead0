import { Readable } from 'node:stream';

/** Proxies and browsers give up on what is silent for a minute. */
const HEARTBEAT_MS = 15_000;

/** Bytes that may wait for a reader. An event has sixty: who is this far behind asks for everything anew instead. */
const MAX_WAITING_BYTES = 16 * 1024;

/**
 * A body of server-sent events. A reader who does not keep up is dropped rather than remembered.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class LiveStream extends Readable {
  private readonly heartbeat: NodeJS.Timeout;
  private readonly end: NodeJS.Timeout;

  /** @param lifeMs after which it ends by itself */
  constructor(lifeMs: number) {
    super({ highWaterMark: MAX_WAITING_BYTES });
    this.heartbeat = setInterval(() => this.write(': still here\n\n'), HEARTBEAT_MS).unref();
    this.end = setTimeout(() => this.finish(), lifeMs).unref();
    this.write(': beginning\n\n');
  }

  tell(topic: string, id: string): void {
    this.write(`event: ${topic}\ndata: ${id}\n\n`);
  }

  finish(): void {
    if (this.destroyed || this.readableEnded) return;
    this.stop();
    this.push(null);
  }

  override _read(): void {
    // Events come when they come.
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.stop();
    done(error);
  }

  private write(text: string): void {
    if (this.destroyed || this.isFinished) return;
    if (!this.push(text)) this.destroy();
  }

  private isFinished = false;

  private stop(): void {
    this.isFinished = true;
    clearInterval(this.heartbeat);
    clearTimeout(this.end);
  }
}
