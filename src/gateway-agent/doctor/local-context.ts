import type { Finding } from '../../contract/diagnosis.js';
import { readCa } from '../authorization.js';
import { measureRelay } from '../bus-link.js';
import { createConnectors } from '../connectors/registry.js';
import { ControlPlane } from '../control-plane.js';
import { CommandError } from '../exit-codes.js';
import { loadKeys, type MemberKeyStore } from '../key-store.js';
import { LockFile } from '../lock-file.js';
import { CA_FILE, findMemberRecord, type MemberRecord } from '../member-record.js';
import { NO_PROXY, networkSource, readNetworkSettings, type NetworkSettings } from '../network/network-settings.js';
import { Network } from '../network/network.js';
import { describeProxy } from '../network/proxy-address.js';
import { usage } from '../settings-values.js';
import { StateFolder } from '../state-folder.js';
import { boundCredentials } from './bound-credentials.js';
import { admission } from './admission.js';
import type { DoctorContext, Membership } from './doctor-context.js';
import type { DoctorPlace } from './doctor-place.js';
import { fail, ok } from './finding.js';
import { localPolicy, type LocalPolicy } from './local-policy.js';
import { thisMachine, type Machine } from './machine.js';
import { discoverOver } from './member-calls.js';
import { speakAsMember, type SpeakingMember } from './speak-as-member.js';

/** What a command looks at, beside an agent that may run. */
export interface LocalContext extends AsyncDisposable {
  readonly context: DoctorContext;
}

type Closers = (() => Promise<unknown>)[];

/**
 * Puts together what a diagnosis needs from a state folder, as far as it can be read.
 *
 * @throws CommandError usage when nothing says where the control plane is
 */
export async function localContext(place: DoctorPlace, machine: Machine = thisMachine): Promise<LocalContext> {
  const folder = new StateFolder(place.stateDir);
  const record = await readable(() => findMemberRecord(folder));
  const isRegistered = record.isDamaged || record.value !== undefined;
  const url = place.controlPlane ?? record.value?.controlPlane;
  if (url === undefined && !isRegistered) {
    throw usage(`No gateway is registered in ${folder.path}.`, 'Name the control plane with --control-plane.');
  }
  const ca = (await readCa(place.caFile)) ?? (await readable(() => folder.read(CA_FILE))).value?.toString('utf8');
  const { reach, finding } = await readNetwork(place);
  const closers: Closers = [];
  const policy = await localPolicy(place);
  const settings = url === undefined ? undefined : { url, ca, network: reach };
  const keys = record.value && (await readable(() => loadKeys(folder))).value;
  // Asked before the command takes the agent's place in the folder itself.
  const agentRuns = isRegistered && (await readable(() => LockFile.isHeld(folder.file('agent.lock')))).value === true;
  const network = new Network(reach, ca);
  const parts = settings && record.value && keys && { folder, record: record.value, keys, settings };
  const member = parts && (await speakAsMember(folder, parts));
  const open = member?.controlPlane ?? (settings && new ControlPlane(settings));
  if (open) closers.push(() => (member ? member.close() : open.close()));
  const context: DoctorContext = {
    folder,
    controlPlane: url,
    relayHost: place.relayHost,
    network,
    ca,
    ...(open && { discover: discoverOver(open) }),
    membership: parts && member && (await membershipOf(parts, { member, policy, network, closers })),
    isRegistered,
    agentRuns,
    policy: policy.verdict,
    known: [finding],
    machine,
  };
  return {
    context,
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(closers.map((close) => close()));
    },
  };
}

interface Parts {
  readonly folder: StateFolder;
  readonly record: MemberRecord;
  readonly keys: MemberKeyStore;
}

interface Means {
  readonly member: SpeakingMember;
  readonly policy: LocalPolicy;
  readonly network: Network;
  readonly closers: Closers;
}

async function membershipOf({ folder, record, keys }: Parts, means: Means): Promise<Membership> {
  const { member, policy, network, closers } = means;
  const connectors = createConnectors(policy.connectorSettings);
  closers.push(() => Promise.all([...connectors.values()].map((connector) => connector.close())));
  return {
    record,
    calls: member.calls,
    sources: {
      connectors,
      egress: policy.egress,
      admit: admission(policy.gate, record),
      secretFor: await boundCredentials(folder, keys),
    },
    askRelay: ({ relay, queues }, way) => measureRelay({ relay, queues, network }, way),
  };
}

async function readNetwork(place: DoctorPlace): Promise<{ reach: NetworkSettings; finding: Finding }> {
  try {
    const reach = await readNetworkSettings(networkSource(place));
    const { proxy } = reach;
    const seen = proxy ? `the cloud is reached through ${describeProxy(proxy)}` : 'the cloud is reached directly';
    return { reach, finding: ok('network-settings', seen) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { reach: NO_PROXY, finding: fail('network-settings', error.message, error.remedy) };
  }
}

/** What the checks say better themselves is no reason to stop here. */
async function readable<T>(read: () => Promise<T>): Promise<{ value: T | undefined; isDamaged: boolean }> {
  try {
    return { value: await read(), isDamaged: false };
  } catch (error) {
    if (error instanceof CommandError) return { value: undefined, isDamaged: true };
    throw error;
  }
}
