import { describe, expect, it } from 'vitest';
import { Backoff, LINK_BACKOFF } from './backoff.js';

describe('waiting between attempts', () => {
  const settings = { firstMs: 500, maxMs: 30_000, stableMs: 60_000 };

  it('doubles its ceiling up to the greatest', () => {
    const backoff = new Backoff({ ...settings, random: () => 0.999999 });
    const delays = Array.from({ length: 9 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([499, 999, 1999, 3999, 7999, 15_999, 29_999, 29_999, 29_999]);
  });

  it('spreads over the whole time below the ceiling', () => {
    const zero = new Backoff({ ...settings, random: () => 0 });
    expect([zero.nextDelayMs(), zero.nextDelayMs()]).toEqual([0, 0]);
  });

  it('starts over only after the link stayed up for a minute', () => {
    let now = 0;
    const backoff = new Backoff({ ...settings, random: () => 0.999999, now: () => now });
    for (let i = 0; i < 4; i += 1) backoff.nextDelayMs();
    backoff.connected();
    now += 59_999;
    expect(backoff.nextDelayMs()).toBe(7999);
    backoff.connected();
    now += 60_000;
    expect(backoff.nextDelayMs()).toBe(499);
  });

  it('has an agent of the relay wait twelve seconds at most, whatever went before', () => {
    const backoff = new Backoff({ ...LINK_BACKOFF, random: () => 0.999999, now: () => 0 });
    for (let i = 0; i < 100; i += 1) backoff.nextDelayMs();
    expect(backoff.nextDelayMs()).toBe(11_999);
  });

  it('does not count a link that ended long ago as stable', () => {
    let now = 0;
    const backoff = new Backoff({ ...settings, random: () => 0.999999, now: () => now });
    backoff.connected();
    expect(backoff.nextDelayMs()).toBe(499);
    now += 120_000;
    expect(backoff.nextDelayMs()).toBe(999);
  });
});
