import { randomUUID } from 'node:crypto';
import { abortable } from '../abortable.js';
import { UNFINISHED_PREFIX, type WriteMode } from '../filesystem/write-file.js';
import { SourceError } from '../source-error.js';
import { openFile, type OpenFile } from './remote-file.js';
import { join, lookAt, type RemotePlace, type RemoteRoot } from './remote-place.js';
import { STATUS, statusOf } from './sftp-failure.js';
import type { SftpSession } from './sftp-session.js';

type Done = (error?: Error | null) => void;

/** Longest wait for a clean-up after the caller has left, in milliseconds. */
const CLEAN_UP_MS = 10_000;
/** Permission bits of a mode. */
const PERMISSIONS = 0o777;

/**
 * Writes a file so that others see the old content or the new one, never a part: into a file of another name beside it,
 * which takes the name when the server has everything. Whatever fails before leaves nothing behind.
 *
 * @throws SourceError SOURCE_CONFLICT, REQUEST_CANCELLED; the server's own errors
 */
export async function writeRemoteFile(
  root: RemoteRoot,
  place: RemotePlace & { readonly name: string },
  body: AsyncIterable<Uint8Array>,
  mode: WriteMode,
): Promise<void> {
  const { session, signal } = root;
  const unfinished = join(place.folder, `${UNFINISHED_PREFIX}${randomUUID()}`);
  const file = await openFile(root, unfinished, 'wx');
  try {
    try {
      await copyMode(root, file, place);
      await writeAll(root, file, abortable(body, signal));
      await sync(root, file);
    } finally {
      await file.close();
    }
    await decisive(mode === 'create' ? claim(root, unfinished, place.path) : replace(root, unfinished, place.path));
  } catch (error) {
    await remove(session, unfinished);
    throw error;
  }
}

/** @throws SourceError with the outcome `unknown` when the answer did not come; the server's own errors */
export function removeRemoteFile({ session, signal }: RemoteRoot, path: string): Promise<void> {
  return decisive(
    plain(session, signal, (done) => {
      session.sftp.unlink(path, done);
    }),
  );
}

async function copyMode({ session, signal }: RemoteRoot, file: OpenFile, { mode }: RemotePlace): Promise<void> {
  if (mode === undefined) return;
  await plain(session, signal, (done) => {
    session.sftp.fchmod(file.handle, mode & PERMISSIONS, done);
  });
}

async function writeAll(
  { session, signal }: RemoteRoot,
  file: OpenFile,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  let position = 0;
  for await (const chunk of body) {
    if (chunk.length === 0) continue;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const at = position;
    await plain(session, signal, (done) => {
      session.sftp.write(file.handle, bytes, 0, bytes.length, at, done);
    });
    position += bytes.length;
  }
}

/** Not every server can be asked to; those that cannot are taken at their word. */
async function sync({ session, signal }: RemoteRoot, file: OpenFile): Promise<void> {
  await extended(() =>
    plain(session, signal, (done) => {
      session.sftp.ext_openssh_fsync(file.handle, done);
    }),
  );
}

/** The protocol's own rename fails where the name is taken, whoever was faster. */
async function claim(root: RemoteRoot, from: string, to: string): Promise<void> {
  const { session, signal } = root;
  try {
    await rename(session, signal, from, to);
  } catch (error) {
    if (statusOf(error) !== undefined && (await exists(root, to))) {
      throw new SourceError('SOURCE_CONFLICT', 'A file or folder of this name exists already.', { hop: 'source' });
    }
    throw error;
  }
}

/**
 * Where the server cannot rename over a file, the old one steps aside first, and back again if the new one cannot take its
 * place: for that moment there is none of the name.
 */
async function replace(root: RemoteRoot, from: string, to: string): Promise<void> {
  const { session, signal } = root;
  const isDone = await extended(() =>
    plain(session, signal, (done) => {
      session.sftp.ext_openssh_rename(from, to, done);
    }),
  );
  if (isDone) return;
  if (!(await exists(root, to))) {
    await rename(session, signal, from, to);
    return;
  }
  const aside = `${from}-old`;
  await rename(session, signal, to, aside);
  try {
    await rename(session, signal, from, to);
  } catch (error) {
    await rename(session, AbortSignal.timeout(CLEAN_UP_MS), aside, to);
    throw error;
  }
  await remove(session, aside);
}

/** The step that shows: when its answer does not come, nobody knows whether it was taken. */
async function decisive(step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (error) {
    const isLost =
      error instanceof SourceError && (error.code === 'SOURCE_UNREACHABLE' || error.code === 'REQUEST_CANCELLED');
    if (!isLost) throw error;
    const { code, message, hop, details } = error;
    throw new SourceError(code, message, { hop, details, outcome: 'unknown', cause: error });
  }
}

function rename(session: SftpSession, signal: AbortSignal, from: string, to: string): Promise<void> {
  return plain(session, signal, (done) => {
    session.sftp.rename(from, to, done);
  });
}

async function exists(root: RemoteRoot, path: string): Promise<boolean> {
  try {
    await lookAt(root, path);
    return true;
  } catch (error) {
    if (statusOf(error) === STATUS.NO_SUCH_FILE) return false;
    throw error;
  }
}

async function remove(session: SftpSession, path: string): Promise<void> {
  if (!session.isUsable) return;
  await plain(session, AbortSignal.timeout(CLEAN_UP_MS), (done) => {
    session.sftp.unlink(path, done);
  }).catch((error: unknown) => {
    // Gone already, or out of reach: the failure that led here is the one to tell.
    if (statusOf(error) === undefined && !(error instanceof SourceError)) throw error;
  });
}

/** @returns false where the server does not know the extension */
async function extended(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const isUnknown =
      statusOf(error) === STATUS.OP_UNSUPPORTED ||
      (error instanceof Error && error.message.startsWith('Server does not support this extended request'));
    if (isUnknown) return false;
    throw error;
  }
}

function plain(session: SftpSession, signal: AbortSignal, send: (done: Done) => void): Promise<void> {
  return session.call<void>(signal, (done) => {
    send((error) => {
      done(error, undefined);
    });
  });
}
