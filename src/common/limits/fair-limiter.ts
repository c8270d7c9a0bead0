import { FairShares } from './fair-shares.js';
import { RateLimiter } from './rate-limiter.js';

/** Part of a full bucket below which only those are served who did not have their share yet. */
const RESERVE = 0.1;

/**
 * One limit for all members of a group. While there is plenty everybody takes what they want; once the bucket is nearly
 * empty, whoever used more than an equal share waits first, so that one noisy member cannot starve the modest ones. A
 * share left unused by others is not kept from anybody: the rate of the group stays what the limit says.
 */
export class FairLimiter {
  private readonly buckets: RateLimiter;
  private readonly shares: FairShares;

  constructor(now: () => number = () => performance.now()) {
    this.buckets = new RateLimiter({ now });
    this.shares = new FairShares(now);
  }

  /**
   * @param member unique over all groups
   * @returns 0 when the request may go on, else the milliseconds to wait
   */
  take(group: string, member: string, perMinute: number): number {
    const share = this.shares.seen(group, member);
    const keep = this.shares.isOver(share, perMinute) ? this.reserve(group, perMinute) : 0;
    const waitMs = this.buckets.take(group, perMinute, keep);
    if (waitMs === 0) share.used += 1;
    return waitMs;
  }

  /** Room for one request of everybody who is active; in a small bucket half of it. */
  private reserve(group: string, perMinute: number): number {
    const burst = this.buckets.burst(perMinute);
    return Math.min(burst / 2, Math.max(burst * RESERVE, this.shares.activeIn(group)));
  }
}
