import { describe, expect, it } from 'vitest';
import { RateLimiter } from './rate-limiter.js';

describe('the rate limiter', () => {
  const at = { ms: 0 };
  const limiter = (options = {}) => {
    at.ms = 0;
    return new RateLimiter({ now: () => at.ms, ...options });
  };
  const takeAll = (limits: RateLimiter, key: string, perMinute: number) => {
    let taken = 0;
    while (limits.take(key, perMinute) === 0) taken += 1;
    return taken;
  };

  it.each([
    [60_000, 2_000],
    [600, 20],
    [60, 20],
    [5, 5],
    [0.5, 1],
  ])('of %i a minute lets %i come at once', (perMinute, burst) => {
    expect(takeAll(limiter(), 'a', perMinute)).toBe(burst);
  });

  it('lets as many through in a long time as the limit says', () => {
    const limits = limiter();
    let taken = takeAll(limits, 'a', 600) - 20;
    for (at.ms = 1; at.ms <= 600_000; at.ms += 1) if (limits.take('a', 600) === 0) taken += 1;
    expect(taken).toBe(6_000);
  });

  it('says how long to wait, and after that one goes through', () => {
    const limits = limiter();
    takeAll(limits, 'a', 600);
    const waitMs = limits.take('a', 600);
    expect(waitMs).toBeCloseTo(100);
    at.ms += waitMs - 1;
    expect(limits.take('a', 600)).toBeGreaterThan(0);
    at.ms += 1.001;
    expect(limits.take('a', 600)).toBe(0);
  });

  it('holds a changed limit from the next request on', () => {
    const limits = limiter();
    expect(limits.take('a', 60_000)).toBe(0);
    expect(takeAll(limits, 'a', 60)).toBe(20);
  });

  it('takes back what was given back, and never more than a full bucket', () => {
    const limits = limiter();
    takeAll(limits, 'a', 600);
    limits.giveBack('a');
    expect(takeAll(limits, 'a', 600)).toBe(1);
    at.ms += 10_000;
    limits.take('a', 600);
    for (let more = 0; more < 50; more += 1) limits.giveBack('a');
    expect(takeAll(limits, 'a', 600)).toBe(20);
  });

  it('leaves for others what it was told to leave', () => {
    const limits = limiter();
    let taken = 0;
    while (limits.take('a', 600, 5) === 0) taken += 1;
    expect(taken).toBe(15);
    expect(takeAll(limits, 'a', 600)).toBe(5);
  });

  it('remembers a bounded number of keys, keeps those in use and forgets idle ones', () => {
    const limits = limiter({ maxKeys: 100 });
    takeAll(limits, 'kept', 600);
    for (let key = 0; key < 5_000; key += 1) {
      limits.take(`key ${key}`, 600);
      expect(limits.take('kept', 600)).toBeGreaterThan(0);
      expect(limits.size).toBeLessThanOrEqual(100);
    }
    for (let minutes = 0; minutes < 2; minutes += 1) {
      at.ms += 60_000;
      limits.take('kept', 600);
    }
    expect(limits.size).toBe(1);
  });
});
