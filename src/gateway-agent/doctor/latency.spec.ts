import { describe, expect, it } from 'vitest';
import { latencyVerdict, RELAY_SCALE, SOURCE_SCALE } from './latency.js';

describe('latency', () => {
  it.each([
    [0, 'good', 'good'],
    [10, 'good', 'good'],
    [10.1, 'fair', 'good'],
    [50, 'fair', 'good'],
    [50.1, 'slow', 'good'],
    [100, 'slow', 'good'],
    [300, 'slow', 'fair'],
    [301, 'slow', 'slow'],
  ])('of %d ms is %s to a source and %s to the relay', (ms, source, relay) => {
    expect(latencyVerdict(ms, SOURCE_SCALE)).toBe(source);
    expect(latencyVerdict(ms, RELAY_SCALE)).toBe(relay);
  });
});
