import { describe, expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.js';

describe('a bounded cache', () => {
  it('forgets by age', () => {
    let now = 0;
    const cache = new BoundedCache<string, number>(10, 1000, () => now);
    cache.set('a', 1);
    cache.set('short', 2, 10);
    cache.set('long', 3, 5000);
    now = 10;
    expect([cache.get('a'), cache.get('short')]).toEqual([1, undefined]);
    now = 1000;
    expect([cache.get('a'), cache.get('long'), cache.size]).toEqual([undefined, undefined, 0]);
  });

  it('never holds more than it may, and lets go of what was used longest ago', () => {
    const cache = new BoundedCache<number, number>(3, 1000);
    for (const key of [1, 2, 3]) cache.set(key, key);
    cache.get(1);
    cache.set(4, 4);
    expect([cache.get(1), cache.get(2), cache.get(3), cache.get(4)]).toEqual([1, undefined, 3, 4]);
    for (let key = 0; key < 1000; key += 1) cache.set(key, key);
    expect(cache.size).toBe(3);
  });

  it('forgets what matches', () => {
    const cache = new BoundedCache<string, number>(10, 1000);
    for (const key of ['a/1', 'a/2', 'b/1']) cache.set(key, 1);
    cache.deleteWhere((_value, key) => key.startsWith('a/'));
    expect([cache.get('a/1'), cache.get('b/1')]).toEqual([undefined, 1]);
  });
});
