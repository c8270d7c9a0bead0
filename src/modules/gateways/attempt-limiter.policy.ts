import { DomainError } from '../../common/errors/domain-error.js';

/** Wrong guesses of one address within one window. */
const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;
/** Addresses remembered at once. The longest known is forgotten first: whoever owns that many addresses is not stopped by a count. */
const MAX_ADDRESSES = 10_000;

interface Failures {
  count: number;
  readonly until: number;
}

/** Counts failed attempts by address and stops listening to those that guess. */
export class AttemptLimiter {
  private readonly failures = new Map<string, Failures>();

  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.failures.size;
  }

  /** @throws DomainError TOO_MANY_ATTEMPTS */
  assertAllowed(address: string): void {
    const known = this.failures.get(address);
    if (!known || known.until <= this.now() || known.count < MAX_FAILURES) return;
    throw new DomainError('TOO_MANY_ATTEMPTS', {}, { retryAfterSeconds: Math.ceil((known.until - this.now()) / 1000) });
  }

  fail(address: string): void {
    const known = this.failures.get(address);
    if (known && known.until > this.now()) {
      known.count += 1;
      return;
    }
    this.failures.delete(address);
    this.failures.set(address, { count: 1, until: this.now() + WINDOW_MS });
    if (this.failures.size <= MAX_ADDRESSES) return;
    for (const oldest of this.failures.keys()) {
      this.failures.delete(oldest);
      break;
    }
  }
}
