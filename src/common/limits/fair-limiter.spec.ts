import { describe, expect, it } from 'vitest';
import { FairLimiter } from './fair-limiter.js';

/** Requests a second that somebody sends, evenly. */
type Rates = Readonly<Record<string, number>>;

/** @returns per member the part of their requests that went through, after a while for things to settle */
function simulate(perMinute: number, rates: Rates, seconds = 60): Record<string, { sent: number; passed: number }> {
  let ms = 0;
  const limiter = new FairLimiter(() => ms);
  const result = Object.fromEntries(Object.keys(rates).map((name) => [name, { sent: 0, passed: 0 }]));
  const due = Object.fromEntries(Object.keys(rates).map((name, index) => [name, index * 7]));
  for (; ms < seconds * 1000; ms += 1) {
    for (const [name, rate] of Object.entries(rates)) {
      for (; due[name]! <= ms; due[name]! += 1000 / rate) {
        result[name]!.sent += 1;
        if (limiter.take('tenant', name, perMinute) === 0) result[name]!.passed += 1;
      }
    }
  }
  return result;
}

const modest = (rate: number): Rates => Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`modest ${n}`, rate]));

describe('a limit shared by many', () => {
  it.each([
    [600, 0.8],
    [6_000, 8],
    [60_000, 80],
  ])('of %i a minute: one noisy caller does not starve nine modest ones', (perMinute, rate) => {
    const all = simulate(perMinute, { noisy: (perMinute / 60) * 10, ...modest(rate) }, perMinute > 10_000 ? 20 : 60);
    const { noisy, ...others } = all;
    for (const [name, { sent, passed }] of Object.entries(others)) expect(passed / sent, name).toBeGreaterThan(0.97);
    expect(noisy!.passed).toBeLessThan(noisy!.sent / 2);
  });

  it('leaves nothing unused: what modest callers do not take goes to the noisy one', () => {
    const { noisy, ...others } = simulate(6_000, { noisy: 1_000, ...modest(1) });
    const passed = noisy!.passed + Object.values(others).reduce((sum, each) => sum + each.passed, 0);
    expect(passed).toBeGreaterThan(6_000 * 0.98);
    expect(passed).toBeLessThanOrEqual(6_000 + 200);
  });

  it('lets a single caller have all of it', () => {
    expect(simulate(6_000, { only: 1_000 })['only']!.passed).toBeGreaterThan(6_000 * 0.98);
  });

  it('gives two noisy callers the same', () => {
    const { first, second } = simulate(6_000, { first: 1_000, second: 500 });
    expect(second!.passed / first!.passed).toBeGreaterThan(0.8);
  });
});
