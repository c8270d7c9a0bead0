import { chmod, chown, lstat, readdir } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CommandError } from './exit-codes.js';
import { readKeys, saveKeys } from './key-store.js';
import { LockFile } from './lock-file.js';
import { getMemberRecord, type MemberRecord } from './member-record.js';
import { reEncryptResults } from './result-store.js';
import { StateFolder } from './state-folder.js';
import { toStoredKeys } from './stored-keys.js';

/**
 * Makes the state folder fit the account that runs this: files written anew as its own (0600, folders 0700), what lies
 * encrypted on this disk under a new local key. For a change of the service account; the agent must not run.
 *
 * @throws CommandError
 */
export async function reprotect(stateDir: string): Promise<MemberRecord> {
  const folder = new StateFolder(stateDir);
  await getMemberRecord(folder);
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  try {
    await claim(folder.path, folder);
    const stored = await readKeys(folder);
    for (const entry of await readdir(folder.path, { withFileTypes: true })) {
      if (entry.name === 'agent.lock') continue;
      if (entry.isDirectory()) await claimTree(folder.file(entry.name), folder);
      else if (entry.isFile()) await rewrite(folder, entry.name);
      else throw odd(folder, entry.name);
    }
    const local = randomBytes(32);
    await saveKeys(folder, toStoredKeys({ ...stored, local: local.toString('base64url') }));
    await reEncryptResults(folder, Buffer.from(stored.local, 'base64url'), local);
    return await getMemberRecord(folder);
  } finally {
    await lock.release();
  }
}

/** A file that is written anew belongs to whoever writes it, without the rights that giving files away would need. */
async function rewrite(folder: StateFolder, name: string): Promise<void> {
  const bytes = await folder.read(name);
  if (bytes) await folder.write(name, bytes);
}

async function claimTree(path: string, folder: StateFolder): Promise<void> {
  await claim(path, folder);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) await claimTree(inside, folder);
    else if (entry.isFile()) await claim(inside, folder);
    else throw odd(folder, entry.name);
  }
}

async function claim(path: string, folder: StateFolder): Promise<void> {
  const { uid, mode } = await lstat(path);
  // Windows has no such owners and modes: there the folder's access list decides.
  const own = process.getuid?.();
  if (own === undefined) return;
  if (uid !== own) {
    if (own !== 0) {
      throw new CommandError(
        'state',
        `The state folder ${folder.path} belongs to another account.`,
        'As administrator give the folder to this account first (chown -R), then run the command again under it.',
      );
    }
    await chown(path, own, process.getgid?.() ?? 0);
  }
  await chmod(path, mode & 0o700);
}

/** A link in here would lead a privileged reader elsewhere. */
function odd(folder: StateFolder, name: string): CommandError {
  return new CommandError(
    'state',
    `The state folder ${folder.path} holds ${name}, which is neither file nor folder.`,
    'Find out who put it there, and remove it.',
  );
}
