import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { SourceError } from '../source-error.js';
import { fileFailure } from './file-failure.js';
import type { Location } from './folder.js';

/** Bytes read from a file at a time. */
const CHUNK_BYTES = 128 * 1024;

type Existing = Location & { readonly stats: NonNullable<Location['stats']> };

/** @throws SourceError FILE_NOT_FOUND */
export function existing(location: Location): Existing {
  const { stats } = location;
  if (!stats) throw new SourceError('FILE_NOT_FOUND', 'There is no such file or folder.', { hop: 'source' });
  return { ...location, stats };
}

/** @returns its name in its folder @throws SourceError FILE_NOT_FOUND, VALIDATION_FAILED for folders, devices, sockets */
export function existingFile(location: Location): string {
  const { stats } = existing(location);
  if (!stats.isFile() || location.name === undefined) throw noFile();
  return location.name;
}

/** Opens a file for reading. @throws SourceError FILE_NOT_FOUND, VALIDATION_FAILED; the file system's own errors */
export async function openExisting(location: Location): Promise<FileHandle> {
  const file = await location.folder.openFile(existingFile(location), constants.O_RDONLY);
  // The look before the opening may be out of date; what is open now is what counts.
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw noFile();
}

/** Every chunk has its own buffer: the reader may still hold the one before. Closes the file at the end. */
export async function* contents(file: FileHandle, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      if (signal.aborted) throw new SourceError('REQUEST_CANCELLED', 'The request was cancelled.');
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await file.close();
  }
}

function noFile(): SourceError {
  return new SourceError('VALIDATION_FAILED', 'The path names something that is not a file.');
}
