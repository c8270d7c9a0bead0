import { ControlPlane } from './control-plane.js';
import { CommandError } from './exit-codes.js';
import { loadKeys, type MemberKeyStore } from './key-store.js';
import { LockFile } from './lock-file.js';
import { CA_FILE, getMemberRecord, pinRecovery, type MemberRecord } from './member-record.js';
import { networkSource, readNetworkSettings } from './network/network-settings.js';
import { RecoveryTrust } from './recovery/recovery-trust.js';
import { readRunStatus } from './run-status.js';
import type { CommonSettings } from './settings.js';
import { StateFolder } from './state-folder.js';

/** What a command does its work with on behalf of the member of a state folder. */
export interface MemberAccess {
  readonly folder: StateFolder;
  readonly record: MemberRecord;
  readonly keys: MemberKeyStore;
  readonly controlPlane: ControlPlane;
  readonly trust: RecoveryTrust;
}

/**
 * Lets a command speak for the member, whether its agent runs or not: beside a running one it shares the number of that
 * start, since a number of its own would take the agent's place.
 *
 * @throws CommandError
 */
export async function asMember<T>(
  settings: Pick<CommonSettings, 'stateDir' | 'network'>,
  work: (member: MemberAccess) => Promise<T>,
): Promise<T> {
  const folder = new StateFolder(settings.stateDir);
  const record = await getMemberRecord(folder);
  const path = folder.file('agent.lock');
  const isRunning = await LockFile.isHeld(path);
  const instance = isRunning ? await runningInstance(folder) : undefined;
  const lock = isRunning ? undefined : await LockFile.acquire(path, `The state folder ${folder.path}`);
  try {
    const keys = await loadKeys(folder);
    const ca = (await folder.read(CA_FILE))?.toString('utf8');
    const { memberId, gatewayId, issuer } = record;
    const credentials = { memberId, issuer, identity: keys.identity, instance };
    const network = await readNetworkSettings(networkSource(settings));
    const controlPlane = new ControlPlane({ url: record.controlPlane, ca, network }, credentials);
    const trust = new RecoveryTrust(gatewayId, record.recovery, (pinned) => pinRecovery(folder, pinned));
    try {
      return await work({ folder, record, keys, controlPlane, trust });
    } finally {
      await controlPlane.close();
    }
  } finally {
    await lock?.release();
  }
}

async function runningInstance(folder: StateFolder): Promise<number> {
  const instance = (await readRunStatus(folder))?.instance;
  if (instance !== undefined) return instance;
  throw new CommandError(
    'state',
    `The agent of ${folder.path} runs, but has not reached its control plane yet.`,
    'Wait until `tidegate-agent status` shows an answer of the control plane, or stop the agent.',
  );
}
