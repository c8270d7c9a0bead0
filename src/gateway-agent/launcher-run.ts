import { destination } from 'pino';
import { PRODUCT_VERSION } from '../contract/version.js';
import { ENTRY } from './installation.js';
import { Launcher } from './launcher.js';
import { createLog } from './log.js';
import { getMemberRecord } from './member-record.js';
import type { RunSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { VersionFolders } from './update/version-folders.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs the agent as a child that can be changed for another version of it.
 *
 * @returns the agent's exit code
 * @throws CommandError idle, state
 */
export async function launch({ stateDir, logLevel, launchedArgs, stopsWithStdin }: RunSettings): Promise<number> {
  const folder = new StateFolder(stateDir);
  await getMemberRecord(folder);
  const launcher = new Launcher({
    folder,
    folders: new VersionFolders(stateDir),
    installed: { version: PRODUCT_VERSION, entry: ENTRY },
    args: launchedArgs,
    log: createLog(logLevel, destination({ dest: 1, sync: true })),
  });
  const stop = (signal: NodeJS.Signals): void => launcher.stop(signal);
  for (const name of SIGNALS) process.on(name, stop);
  const close = (): void => launcher.stop('SIGTERM');
  if (stopsWithStdin) process.stdin.once('end', close).once('error', close).resume();
  try {
    return await launcher.run();
  } finally {
    if (stopsWithStdin) process.stdin.destroy();
    for (const name of SIGNALS) process.removeListener(name, stop);
  }
}
