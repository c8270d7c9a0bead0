import { sign, type KeyObject } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  registrationProofInput,
  type Discovery,
  type RegistrationRequest,
  type RegistrationResponse,
} from '../contract/registration.js';
import { PRODUCT_VERSION } from '../contract/version.js';
import { capabilitiesOf } from './agent.js';
import { createConnectors } from './connectors/registry.js';
import { authorizationOf, readCa } from './authorization.js';
import { ControlPlane } from './control-plane.js';
import { CommandError } from './exit-codes.js';
import { generateKeys, saveKeys, type NewMemberKeys } from './key-store.js';
import { LockFile } from './lock-file.js';
import { machineLockPath } from './machine-lock.js';
import { CA_FILE, findMemberRecord, saveMemberRecord, type MemberRecord } from './member-record.js';
import { networkSource, readNetworkSettings, type NetworkSettings } from './network/network-settings.js';
import { certifyMember, setUpRecovery } from './recovery-key.js';
import { assertTenantAllowed } from './policy/allowed-tenant.js';
import { generateRecoveryKey } from './recovery-strength.js';
import { chooseNewRecoveryKey } from './recovery/recovery-key-input.js';
import { refusalOf } from './refusal.js';
import { assertRoot, assertSameRoot, fingerprintIn } from './root-pin.js';
import type { SealingKey } from './sealing-key.js';
import type { RegisterSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { readSecret, type Terminal } from './terminal.js';

/**
 * Registers a new gateway with this machine as its first member. Nothing is kept here or there when it fails.
 *
 * @throws CommandError naming what was refused and what to do
 */
export async function register(settings: RegisterSettings, terminal: Terminal): Promise<MemberRecord> {
  const folder = new StateFolder(settings.stateDir);
  const known = settings.ifUnregistered === true ? await findMemberRecord(folder) : undefined;
  if (known) return known;
  const made = await folder.prepare();
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  let registered = false;
  try {
    await assertFree(folder, settings);
    const record = await registerInto(folder, settings, terminal);
    registered = true;
    return record;
  } finally {
    await lock.release();
    if (made && !registered) await rm(folder.path, { recursive: true, force: true });
  }
}

async function assertFree(folder: StateFolder, settings: RegisterSettings): Promise<void> {
  const present = await findMemberRecord(folder);
  if (present) {
    throw new CommandError(
      'state',
      `The gateway ${JSON.stringify(present.gatewayName)} is registered in ${folder.path} already.`,
      'Run `tidegate-agent unregister` first, or name another folder with --state.',
    );
  }
  // Held only for a look: an agent that runs on this machine has it.
  const machine = await LockFile.acquire(machineLockPath(await settings.machine.fingerprint()), 'This machine');
  await machine.release();
}

async function registerInto(
  folder: StateFolder,
  settings: RegisterSettings,
  terminal: Terminal,
): Promise<MemberRecord> {
  const ca = await readCa(settings.caFile);
  const joinToken = settings.joinToken && (await readSecret(settings.joinToken, 'join token', terminal));
  const recoveryKey = await chooseRecoveryKey(settings, terminal);
  const network = await readNetworkSettings(networkSource(settings));
  const anonymous = new ControlPlane({ url: settings.controlPlane, ca, network });
  try {
    const discovery = await refusalOf(anonymous.discover());
    await assertRoot(discovery, settings.rootFingerprint ?? fingerprintIn(joinToken), terminal);
    assertRegion(discovery, settings.region);
    const authorization = await authorizationOf(
      { joinToken, tenant: settings.tenant, ca, network },
      discovery,
      terminal,
    );

    const keys = await generateKeys();
    const body = await buildRequest(settings, discovery.issuer, keys, recoveryKey);
    const answer = await refusalOf(anonymous.register(authorization, body));
    try {
      await assertSameRoot(discovery.root, answer.root);
      await assertTenantAllowed(settings, answer.tenantId);
      const record = toRecord(settings, answer, body);
      await saveKeys(folder, keys.member.stored([keys.sealing]));
      if (ca !== undefined) await folder.write(CA_FILE, ca);
      await saveMemberRecord(folder, record);
      return record;
    } catch (error) {
      await undo(folder, settings, { answer, identity: keys.member.identity, ca, network });
      throw error;
    }
  } finally {
    await anonymous.close();
  }
}

/** The gateway exists but its keys could not be kept: without them it is of no use to anybody. */
async function undo(
  folder: StateFolder,
  settings: RegisterSettings,
  made: { answer: RegistrationResponse; identity: KeyObject; ca: string | undefined; network: NetworkSettings },
): Promise<void> {
  for (const file of ['keys.json', 'member.json', CA_FILE]) await folder.remove(file);
  const { memberId, issuer } = made.answer;
  const member = new ControlPlane({ url: settings.controlPlane, ca: made.ca, network: made.network }, { memberId, issuer, identity: made.identity }); // prettier-ignore
  try {
    await member.leave();
  } finally {
    await member.close();
  }
}

async function buildRequest(
  settings: RegisterSettings,
  issuer: string,
  { member, sealing }: { member: NewMemberKeys; sealing: SealingKey },
  recoveryKey: string,
): Promise<RegistrationRequest> {
  const { setup, keys: recovery } = await setUpRecovery(recoveryKey, sealing.pkcs8);
  const request = {
    gateway: { name: settings.name, region: settings.region },
    member: {
      name: settings.memberName,
      version: PRODUCT_VERSION,
      machine: await settings.machine.fingerprint(),
      keys: member.publicKeys,
      capabilities: capabilitiesOf(createConnectors().keys()),
    },
    sealingKey: sealing.publicKey,
    recovery: setup,
    certificate: certifyMember(recovery, member.publicKeys),
  };
  const proof = sign(null, Buffer.from(registrationProofInput(issuer, request)), member.identity).toString('base64url');
  return { ...request, proof };
}

async function chooseRecoveryKey({ recoveryKey: source }: RegisterSettings, terminal: Terminal): Promise<string> {
  if (source.from === 'generator') {
    const key = generateRecoveryKey();
    terminal.print(`Recovery key (shown once, keep it where it outlives this machine): ${key}`);
    return key;
  }
  return chooseNewRecoveryKey(source, terminal);
}

function assertRegion(discovery: Discovery, region: string): void {
  if (discovery.regions.some(({ key }) => key === region)) return;
  throw new CommandError(
    'refused',
    `The control plane serves no region ${JSON.stringify(region)}.`,
    `Use one of: ${discovery.regions.map(({ key }) => key).join(', ')}.`,
  );
}

function toRecord(
  settings: RegisterSettings,
  answer: RegistrationResponse,
  { recovery }: RegistrationRequest,
): MemberRecord {
  return {
    version: 1,
    ...answer,
    controlPlane: settings.controlPlane,
    gatewayName: settings.name,
    memberName: settings.memberName,
    registeredAt: new Date().toISOString(),
    recovery: { proofKey: recovery.proofKey, recoveryKey: recovery.recoveryKey },
    allowInsecure: settings.allowInsecure,
  };
}
