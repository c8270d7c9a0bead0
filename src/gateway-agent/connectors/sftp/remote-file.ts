import type { Stats } from 'ssh2';
import { pathForbidden } from '../filesystem/source-path.js';
import { SourceError } from '../source-error.js';
import { locate, type RemotePlace, type RemoteRoot } from './remote-place.js';
import { fileFailure, STATUS, statusOf } from './sftp-failure.js';

/** Bytes asked for at a time; servers that allow less are asked several times by the library. */
const CHUNK_BYTES = 128 * 1024;

/** A file that is open on the server. */
export interface OpenFile {
  readonly handle: Buffer;
  close(): Promise<void>;
}

/** @throws the server's own errors */
export async function openFile({ session, signal }: RemoteRoot, path: string, flags: 'r' | 'wx'): Promise<OpenFile> {
  const handle = await session.call<Buffer>(
    signal,
    (done) => {
      session.sftp.open(path, flags, done);
    },
    (late) => {
      session.sftp.close(late, () => undefined);
    },
  );
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed || !session.isUsable) return;
    isClosed = true;
    // Not the request's signal: what is open has to be closed also when the caller has left.
    await session.call<void>(AbortSignal.timeout(10_000), (done) => {
      session.sftp.close(handle, (error) => {
        done(error, undefined);
      });
    });
  };
  return { handle, close };
}

/**
 * Opens a file for reading. The look before the opening may be out of date, so the way is looked at once more afterwards.
 *
 * @throws SourceError VALIDATION_FAILED for folders and devices, PATH_FORBIDDEN; the server's own errors
 */
export async function openExisting(root: RemoteRoot, place: RemotePlace, names: readonly string[]): Promise<OpenFile> {
  const file = await openFile(root, place.path, 'r');
  try {
    const { session, signal } = root;
    const stats = await session.call<Stats>(signal, (done) => {
      session.sftp.fstat(file.handle, done);
    });
    if (!stats.isFile()) throw noFile();
    if ((await locate(root, names)).path !== place.path) throw pathForbidden();
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Every chunk has its own buffer: the reader may still hold the one before. Closes the file at the end. */
export async function* contents({ session, signal }: RemoteRoot, file: OpenFile): AsyncGenerator<Uint8Array> {
  try {
    for (let position = 0; ;) {
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
      const length = await readInto(file.handle, buffer, position);
      if (length === 0) return;
      position += length;
      yield buffer.subarray(0, length);
    }
  } catch (error) {
    throw fileFailure(error);
  } finally {
    await file.close();
  }

  function readInto(handle: Buffer, buffer: Buffer, position: number): Promise<number> {
    return session
      .call<number>(signal, (done) => {
        session.sftp.read(handle, buffer, 0, buffer.length, position, (error, length) => {
          done(error, length);
        });
      })
      .catch((error: unknown) => {
        if (statusOf(error) === STATUS.EOF) return 0;
        throw error;
      });
  }
}

export function noFile(): SourceError {
  return new SourceError('VALIDATION_FAILED', 'The path names something that is not a file.');
}
