import { describe, expect, it } from 'vitest';
import { loadOf, refusalsOf } from './member-state.js';

const GIB = 2 ** 30;
const load = (diskFreeBytes: number) => loadOf({ load: { cpuPercent: 12.4, memoryPercent: 79.6, diskFreeBytes } });

describe('what the policy of a member refused', () => {
  it('is counted over all kinds of rules', () => {
    expect(refusalsOf({ refusals: {} })).toBe(0);
    expect(refusalsOf({ refusals: { ports: 2, tables: 3 } })).toBe(5);
  });
});

describe('the load of a member', () => {
  it('is not told before a heartbeat brought it', () => {
    expect(loadOf({ load: null })).toBeUndefined();
  });

  it('is told in whole percent', () => {
    expect(load(GIB)).toMatchObject({ cpu: '12 %', memory: '80 %' });
  });

  it.each([
    [200 * GIB, '200 GiB'],
    [1.5 * GIB, '1.5 GiB'],
    [100 * 2 ** 20 + 5, '100 MiB'],
    [0, '0 MiB'],
  ])('says the free space of %d bytes as %s', (bytes, text) => {
    expect(load(bytes)?.disk).toBe(text);
  });
});
