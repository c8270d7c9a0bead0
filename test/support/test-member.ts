import { generateKeyPairSync, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  CLIENT_ASSERTION_SECONDS,
  CLIENT_ASSERTION_TYP,
  CLIENT_ASSERTION_TYPE,
  type HeartbeatRequest,
  type TokenRequest,
} from '../../src/contract/membership.js';
import { OPERATIONS_BY_KIND, type Capabilities } from '../../src/contract/capabilities.js';
import {
  registrationProofInput,
  type RegistrationRequest,
  type SealingPublicKey,
} from '../../src/contract/registration.js';
import { CONTRACT_VERSION, PRODUCT_VERSION } from '../../src/contract/version.js';

export const TEST_CAPABILITIES: Capabilities = {
  contractVersions: [CONTRACT_VERSION],
  operations: Object.fromEntries(Object.entries(OPERATIONS_BY_KIND).map(([kind, names]) => [kind, [...names]])),
  features: [],
};

let sharedSealingKey: { publicKey: SealingPublicKey; privateKey: KeyObject } | undefined;

/** An RSA-3072 pair; one for the whole process, because making one takes a second. */
export function testSealingKey(): { publicKey: SealingPublicKey; privateKey: KeyObject } {
  sharedSealingKey ??= newSealingKey(3072);
  return sharedSealingKey;
}

export function newSealingKey(modulusLength: number): { publicKey: SealingPublicKey; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const base64 = (text: string) => Buffer.from(text, 'base64url').toString('base64');
  return { publicKey: { modulus: base64(n), exponent: base64(e) }, privateKey };
}

function rawKey(key: KeyObject): string {
  return String(key.export({ format: 'jwk' }).x);
}

/** An agent, as far as the control plane can tell: real keys, real signatures. */
export class TestMember {
  readonly identity = generateKeyPairSync('ed25519');
  readonly receiving = generateKeyPairSync('x25519');
  readonly machine = randomBytes(32).toString('base64url');

  constructor(private readonly audience: string) {}

  /** A registration as the agent sends it. `change` edits it before it is signed. */
  registration(
    gateway: { name: string; region: string },
    change: (request: Omit<RegistrationRequest, 'proof'>) => void = () => undefined,
  ): RegistrationRequest {
    const request: Omit<RegistrationRequest, 'proof'> = {
      gateway,
      member: {
        name: 'test-machine',
        version: PRODUCT_VERSION,
        machine: this.machine,
        keys: { identity: rawKey(this.identity.publicKey), receiving: rawKey(this.receiving.publicKey) },
        capabilities: TEST_CAPABILITIES,
      },
      sealingKey: testSealingKey().publicKey,
      recovery: {
        kdf: { name: 'scrypt', n: 131_072, r: 8, p: 1, salt: randomBytes(32).toString('base64url') },
        proofKey: rawKey(generateKeyPairSync('ed25519').publicKey),
        recoveryKey: rawKey(generateKeyPairSync('x25519').publicKey),
        bundle: randomBytes(1900).toString('base64url'),
      },
    };
    change(request);
    return { ...request, proof: this.signText(registrationProofInput(this.audience, request)) };
  }

  /** A token request. `changes` replaces claims, header fields or the key. */
  async tokenRequest(
    memberId: string,
    changes: { claims?: Record<string, unknown>; header?: Record<string, unknown>; key?: KeyObject } = {},
  ): Promise<TokenRequest> {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: memberId,
      sub: memberId,
      aud: this.audience,
      iat: now,
      exp: now + CLIENT_ASSERTION_SECONDS,
      jti: randomUUID(),
      ...changes.claims,
    };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: CLIENT_ASSERTION_TYP, ...changes.header })
      .sign(changes.key ?? this.identity.privateKey);
    return {
      grant_type: 'client_credentials',
      client_assertion_type: CLIENT_ASSERTION_TYPE,
      client_assertion: assertion,
    };
  }

  signText(text: string): string {
    return sign(null, Buffer.from(text), this.identity.privateKey).toString('base64url');
  }
}

/** A sign of life of a healthy member, connected to epoch 1. */
export function heartbeat(changes: Partial<HeartbeatRequest> = {}): HeartbeatRequest {
  return {
    version: PRODUCT_VERSION,
    capabilities: TEST_CAPABILITIES,
    sentAt: new Date().toISOString(),
    epoch: 1,
    receiving: true,
    draining: false,
    inFlight: 0,
    load: { cpuPercent: 5, memoryPercent: 20, diskFreeBytes: 1e9 },
    ...changes,
  };
}
