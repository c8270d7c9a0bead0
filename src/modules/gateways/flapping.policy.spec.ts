import { describe, expect, it } from 'vitest';
import { afterReturn, isReturn, isFlapping, isSettling, type Flaps } from './flapping.policy.js';

const at = (seconds: number) => new Date(Date.parse('2026-11-23T12:00:00Z') + seconds * 1000);
const returns = (...times: number[]): Flaps =>
  times.reduce<Flaps>((flaps, seconds) => afterReturn(flaps, at(seconds)), { flaps: 0, flapsSince: null });

describe('a member that is heard', () => {
  const before = (seconds: number | null) => ({
    lastHeartbeatAt: seconds === null ? null : at(seconds),
    version: '3000.300.1',
  });

  it('came back when it was silent for three heartbeats', () => {
    expect(isReturn(before(0), '3000.300.1', at(44.999))).toBe(false);
    expect(isReturn(before(0), '3000.300.1', at(45))).toBe(true);
    expect(isReturn(before(null), '3000.300.1', at(45))).toBe(false);
  });

  it('did not come back but was updated, or set back, when it has another version', () => {
    expect(isReturn(before(0), '3000.301.1', at(120))).toBe(false);
    expect(isReturn(before(0), '3000.299.1', at(120))).toBe(false);
  });
});

describe('a member that comes and goes', () => {
  it('is one that came back three times, each time soon after the last', () => {
    expect(isFlapping(returns(0, 200), at(200))).toBe(false);
    expect(isFlapping(returns(0, 300, 600), at(600))).toBe(true);
    expect(isFlapping(returns(0, 301, 602), at(602))).toBe(false);
    expect(isFlapping(returns(0, 60, 700, 760), at(760))).toBe(false);
  });

  it('takes work again after a minute, and counts as steady after five', () => {
    const member = returns(0, 100, 200);
    expect([isSettling(member, at(259.999)), isSettling(member, at(260))]).toEqual([true, false]);
    expect([isFlapping(member, at(500)), isFlapping(member, at(500.001))]).toEqual([true, false]);
    expect(isSettling(returns(0, 100), at(100))).toBe(false);
  });
});
