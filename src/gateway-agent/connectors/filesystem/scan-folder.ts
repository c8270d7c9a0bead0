import type { Stats } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { SourceError } from '../source-error.js';
import type { FolderView, Found } from './file-facts.js';
import { locate, type Folder, type Root } from './folder.js';
import { isAllowedName } from './source-path.js';
import { UNFINISHED_PREFIX } from './write-file.js';

/** Entries looked at side by side. */
const BATCH = 64;

/** A folder below a root, held open, with the names that lead to it. */
export interface OpenFolder {
  readonly root: Root;
  readonly names: readonly string[];
  readonly folder: Folder;
}

export function folderView(place: OpenFolder): FolderView {
  return {
    names: place.names,
    entries: () => namesIn(place),
    look: (names, signal) => lookAt(place, names, signal),
  };
}

/** The names in a folder that a path could ask for, in no order, without files still being written. */
async function* namesIn({ folder }: OpenFolder): AsyncGenerator<string> {
  for await (const { name } of await opendir(folder.path, { encoding: 'utf8', bufferSize: 256 })) {
    if (!isAllowedName(name, process.platform) || name.startsWith(UNFINISHED_PREFIX) || name.includes('\ufffd'))
      continue;
    yield name;
  }
}

async function lookAt(place: OpenFolder, names: readonly string[], signal: AbortSignal): Promise<Found[]> {
  const found: Found[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
    const batch = names.slice(start, start + BATCH);
    const stats = await Promise.all(batch.map((name) => look(place, name)));
    for (const [index, name] of batch.entries()) {
      const seen = stats[index];
      if (seen && (seen.isFile() || seen.isDirectory())) found.push({ name, facts: seen });
    }
  }
  return found;
}

async function look({ root, names, folder }: OpenFolder, name: string): Promise<Stats | undefined> {
  try {
    const own = await lstat(folder.entry(name));
    if (!own.isSymbolicLink()) return own;
    await using target = await locate(root, [...names, name]);
    return target.stats;
  } catch (error) {
    // Gone since the listing, or a link that leads outside: not there for the caller.
    const isAbsent =
      error instanceof SourceError ||
      ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code));
    if (isAbsent) return undefined;
    throw error;
  }
}
