import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One agent a machine: where its lock lies, for every account of the machine alike. */
export function machineLockPath(machineFingerprint: string): string {
  return join(tmpdir(), `tidegate-agent-${machineFingerprint}.lock`);
}
