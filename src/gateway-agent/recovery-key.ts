import { createPrivateKey, createPublicKey, hkdf, randomBytes, scrypt, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { memberCertificateInput } from '../contract/recovery.js';
import type { MemberKeys, RecoverySetup } from '../contract/registration.js';
import { RECOVERY_BUNDLE_INFO } from '../contract/signed-objects.js';
import { deriveReceivingPair, hpkeOpen, hpkeSeal, type ReceivingPair } from './hpke.js';

const hkdfBytes = promisify(hkdf);

/** 128 MiB and 0.3 s a guess on the agent's machine; the numbers stand in the contract, so the cloud can refuse weaker ones. */
const SCRYPT = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const SALT_BYTES = 32;
const PROOF_LABEL = 'tidegate-recovery/1 proof';
const RECOVERY_LABEL = 'tidegate-recovery/1 recovery';
/** RFC 8410: what stands before the 32-byte seed in a PKCS #8 Ed25519 key. */
const ED25519_PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** RFC 8410: what stands before the 32-byte point in an Ed25519 SubjectPublicKeyInfo. */
const ED25519_SPKI_PREFIX_BYTES = 12;

/** What follows from the recovery key. The private halves live only while they are needed. */
export interface RecoveryKeys {
  /** Signs proofs that somebody knows the recovery key. */
  readonly proof: { readonly privateKey: KeyObject; readonly publicKey: Uint8Array };
  /** Opens the recovery bundle. */
  readonly recovery: ReceivingPair;
}

/**
 * Derives both pairs: scrypt, then HKDF-SHA256 with one label each. The text is taken in normal form KC, so that the
 * same phrase typed on another keyboard gives the same keys.
 */
export async function deriveRecoveryKeys(recoveryKey: string, salt: Uint8Array): Promise<RecoveryKeys> {
  const master = await stretch(recoveryKey.normalize('NFKC'), salt);
  const expand = async (label: string) => Buffer.from(await hkdfBytes('sha256', master, new Uint8Array(0), label, 32));
  const seed = await expand(PROOF_LABEL);
  const material = await expand(RECOVERY_LABEL);
  const privateKey = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_PREFIX, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const recovery = await deriveReceivingPair(material);
  for (const bytes of [master, seed, material]) bytes.fill(0);
  return { proof: { privateKey, publicKey: spki.subarray(ED25519_SPKI_PREFIX_BYTES) }, recovery };
}

/**
 * What the cloud keeps for recovery: salt, public halves, and the sealing private half that only the recovery key opens.
 *
 * @param sealingPkcs8 the gateway's sealing private key
 */
export async function setUpRecovery(
  recoveryKey: string,
  sealingPkcs8: Uint8Array,
): Promise<{ setup: RecoverySetup; keys: RecoveryKeys }> {
  const salt = randomBytes(SALT_BYTES);
  const keys = await deriveRecoveryKeys(recoveryKey, salt);
  const setup: RecoverySetup = {
    kdf: { name: 'scrypt', n: SCRYPT.N, r: SCRYPT.r, p: SCRYPT.p, salt: salt.toString('base64url') },
    ...publicHalvesOf(keys),
    bundle: await hpkeSeal(keys.recovery.publicKey, RECOVERY_BUNDLE_INFO, sealingPkcs8),
  };
  return { setup, keys };
}

/** What others may know of the recovery key. */
export function publicHalvesOf(keys: RecoveryKeys): { proofKey: string; recoveryKey: string } {
  return {
    proofKey: Buffer.from(keys.proof.publicKey).toString('base64url'),
    recoveryKey: Buffer.from(keys.recovery.publicKey).toString('base64url'),
  };
}

/** Signs with the proof key, base64url. */
export function signProof(keys: RecoveryKeys, input: string): string {
  return sign(null, Buffer.from(input), keys.proof.privateKey).toString('base64url');
}

/** Vouches for a member towards the others. */
export function certifyMember(keys: RecoveryKeys, member: MemberKeys): string {
  return signProof(keys, memberCertificateInput(member));
}

/** The sealing private key out of a recovery bundle. @throws HpkeError for another recovery key */
export async function openRecoveryBundle(keys: RecoveryKeys, bundle: string): Promise<Buffer> {
  return hpkeOpen(keys.recovery.privateKey, RECOVERY_BUNDLE_INFO, bundle);
}

function stretch(text: string, salt: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, SCRYPT, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
