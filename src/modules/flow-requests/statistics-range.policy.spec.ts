import { describe, expect, it } from 'vitest';
import { maxBucketsFor, rangeOf } from './statistics-range.policy.js';

const NOW = new Date('2026-11-24T10:07:03.000Z');

describe('the range of statistics', () => {
  it('is the last day when nothing is said, in parts that begin at full lengths', () => {
    const range = rangeOf({}, NOW);
    expect(range).toMatchObject({ to: NOW, bucketSeconds: 600, from: new Date('2026-11-23T10:00:00.000Z') });
    expect(range.from.getTime() + range.buckets * 600_000).toBeGreaterThanOrEqual(NOW.getTime());
  });

  it.each([1, 60, 3_600, 86_400, 7 * 86_400, 90 * 86_400])('has at most 200 parts for %d s', (seconds) => {
    for (const early of [0, 1, 123_456, 7_777_777]) {
      const to = new Date(NOW.getTime() - early);
      const from = new Date(to.getTime() - seconds * 1000).toISOString();
      const range = rangeOf({ from, to: to.toISOString() }, NOW);
      expect(range.buckets).toBeGreaterThan(0);
      expect(range.buckets).toBeLessThanOrEqual(200);
      expect(range.from.getTime()).toBeLessThanOrEqual(Date.parse(from));
    }
  });

  it('has longer parts where many gateways are looked at one by one, and never fewer than a chart needs', () => {
    expect([0, 1, 1_000, 2_000, 10_000, 1_000_000].map(maxBucketsFor)).toEqual([200, 200, 200, 100, 20, 20]);
    for (const days of [1, 7, 30, 90]) {
      const from = new Date(NOW.getTime() - days * 86_400_000).toISOString();
      const { buckets } = rangeOf({ from, to: NOW.toISOString() }, NOW, 20);
      expect(buckets).toBeLessThanOrEqual(20);
      expect(buckets).toBeGreaterThan(5);
    }
  });

  it.each([
    { from: '2026-11-24T10:07:03Z', to: '2026-11-24T10:07:03Z' },
    { from: '2026-11-24T10:07:03Z', to: '2026-11-23T10:07:03Z' },
    { from: '2026-01-01T00:00:00Z', to: '2026-11-23T10:07:03Z' },
  ])('refuses $from to $to', (query) => {
    expect(() => rangeOf(query, NOW)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
