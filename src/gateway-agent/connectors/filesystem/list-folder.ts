import { lstat, opendir } from 'node:fs/promises';
import type { FileEntry } from '../../../contract/table.js';
import { SourceError } from '../source-error.js';
import { fileEntry } from './file-entry.js';
import { Folder, locate } from './folder.js';
import { isAllowedName } from './source-path.js';
import { UNFINISHED_PREFIX } from './write-file.js';

/** Most entries of one listing. */
export const MAX_ENTRIES = 10_000;
/** Entries looked at side by side. */
const BATCH = 64;

export interface FolderListing {
  readonly entries: readonly FileEntry[];
  readonly hasMore: boolean;
}

/**
 * The files and folders of a folder, by name. Left out: links that lead outside or nowhere, names that no path could
 * ask for, sockets and devices, and files still being written.
 */
export async function listFolder(
  root: string,
  names: readonly string[],
  folder: Folder,
  signal: AbortSignal,
): Promise<FolderListing> {
  const found: string[] = [];
  let hasMore = false;
  for await (const { name } of await opendir(folder.path, { encoding: 'utf8', bufferSize: 256 })) {
    if (!isAllowedName(name, process.platform) || name.startsWith(UNFINISHED_PREFIX) || name.includes('\ufffd'))
      continue;
    if (found.length === MAX_ENTRIES) {
      hasMore = true;
      break;
    }
    found.push(name);
  }
  found.sort();
  const entries: FileEntry[] = [];
  for (let start = 0; start < found.length; start += BATCH) {
    if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
    const batch = found.slice(start, start + BATCH);
    const described = await Promise.all(batch.map((name) => describe(root, [...names, name], folder)));
    entries.push(...described.filter((entry) => entry !== undefined));
  }
  return { entries, hasMore };
}

async function describe(root: string, names: readonly string[], folder: Folder): Promise<FileEntry | undefined> {
  try {
    const own = await lstat(folder.entry(names.at(-1) ?? ''));
    if (!own.isSymbolicLink()) return own.isFile() || own.isDirectory() ? fileEntry(names, own) : undefined;
    await using target = await locate(root, names);
    const { stats } = target;
    return stats && (stats.isFile() || stats.isDirectory()) ? fileEntry(names, stats) : undefined;
  } catch (error) {
    // Gone since the listing, or a link that leads outside: not there for the caller.
    const isAbsent =
      error instanceof SourceError ||
      ['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(String((error as NodeJS.ErrnoException).code));
    if (isAbsent) return undefined;
    throw error;
  }
}
