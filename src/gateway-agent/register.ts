import { sign } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import {
  JOIN_TOKEN_SCHEME,
  registrationProofInput,
  type Discovery,
  type RegistrationRequest,
  type RegistrationResponse,
} from '../contract/registration.js';
import { SOURCE_KINDS } from '../contract/targets.js';
import { PRODUCT_VERSION } from '../contract/version.js';
import { capabilitiesOf } from './agent.js';
import { ControlPlane } from './control-plane.js';
import { signInWithDeviceCode } from './device-sign-in.js';
import { CommandError, systemErrorCode } from './exit-codes.js';
import { generateKeys, saveKeys, type MemberKeyStore } from './key-store.js';
import { LockFile } from './lock-file.js';
import { machineLockPath } from './machine-lock.js';
import { CA_FILE, findMemberRecord, saveMemberRecord, type MemberRecord } from './member-record.js';
import { setUpRecovery } from './recovery-key.js';
import { generateRecoveryKey, recoveryKeyProblem, recoveryKeyStrength } from './recovery-strength.js';
import { refusalOf } from './refusal.js';
import type { RegisterSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { readSecret, type Terminal } from './terminal.js';
import { rootFingerprint } from './trust.js';

/**
 * Registers a new gateway with this machine as its first member. Nothing is kept here or there when it fails.
 *
 * @throws CommandError naming what was refused and what to do
 */
export async function register(settings: RegisterSettings, terminal: Terminal): Promise<MemberRecord> {
  const folder = new StateFolder(settings.stateDir);
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
  const ca = settings.caFile === undefined ? undefined : await readCa(settings.caFile);
  const joinToken = settings.joinToken && (await readSecret(settings.joinToken, 'join token', terminal));
  const recoveryKey = await chooseRecoveryKey(settings, terminal);
  const anonymous = new ControlPlane({ url: settings.controlPlane, ca });
  try {
    const discovery = await refusalOf(anonymous.discover());
    await assertRoot(discovery, settings.rootFingerprint ?? fingerprintIn(joinToken), terminal);
    assertRegion(discovery, settings.region);
    const authorization =
      joinToken === undefined
        ? `Bearer ${await signInWithDeviceCode({ signIn: discovery.signIn, tenant: settings.tenant, ca, tell: (text) => { terminal.print(text); } })}` // prettier-ignore
        : `${JOIN_TOKEN_SCHEME} ${joinToken}`;

    const { keys, stored } = await generateKeys();
    const body = await buildRequest(settings, discovery.issuer, keys, recoveryKey);
    const answer = await refusalOf(anonymous.register(authorization, body));
    try {
      if ((await rootFingerprint(answer.root)) !== (await rootFingerprint(discovery.root))) {
        throw new CommandError('untrusted', 'The control plane changed its root during the registration.', 'Run the command again; if it persists, ask its operator.'); // prettier-ignore
      }
      const record = toRecord(settings, answer);
      await saveKeys(folder, stored);
      if (ca !== undefined) await folder.write(CA_FILE, ca);
      await saveMemberRecord(folder, record);
      return record;
    } catch (error) {
      await undo(folder, settings, { answer, keys, ca });
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
  made: { answer: RegistrationResponse; keys: MemberKeyStore; ca: string | undefined },
): Promise<void> {
  for (const file of ['keys.json', 'member.json', CA_FILE]) await folder.remove(file);
  const { memberId, issuer } = made.answer;
  const member = new ControlPlane({ url: settings.controlPlane, ca: made.ca }, { memberId, issuer, identity: made.keys.identity }); // prettier-ignore
  try {
    await member.leave();
  } finally {
    await member.close();
  }
}

async function buildRequest(
  settings: RegisterSettings,
  issuer: string,
  keys: MemberKeyStore,
  recoveryKey: string,
): Promise<RegistrationRequest> {
  const request = {
    gateway: { name: settings.name, region: settings.region },
    member: {
      name: settings.memberName,
      version: PRODUCT_VERSION,
      machine: await settings.machine.fingerprint(),
      keys: keys.publicKeys,
      capabilities: capabilitiesOf(SOURCE_KINDS),
    },
    sealingKey: keys.sealingPublic,
    recovery: await setUpRecovery(recoveryKey, keys.sealingPkcs8),
  };
  const proof = sign(null, Buffer.from(registrationProofInput(issuer, request)), keys.identity).toString('base64url');
  return { ...request, proof };
}

async function chooseRecoveryKey({ recoveryKey: source }: RegisterSettings, terminal: Terminal): Promise<string> {
  if (source.from === 'generator') {
    const key = generateRecoveryKey();
    terminal.print(`Recovery key (shown once, keep it where it outlives this machine): ${key}`);
    return key;
  }
  const key =
    source.from === 'terminal' ? await askTwice(terminal) : await readSecret(source, 'recovery key', terminal);
  const problem = recoveryKeyProblem(key);
  if (problem !== undefined) {
    throw new CommandError('usage', problem, 'Choose another, or let --generate-recovery-key make one.');
  }
  const { label, bits } = recoveryKeyStrength(key);
  terminal.print(`Strength of the recovery key: ${label} (at most ${bits} bits).`);
  return key;
}

async function askTwice(terminal: Terminal): Promise<string> {
  if (!terminal.isInteractive) {
    throw new CommandError(
      'usage',
      'The recovery key is missing.',
      'Give it with --recovery-key-file or --recovery-key-stdin, or let --generate-recovery-key make one.',
    );
  }
  const first = await terminal.askHidden('Recovery key (at least 8 characters): ');
  const second = await terminal.askHidden('Once more: ');
  if (first === second) return first;
  throw new CommandError('usage', 'The two recovery keys differ.', 'Run the command again.');
}

/** Pins the root: by the fingerprint that was given, else by what is seen now, shown for a person to compare. */
async function assertRoot(discovery: Discovery, expected: string | undefined, terminal: Terminal): Promise<void> {
  const found = await rootFingerprint(discovery.root);
  if (expected === undefined) {
    terminal.print(`Trusting the control plane's root on first use: ${found}`);
    return;
  }
  if (found === expected) return;
  throw new CommandError(
    'untrusted',
    'The control plane does not hold the expected root key.',
    'Check --control-plane and the fingerprint with the control plane’s operator: somebody may be in between.',
  );
}

/** A join token carries the root's fingerprint after a dot. */
function fingerprintIn(joinToken: string | undefined): string | undefined {
  if (joinToken === undefined) return undefined;
  const match = /^tgj_[A-Za-z0-9_-]{43}\.([A-Za-z0-9_-]{43})$/.exec(joinToken);
  if (match?.[1] !== undefined) return match[1];
  throw new CommandError(
    'usage',
    'The join token is not whole.',
    'Copy it again: it begins with tgj_ and has a dot in it.',
  );
}

function assertRegion(discovery: Discovery, region: string): void {
  if (discovery.regions.some(({ key }) => key === region)) return;
  throw new CommandError(
    'refused',
    `The control plane serves no region ${JSON.stringify(region)}.`,
    `Use one of: ${discovery.regions.map(({ key }) => key).join(', ')}.`,
  );
}

function toRecord(settings: RegisterSettings, answer: RegistrationResponse): MemberRecord {
  return {
    version: 1,
    ...answer,
    controlPlane: settings.controlPlane,
    gatewayName: settings.name,
    memberName: settings.memberName,
    registeredAt: new Date().toISOString(),
    allowInsecure: settings.allowInsecure,
  };
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unreadable';
    throw new CommandError('usage', `The file given with --ca-file cannot be read (${code}).`, 'Check its path and rights.', { cause }); // prettier-ignore
  }
}
