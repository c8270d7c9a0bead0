import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeriodicWork } from './periodic-work.js';

describe('work that comes round again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is never under way twice, and is waited for at the end', async () => {
    const ends: (() => void)[] = [];
    const rounds = new PeriodicWork(() => new Promise<void>((resolve) => ends.push(resolve)));
    rounds.start(1_000);
    await vi.advanceTimersByTimeAsync(3_500);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ends).toHaveLength(2);

    let isStopped = false;
    const stopping = rounds.stop().then(() => (isStopped = true));
    await vi.advanceTimersByTimeAsync(5_000);
    expect([isStopped, ends.length]).toEqual([false, 2]);
    ends[1]?.();
    await stopping;
    expect(isStopped).toBe(true);
  });
});
