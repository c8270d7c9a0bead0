import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { link, lstat, rename, unlink, type FileHandle } from 'node:fs/promises';
import { abortable } from '../abortable.js';
import { SourceError } from '../source-error.js';
import type { FileFacts } from './file-facts.js';
import type { Folder } from './folder.js';

export type WriteMode = 'create' | 'replace' | 'upsert';

/** Beginning of the names under which unfinished files stand beside their target; listings leave them out. */
export const UNFINISHED_PREFIX = '.tidegate-unfinished-';

/** Permission bits of a mode. */
const PERMISSIONS = 0o777;

/**
 * Refuses what cannot end well before a byte is read.
 *
 * @throws SourceError SOURCE_CONFLICT, FILE_NOT_FOUND, VALIDATION_FAILED
 */
export function assertWritable(stats: Pick<FileFacts, 'isFile'> | undefined, mode: WriteMode): void {
  if (stats && mode === 'create') throw conflict();
  if (!stats && mode === 'replace')
    throw new SourceError('FILE_NOT_FOUND', 'There is no such file or folder.', { hop: 'source' });
  if (stats && !stats.isFile())
    throw new SourceError('VALIDATION_FAILED', 'The path names something that is not a file.');
}

function conflict(): SourceError {
  return new SourceError('SOURCE_CONFLICT', 'A file or folder of this name exists already.', { hop: 'source' });
}

/**
 * Writes a file so that others see the old content or the new one, never a part: into a file of another name beside it,
 * which takes the name when everything is on disk. Whatever fails before leaves nothing behind.
 */
export async function writeFile(
  folder: Folder,
  name: string,
  content: { readonly body: AsyncIterable<Uint8Array>; readonly mode: WriteMode; readonly existing: Stats | undefined },
  signal: AbortSignal,
): Promise<void> {
  const unfinished = `${UNFINISHED_PREFIX}${randomUUID()}`;
  const file = await folder.openFile(unfinished, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL);
  try {
    try {
      if (content.existing) await file.chmod(content.existing.mode & PERMISSIONS);
      for await (const chunk of abortable(content.body, signal)) await writeAll(file, chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(folder, unfinished, name, content.mode);
  } catch (error) {
    await unlink(folder.entry(unfinished)).catch((cleanup: NodeJS.ErrnoException) => {
      if (cleanup.code !== 'ENOENT') throw cleanup;
    });
    throw error;
  }
  await folder.sync();
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let written = 0; written < chunk.byteLength;) {
    written += (await file.write(chunk, written, chunk.byteLength - written)).bytesWritten;
  }
}

async function putInPlace(folder: Folder, unfinished: string, name: string, mode: WriteMode): Promise<void> {
  if (mode === 'create') {
    await claim(folder, unfinished, name);
    return;
  }
  if (mode === 'replace') assertWritable(await lstat(folder.entry(name)), mode);
  await rename(folder.entry(unfinished), folder.entry(name));
}

/** A hard link fails where the name is taken, whoever was faster; rename would overwrite. */
async function claim(folder: Folder, unfinished: string, name: string): Promise<void> {
  try {
    await link(folder.entry(unfinished), folder.entry(name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') throw conflict();
    // File systems without hard links (FAT, some network shares): an empty file of the name is the claim.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP' && code !== 'ENOSYS') throw error;
    await (await folder.openFile(name, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL)).close();
    await rename(folder.entry(unfinished), folder.entry(name));
    return;
  }
  await unlink(folder.entry(unfinished));
}
