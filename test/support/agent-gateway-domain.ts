import { createHash, createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import {
  admissionRequestSchema,
  drillRequestSchema,
  handoverInput,
  memberCertificateInput,
  recoveryKeyChangeSchema,
  recoveryProofInput,
  type Challenge,
  type MemberList,
  type ProofOperation,
  type ProofSubject,
} from '../../src/contract/recovery.js';
import type { RegistrationRequest } from '../../src/contract/registration.js';
import {
  resealedSchema,
  rotationKeySchema,
  type RotationKey,
  type RotationState,
} from '../../src/contract/rotation.js';

export type GatewayMember = RegistrationRequest['member'] & { id: string; certificate?: string | undefined };

export interface Answer {
  readonly status: number;
  readonly body?: object | undefined;
}

interface Rotation {
  readonly id: string;
  state: RotationState;
  leader?: string;
  key?: RotationKey;
  readonly receipts: Set<string>;
}

const refusal = (status: number, code: string): Answer => ({ status, body: { code, detail: code, remedy: 'none' } });

/** What a control plane keeps of one gateway for recovery and rotation, checked as it would check it. */
export class GatewayDomain {
  readonly members: GatewayMember[] = [];
  readonly handovers: MemberList['handovers'] = [];
  readonly credentials = new Map<string, string>();
  recovery!: RegistrationRequest['recovery'];
  sealingKey!: RegistrationRequest['sealingKey'];
  rotation: Rotation | undefined;
  drills = 0;
  /** Takes any proof, as a broken or dishonest control plane would. */
  gullible = false;
  /** Takes what is sent and loses the answer. */
  losesAnswers = false;
  private readonly challenges = new Map<string, Challenge>();

  constructor(
    readonly gatewayId: string,
    private readonly issuer: () => string,
  ) {}

  registered(id: string, { member, certificate, recovery, sealingKey }: RegistrationRequest): void {
    this.members.push({ ...member, id, certificate });
    this.recovery = recovery;
    this.sealingKey = sealingKey;
  }

  challenge(callerId: string, operation: ProofOperation): Answer {
    const challenge: Challenge = {
      challengeId: randomUUID(),
      nonce: randomBytes(32).toString('base64url'),
      operation,
      callerId,
      gateway: { id: this.gatewayId, name: 'hq', region: 'westeurope' },
      members: this.members.map(({ id, name }) => ({ id, name, enabled: true, online: true })),
      kdf: this.recovery.kdf,
      expiresAt: new Date(Date.now() + 120_000).toISOString(),
    };
    this.challenges.set(challenge.challengeId, challenge);
    return { status: 201, body: challenge };
  }

  /** @param base what every registration is answered with */
  admit(body: unknown, base: object): Answer {
    const request = admissionRequestSchema.parse(body);
    const { member, replaces, certificate } = request;
    const wrong = this.check(request, { member, replaces });
    if (wrong) return wrong;
    const onMachine = this.members.find(({ machine }) => machine === member.machine);
    if (request.operation === 'join' && onMachine) return refusal(409, 'MEMBER_ALREADY_ON_MACHINE');
    const replaced = replaces ?? (request.operation === 'join' ? undefined : onMachine?.id);
    if (request.operation !== 'join' && replaced === undefined) return refusal(404, 'MEMBER_NOT_FOUND');
    if (replaced !== undefined)
      this.members.splice(
        this.members.findIndex(({ id }) => id === replaced),
        1,
      );
    const id = randomUUID();
    this.members.push({ ...member, id, certificate });
    const { sealingKey, recovery } = this;
    return {
      status: 201,
      body: {
        ...base,
        memberId: id,
        gatewayName: 'hq',
        sealingKey,
        bundle: recovery.bundle,
        proofKey: recovery.proofKey,
      },
    };
  }

  drill(body: unknown): Answer {
    const wrong = this.check(drillRequestSchema.parse(body), {});
    if (!wrong) this.drills += 1;
    return wrong ?? { status: 204 };
  }

  changeKey(body: unknown): Answer {
    const { setup, handover, certificates, ...proof } = recoveryKeyChangeSchema.parse(body);
    const next = { proofKey: setup.proofKey, recoveryKey: setup.recoveryKey, salt: setup.kdf.salt };
    const wrong = this.check(proof, { setup: next });
    if (wrong) return wrong;
    if (!isSigned(this.recovery.proofKey, handoverInput(this.gatewayId, next), handover))
      throw new Error('no handover');
    for (const member of this.members) {
      const { certificate } = certificates.find(({ memberId }) => memberId === member.id) ?? {};
      if (!certificate || !isSigned(setup.proofKey, memberCertificateInput(member.keys), certificate)) {
        throw new Error('a member that the new key does not certify');
      }
      member.certificate = certificate;
    }
    this.handovers.push({ ...next, signature: handover });
    this.recovery = setup;
    return { status: 204 };
  }

  list(): MemberList {
    const members = this.members.map(({ id, name, keys, certificate }) => ({ id, name, keys, ...(certificate === undefined ? {} : { certificate }) })); // prettier-ignore
    return { members, proofKey: this.recovery.proofKey, handovers: this.handovers };
  }

  startRotation(leader: string): string {
    this.rotation = { id: randomUUID(), state: 'distributing', leader, receipts: new Set() };
    return this.rotation.id;
  }

  /** @param rest path below the rotation */
  rotate(memberId: string, method: string, rest: string, body: unknown): Answer {
    const { rotation } = this;
    if (!rotation) return refusal(404, 'ROTATION_NOT_FOUND');
    if (rest === '') return { status: 200, body: this.view(rotation, memberId) };
    if (rest === 'key') rotation.key ??= rotationKeySchema.parse(body);
    if (rest === 'receipts') {
      rotation.receipts.add(memberId);
      if (this.members.every(({ id }) => rotation.receipts.has(id)) && rotation.state === 'distributing') {
        rotation.state = 'resealing';
        this.sealingKey = rotation.key!.publicKey;
        this.recovery = { ...this.recovery, bundle: rotation.key!.bundle };
      }
    }
    if (rest === 'credentials') return { status: 200, body: this.batch() };
    if (method === 'PUT' && rest.startsWith('credentials/')) return this.reseal(rest.slice(12), body);
    return { status: 204 };
  }

  private view({ id, state, key, leader }: Rotation, memberId: string): object {
    const sealed = key?.packages.find((one) => one.memberId === memberId)?.sealed;
    const { publicKey, signature } = key ?? {};
    return { rotationId: id, state, ...(key && { key: { publicKey, leader, signature, sealed } }) };
  }

  private readonly resealed = new Set<string>();

  private batch(): object {
    const open = [...this.credentials].filter(([id]) => !this.resealed.has(id));
    const credentials = open.slice(0, 2).map(([connectionId, sealed]) => ({ connectionId, sealed, hash: hashOf(sealed) })); // prettier-ignore
    return { credentials, remaining: open.length };
  }

  private reseal(connectionId: string, body: unknown): Answer {
    const { expectedHash, sealed } = resealedSchema.parse(body);
    if (hashOf(this.credentials.get(connectionId) ?? '') !== expectedHash) return refusal(409, 'VERSION_CONFLICT');
    this.credentials.set(connectionId, sealed);
    this.resealed.add(connectionId);
    if (this.resealed.size === this.credentials.size) this.rotation!.state = 'done';
    return { status: 204 };
  }

  private check(
    { challengeId, proof }: { challengeId: string; proof: string },
    subject: ProofSubject,
  ): Answer | undefined {
    const challenge = this.challenges.get(challengeId);
    this.challenges.delete(challengeId);
    if (!challenge) return refusal(409, 'CHALLENGE_USED');
    if (
      this.gullible ||
      isSigned(this.recovery.proofKey, recoveryProofInput(this.issuer(), challenge, subject), proof)
    ) {
      return undefined;
    }
    return refusal(403, 'RECOVERY_KEY_WRONG');
  }
}

function hashOf(sealed: string): string {
  return createHash('sha256').update(sealed).digest('base64url');
}

function isSigned(x: string, input: string, signature: string): boolean {
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, Buffer.from(input), key, Buffer.from(signature, 'base64url'));
}
