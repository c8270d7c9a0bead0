import { lstat, readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from '../../contract/diagnosis.js';
import { MIN_DISK_FREE_BYTES } from '../conditions.js';
import { CommandError, systemErrorCode } from '../exit-codes.js';
import { checkJournal } from '../journal.js';
import { loadKeys } from '../key-store.js';
import { findMemberRecord } from '../member-record.js';
import { readRunStatus } from '../run-status.js';
import type { StateFolder } from '../state-folder.js';
import type { DoctorContext } from './doctor-context.js';
import { fail, ok, skipped, warn, type Check } from './finding.js';

/** Below this an administrator should look, though the agent still works. */
const LOW_DISK_BYTES = 1024 * 1024 * 1024;
const MIB = 1024 * 1024;
/** Files looked at; a state folder holds a dozen. */
const MAX_FILES = 1_000;

/** Files that the agent only reads, and that hold no keys. */
const OPERATORS = /^(?:policy|network)\.ya?ml$|^ca\.pem$/;

/** Whether the agent runs and is connected. */
export async function checkAgent({ folder, isRegistered, agentRuns }: DoctorContext): Promise<Finding> {
  if (!isRegistered) return ok('agent', 'nothing is registered here yet');
  if (!agentRuns) {
    return warn('agent', 'the agent does not run', 'Start the service, or run `tidegate-agent run`.');
  }
  const status = await readRunStatus(folder);
  if (!status?.connected) return ok('agent', 'it runs, but is not connected to its relay now');
  return ok('agent', `it runs, connected over ${status.transport ?? 'its relay'}`);
}

/** Whether anybody else may read or write what the agent keeps. */
export async function checkStateFolder({ folder, machine }: DoctorContext): Promise<Finding> {
  const remedy = `Run \`chmod -R go= ${folder.path}\`, or \`tidegate-agent reprotect\` as the account of the service.`;
  try {
    const found = await lstat(folder.path);
    if (!found.isDirectory()) return fail('state-folder', `${folder.path} is not a folder`, 'Name another one with --state.'); // prettier-ignore
    const { id, name } = machine.account();
    // Windows has no such owners and modes: there the folder's access list decides.
    if (id === undefined) return ok('state-folder', `${folder.path}; its access list was not looked at`);
    if (found.uid !== id && id !== 0) {
      return fail('state-folder', `${folder.path} belongs to another account than ${name}`, 'Run this as the account of the service.'); // prettier-ignore
    }
    const open = await openFiles(folder, found.mode);
    if (open.length === 0) return ok('state-folder', `${folder.path}, for its own account alone`);
    return fail('state-folder', `other accounts may read or write ${open.slice(0, 5).join(', ')}`, remedy);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return ok('state-folder', `${folder.path} is not there yet`);
    return fail('state-folder', `${folder.path} cannot be read (${systemErrorCode(error) ?? 'unknown'})`, 'Run this as the account of the service.'); // prettier-ignore
  }
}

async function openFiles(folder: StateFolder, mode: number): Promise<string[]> {
  const open = (mode & 0o077) === 0 ? [] : [folder.path];
  const names = (await readdir(folder.path)).slice(0, MAX_FILES);
  for (const name of names) {
    try {
      const found = await lstat(folder.file(name));
      // What the operator wrote may be theirs; folders below are closed by this one, and links have no modes of their own.
      if (found.isFile() && !OPERATORS.test(name) && (found.mode & 0o077) !== 0) open.push(name);
    } catch (error) {
      // Files come and go beside a running agent.
      if (systemErrorCode(error) !== 'ENOENT') throw error;
    }
  }
  return open;
}

/** Whether the files that make the agent who it is can be read. */
export async function checkStateFiles({ folder, isRegistered }: DoctorContext): Promise<Finding[]> {
  if (!isRegistered) return [];
  return Promise.all([
    readable('member-record', 'who this member is', () => findMemberRecord(folder)),
    readable('key-store', 'the keys of this member', () => loadKeys(folder)),
    readable('journal', 'the journal of writes', () => checkJournal(folder)),
  ]);
}

async function readable(check: Check, what: string, read: () => Promise<unknown>): Promise<Finding> {
  try {
    await read();
    return ok(check, `${what}: whole and readable`);
  } catch (error) {
    if (error instanceof CommandError) return fail(check, error.message, error.remedy);
    throw error;
  }
}

export async function checkDisk({ folder, machine }: DoctorContext): Promise<Finding> {
  try {
    const free = await machine.freeBytes(await nearestThere(folder.path));
    const seen = `${Math.floor(free / MIB)} MiB free where the state folder is`;
    const remedy = 'Make room on that disk: the journal of writes and kept answers need it.';
    if (free < MIN_DISK_FREE_BYTES) return fail('disk', `${seen}; below ${MIN_DISK_FREE_BYTES / MIB} MiB the member takes no work`, remedy); // prettier-ignore
    return free < LOW_DISK_BYTES ? warn('disk', seen, remedy) : ok('disk', seen);
  } catch (error) {
    return skipped('disk', `the state folder cannot be looked at (${systemErrorCode(error) ?? 'unknown'})`);
  }
}

/** The folder itself or, before registration has made it, the nearest one above it. */
async function nearestThere(path: string): Promise<string> {
  try {
    await lstat(path);
    return path;
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return nearestThere(dirname(path));
  }
}

/** Whose the agent's state is: a service needs no administrator's account. */
export async function checkAccount({ folder, machine, isRegistered }: DoctorContext): Promise<Finding> {
  const { id, name } = machine.account();
  if (id === undefined) return ok('service-account', `looked at as ${name}`);
  if (!isRegistered) return ok('service-account', `looked at as ${name}`);
  try {
    const { uid } = await lstat(folder.path);
    if (uid === 0) return ok('service-account', 'the state belongs to root; an account of its own would be safer');
    return ok('service-account', uid === id ? `the state belongs to ${name}` : `the state belongs to account ${uid}; looked at as ${name}`); // prettier-ignore
  } catch (error) {
    return skipped('service-account', `the state folder cannot be looked at (${systemErrorCode(error) ?? 'unknown'})`);
  }
}

export async function checkPolicy({ policy }: DoctorContext): Promise<Finding> {
  const { isValid, said } = await policy();
  if (isValid) return ok('policy', said);
  return fail('policy', said, 'Correct the file; until then the last good policy holds, or none is allowed anything.');
}
