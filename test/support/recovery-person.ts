import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import request from 'supertest';
import {
  handoverInput,
  memberCertificateInput,
  recoveryProofInput,
  type AdmissionRequest,
  type Challenge,
  type ProofSubject,
} from '../../src/contract/recovery.js';
import type { MemberKeys, RecoverySetup } from '../../src/contract/registration.js';
import { RECOVERY_BUNDLE_INFO } from '../../src/contract/signed-objects.js';
import { hpkeSeal } from '../../src/gateway-agent/hpke.js';
import { deriveRecoveryKeys, type RecoveryKeys } from '../../src/gateway-agent/recovery-key.js';
import { RegistrationService } from '../../src/modules/gateways/registration.service.js';
import type { TestApp } from './app.js';
import type { GivenCaller, GivenGateway } from './given.js';
import { TestMember, testSealingKey } from './test-member.js';

/** Somebody who has a recovery key, at the keyboard of whatever machine. */
export class RecoveryPerson {
  private constructor(
    private readonly proofKey: KeyObject,
    readonly setup: RecoverySetup,
    /** Only of a person with a phrase. */
    readonly keys?: RecoveryKeys,
  ) {}

  /** With a phrase, as the agent derives it: half a second and 128 MiB. */
  static async withPhrase(phrase: string): Promise<RecoveryPerson> {
    const salt = randomBytes(32);
    const keys = await deriveRecoveryKeys(phrase, salt);
    const sealing = testSealingKey().privateKey.export({ format: 'der', type: 'pkcs8' });
    const bundle = await hpkeSeal(keys.recovery.publicKey, RECOVERY_BUNDLE_INFO, sealing);
    const halves = { proofKey: write(keys.proof.publicKey), recoveryKey: write(keys.recovery.publicKey) };
    return new RecoveryPerson(keys.proof.privateKey, { kdf: kdf(salt), ...halves, bundle }, keys);
  }

  /** With keys that follow from no phrase; the bundle opens with nothing. */
  static withoutPhrase(): RecoveryPerson {
    const proof = generateKeyPairSync('ed25519');
    const half = (key: KeyObject) => String(key.export({ format: 'jwk' }).x);
    return new RecoveryPerson(proof.privateKey, {
      kdf: kdf(randomBytes(32)),
      proofKey: half(proof.publicKey),
      recoveryKey: half(generateKeyPairSync('x25519').publicKey),
      bundle: write(randomBytes(1900)),
    });
  }

  /** Registers a gateway with this recovery key. */
  async gateway(app: TestApp, admin: GivenCaller, name = `gateway-${write(randomBytes(6))}`): Promise<GivenGateway> {
    const member = new TestMember(app.config.issuer);
    const region = 'westeurope';
    const body = member.registration({ name, region }, (draft) => {
      draft.recovery = this.setup;
      draft.certificate = this.certify(draft.member.keys);
    });
    const registration = app.app.get(RegistrationService, { strict: false });
    const { gatewayId: id, memberId } = await registration.register(
      { tenantId: admin.tenantId, principal: { id: admin.id, type: admin.type } },
      body,
    );
    return { id, memberId, name, region, admin, member };
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.proofKey).toString('base64url');
  }

  prove(issuer: string, challenge: Challenge, subject: ProofSubject = {}): string {
    return this.sign(recoveryProofInput(issuer, challenge, subject));
  }

  certify(keys: MemberKeys): string {
    return this.sign(memberCertificateInput(keys));
  }

  handOver(gatewayId: string, { proofKey, recoveryKey, kdf: { salt } }: RecoverySetup): string {
    return this.sign(handoverInput(gatewayId, { proofKey, recoveryKey, salt }));
  }

  /** The body with which a machine asks to be admitted. */
  admission(issuer: string, challenge: Challenge, member: TestMember, replaces?: string): AdmissionRequest {
    const description = member.registration({ name: 'unused', region: 'unused' }).member;
    const subject = { member: { keys: description.keys, machine: description.machine }, replaces };
    return {
      challengeId: challenge.challengeId,
      operation: challenge.operation as AdmissionRequest['operation'],
      member: description,
      ...(replaces !== undefined && { replaces }),
      proof: this.prove(issuer, challenge, subject),
      certificate: this.certify(description.keys),
      identityProof: member.signText(recoveryProofInput(issuer, challenge, subject)),
    };
  }
}

/** A new start of a member: its `Authorization` header. */
export async function memberAuthorization(app: TestApp, memberId: string, member: TestMember): Promise<string> {
  const { body } = await request(app.url)
    .post('/agent/v1/tokens')
    .send(await member.tokenRequest(memberId))
    .expect(200);
  return `Bearer ${(body as { access_token: string }).access_token}`;
}

function kdf(salt: Uint8Array): RecoverySetup['kdf'] {
  return { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: write(salt) };
}

function write(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
