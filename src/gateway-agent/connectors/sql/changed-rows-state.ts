import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readState } from './new-rows-state.js';

/** Where a row stands in the order of changes: the time of its change, then its key. */
export type Place = readonly string[];

/** A change that was looked at. */
export interface Change {
  readonly place: Place;
  /** The time of the change, in microseconds. */
  readonly micros: bigint;
}

/**
 * What has been seen of rows that bear the time of their change. A transaction may write a time and commit later: so the
 * last minutes are read again and again, and the changes in them remembered that were handed out.
 */
export interface ChangedRowsState {
  /** The latest change seen; undefined: there was none. */
  readonly latest: Change | undefined;
  /** Up to here everything is settled, though the window may reach farther back. */
  readonly floor: Place | undefined;
  /** Changes behind the floor that were handed out, as `markOf` writes them. */
  readonly seen: readonly string[];
}

/** How long a transaction may take to commit a change, in microseconds; what comes later is not found. */
export const OVERLAP_MICROS = 300_000_000n;

/** Changes remembered; when more fall into the window, it begins later. */
export const MAX_SEEN = 500;

const MARK_LENGTH = 8;

/** A change in eight characters: two of a thousand are mistaken for one another once in 10^8. */
export function markOf({ place }: Change): string {
  return createHash('sha256').update(JSON.stringify(place)).digest('base64url').slice(0, MARK_LENGTH);
}

/**
 * The state once changes were looked at.
 *
 * @param looked changes that had been handed out before or were now, in order
 * @param isWhole nothing lies behind them
 */
export function settle(state: ChangedRowsState, looked: readonly Change[], isWhole: boolean): ChangedRowsState {
  const last = looked.at(-1);
  const latest = last && (!state.latest || last.micros > state.latest.micros) ? last : state.latest;
  const begin = (latest?.micros ?? 0n) - OVERLAP_MICROS;
  const recent = looked.filter(({ micros }) => micros > begin);
  const marks = recent.map(markOf);
  const isMarked = new Set([...marks, ...looked.map(markOf)]);
  // What was not come to this time still has to be known the next.
  const ahead = isWhole ? [] : state.seen.filter((mark) => !isMarked.has(mark));
  const excess = Math.max(0, marks.length + ahead.length - MAX_SEEN);
  const floor = excess > 0 ? recent[Math.min(excess, recent.length) - 1]?.place : undefined;
  return { latest, floor: floor ?? state.floor, seen: [...marks.slice(excess), ...ahead].slice(-MAX_SEEN) };
}

const placeSchema = z.array(z.string().max(1_100)).min(2).max(33);
const stateSchema = z.object({
  latest: z.object({ place: placeSchema, micros: z.string().regex(/^-?\d{1,19}$/) }).optional(),
  floor: placeSchema.optional(),
  seen: z.string().max(MAX_SEEN * MARK_LENGTH),
});

export function writeChangedRowsState({ latest, floor, seen }: ChangedRowsState): string {
  const shown = latest && { place: latest.place, micros: String(latest.micros) };
  return JSON.stringify({ latest: shown, floor, seen: seen.join('') });
}

/** @throws SourceError VALIDATION_FAILED; the text comes from outside */
export function readChangedRowsState(text: string): ChangedRowsState {
  const { latest, floor, seen } = readState(stateSchema, text);
  return {
    latest: latest && { place: latest.place, micros: BigInt(latest.micros) },
    floor,
    seen: seen.match(/.{8}/g) ?? [],
  };
}
