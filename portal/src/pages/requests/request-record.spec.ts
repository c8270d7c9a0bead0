import { describe, expect, it } from 'vitest';
import { spansOf } from './request-record.js';

describe('the waterfall of a request', () => {
  it('lays the hops one after the other; together they are the whole', () => {
    const { spans, totalMs } = spansOf([
      { hop: 'control-plane', ms: 10 },
      { hop: 'broker', ms: 20 },
      { hop: 'source', ms: 70 },
    ]);
    expect(totalMs).toBe(100);
    expect(spans.map(({ startPercent, percent }) => [startPercent, percent])).toEqual([
      [0, 10],
      [10, 20],
      [30, 70],
    ]);
  });

  it('divides nothing by nothing', () => {
    expect(spansOf([{ hop: 'control-plane', ms: 0 }]).spans).toEqual([
      { hop: 'control-plane', ms: 0, startPercent: 0, percent: 0 },
    ]);
    expect(spansOf([])).toEqual({ spans: [], totalMs: 0 });
  });
});
