import { DomainError } from '../../common/errors/domain-error.js';

/** A chart shows no more. */
const MAX_BUCKETS = 200;

/** Lengths that people read off a clock, in seconds: 10 s to 12 h. */
const BUCKET_SECONDS = [10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200];
const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_RANGE_MS = 90 * DAY_MS;

/** A stretch of time in equal parts. */
export interface StatisticsRange {
  readonly from: Date;
  readonly to: Date;
  readonly bucketSeconds: number;
  readonly buckets: number;
}

/**
 * Cuts a time into parts that begin at full lengths of theirs, at most two hundred.
 *
 * @throws DomainError VALIDATION_FAILED for one that ends before it begins, or takes more than ninety days
 */
export function rangeOf(query: { from?: string | undefined; to?: string | undefined }, now: Date): StatisticsRange {
  const to = query.to === undefined ? now : new Date(query.to);
  const from = query.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(query.from);
  const lengthMs = to.getTime() - from.getTime();
  if (lengthMs <= 0) throw new DomainError('VALIDATION_FAILED', { path: 'to', problem: 'must come after from' });
  if (lengthMs > MAX_RANGE_MS) {
    throw new DomainError('VALIDATION_FAILED', { path: 'from', problem: 'at most 90 days before to' });
  }
  // One part is lost where the first begins before the time asked for.
  const fitting = BUCKET_SECONDS.find((seconds) => lengthMs / (seconds * 1000) <= MAX_BUCKETS - 1) ?? 43_200;
  const bucketMs = fitting * 1000;
  const start = Math.floor(from.getTime() / bucketMs) * bucketMs;
  return {
    from: new Date(start),
    to,
    bucketSeconds: fitting,
    buckets: Math.ceil((to.getTime() - start) / bucketMs),
  };
}
