import { describe, expect, it } from 'vitest';
import type { AgentErrorCode } from '../../contract/errors.js';
import { Activity } from './activity.js';
import { activitySnapshotSchema } from './activity-snapshot.js';
import type { AgentVitals } from './agent-vitals.js';
import { LatencyBuckets } from './latency-buckets.js';
import type { EndedRequest } from './request-observer.js';

const VITALS: AgentVitals = {
  connected: true,
  transport: 'websockets',
  receiving: true,
  draining: false,
  inFlight: 1,
  conditions: [],
  heartbeats: { answered: 3, failed: 1, lastAnswerAt: 0 },
  sessions: new Map([['mysql', { open: 2, idle: 1, waiting: 0 }]]),
};

function ended(ms: number, code?: AgentErrorCode): EndedRequest {
  return {
    envelope: { connection: { target: { kind: 'postgresql' } } },
    progress: { totalMs: ms },
    failure: code && { code },
    bytesIn: 1,
    bytesOut: 10,
  } as unknown as EndedRequest;
}

describe('quantiles', () => {
  it.each([
    [[5], 5, 5],
    [Array.from({ length: 1000 }, (_, index) => index + 1), 500, 950],
    [[...Array<number>(95).fill(2), ...Array<number>(5).fill(30_000)], 2, 2],
    [[...Array<number>(90).fill(2), ...Array<number>(10).fill(30_000)], 2, 30_000],
  ])('are right to within an eighth', (values, p50, p95) => {
    const buckets = new LatencyBuckets();
    for (const value of values) buckets.add(value);
    expect(Math.abs((buckets.quantile(0.5) ?? 0) / p50 - 1)).toBeLessThan(0.125);
    expect(Math.abs((buckets.quantile(0.95) ?? 0) / p95 - 1)).toBeLessThan(0.125);
  });

  it('hold what is shorter or longer than all bounds', () => {
    const buckets = new LatencyBuckets();
    buckets.add(0);
    buckets.add(1e9);
    expect(buckets.quantile(0.01)).toBeLessThanOrEqual(0.25);
    expect(buckets.quantile(1)).toBeGreaterThan(150_000);
    expect(new LatencyBuckets().quantile(0.5)).toBeUndefined();
  });
});

describe('the activity of an agent', () => {
  it('has rates of the last minute and totals of the whole run', () => {
    let now = 0;
    const activity = new Activity(() => now);
    for (let second = 0; second < 120; second += 1) {
      now = second * 1000;
      activity.ended(ended(10));
      if (second % 10 === 0) activity.ended(ended(50, 'SOURCE_FAILED'));
    }
    activity.refused('GATEWAY_BUSY');
    activity.ended(ended(5, 'POLICY_DENIED'));
    const snapshot = activitySnapshotSchema.parse(activity.snapshot(VITALS));
    expect(snapshot).toMatchObject({ refused: 1, policyDenied: 1, bytesIn: 133, bytesOut: 1330, inFlight: 1 });
    const [mysql, postgresql] = snapshot.kinds;
    expect(mysql).toMatchObject({ kind: 'mysql', requests: 0, sessions: { open: 2 } });
    expect(postgresql).toMatchObject({ kind: 'postgresql', requests: 133, failed: 13 });
    expect(postgresql?.recently.perSecond).toBeGreaterThan(1);
    expect(postgresql?.recently.perSecond).toBeLessThan(1.3);
    expect(activity.isRecent).toBe(true);

    now += 120_000;
    expect(activity.isRecent).toBe(false);
    expect(activity.snapshot(VITALS).kinds[1]).toMatchObject({
      requests: 133,
      recently: { requests: 0, perSecond: 0 },
    });
  });
});
