import { describe, expect, it } from 'vitest';
import { parseRow } from './row-body.js';

describe('a row to write', () => {
  it('keeps the version that its source gave it, and nothing else that stands beside the columns', () => {
    const row = { '@odata.etag': 'W/"7"', '@odata.id': 'x', ItemInternalId: 'y', name: 'Ann' };
    expect(parseRow(row)).toEqual({ '@odata.etag': 'W/"7"', name: 'Ann' });
  });

  it.each(['', 7, null])('does without a version that is none: %j', (etag) => {
    expect(parseRow({ '@odata.etag': etag, name: 'Ann' })).toEqual({ name: 'Ann' });
  });
});
