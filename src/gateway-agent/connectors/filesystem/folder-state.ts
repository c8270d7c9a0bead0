import { createHash } from 'node:crypto';
import { SourceError } from '../source-error.js';
import type { FileFacts } from './file-facts.js';

export type Change = 'created' | 'modified';

/** A file at a place in time. Sorted by `stamp`, then by `mark`, no two are equal. */
export interface Sighting {
  readonly name: string;
  readonly stats: FileFacts;
  /** When it came or changed, in microseconds since 1970, by the file system's clock. */
  readonly stamp: number;
  /** Stands for the file as it is: 32 bits of a hash. A new file is taken for one of a thousand old ones once in four million cases. */
  readonly mark: number;
}

/**
 * What a watcher has seen of a folder: the marks of the newest files, and the place up to which everything older counts
 * as seen. With up to a thousand files everything is a mark, and nothing depends on clocks.
 */
export interface FolderState {
  readonly floor: { readonly stamp: number; readonly mark: number };
  readonly marks: ReadonlySet<number>;
}

/** Marks in a state. It travels in an address, and addresses of more than 8 KB do not arrive everywhere. */
export const MAX_MARKS = 1000;

const VERSION = 1;
const KIND: Readonly<Record<Change, number>> = { created: 1, modified: 2 };
const HEADER_BYTES = 14;
const MARK_BYTES = 4;

/** A file that is replaced by another one of its name was created again, also by programs that save that way. */
export function sightingOf(change: Change, name: string, stats: FileFacts): Sighting {
  const modified = micros(stats.mtimeMs);
  // Some network file systems do not know when a file was made.
  const created = stats.birthtimeMs > 0 ? micros(stats.birthtimeMs) : 0;
  const isCreation = change === 'created';
  const identity = isCreation ? [name, created] : [name, created, modified, stats.size];
  const stamp = isCreation && created > 0 ? created : Math.max(modified, created);
  const mark = createHash('sha256').update(JSON.stringify(identity)).digest().readUInt32BE();
  return { name, stats, stamp, mark };
}

function bySeniority(one: FolderState['floor'], other: FolderState['floor']): number {
  return one.stamp - other.stamp || one.mark - other.mark;
}

/** What a look at a folder has to tell. */
export interface Look {
  readonly told: readonly Sighting[];
  readonly state: FolderState;
  /** More was found than could be told. */
  readonly hasMore: boolean;
}

/**
 * Compares a folder with what was seen of it. The oldest are told first, so that what is left is newer than everything that
 * the state forgets.
 *
 * @param before undefined: the first look, which tells nothing
 */
export function compare(before: FolderState | undefined, folder: readonly Sighting[], top: number): Look {
  const sorted = [...folder].sort(bySeniority);
  const changed = before ? sorted.filter((sighting) => isUnseen(before, sighting)) : [];
  const later = new Set(changed.slice(top));
  const known = sorted.filter((sighting) => !later.has(sighting));
  return { told: changed.slice(0, top), state: stateOf(known), hasMore: later.size > 0 };
}

/** @param known everything that counts as seen, by seniority */
function stateOf(known: readonly Sighting[]): FolderState {
  const { stamp, mark } = known.at(-1 - MAX_MARKS) ?? { stamp: 0, mark: 0 };
  return { floor: { stamp, mark }, marks: new Set(known.slice(-MAX_MARKS).map((each) => each.mark)) };
}

function isUnseen({ floor, marks }: FolderState, sighting: Sighting): boolean {
  return bySeniority(sighting, floor) > 0 && !marks.has(sighting.mark);
}

export function writeState(change: Change, { floor, marks }: FolderState): string {
  const bytes = Buffer.alloc(HEADER_BYTES + marks.size * MARK_BYTES);
  bytes.writeUInt8(VERSION, 0);
  bytes.writeUInt8(KIND[change], 1);
  bytes.writeDoubleBE(floor.stamp, 2);
  bytes.writeUInt32BE(floor.mark, 10);
  for (const [index, mark] of [...marks].entries()) bytes.writeUInt32BE(mark, HEADER_BYTES + index * MARK_BYTES);
  return bytes.toString('base64url');
}

/** @throws SourceError VALIDATION_FAILED for what was not written for this kind of change */
export function readState(change: Change, text: string): FolderState {
  const bytes = Buffer.from(text, 'base64url');
  const count = (bytes.length - HEADER_BYTES) / MARK_BYTES;
  const isOurs =
    Number.isInteger(count) &&
    count >= 0 &&
    count <= MAX_MARKS &&
    bytes.readUInt8(0) === VERSION &&
    bytes.readUInt8(1) === KIND[change];
  if (!isOurs) throw new SourceError('VALIDATION_FAILED', 'The state was not made by this trigger.');
  const stamp = bytes.readDoubleBE(2);
  if (!(stamp >= 0)) throw new SourceError('VALIDATION_FAILED', 'The state was not made by this trigger.');
  const marks = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(HEADER_BYTES + index * MARK_BYTES));
  return { floor: { stamp, mark: bytes.readUInt32BE(10) }, marks: new Set(marks) };
}

function micros(milliseconds: number): number {
  return Math.max(0, Math.round(milliseconds * 1000));
}
