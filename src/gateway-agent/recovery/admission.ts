import { sign } from 'node:crypto';
import { rm } from 'node:fs/promises';
import {
  admissionResponseSchema,
  challengeSchema,
  type AdmissionRequest,
  type AdmissionResponse,
  type Challenge,
} from '../../contract/recovery.js';
import type { Discovery } from '../../contract/registration.js';
import { PRODUCT_VERSION } from '../../contract/version.js';
import { capabilitiesOf } from '../agent.js';
import { createConnectors } from '../connectors/registry.js';
import { authorizationOf, readCa } from '../authorization.js';
import { ControlPlane, ControlPlaneError } from '../control-plane.js';
import { CommandError } from '../exit-codes.js';
import { generateMemberKeys, type NewMemberKeys } from '../key-store.js';
import { LockFile } from '../lock-file.js';
import { machineLockPath } from '../machine-lock.js';
import { findMemberRecord, type MemberRecord } from '../member-record.js';
import { networkSource, readNetworkSettings } from '../network/network-settings.js';
import { certifyMember, type RecoveryKeys } from '../recovery-key.js';
import { PinnedRoots } from '../pinned-roots.js';
import { refusalOf } from '../refusal.js';
import { assertRoot, fingerprintIn } from '../root-pin.js';
import type { AdmissionSettings } from '../settings.js';
import { StateFolder } from '../state-folder.js';
import { readSecret, type Terminal } from '../terminal.js';
import { rootFingerprint } from '../root-fingerprint.js';
import { assertTenantAllowed } from '../policy/allowed-tenant.js';
import { answerChallenge, assertMeant, keysFor } from './answer-challenge.js';
import { findGateway } from './find-gateway.js';
import { keepAdmission, openAdmission } from './keep-admission.js';
import { PendingAdmission } from './pending-admission.js';
import { askRecoveryKey } from './recovery-key-input.js';

type Operation = AdmissionRequest['operation'];

/**
 * Makes this machine a member of a gateway that exists, with its recovery key: beside the others (join) or in the place
 * of one of them (restore, takeover). A refusal leaves the state folder as it was.
 *
 * @throws CommandError naming what was refused and what to do
 */
export async function beAdmitted(settings: AdmissionSettings, terminal: Terminal): Promise<MemberRecord> {
  const folder = new StateFolder(settings.stateDir);
  const made = await folder.prepare();
  const lock = await LockFile.acquire(folder.file('agent.lock'), `The state folder ${folder.path}`);
  const pending = await PendingAdmission.open(folder);
  try {
    const present = await findMemberRecord(folder);
    if (present && settings.command === 'join') throw alreadyHere(folder, present);
    // Held only for a look: an agent that runs on this machine has it.
    const machine = await LockFile.acquire(machineLockPath(await settings.machine.fingerprint()), 'This machine');
    await machine.release();
    return await new Admission(settings, terminal, folder, pending).run(present);
  } finally {
    await lock.release();
    const isLeft = made && !(await pending.isOpen()) && (await findMemberRecord(folder)) === undefined;
    if (isLeft) await rm(folder.path, { recursive: true, force: true });
  }
}

/** Everything that one try needs, gathered step by step. */
interface Asked {
  readonly controlPlane: ControlPlane;
  readonly authorization: string;
  readonly discovery: Discovery;
  readonly gatewayId: string;
  readonly recoveryKey: string;
  readonly member: NewMemberKeys;
}

class Admission {
  constructor(
    private readonly settings: AdmissionSettings,
    private readonly terminal: Terminal,
    private readonly folder: StateFolder,
    private readonly pending: PendingAdmission,
  ) {}

  async run(present: MemberRecord | undefined): Promise<MemberRecord> {
    const { settings, terminal } = this;
    const ca = await readCa(settings.caFile);
    const joinToken = settings.joinToken && (await readSecret(settings.joinToken, 'join token', terminal));
    const recoveryKey = await askRecoveryKey(settings.recoveryKey, terminal);
    const network = await readNetworkSettings(networkSource(settings));
    const controlPlane = new ControlPlane({ url: settings.controlPlane, ca, network });
    try {
      const discovery = await refusalOf(controlPlane.discover());
      const named = settings.rootFingerprint ?? fingerprintIn(joinToken);
      const pinned = present && named === undefined ? await PinnedRoots.open(this.folder, present) : undefined;
      await assertRoot(discovery, named ?? (pinned && (await rootFingerprint(pinned.current))), terminal);
      const authorization = await authorizationOf(
        { joinToken, tenant: settings.tenant, ca, network },
        discovery,
        terminal,
      );
      const gatewayId = await findGateway(controlPlane, authorization, settings.gateway);
      if (present && present.gatewayId !== gatewayId) throw alreadyHere(this.folder, present);
      const member = await generateMemberKeys();
      const asked = { controlPlane, authorization, discovery, gatewayId, recoveryKey, member };
      const { answer, keys } = await this.ask(asked);
      const opened = await openAdmission({ answer, keys, discovery, gatewayId });
      const record = await keepAdmission({ folder: this.folder, settings, ca }, opened, member);
      await this.pending.done();
      return record;
    } finally {
      await controlPlane.close();
    }
  }

