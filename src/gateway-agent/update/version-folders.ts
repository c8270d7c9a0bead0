import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../state-folder.js';
import { isVersion } from './version-order.js';

/** Where versions that were loaded lie: each in a folder of its own name below the state folder. */
export class VersionFolders {
  readonly path: string;

  constructor(stateDir: string) {
    this.path = join(stateDir, 'versions');
  }

  /** What Node is to run for a version. */
  entryOf(version: string): string {
    return join(this.path, version, 'dist', 'gateway-agent', 'main.js');
  }

  /** A file for the package while it comes. */
  async packageFile(version: string): Promise<string> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    return join(this.path, `.${version}.${randomBytes(6).toString('hex')}.tgz`);
  }

  /** Fills the version's folder: it is there whole or not at all. */
  async fill(version: string, write: (folder: string) => Promise<void>): Promise<void> {
    const temporary = join(this.path, `.${version}.${randomBytes(6).toString('hex')}`);
    const target = join(this.path, version);
    try {
      await mkdir(temporary, { recursive: true, mode: 0o700 });
      await write(temporary);
      await rm(target, { recursive: true, force: true });
      await rename(temporary, target);
      await syncFolder(this.path);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
  }

  /** Removes every version but these, and what an interrupted load left. */
  async keepOnly(versions: readonly string[]): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.path)) {
      if (isVersion(name) && versions.includes(name)) continue;
      await rm(join(this.path, name), { recursive: true, force: true });
    }
  }
}
