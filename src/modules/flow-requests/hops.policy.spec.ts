import { describe, expect, it } from 'vitest';
import { hopsOf } from './hops.policy.js';

describe('the time at each hop', () => {
  it('adds up to the total', () => {
    const timings = { admissionMs: 1, totalMs: 20, 'member.totalMs': 12, 'member.sourceMs': 9 };
    expect(hopsOf({ timings })).toEqual([
      { hop: 'control-plane', ms: 1 },
      { hop: 'broker', ms: 7 },
      { hop: 'member', ms: 3 },
      { hop: 'source', ms: 9 },
    ]);
  });

  it('leaves out hops that were never reached', () => {
    expect(hopsOf({ timings: { totalMs: 2 } })).toEqual([{ hop: 'control-plane', ms: 2 }]);
    expect(hopsOf({ timings: { admissionMs: 1, totalMs: 9_000 } })).toEqual([
      { hop: 'control-plane', ms: 1 },
      { hop: 'broker', ms: 8_999 },
    ]);
    expect(hopsOf({ timings: {} })).toEqual([]);
  });

  it('is never negative, whatever the clocks say', () => {
    const timings = { admissionMs: 1, totalMs: 10, 'member.totalMs': 12, 'member.sourceMs': 13 };
    expect(hopsOf({ timings }).every(({ ms }) => ms >= 0)).toBe(true);
  });
});
