import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse } from 'node:path';
import { systemErrorCode } from './exit-codes.js';

/** Where every account may lay down locks. Unlike the folder for temporary files it is never one of a service's own. */
const SHARED: Partial<Record<NodeJS.Platform, string>> = {
  linux: '/run/lock',
  // Every account may make files there; Windows lies on the disk of the folder for temporary files.
  win32: join(parse(tmpdir()).root, 'ProgramData'),
};

/** One agent a machine: where its lock lies, for every account of the machine alike. */
export function machineLockPath(machineFingerprint: string): string {
  const shared = SHARED[process.platform];
  const folder = shared !== undefined && isShared(shared) ? shared : tmpdir();
  return join(folder, `tidegate-agent-${machineFingerprint}.lock`);
}

function isShared(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    const { mode } = statSync(path);
    return process.platform === 'win32' || (mode & 0o002) !== 0;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}
