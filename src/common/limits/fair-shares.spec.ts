import { describe, expect, it } from 'vitest';
import { FairShares } from './fair-shares.js';

describe('fair shares', () => {
  it('count who is active in each group, once, and forget who is not', () => {
    let ms = 0;
    const shares = new FairShares(() => ms);
    for (const [group, key] of [...'aab'].map((group, index) => [group, `${group}${index}`] as const)) {
      shares.seen(group, key);
      shares.seen(group, key);
    }
    expect([shares.activeIn('a'), shares.activeIn('b'), shares.activeIn('c')]).toEqual([2, 1, 0]);
    ms += 31_000;
    shares.seen('a', 'a0');
    expect([shares.activeIn('a'), shares.activeIn('b')]).toEqual([2, 1]);
    ms += 31_000;
    shares.seen('a', 'a0');
    expect([shares.activeIn('a'), shares.activeIn('b'), shares.size]).toEqual([1, 0, 1]);
  });

  it('never remember more than they are told to', () => {
    const shares = new FairShares(() => 0, 100);
    for (let key = 0; key < 1_000; key += 1) {
      shares.seen('a', String(key));
      expect(shares.size).toBeLessThanOrEqual(100);
      expect(shares.activeIn('a')).toBe(shares.size);
    }
  });
});
