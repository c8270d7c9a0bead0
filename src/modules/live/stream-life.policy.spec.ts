import { describe, expect, it } from 'vitest';
import { streamLifeMs } from './stream-life.policy.js';

describe('the life of a live stream', () => {
  it.each([0, 0.5, 1])('ends in the last minute of its token, when that is renewed, at the chance of %d', (chance) => {
    const left = 600_000 - streamLifeMs(600_000, chance);
    expect(left).toBeGreaterThanOrEqual(30_000);
    expect(left).toBeLessThanOrEqual(45_000);
  });

  it('is an hour at most, and short for a token that is about to end, which it does not outlive', () => {
    expect(streamLifeMs(86_400_000, 0.5)).toBe(3_600_000);
    expect(streamLifeMs(20_000, 0)).toBe(1_000);
    expect(streamLifeMs(400, 0)).toBe(400);
    expect(streamLifeMs(-1, 0)).toBe(0);
  });
});
