import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  markOf,
  MAX_SEEN,
  OVERLAP_MICROS,
  readChangedRowsState,
  settle,
  writeChangedRowsState,
  type Change,
  type ChangedRowsState,
} from './changed-rows-state.js';
import {
  advance,
  beginAt,
  MAX_GAPS,
  readNewRowsState,
  writeNewRowsState,
  type NewRowsState,
} from './new-rows-state.js';

const big = (...keys: number[]): bigint[] => keys.map(BigInt);
const isWatched = (state: NewRowsState, key: bigint): boolean =>
  key > state.last || state.gaps.some(({ from, to }) => key >= from && key <= to);

describe('watching for new numbers', () => {
  it('begins with the numbers that are missing', () => {
    expect(beginAt([])).toEqual({ last: 0n, gaps: [] });
    expect(beginAt(big(2, 3, 7))).toEqual({
      last: 7n,
      gaps: [
        { from: 1n, to: 1n },
        { from: 4n, to: 6n },
      ],
    });
  });

  it('goes on with those that are still missing', () => {
    const state = { last: 7n, gaps: [{ from: 4n, to: 6n }] };
    expect(advance(state, big(5, 9))).toEqual({
      last: 9n,
      gaps: [
        { from: 4n, to: 4n },
        { from: 6n, to: 6n },
        { from: 8n, to: 8n },
      ],
    });
  });

  // However transactions commit, each number is watched for until it came, and not afterwards.
  it('finds every number once, in whatever order they commit', () => {
    const commits = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 40 });
    fc.assert(
      fc.property(commits, fc.integer({ min: 1, max: 5 }), (order, atOnce) => {
        let state: NewRowsState = { last: 0n, gaps: [] };
        const found: bigint[] = [];
        for (let at = 0; at < order.length; at += atOnce) {
          const visible = big(...order.slice(0, at + atOnce));
          const news = visible.filter((key) => isWatched(state, key)).sort((a, b) => Number(a - b));
          found.push(...news);
          state = readNewRowsState(writeNewRowsState(advance(state, news)));
        }
        expect(found.map(Number).sort((a, b) => a - b)).toEqual([...order].sort((a, b) => a - b));
      }),
    );
  });

  it('keeps the newest gaps and no more', () => {
    const state = advance({ last: 0n, gaps: [] }, big(...Array.from({ length: 500 }, (_, at) => 2 * at + 2)));
    expect(state.gaps).toHaveLength(MAX_GAPS);
    expect(state.gaps.at(-1)).toEqual({ from: 999n, to: 999n });
  });

  it.each(['', '{}', '[]', '{"last":"x","gaps":[]}', '{"last":"1","gaps":[["1"]]}', '{"last":1,"gaps":[]}'])(
    'refuses the state %s',
    (text) => {
      expect(() => readNewRowsState(text)).toThrow(expect.objectContaining({ code: 'VALIDATION_FAILED' }));
    },
  );
});

describe('watching for changes', () => {
  const none: ChangedRowsState = { latest: undefined, floor: undefined, seen: [] };
  const change = (seconds: number, key: string): Change => ({
    place: [`t${String(seconds).padStart(9, '0')}`, key],
    micros: BigInt(seconds) * 1_000_000n,
  });

  it('remembers what was handed out in the window', () => {
    const state = settle(none, [change(1, 'a'), change(1_000, 'b'), change(1_001, 'c')], true);
    expect(state.latest?.place).toEqual(change(1_001, 'c').place);
    expect(state.seen).toEqual([markOf(change(1_000, 'b')), markOf(change(1_001, 'c'))]);
    expect(readChangedRowsState(writeChangedRowsState(state))).toEqual(state);
  });

  it('moves the beginning of the window up when too much is in it, and loses nothing behind', () => {
    const many = Array.from({ length: MAX_SEEN + 10 }, (_, at) => change(1_000, String(at).padStart(5, '0')));
    const state = settle(none, many, true);
    expect(state.seen).toHaveLength(MAX_SEEN);
    expect(state.floor).toEqual(many[9]?.place);
  });

  it('knows again what it had not come to', () => {
    const before = settle(none, [change(1_000, 'a'), change(1_002, 'c')], true);
    const after = settle(before, [change(1_000, 'a'), change(1_001, 'b')], false);
    expect(after.latest?.place).toEqual(change(1_002, 'c').place);
    expect(new Set(after.seen)).toEqual(
      new Set([change(1_000, 'a'), change(1_001, 'b'), change(1_002, 'c')].map(markOf)),
    );
  });

  // A model of polling: late commits within the window, pages, many changes at one moment.
  it('hands out every change once, as long as it commits within the window', () => {
    const overlap = Number(OVERLAP_MICROS / 1_000_000n);
    const event = fc.record({ at: fc.integer({ min: 0, max: 2_000 }), late: fc.integer({ min: 0, max: overlap - 1 }) });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 1, max: 7 }), (events, top) => {
        const rows = events.map(({ at, late }, key) => ({
          visible: at + late,
          change: change(at, String(key).padStart(3, '0')),
        }));
        const order = (a: Change, b: Change): number => (a.place.join() < b.place.join() ? -1 : 1);
        let state = none;
        const handed: string[] = [];
        for (let now = 0; now <= 2_400; now += 100) {
          for (let hasMore = true; hasMore;) {
            const begin = (state.latest?.micros ?? -OVERLAP_MICROS) - OVERLAP_MICROS;
            const floor = state.floor?.join() ?? '';
            const shown = rows
              .filter((row) => row.visible <= now && row.change.micros > begin && row.change.place.join() > floor)
              .map((row) => row.change)
              .sort(order);
            const news = shown.filter((each) => !state.seen.includes(markOf(each)));
            const cut = news[top];
            const looked = cut ? shown.slice(0, shown.indexOf(cut)) : shown;
            handed.push(...looked.filter((each) => news.includes(each)).map(({ place }) => place.join()));
            state = readChangedRowsState(writeChangedRowsState(settle(state, looked, !cut)));
            hasMore = cut !== undefined;
          }
        }
        expect(handed.sort()).toEqual(rows.map((row) => row.change.place.join()).sort());
      }),
      { numRuns: 200 },
    );
  });
});
