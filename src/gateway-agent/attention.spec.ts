import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attention } from './attention.js';

describe('attention', () => {
  let beats = 0;
  let attention: Attention;
  beforeEach(() => {
    vi.useFakeTimers();
    beats = 0;
    attention = new Attention(() => (beats += 1));
  });
  afterEach(() => {
    attention.stop();
    vi.useRealTimers();
  });

  it('has heartbeats come every two seconds for a minute after a wish has changed', () => {
    attention.heard({ drain: { deadline: '2030-01-01T00:00:00Z' } });
    vi.advanceTimersByTime(10_000);
    expect(beats).toBe(5);
    vi.advanceTimersByTime(600_000);
    expect(beats).toBe(30);
    attention.heard({});
    vi.advanceTimersByTime(10_000);
    expect(beats).toBe(35);
  });

  it('takes no notice of nothing wanted, nor of the same wish again', () => {
    attention.heard({});
    vi.advanceTimersByTime(10_000);
    expect(beats).toBe(0);
    const wish = { thresholds: { cpuPercent: 80, memoryPercent: 0 } };
    attention.heard(wish);
    vi.advanceTimersByTime(120_000);
    const before = beats;
    attention.heard({ ...wish });
    vi.advanceTimersByTime(10_000);
    expect(beats).toBe(before);
  });
});
