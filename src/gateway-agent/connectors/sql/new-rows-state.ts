import { z } from 'zod';
import { SourceError } from '../source-error.js';

/** Numbers from one to another, both included. */
export interface Range {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * What has been seen of a key whose numbers a sequence draws. Numbers are drawn in order, but their transactions commit in
 * any: so every number below the last that was not there yet is still watched for.
 */
export interface NewRowsState {
  readonly last: bigint;
  /** Numbers up to the last that were not there, in order. */
  readonly gaps: readonly Range[];
}

/** Ranges of missing numbers that are watched, the newest of them. Numbers of transactions that were rolled back stay missing for ever. */
export const MAX_GAPS = 100;

/** How far below the last number missing ones are looked for at the first time. */
export const FIRST_WINDOW = 1_000n;

/** The state when watching begins: rows that are there are not new. @param keys of the rows in the window, in order */
export function beginAt(keys: readonly bigint[]): NewRowsState {
  const last = keys.at(-1);
  if (last === undefined) return { last: 0n, gaps: [] };
  const lowest = last - FIRST_WINDOW + 1n;
  const from = last >= 1n && lowest < 1n ? 1n : lowest;
  return { last, gaps: without({ from, to: last }, keys).slice(-MAX_GAPS) };
}

/** The state once rows were handed out. @param keys of those rows, in order; all of them watched for */
export function advance(state: NewRowsState, keys: readonly bigint[]): NewRowsState {
  const highest = keys.at(-1) ?? state.last;
  const last = highest > state.last ? highest : state.last;
  const opened = last > state.last ? without({ from: state.last + 1n, to: last }, keys) : [];
  const gaps = [...state.gaps.flatMap((gap) => without(gap, keys)), ...opened];
  return { last, gaps: gaps.slice(-MAX_GAPS) };
}

/** What is left of a range without some numbers. */
function without(range: Range, keys: readonly bigint[]): Range[] {
  const left: Range[] = [];
  let { from } = range;
  for (const key of keys) {
    if (key < from || key > range.to) continue;
    if (key > from) left.push({ from, to: key - 1n });
    from = key + 1n;
  }
  if (from <= range.to) left.push({ from, to: range.to });
  return left;
}

const numberSchema = z
  .string()
  .regex(/^-?\d{1,19}$/)
  .transform(BigInt);
const stateSchema = z.object({
  last: numberSchema,
  gaps: z.array(z.tuple([numberSchema, numberSchema])).max(MAX_GAPS),
});

export function writeNewRowsState({ last, gaps }: NewRowsState): string {
  return JSON.stringify({ last: String(last), gaps: gaps.map(({ from, to }) => [String(from), String(to)]) });
}

/** @throws SourceError VALIDATION_FAILED; the text comes from outside */
export function readNewRowsState(text: string): NewRowsState {
  const { last, gaps } = readState(stateSchema, text);
  return { last, gaps: gaps.map(([from, to]) => ({ from, to })) };
}

/** @throws SourceError VALIDATION_FAILED for a text that is no state */
export function readState<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new SourceError('VALIDATION_FAILED', 'The trigger cannot be gone on with from there.', { cause });
  }
}
