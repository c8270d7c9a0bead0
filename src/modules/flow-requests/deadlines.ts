import { DomainError } from '../../common/errors/domain-error.js';

/** How exact a deadline is. One timer looks after all of them: one for each request costs more than the request's frames. */
const SWEEP_MS = 250;

/** Something that must end in time. */
export interface Timed {
  readonly expiresAtMs: number;
  expire(error: DomainError): void;
}

/** The deadlines of all requests under way. */
export class Deadlines {
  private readonly waiting = new Set<Timed>();
  private timer: NodeJS.Timeout | undefined;

  add(timed: Timed): void {
    this.waiting.add(timed);
    this.timer ??= setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
  }

  remove(timed: Timed): void {
    this.waiting.delete(timed);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** @returns how many are left */
  sweep(now: number): number {
    for (const timed of this.waiting) {
      if (timed.expiresAtMs > now) continue;
      this.waiting.delete(timed);
      timed.expire(new DomainError('GATEWAY_TIMEOUT'));
    }
    return this.waiting.size;
  }
}
