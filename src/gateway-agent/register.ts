import { rm } from 'node:fs/promises';
import type { Discovery, RegistrationResponse } from '../contract/registration.js';
import { authorizationOf, readCa } from './authorization.js';
import { ControlPlane, ControlPlaneError } from './control-plane.js';
import { CommandError } from './exit-codes.js';
import { saveKeys } from './key-store.js';
import { LockFile } from './lock-file.js';
import { machineLockPath } from './machine-lock.js';
import { CA_FILE, findMemberRecord, saveMemberRecord, type MemberRecord } from './member-record.js';
import { networkSource, readNetworkSettings, type NetworkSettings } from './network/network-settings.js';
import { identityOf, PendingRegistration, type RegistrationDraft } from './pending-registration.js';
import { assertTenantAllowed } from './policy/allowed-tenant.js';
import { generateRecoveryKey } from './recovery-strength.js';
import { chooseNewRecoveryKey } from './recovery/recovery-key-input.js';
import { refusalOf } from './refusal.js';
import { draftRegistration, isDraftOf } from './registration-draft.js';
import { assertRoot, assertSameRoot, fingerprintIn } from './root-pin.js';
import type { RegisterSettings } from './settings.js';
import { StateFolder } from './state-folder.js';
import { readSecret, type Terminal } from './terminal.js';

/**
 * Registers a new gateway with this machine as its first member. Nothing is kept here or there when it is refused; where
 * it was ended in between, at whatever step, the same command finishes it.
 *
 * @throws CommandError naming what was refused and what to do
 */
export async function register(settings: RegisterSettings, terminal: Terminal): Promise<MemberRecord> {
  const folder = new StateFolder(settings.stateDir);
  const known = settings.ifUnregistered === true ? await findMemberRecord(folder) : undefined;
  if (known) return known;
  const made = await folder.prepare();
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  const pending = new PendingRegistration(folder);
  let registered = false;
  try {
    await folder.sweep();
    const written = (await pending.isOpen()) ? await findMemberRecord(folder) : undefined;
    if (written?.gatewayName === settings.name) {
      // Only the last step was missing.
      await pending.done();
      return written;
    }
    await assertFree(folder, settings);
    const record = await new Registration(settings, terminal, folder, pending).run();
    registered = true;
    return record;
  } finally {
    await lock.release();
    if (made && !registered && !(await pending.isOpen())) await rm(folder.path, { recursive: true, force: true });
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

/** How the control plane is reached, and what it trusts us by. */
interface Reach {
  readonly anonymous: ControlPlane;
  readonly ca: string | undefined;
  readonly network: NetworkSettings;
}

class Registration {
  constructor(
    private readonly settings: RegisterSettings,
    private readonly terminal: Terminal,
    private readonly folder: StateFolder,
    private readonly pending: PendingRegistration,
  ) {}

  async run(): Promise<MemberRecord> {
    const { settings, terminal } = this;
    const ca = await readCa(settings.caFile);
    const joinToken = settings.joinToken && (await readSecret(settings.joinToken, 'join token', terminal));
    const recoveryKey = await chooseRecoveryKey(settings, terminal);
    const network = await readNetworkSettings(networkSource(settings));
    const anonymous = new ControlPlane({ url: settings.controlPlane, ca, network });
    try {
      const discovery = await refusalOf(anonymous.discover());
      await assertRoot(discovery, settings.rootFingerprint ?? fingerprintIn(joinToken), terminal);
      assertRegion(discovery, settings.region);
      const reach = { anonymous, ca, network };
      const { draft, answer } = await this.settle(reach, discovery.issuer, recoveryKey);
      const signIn = { joinToken, tenant: settings.tenant, ca, network };
      const given = answer ?? (await this.ask(anonymous, await authorizationOf(signIn, discovery, terminal), draft));
      return await this.keep(reach, draft, { answer: given, discovery });
    } finally {
      await anonymous.close();
    }
  }

  /** What to ask for, and the answer if an earlier try has it. An earlier one of something else is taken back. */
  private async settle(
    reach: Reach,
    issuer: string,
    recoveryKey: string,
  ): Promise<{ draft: RegistrationDraft; answer: RegistrationResponse | undefined }> {
    const { pending, settings } = this;
    const earlier = await pending.find();
    if (earlier && earlier.controlPlane !== settings.controlPlane) throw begunElsewhere(this.folder, earlier);
    const answer = earlier && (await findAnswer(reach.anonymous, earlier));
    if (earlier && (await isDraftOf(earlier, settings, recoveryKey))) return { draft: earlier, answer };
    if (earlier && answer) await takeBack(reach, earlier, answer);
    return { draft: await draftRegistration(settings, issuer, recoveryKey), answer: undefined };
  }

  /** @throws CommandError refused, with nothing left behind; for another reason the draft is kept for the next try */
  private async ask(
    anonymous: ControlPlane,
    authorization: string,
    draft: RegistrationDraft,
  ): Promise<RegistrationResponse> {
    await this.pending.begin(draft);
    try {
      return await refusalOf(anonymous.register(authorization, draft.request));
    } catch (error) {
      if (!(error instanceof CommandError) || error.reason !== 'refused') throw error;
      // An earlier try may have come through after all, and be what this one ran into.
      const found = await findAnswer(anonymous, draft);
      if (found) return found;
      await this.pending.done();
      throw error;
    }
  }

  /** The record comes last but for the draft: whatever is missing is written by the next try. */
  private async keep(
    reach: Reach,
    draft: RegistrationDraft,
    { answer, discovery }: { readonly answer: RegistrationResponse; readonly discovery: Discovery },
  ): Promise<MemberRecord> {
    const { folder, settings } = this;
    try {
      await assertSameRoot(discovery.root, answer.root);
      await assertTenantAllowed(settings, answer.tenantId);
      const record = toRecord(settings, answer, draft);
      await saveKeys(folder, draft.keys);
      if (reach.ca !== undefined) await folder.write(CA_FILE, reach.ca);
      await saveMemberRecord(folder, record);
      await this.pending.done();
      return record;
    } catch (error) {
      for (const file of ['keys.json', 'member.json', CA_FILE]) await folder.remove(file);
      await takeBack(reach, draft, answer);
      await this.pending.done();
      throw error;
    }
  }
}

function begunElsewhere(folder: StateFolder, { controlPlane, request }: RegistrationDraft): CommandError {
  const name = JSON.stringify(request.gateway.name);
  return new CommandError(
    'state',
    `A registration of ${name} at ${controlPlane} was interrupted in ${folder.path}.`,
    'Repeat that command to finish it, or name another folder with --state.',
  );
}

/** Undefined where nothing came of it, and for a control plane that is too old to be asked. */
async function findAnswer(
  anonymous: ControlPlane,
  { request }: RegistrationDraft,
): Promise<RegistrationResponse | undefined> {
  const isAbsent = (error: unknown) => error instanceof ControlPlaneError && error.problem.status === 404;
  const answer = anonymous.findRegistration(request).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  return refusalOf(answer);
}

/** The gateway exists but is not what was wanted, or its keys could not be kept: without them it is of no use to anybody. */
async function takeBack(
  { ca, network }: Reach,
  draft: RegistrationDraft,
  { memberId, issuer }: RegistrationResponse,
): Promise<void> {
  const identity = identityOf(draft);
  const member = new ControlPlane({ url: draft.controlPlane, ca, network }, { memberId, issuer, identity });
  try {
    await member.leave();
  } finally {
    await member.close();
  }
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
  { request: { recovery } }: RegistrationDraft,
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
