import { describe, expect, it } from 'vitest';
import { rowIds } from './row-ids.js';

const COUNT = 70_000;

describe('ids of rows', () => {
  it('are random UUIDs by their form, and none comes twice, in one answer or in two', () => {
    const seen = new Set<string>();
    for (const next of [rowIds(), rowIds()]) {
      for (let left = COUNT; left > 0; left -= 1) seen.add(next());
    }
    expect(seen.size).toBe(2 * COUNT);
    const isUuid = (id: string) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(id);
    expect([...seen].filter((id) => !isUuid(id))).toEqual([]);
  });
});
