import { describe, expect, it } from 'vitest';
import { MachineConditions, MAX_SKEW_MS, MIN_DISK_FREE_BYTES } from './conditions.js';

const THRESHOLDS = { cpuPercent: 80, memoryPercent: 0 };
const load = (cpuPercent: number, diskFreeBytes = 1e9) => ({ cpuPercent, memoryPercent: 99, diskFreeBytes });

describe('the condition of a machine', () => {
  const feed = (conditions: MachineConditions, from: number, cpu: readonly number[], everyMs = 15_000) =>
    cpu.map((percent, index) => {
      conditions.observe(load(percent), THRESHOLDS, from + index * everyMs);
      return conditions.list(0).join();
    });

  it('is high load when the last minute on average was above the threshold, not before a minute was seen', () => {
    expect(feed(new MachineConditions(), 0, [100, 100, 100, 100, 100])).toEqual(['', '', '', '', 'cpu-high']);
    // A burst between is what a machine is for.
    expect(feed(new MachineConditions(), 0, [10, 10, 10, 10, 10, 100, 100, 10])).toEqual(Array(8).fill(''));
  });

  it('ends five points below the threshold', () => {
    const conditions = new MachineConditions();
    feed(conditions, 0, Array<number>(5).fill(90));
    expect(feed(conditions, 75_000, Array<number>(5).fill(76)).at(-1)).toBe('cpu-high');
    expect(feed(conditions, 150_000, Array<number>(5).fill(74)).at(-1)).toBe('');
  });

  it('weighs a measure by the time it stands for', () => {
    const conditions = new MachineConditions();
    feed(conditions, 0, Array<number>(5).fill(10));
    // Ten heartbeats within a second, each of a busy moment, are still only a second.
    expect(feed(conditions, 60_100, Array<number>(10).fill(100), 100)).toEqual(Array(10).fill(''));
  });

  it('never is high load without a threshold', () => {
    const conditions = new MachineConditions();
    feed(conditions, 0, Array<number>(5).fill(100));
    expect(conditions.list(0)).toEqual(['cpu-high']);
    conditions.observe(load(100), undefined, 76_000);
    expect(conditions.list(0)).toEqual([]);
  });

  it('is a full disk and a wrong clock, either way', () => {
    const conditions = new MachineConditions();
    conditions.observe(load(0, MIN_DISK_FREE_BYTES - 1), undefined, 0);
    expect(conditions.list(MAX_SKEW_MS + 1)).toEqual(['clock-off', 'disk-full']);
    conditions.observe(load(0, MIN_DISK_FREE_BYTES), undefined, 1);
    expect(conditions.list(-MAX_SKEW_MS - 1)).toEqual(['clock-off']);
    expect(conditions.list(MAX_SKEW_MS)).toEqual([]);
  });
});
