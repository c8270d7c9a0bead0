import type { FileEntry, FolderPage } from '../../../contract/table.js';
import { fileEntry } from './file-entry.js';
import type { FolderView, Found } from './file-facts.js';

/** Most entries of one listing. */
export const MAX_ENTRIES = 10_000;

export interface FolderListing {
  readonly entries: readonly FileEntry[];
  readonly hasMore: boolean;
}

/** The files and folders of a folder, by name. */
export async function listFolder(place: FolderView, signal: AbortSignal): Promise<FolderListing> {
  const { entries, next } = await pageFolder(place, { top: MAX_ENTRIES }, signal);
  return { entries, hasMore: next !== undefined };
}

/**
 * A piece of the same list, however long it is. Names are compared by their UTF-16 units. The page may hold less than
 * asked for, nothing even, although more follow: not every name is shown.
 */
export async function pageFolder(
  place: FolderView,
  { after = '', top }: { readonly after?: string | undefined; readonly top: number },
  signal: AbortSignal,
): Promise<FolderPage> {
  let names: string[] = [];
  for await (const name of place.entries()) {
    if (name <= after) continue;
    names.push(name);
    // Only the first ones matter; the rest is let go before it fills the memory.
    if (names.length > 4 * top + 1000) names = names.sort().slice(0, top + 1);
  }
  names.sort();
  const shown = names.slice(0, top);
  const last = names.length > top ? shown.at(-1) : undefined;
  const entries = entriesOf(place, await place.look(shown, signal));
  return { entries, ...(last === undefined ? {} : { next: last }) };
}

function entriesOf({ names }: FolderView, found: readonly Found[]): FileEntry[] {
  return found.map(({ name, facts }) => fileEntry([...names, name], facts));
}
