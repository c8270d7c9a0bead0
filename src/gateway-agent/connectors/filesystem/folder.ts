import { constants, type Stats } from 'node:fs';
import { lstat, open, readlink, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathForbidden } from './source-path.js';

/** Symbolic links followed for one path; the kernel's own limit is 40. */
const MAX_LINKS = 16;

/**
 * A folder below the root, held open. On Linux its entries are reached through the handle (`/proc/self/fd/<n>/<name>`)
 * and never followed when they are links, so a folder that is swapped for a link meanwhile changes nothing: we stay in
 * the folder we checked.
 *
 * Windows and macOS give Node no such handle paths. There every entry is reached by its path, and what was opened is
 * compared with what the checked path leads to; a writer on that machine who swaps folders at the right moment could
 * still make a listing, a write or a delete (not a read) touch a place outside. Closing that gap takes a native module.
 */
export class Folder implements AsyncDisposable {
  private constructor(
    readonly realPath: string,
    private readonly handle: FileHandle | undefined,
  ) {}

  static async open(path: string, realPath: string): Promise<Folder> {
    if (process.platform === 'linux') {
      return new Folder(realPath, await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW));
    }
    if (!(await lstat(path)).isDirectory())
      throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR', syscall: 'open' });
    return new Folder(realPath, undefined);
  }

  /** A path to the folder itself that no later change of names can redirect (Linux). */
  get path(): string {
    return this.handle ? `/proc/self/fd/${this.handle.fd}` : this.realPath;
  }

  entry(name: string): string {
    return this.handle ? `${this.path}/${name}` : join(this.realPath, name);
  }

  /** Opens a folder of this folder, not through a link. */
  enter(name: string): Promise<Folder> {
    return Folder.open(this.entry(name), join(this.realPath, name));
  }

  /**
   * That no folder above was swapped for a link since the path was looked up. Where there are no handle paths nobody can
   * tell.
   *
   * @throws SourceError PATH_FORBIDDEN
   */
  async assertReal(): Promise<void> {
    if (this.handle && (await readlink(this.path)) !== this.realPath) throw pathForbidden();
  }

  /** Makes the folder's changes durable. */
  async sync(): Promise<void> {
    await this.handle?.sync();
  }

  /** Opens a file of the folder and makes sure that it is that file, whatever happened to the names since. */
  async openFile(name: string, flags: number): Promise<FileHandle> {
    const file = await open(this.entry(name), flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o666);
    if (this.handle) return file;
    try {
      const real = await realpath(this.entry(name));
      const [opened, found] = await Promise.all([file.stat(), stat(real)]);
      if (real !== join(this.realPath, name) || opened.ino !== found.ino || opened.dev !== found.dev)
        throw pathForbidden();
      return file;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.handle?.close();
  }
}

/** A place below the root: an entry of a folder, links resolved. Without a name it is the root itself. */
export interface Location extends AsyncDisposable {
  readonly folder: Folder;
  readonly name: string | undefined;
  /** Undefined when there is nothing yet. */
  readonly stats: Stats | undefined;
}

/** Told the real path of every place before anything of it is read or changed; throws to keep it closed. */
export type FolderGuard = (realPath: string) => Promise<void>;

/** The folder that a connection is about. */
export interface Root {
  readonly path: string;
  readonly guard?: FolderGuard | undefined;
}

/**
 * Walks to a path below the root, one component at a time. A symbolic link is followed only if its real path lies below
 * the root; the walk then begins anew along that real path, which holds no links.
 *
 * @throws SourceError PATH_FORBIDDEN; the file system's own errors (ENOENT, ENOTDIR, EACCES)
 */
export async function locate(root: Root, names: readonly string[]): Promise<Location> {
  const realRoot = await realpath(root.path);
  let rest = names;
  for (let links = 0; links <= MAX_LINKS; links += 1) {
    const found = await walk(realRoot, rest);
    if ('folder' in found) return guarded(found, root.guard);
    rest = found.names;
  }
  throw pathForbidden();
}

async function guarded(found: Location, guard: FolderGuard | undefined): Promise<Location> {
  try {
    await guard?.(found.name === undefined ? found.folder.realPath : join(found.folder.realPath, found.name));
    return found;
  } catch (error) {
    await found[Symbol.asyncDispose]();
    throw error;
  }
}

async function walk(realRoot: string, names: readonly string[]): Promise<Location | { names: readonly string[] }> {
  let folder = await Folder.open(realRoot, realRoot);
  try {
    await folder.assertReal();
    for (const [index, name] of names.entries()) {
      const isLast = index === names.length - 1;
      const stats = await lstat(folder.entry(name)).catch((error: NodeJS.ErrnoException) => {
        if (isLast && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (stats?.isSymbolicLink()) {
        const target = await linkTarget(realRoot, folder, name);
        await folder[Symbol.asyncDispose]();
        return { names: [...target, ...names.slice(index + 1)] };
      }
      if (isLast) return locationOf(folder, name, stats);
      const next = await folder.enter(name);
      await folder[Symbol.asyncDispose]();
      folder = next;
    }
    return locationOf(folder, undefined, await stat(folder.path));
  } catch (error) {
    await folder[Symbol.asyncDispose]();
    throw error;
  }
}

function locationOf(folder: Folder, name: string | undefined, stats: Stats | undefined): Location {
  return { folder, name, stats, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** The real path of a link as components below the root. A link to nothing is refused when its words lead outside. */
async function linkTarget(realRoot: string, folder: Folder, name: string): Promise<readonly string[]> {
  const real = await realpath(folder.entry(name)).catch((error: NodeJS.ErrnoException) => {
    // What lies outside is nobody's business, not even whether it exists.
    throw error.code === 'EACCES' || error.code === 'ENOENT' || error.code === 'ELOOP' ? pathForbidden() : error;
  });
  return componentsBelow(realRoot, real);
}

/** @throws SourceError PATH_FORBIDDEN when the path is not below the root */
function componentsBelow(realRoot: string, real: string): readonly string[] {
  const below = relative(realRoot, real);
  if (below === '') return [];
  const names = below.split(sep);
  if (names[0] === '..' || real !== join(realRoot, below)) throw pathForbidden();
  return names;
}
