import type { FileEntry, FolderPage } from '../../../contract/table.js';
import { fileEntry } from './file-entry.js';
import { lookAt, namesIn, type Found, type OpenFolder } from './scan-folder.js';

/** Most entries of one listing. */
export const MAX_ENTRIES = 10_000;

export interface FolderListing {
  readonly entries: readonly FileEntry[];
  readonly hasMore: boolean;
}

/** The files and folders of a folder, by name. */
export async function listFolder(place: OpenFolder, signal: AbortSignal): Promise<FolderListing> {
  const { entries, next } = await pageFolder(place, { top: MAX_ENTRIES }, signal);
  return { entries, hasMore: next !== undefined };
}

/**
 * A piece of the same list, however long it is. Names are compared by their UTF-16 units. The page may hold less than
 * asked for, nothing even, although more follow: not every name is shown.
 */
export async function pageFolder(
  place: OpenFolder,
  { after = '', top }: { readonly after?: string | undefined; readonly top: number },
  signal: AbortSignal,
): Promise<FolderPage> {
  let names: string[] = [];
  for await (const name of namesIn(place)) {
    if (name <= after) continue;
    names.push(name);
    // Only the first ones matter; the rest is let go before it fills the memory.
    if (names.length > 4 * top + 1000) names = names.sort().slice(0, top + 1);
  }
  names.sort();
  const shown = names.slice(0, top);
  const last = names.length > top ? shown.at(-1) : undefined;
  const entries = entriesOf(place, await lookAt(place, shown, signal));
  return { entries, ...(last === undefined ? {} : { next: last }) };
}

function entriesOf({ names }: OpenFolder, found: readonly Found[]): FileEntry[] {
  return found.map(({ name, stats }) => fileEntry([...names, name], stats));
}
