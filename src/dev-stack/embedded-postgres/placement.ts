import '../not-in-production.js';
import { createHash } from 'node:crypto';
import { chown, lstat, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { succeeds, type Launcher } from './launcher.js';
import { PostgresError } from './postgres-error.js';

/** Where the launcher's account can read and write. */
export interface Placement {
  /** The data folder in fact: the wanted one, or one in the shelter. */
  readonly dataDir: string;
  /** Folder for a copy of the programs, made when asked for. */
  readonly copyFolder: () => Promise<string>;
}

/** Survives a restart of the machine, unlike the temp folder, and every account may enter it. */
const SHELTERS = '/var/tmp';

/**
 * Finds a place for the data. A folder below root's 0700 home is out of reach for another account, and one below another
 * user's home for root in a user namespace; then a folder of `/var/tmp`, named after the wanted one, takes its part.
 *
 * @throws PostgresError when that folder exists and is not ours
 */
export async function placeData(launcher: Launcher, wanted: string): Promise<Placement> {
  const stateFolder = dirname(wanted);
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  if (await prepare(launcher, wanted)) {
    return {
      dataDir: wanted,
      copyFolder: async () =>
        (await succeeds(launcher, 'test', ['-x', stateFolder])) ? stateFolder : shelterOf(wanted),
    };
  }
  const shelter = await shelterOf(wanted);
  const dataDir = join(shelter, 'data');
  if (!(await prepare(launcher, dataDir))) {
    throw new PostgresError(`PostgreSQL's account can write neither in ${wanted} nor in ${dataDir}.`);
  }
  return { dataDir, copyFolder: async () => shelter };
}

/** Name of the folder that stands in for an unreachable one. */
export function shelterPath(wanted: string): string {
  return join(SHELTERS, `tidegate-${createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 24)}`);
}

async function prepare({ owner, ...launcher }: Launcher, folder: string): Promise<boolean> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (owner) await chown(folder, owner.uid, owner.gid);
  return process.platform === 'win32' || (await succeeds({ owner, ...launcher }, 'test', ['-w', folder]));
}

async function shelterOf(wanted: string): Promise<string> {
  const shelter = shelterPath(wanted);
  await mkdir(shelter, { recursive: true, mode: 0o711 });
  const { uid, mode } = await lstat(shelter);
  const isFolder = (mode & 0o170000) === 0o040000;
  // Anybody may make folders in /var/tmp: programs that run as another account must not come from a stranger's.
  if (!isFolder || uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new PostgresError(`${shelter} is not a folder that only this user can change. Remove it and start again.`);
  }
  return shelter;
}
