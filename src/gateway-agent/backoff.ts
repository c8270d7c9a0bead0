export interface BackoffSettings {
  readonly firstMs: number;
  readonly maxMs: number;
  /** A link that lived this long counts as good: the next failure starts from the beginning. */
  readonly stableMs: number;
  readonly now?: () => number;
  readonly random?: () => number;
}

/**
 * Starting at half a second and ending at twelve, even ten thousand agents come back as a drizzle, and each of them within 20 s
 * of the relay's return: twelve, and six for an attempt that was under way in vain. A link counts as good after 10 s, less
 * than it takes to find out that one is half open (at most 13 s when idle).
 */
export const LINK_BACKOFF: BackoffSettings = { firstMs: 500, maxMs: 12_000, stableMs: 10_000 };

/**
 * Waiting times between attempts: exponential with full jitter, that is any time from zero to the ceiling.
 *
 * @see aws.amazon.com/builders-library, "Timeouts, retries and backoff with jitter"
 */
export class Backoff {
  private failures = 0;
  private connectedAt: number | undefined;
  private readonly now: () => number;
  private readonly random: () => number;

  constructor(private readonly settings: BackoffSettings) {
    this.now = settings.now ?? Date.now;
    this.random = settings.random ?? Math.random;
  }

  /** The link is up. Does not reset by itself: a link that falls at once must not make the agent hammer. */
  connected(): void {
    this.connectedAt = this.now();
  }

  /** Milliseconds to wait before the next attempt. */
  nextDelayMs(): number {
    if (this.connectedAt !== undefined && this.now() - this.connectedAt >= this.settings.stableMs) this.failures = 0;
    this.connectedAt = undefined;
    const ceiling = Math.min(this.settings.maxMs, this.settings.firstMs * 2 ** Math.min(this.failures, 30));
    this.failures += 1;
    return Math.floor(this.random() * ceiling);
  }
}
