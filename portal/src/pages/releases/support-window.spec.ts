import { describe, expect, it } from 'vitest';
import { supportSpans, type Release } from './support-window.js';

/** Eight monthly releases, the newest first; the six newest are supported. */
const RELEASES: readonly Release[] = [8, 7, 6, 5, 4, 3, 2, 1].map((month) => ({
  version: `3000.${month}.1`,
  publishedAt: `2026-0${month}-01T00:00:00.000Z`,
  notes: '',
  supported: month > 2,
  offered: true,
}));

describe('the support window', () => {
  const spans = supportSpans(RELEASES, new Date('2026-08-15T00:00:00.000Z'));

  it('ends the support of a release with the sixth that came after it', () => {
    expect(spans.map(({ endedAt }) => endedAt)).toEqual([
      ...Array<undefined>(6).fill(undefined),
      '2026-08-01T00:00:00.000Z',
      '2026-07-01T00:00:00.000Z',
    ]);
  });

  it('tells which one the next release ends', () => {
    expect(spans.filter(({ isEnding }) => isEnding).map(({ release }) => release.version)).toEqual(['3000.3.1']);
    expect(supportSpans(RELEASES.slice(0, 3), new Date()).some(({ isEnding }) => isEnding)).toBe(false);
  });

  it('keeps every span on the line', () => {
    for (const { startPercent, percent } of spans) expect(startPercent + percent).toBeLessThanOrEqual(100.001);
    expect(spans.at(-1)?.startPercent).toBe(0);
  });
});
