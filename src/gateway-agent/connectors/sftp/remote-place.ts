import type { Stats } from 'ssh2';
import { pathForbidden } from '../filesystem/source-path.js';
import type { FileFacts } from '../filesystem/file-facts.js';
import { SourceError } from '../source-error.js';
import { STATUS, statusOf } from './sftp-failure.js';
import type { SftpSession } from './sftp-session.js';

/** Symbolic links followed for one path. */
const MAX_LINKS = 16;

/** Where one request works: a session, and the folder of the connection on it. */
export interface RemoteRoot {
  readonly session: SftpSession;
  /** As the connection names it. */
  readonly path: string;
  readonly signal: AbortSignal;
}

/** A place below the root, links resolved. Without a name it is the root itself. */
export interface RemotePlace {
  /** Path of the folder on the server. */
  readonly folder: string;
  readonly name: string | undefined;
  readonly path: string;
  /** Undefined when there is nothing yet. */
  readonly facts: FileFacts | undefined;
  /** Permission bits. */
  readonly mode: number | undefined;
}

/**
 * Walks to a path below the root, one component at a time. A symbolic link is followed only if the server says that its
 * real path lies below the root's. Unlike a local file system the protocol has no way to hold a folder, so somebody who
 * writes on that server could swap a folder for a link after the look; what may be reached that way is for the server's
 * own rights to bound.
 *
 * @throws SourceError PATH_FORBIDDEN, VALIDATION_FAILED; the server's own errors
 */
export async function locate(root: RemoteRoot, names: readonly string[]): Promise<RemotePlace> {
  const realRoot = withoutSlash(await realPath(root, root.path));
  let rest = names;
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const found = await walk(root, realRoot, rest);
    if ('folder' in found) return found;
    rest = found.names;
  }
  throw pathForbidden();
}

export function join(folder: string, name: string): string {
  return folder === '/' ? `/${name}` : `${folder}/${name}`;
}

export function factsOf({ size, mtime }: Stats, kind: Pick<Stats, 'isFile' | 'isDirectory'>): FileFacts {
  const mtimeMs = mtime * 1000;
  return {
    size,
    mtimeMs,
    mtime: new Date(mtimeMs),
    birthtimeMs: 0,
    ino: 0,
    isFile: () => kind.isFile(),
    isDirectory: () => kind.isDirectory(),
  };
}

export function lookAt({ session, signal }: RemoteRoot, path: string): Promise<Stats> {
  return session.call<Stats>(signal, (done) => {
    session.sftp.lstat(path, done);
  });
}

async function walk(
  root: RemoteRoot,
  realRoot: string,
  names: readonly string[],
): Promise<RemotePlace | { names: readonly string[] }> {
  let folder = realRoot;
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    const path = join(folder, name);
    const stats = await lookAt(root, path).catch((error: unknown) => {
      if (isLast && statusOf(error) === STATUS.NO_SUCH_FILE) return undefined;
      throw error;
    });
    if (stats?.isSymbolicLink()) {
      return { names: [...(await linkTarget(root, realRoot, path)), ...names.slice(index + 1)] };
    }
    if (isLast) return { folder, name, path, facts: stats && factsOf(stats, stats), mode: stats?.mode };
    if (!stats?.isDirectory()) {
      throw new SourceError('VALIDATION_FAILED', 'A part of the path is a file, not a folder.', { hop: 'source' });
    }
    folder = path;
  }
  const stats = await lookAt(root, realRoot);
  return { folder: realRoot, name: undefined, path: realRoot, facts: factsOf(stats, stats), mode: stats.mode };
}

/** A server that resolves no links leaves nobody to say where one leads: it is not followed then. */
async function linkTarget(root: RemoteRoot, realRoot: string, path: string): Promise<readonly string[]> {
  const real = await realPath(root, path).catch((error: unknown) => {
    // What lies outside is nobody's business, not even whether it exists.
    throw statusOf(error) === undefined ? error : pathForbidden();
  });
  const base = realRoot === '/' ? '/' : `${realRoot}/`;
  if (real === realRoot) return [];
  if (real === path || !real.startsWith(base)) throw pathForbidden();
  // A link to nothing is none: it shows what is not there, and a file made through it would lie where nobody looked.
  await lookAt(root, real).catch((error: unknown) => {
    throw statusOf(error) === undefined ? error : pathForbidden();
  });
  const names = real.slice(base.length).split('/');
  if (names.some((name) => name === '' || name === '.' || name === '..')) throw pathForbidden();
  return names;
}

async function realPath({ session, signal }: RemoteRoot, path: string): Promise<string> {
  const real = await session.call<string>(signal, (done) => {
    session.sftp.realpath(path, done);
  });
  if (real.startsWith('/')) return real;
  throw new SourceError('SOURCE_FAILED', 'The server gave a path that is none.', { hop: 'source' });
}

function withoutSlash(path: string): string {
  return path === '/' ? path : path.replace(/\/+$/, '');
}
