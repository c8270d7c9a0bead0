import type { Stats } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  MAX_MARKS,
  readState,
  sightingOf,
  writeState,
  type FolderState,
  type Sighting,
} from './folder-state.js';

/** Milliseconds; whole seconds, so that many files share one. */
const NOW = 1_770_000_000_000;
const file = (name: string, born: number, changed = born, size = 1): Sighting =>
  sightingOf('modified', name, { birthtimeMs: NOW + born * 1000, mtimeMs: NOW + changed * 1000, size } as Stats);

/** One look at a folder, its state as it comes back from an address. */
function look(before: FolderState | undefined, folder: readonly Sighting[], top: number) {
  const { told, state, hasMore } = compare(before, folder, top);
  const text = writeState('modified', state);
  return { told, state: readState('modified', text), text, hasMore };
}
const stateFor = (change: 'created' | 'modified') => writeState(change, compare(undefined, [file('a', 1)], 1).state);

describe('what a watcher of a folder remembers', () => {
  it('fits into an address, however large the folder is', () => {
    const folder = Array.from({ length: 5000 }, (_, index) => file(`file ${index}`, index));
    const { text, state } = look(undefined, folder, 1);
    expect(text.length).toBeLessThan(5_500);
    expect(state.marks.size).toBe(MAX_MARKS);
    expect(look(state, folder, 100).told).toEqual([]);
  });

  it('forgets no file and tells of none twice, whatever comes in between and however few are told at once', () => {
    const step = fc.record({ arrivals: fc.integer({ min: 0, max: 700 }), top: fc.integer({ min: 1, max: 100 }) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2500 }), fc.array(step, { maxLength: 5 }), (old, steps) => {
        let clock = 0;
        const folder = Array.from({ length: old }, (_, index) => file(`old ${index}`, Math.floor(index / 50) - 100));
        let { state } = look(undefined, folder, 1);
        const told: string[] = [];
        const arrived: string[] = [];
        const ask = (top: number): boolean => {
          const answer = look(state, folder, top);
          told.push(...answer.told.map(({ name }) => name));
          ({ state } = answer);
          return answer.hasMore;
        };
        for (const { arrivals, top } of steps) {
          // Hundreds in the same second.
          clock += 1;
          for (let index = 0; index < arrivals; index += 1) {
            const name = `new ${clock} ${index}`;
            folder.push(file(name, clock));
            arrived.push(name);
          }
          ask(top);
        }
        while (ask(100));
        expect([...told].sort()).toEqual([...arrived].sort());
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  it('knows every file of a small folder by itself: one moved in with an old date is new', () => {
    const folder = [file('a', -1000), file('b', -10)];
    const { state } = look(undefined, folder, 1);
    const moved = file('c', -500_000);
    expect(look(state, [...folder, moved], 10).told).toEqual([moved]);
  });

  it('knows the newest thousand of a large folder by themselves, and counts older ones as seen', () => {
    const folder = Array.from({ length: MAX_MARKS + 100 }, (_, index) => file(`file ${index}`, index * 10));
    const { state } = look(undefined, folder, 1);
    // The newest that is no mark was born at 990, the oldest mark at 1000.
    const [within, before] = [file('within', 995), file('before', 985)];
    expect(look(state, [...folder, within, before], 10).told).toEqual([within]);
  });

  it('sees a file that changed back in time, or in size alone', () => {
    const { state } = look(undefined, [file('a', -1000, -10, 5)], 1);
    expect(look(state, [file('a', -1000, -500, 5)], 10).told).toHaveLength(1);
    expect(look(state, [file('a', -1000, -10, 6)], 10).told).toHaveLength(1);
    expect(look(state, [file('a', -1000, -10, 5)], 10).told).toHaveLength(0);
  });

  it('does without the time of birth where a file system has none', () => {
    const stats = (mtimeMs: number) => ({ birthtimeMs: 0, mtimeMs, size: 1 }) as Stats;
    const one = sightingOf('created', 'a', stats(NOW));
    expect(sightingOf('created', 'a', stats(NOW + 5000)).mark).toBe(one.mark);
    expect(one.stamp).toBe(NOW * 1000);
  });

  it.each([
    ['', 'created'],
    ['AA', 'created'],
    [stateFor('modified'), 'created'],
    [`${stateFor('created')}AA`, 'created'],
    [Buffer.from([1, 1, 0xff, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).toString('base64url'), 'created'],
    [Buffer.from([2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).toString('base64url'), 'created'],
    [Buffer.alloc(14 + 4 * (MAX_MARKS + 1), 1).toString('base64url'), 'created'],
  ] as const)('refuses a state that is none: %#', (text, change) => {
    expect(() => readState(change, text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
  });
});
