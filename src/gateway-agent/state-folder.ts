import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, systemErrorCode } from './exit-codes.js';

/** Files that were not whole yet: of `write`, and of the lock. */
const TEMPORARY = /^(?:\..+\.[0-9a-f]{12}|agent\.lock\.[0-9a-f-]{36})$/;

/** Where an agent keeps what it must not lose: a folder for its own account alone (0700), files 0600. */
export class StateFolder {
  constructor(readonly path: string) {}

  file(name: string): string {
    return join(this.path, name);
  }

  /**
   * Makes the folder, or checks the one that is there.
   *
   * @returns whether it had to be made
   * @throws CommandError state
   */
  async prepare(): Promise<boolean> {
    try {
      const made = await mkdir(this.path, { recursive: true, mode: 0o700 });
      if (made === undefined) await this.check();
      return made !== undefined;
    } catch (error) {
      if (error instanceof CommandError) throw error;
      throw this.failure('cannot be made', error);
    }
  }

  /** @throws CommandError state when the file is there and cannot be read */
  async read(name: string): Promise<Buffer | undefined> {
    try {
      return await readFile(this.file(name));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw this.failure(`holds a file ${name} that cannot be read`, error);
    }
  }

  /** Replaces a file so that a crash leaves either the old or the new one, whole. @throws CommandError state */
  async write(name: string, content: string | Uint8Array): Promise<void> {
    const temporary = this.file(`.${name}.${randomBytes(6).toString('hex')}`);
    try {
      const handle = await open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, this.file(name));
      await syncFolder(this.path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw this.failure(`cannot take the file ${name}`, error);
    }
  }

  /** Removes what a process left that ended while it wrote. Only for whoever holds the lock of the folder. */
  async sweep(): Promise<void> {
    for (const name of await readdir(this.path)) if (TEMPORARY.test(name)) await this.remove(name);
  }

  async remove(name: string): Promise<void> {
    await rm(this.file(name), { force: true, recursive: true });
  }

  /** Somebody else's folder, or one that others may write to, is no place for keys. */
  private async check(): Promise<void> {
    const found = await lstat(this.path);
    if (!found.isDirectory()) throw this.failure('is not a folder');
    // Windows has no such owners and modes: there the folder's access list decides.
    if (process.getuid === undefined) return;
    if (found.uid !== process.getuid()) throw this.failure('belongs to another account');
    if ((found.mode & 0o077) !== 0) await chmod(this.path, 0o700);
  }

  private failure(what: string, cause?: unknown): CommandError {
    const code = systemErrorCode(cause);
    return new CommandError(
      'state',
      `The state folder ${this.path} ${what}${code ? ` (${code})` : ''}.`,
      'Check that the agent runs under the account that owns the folder, and that the disk is not full.',
      cause === undefined ? {} : { cause },
    );
  }
}

/** A rename is only on disk when its folder is. Not possible on Windows, where the journal of the file system does it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
