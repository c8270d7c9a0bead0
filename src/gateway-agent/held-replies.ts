import type { OutgoingMessage } from './reply-links.js';

/** Longest wait for a link, in milliseconds: moving takes a second, and nobody asks longer for a member that is silent. */
const HOLD_MS = 30_000;
/** Most bytes that wait. Each request under way waits with no more than eight frames (1.5 MiB). */
const MAX_HELD_BYTES = 64 * 1024 * 1024;

/** An answer had nowhere to go for too long. */
export class NoLink extends Error {
  override readonly name = 'NoLink';
}

interface Held {
  readonly queue: string;
  readonly message: OutgoingMessage;
  readonly until: number;
  readonly resolve: (sent: Promise<void>) => void;
  readonly reject: (error: NoLink) => void;
}

/** What is to be said while one link has ended and the next does not stand yet. Keeps the order. */
export class HeldReplies {
  private waiting: Held[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @throws NoLink when no link came in time, too much waits already, or none will come */
  hold(queue: string, message: OutgoingMessage): Promise<void> {
    if (this.bytes + message.body.length > MAX_HELD_BYTES) {
      return Promise.reject(new NoLink('too many answers wait for a link to the relay'));
    }
    this.bytes += message.body.length;
    return new Promise((resolve, reject) => {
      this.waiting.push({ queue, message, until: Date.now() + HOLD_MS, resolve, reject });
      this.timer ??= setTimeout(() => { this.expire(); }, HOLD_MS).unref(); // prettier-ignore
    });
  }

  /** There is a link. Nothing can overtake what waited: all of it is handed over before this returns. */
  release(send: (queue: string, message: OutgoingMessage) => Promise<void>): void {
    for (const { queue, message, resolve } of this.takeAll()) resolve(send(queue, message));
  }

  /** There will be none. */
  drop(): void {
    for (const { reject } of this.takeAll()) reject(new NoLink('no link to the relay'));
  }

  private takeAll(): Held[] {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = [];
    this.bytes = 0;
    return waiting;
  }

  private expire(): void {
    this.timer = undefined;
    const now = Date.now();
    while (this.waiting[0] && this.waiting[0].until <= now) {
      const held = this.waiting.shift();
      this.bytes -= held?.message.body.length ?? 0;
      held?.reject(new NoLink('no link to the relay for too long'));
    }
    const [first] = this.waiting;
    if (first) this.timer = setTimeout(() => { this.expire(); }, first.until - now).unref(); // prettier-ignore
  }
}
