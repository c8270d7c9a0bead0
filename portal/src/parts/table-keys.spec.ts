import { describe, expect, it } from 'vitest';
import { rowAfterKey } from './table-keys.js';

describe('keys in a table', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowUp', 5, 4],
    ['PageDown', 5, 15],
    ['PageUp', 15, 5],
    ['Home', 50, 0],
    ['End', 5, 99],
  ])('%s leads from row %i to row %i', (key, from, to) => {
    expect(rowAfterKey(key, from, 100, 10)).toBe(to);
  });

  it('stay within the rows', () => {
    expect(rowAfterKey('ArrowUp', 0, 100, 10)).toBe(0);
    expect(rowAfterKey('ArrowDown', 99, 100, 10)).toBe(99);
    expect(rowAfterKey('PageDown', 95, 100, 10)).toBe(99);
  });

  it('move nowhere when there are no rows, or the key is another', () => {
    expect(rowAfterKey('End', 0, 0, 10)).toBeUndefined();
    expect(rowAfterKey('Tab', 0, 100, 10)).toBeUndefined();
  });
});