  /** A try before this one may have been admitted without hearing of it: then that member, on this machine, is replaced. */
  private async ask(asked: Asked): Promise<{ answer: AdmissionResponse; keys: RecoveryKeys }> {
    try {
      return await this.prove(asked, this.settings.command);
    } catch (error) {
      const isOurs = error instanceof ControlPlaneError && error.problem.code === 'MEMBER_ALREADY_ON_MACHINE';
      if (!isOurs || !this.pending.isOf(asked.gatewayId)) return refusalOf(Promise.reject(error as Error));
      return refusalOf(this.prove(asked, 'restore'));
    }
  }

  private async prove(asked: Asked, operation: Operation): Promise<{ answer: AdmissionResponse; keys: RecoveryKeys }> {
    const { controlPlane, authorization, discovery, gatewayId, recoveryKey, member } = asked;
    const question = { method: 'POST', path: `gateways/${gatewayId}/challenges`, body: { operation } } as const;
    const challenge = await controlPlane.askAs(authorization, challengeSchema, question);
    assertMeant(challenge, operation, gatewayId);
    const { tenantId } = challenge.gateway;
    if (tenantId !== undefined) await assertTenantAllowed(this.settings, tenantId);
    const keys = await keysFor(challenge, recoveryKey);
    const replaces = operation === this.settings.command ? this.replacedBy(challenge) : undefined;
    const machine = await this.settings.machine.fingerprint();
    const subject = { member: { keys: member.publicKeys, machine }, replaces };
    const { input, proof } = answerChallenge(discovery.issuer, challenge, keys, subject);
    const body: AdmissionRequest = {
      challengeId: challenge.challengeId,
      operation,
      member: {
        name: this.settings.memberName,
        version: PRODUCT_VERSION,
        machine,
        keys: member.publicKeys,
        capabilities: capabilitiesOf(createConnectors().keys()),
      },
      ...(replaces === undefined ? {} : { replaces }),
      proof,
      certificate: certifyMember(keys, member.publicKeys),
      identityProof: sign(null, Buffer.from(input), member.identity).toString('base64url'),
    };
    return { answer: await this.send(asked, body), keys };
  }

  private async send({ controlPlane, authorization, gatewayId }: Asked, body: AdmissionRequest) {
    await this.pending.begin(gatewayId);
    try {
      const question = { method: 'POST', path: `gateways/${gatewayId}/members`, body } as const;
      return await controlPlane.askAs(authorization, admissionResponseSchema, question);
    } catch (error) {
      const { status = 0 } = error instanceof ControlPlaneError ? error.problem : {};
      if (status >= 400 && status < 500) await this.pending.refused();
      throw error;
    }
  }

  /** Undefined: the control plane knows by itself which member was on this machine. */
  private replacedBy({ operation, members, gateway }: Challenge): string | undefined {
    if (operation === 'join') return undefined;
    const { replaces } = this.settings;
    if (replaces === undefined) return members.length === 1 ? members[0]?.id : undefined;
    const meant = members.filter(({ id, name }) => id === replaces.toLowerCase() || name === replaces);
    if (meant.length === 1) return meant[0]?.id;
    if (meant.length === 0 && this.pending.isOf(gateway.id)) return undefined;
    throw new CommandError(
      'usage',
      meant.length === 0
        ? `The gateway has no member ${JSON.stringify(replaces)}.`
        : `The gateway has several members ${JSON.stringify(replaces)}.`,
      `Name one with --replaces, by name or id: ${members.map(({ id, name }) => `${name} (${id})`).join(', ')}.`,
    );
  }
}

function alreadyHere(folder: StateFolder, present: MemberRecord): CommandError {
  return new CommandError(
    'state',
    `The gateway ${JSON.stringify(present.gatewayName)} is registered in ${folder.path} already.`,
    'Run `tidegate-agent unregister` first, or name another folder with --state.',
  );
}
