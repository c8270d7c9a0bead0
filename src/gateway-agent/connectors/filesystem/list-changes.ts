import type { Operation } from '../../../contract/operations.js';
import type { FolderChanges } from '../../../contract/table.js';
import { SourceError } from '../source-error.js';
import { fileEntry } from './file-entry.js';
import type { FolderView } from './file-facts.js';
import { compare, readState, sightingOf, writeState, type Sighting } from './folder-state.js';

/** Most entries of a folder that is watched: every one is looked at every time. */
const MAX_WATCHED = 100_000;
/** Files described at a time; other requests have their turn in between. */
const BATCH = 512;

type ListChanges = Extract<Operation, { name: 'listChanges' }>;

/**
 * Files of a folder that came or changed since the state was made, the oldest first. What does not fit stays unseen, and so
 * does whatever appears while the folder is read: the new state knows only what this reading saw and told of.
 *
 * @throws SourceError VALIDATION_FAILED for a state of something else and for folders that are too large
 */
export async function listChanges(
  place: FolderView,
  { change, top, state }: ListChanges,
  signal: AbortSignal,
): Promise<FolderChanges> {
  const before = state === undefined ? undefined : readState(change, state);
  const names: string[] = [];
  for await (const name of place.entries()) {
    if (names.push(name) > MAX_WATCHED) {
      throw new SourceError('VALIDATION_FAILED', 'The folder holds too many files to be watched.', {
        details: { limit: MAX_WATCHED },
      });
    }
  }
  const seen: Sighting[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    for (const { name, facts } of await place.look(names.slice(start, start + BATCH), signal)) {
      if (facts.isFile()) seen.push(sightingOf(change, name, facts));
    }
  }
  const { told, state: now, hasMore } = compare(before, seen, top);
  return {
    entries: told.map(({ name, stats }) => fileEntry([...place.names, name], stats)),
    state: writeState(change, now),
    hasMore,
  };
}
