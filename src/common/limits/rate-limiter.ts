/** Requests that may come at once: what two seconds of the limit are worth, but twenty where the limit allows as many. */
const BURST_SECONDS = 2;
const MIN_BURST = 20;

/** A bucket that was left alone for this long is full again, whatever it held: forgetting it changes nothing. */
const IDLE_MS = 60_000;
const MAX_KEYS = 100_000;

interface Bucket {
  tokens: number;
  /** Milliseconds of the clock up to which `tokens` is right. */
  at: number;
}

export interface RateLimiterOptions {
  /** Seconds of the limit that may come at once. */
  readonly burstSeconds?: number;
  /** Keys remembered at once, at most; beyond them those that were not used for longest are forgotten. */
  readonly maxKeys?: number;
  /** A clock in milliseconds that never goes back. */
  readonly now?: () => number;
}

/**
 * Counts requests by key in token buckets. A request costs the same however many keys there are: they stand in two
 * generations, of which the older is dropped whole. (Dropping single keys off the front of a `Map` would not do: V8 walks
 * over the places of all those dropped before.)
 */
export class RateLimiter {
  private young = new Map<string, Bucket>();
  private old = new Map<string, Bucket>();
  private bornAt: number;
  private readonly burstSeconds: number;
  private readonly maxKeys: number;
  private readonly now: () => number;

  constructor(options: RateLimiterOptions = {}) {
    this.burstSeconds = options.burstSeconds ?? BURST_SECONDS;
    this.maxKeys = options.maxKeys ?? MAX_KEYS;
    this.now = options.now ?? (() => performance.now());
    this.bornAt = this.now();
  }

  get size(): number {
    return this.young.size + this.old.size;
  }

  /**
   * Takes one request out of the key's bucket, if it is there.
   *
   * @param perMinute the limit as it is now; a changed one counts from here on
   * @param keep requests that must be left for others
   * @returns 0 when the request may go on, else the milliseconds to wait
   */
  take(key: string, perMinute: number, keep = 0): number {
    const now = this.now();
    const bucket = this.filled(key, perMinute, now);
    const missing = 1 + keep - bucket.tokens;
    if (missing > 0) return missing / (perMinute / 60_000);
    bucket.tokens -= 1;
    return 0;
  }

  /** Undoes a `take`: the request was refused for another reason. */
  giveBack(key: string): void {
    const bucket = this.young.get(key);
    if (bucket) bucket.tokens += 1;
  }

  /** Requests that a full bucket of this limit holds. */
  burst(perMinute: number): number {
    return Math.max(1, (perMinute / 60) * this.burstSeconds, Math.min(MIN_BURST, perMinute));
  }

  private filled(key: string, perMinute: number, now: number): Bucket {
    const burst = this.burst(perMinute);
    const bucket = this.bucketOf(key, now) ?? this.remember(key, { tokens: burst, at: now });
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) * perMinute) / 60_000);
    bucket.at = now;
    return bucket;
  }

  private bucketOf(key: string, now: number): Bucket | undefined {
    if (now - this.bornAt >= IDLE_MS || this.young.size >= this.maxKeys / 2) {
      this.old = this.young;
      this.young = new Map();
      this.bornAt = now;
    }
    const young = this.young.get(key);
    if (young) return young;
    const old = this.old.get(key);
    if (!old) return undefined;
    this.old.delete(key);
    return this.remember(key, old);
  }

  private remember(key: string, bucket: Bucket): Bucket {
    this.young.set(key, bucket);
    return bucket;
  }
}
