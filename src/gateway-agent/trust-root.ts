import type { RootKey } from '../contract/registration.js';
import { ControlPlane } from './control-plane.js';
import { CommandError } from './exit-codes.js';
import { seenGeneration } from './high-water.js';
import { LockFile } from './lock-file.js';
import { CA_FILE, getMemberRecord, type MemberRecord } from './member-record.js';
import { readNetworkSettings, type NetworkFlags } from './network/network-settings.js';
import { PinnedRoots } from './pinned-roots.js';
import { refusalOf } from './refusal.js';
import { rootFingerprint } from './root-fingerprint.js';
import { StateFolder } from './state-folder.js';

/**
 * Has this agent trust the root that its control plane holds now, because a person compared the fingerprint: for an agent
 * that was away while that root was announced. The agent must not run.
 *
 * @param fingerprint as the control plane's operator names it
 * @throws CommandError untrusted, when it is another root or one that was replaced already
 */
export async function trustRoot(stateDir: string, fingerprint: string, flags: NetworkFlags = {}): Promise<RootKey> {
  const folder = new StateFolder(stateDir);
  const record = await getMemberRecord(folder);
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  try {
    const root = await currentRootOf(folder, record, flags);
    if ((await rootFingerprint(root)) !== fingerprint) {
      throw new CommandError(
        'untrusted',
        'The control plane does not hold the root of this fingerprint.',
        'Compare the fingerprint with the control plane’s operator: somebody may be in between. Nothing was changed.',
      );
    }
    const seen = await seenGeneration(folder);
    if (root.generation < seen) {
      throw new CommandError(
        'untrusted',
        `The control plane holds a root of generation ${root.generation}, and this agent has followed generation ${seen}.`,
        'A root that was replaced is never trusted again. Ask the control plane’s operator; nothing was changed.',
      );
    }
    await PinnedRoots.replace(folder, record, root);
    return root;
  } finally {
    await lock.release();
  }
}

async function currentRootOf(folder: StateFolder, record: MemberRecord, flags: NetworkFlags): Promise<RootKey> {
  const ca = (await folder.read(CA_FILE))?.toString('utf8');
  const network = await readNetworkSettings({ ...flags, stateDir: folder.path });
  const controlPlane = new ControlPlane({ url: record.controlPlane, ca, network });
  try {
    const { issuer, root } = await refusalOf(controlPlane.discover());
    if (issuer === record.issuer) return root;
    throw new CommandError(
      'untrusted',
      `${record.controlPlane} is not the control plane of this gateway.`,
      'If it moved, run the agent once with --control-plane. Nothing was changed.',
    );
  } finally {
    await controlPlane.close();
  }
}
