import { describe, expect, it } from 'vitest';
import { limitsOf } from './time-range.js';

const NOW = new Date('2026-11-24T01:00:00.000Z');

describe('the limits of a time range', () => {
  it('counts a named range back from now and leaves its end open', () => {
    expect(limitsOf({ range: '24h', from: '', to: '' }, NOW)).toEqual({ from: '2026-11-23T01:00:00.000Z' });
  });

  it('takes own limits by the person’s clock and leaves out what is no time', () => {
    const from = '2026-11-20T08:30';
    expect(limitsOf({ range: 'own', from, to: 'yesterday' }, NOW)).toEqual({ from: new Date(from).toISOString() });
  });

  it('does not limit where nothing or something unknown is asked for', () => {
    expect(limitsOf({ range: '', from: '2026-11-20T08:30', to: '' }, NOW)).toEqual({});
    expect(limitsOf({ range: 'toString', from: '', to: '' }, NOW)).toEqual({});
  });
});
