import { ControlPlane, ControlPlaneError } from './control-plane.js';
import { CommandError } from './exit-codes.js';
import { loadKeys } from './key-store.js';
import { LockFile } from './lock-file.js';
import { CA_FILE, getMemberRecord, type MemberRecord } from './member-record.js';
import { readNetworkSettings, type NetworkFlags } from './network/network-settings.js';
import { refusalOf } from './refusal.js';
import { StateFolder } from './state-folder.js';

/** Everything an agent keeps. The keys go last: while they are there, leaving can be tried again. */
const FILES = [
  'status.json',
  'transport.json',
  'bindings.jsonl',
  'journal.log',
  'results',
  'trust.json',
  'roots.json',
  'rotation.json',
  'admission.json',
  'registration.json',
  'launcher.json',
  'release-key.json',
  'versions',
  CA_FILE,
  'member.json',
  'keys.json',
];

/**
 * Takes this member out of its gateway and removes what it kept. The agent must not run.
 *
 * @throws CommandError
 */
export async function unregister(stateDir: string, flags: NetworkFlags = {}): Promise<MemberRecord> {
  const folder = new StateFolder(stateDir);
  const record = await getMemberRecord(folder);
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  try {
    const keys = await loadKeys(folder);
    const ca = (await folder.read(CA_FILE))?.toString('utf8');
    const { memberId, issuer } = record;
    const controlPlane = new ControlPlane(
      { url: record.controlPlane, ca, network: await readNetworkSettings({ ...flags, stateDir }) },
      { memberId, issuer, identity: keys.identity },
    );
    try {
      await refusalOf(leave(controlPlane));
    } finally {
      await controlPlane.close();
    }
    for (const file of FILES) await folder.remove(file);
    await folder.sweep();
    return record;
  } finally {
    await lock.release();
  }
}

/** A member that the control plane does not know any more has left already. */
async function leave(controlPlane: ControlPlane): Promise<void> {
  try {
    await controlPlane.leave();
  } catch (error) {
    if (error instanceof ControlPlaneError && error.problem.code === 'MEMBER_NOT_FOUND') return;
    if (error instanceof ControlPlaneError && error.problem.code === 'CONNECTIONS_EXIST') {
      throw new CommandError('refused', error.message, 'Delete or move the connections first.', { cause: error });
    }
    throw error;
  }
}
