import { DomainError } from '../../common/errors/domain-error.js';
import { memberCertificateInput } from '../../contract/recovery.js';
import { registrationProofInput, type RegistrationRequest } from '../../contract/registration.js';
import { SealError, sealingModulusBytes } from '../../contract/sealed-credential.js';
import { assertModest } from './capabilities.policy.js';
import { isSignedBy } from './member-signature.policy.js';
import { isReceivingKey } from './seal-to-member.js';

/** 3072 bits: what a credential sealed today must withstand for as long as the password lives. */
const MIN_SEALING_KEY_BYTES = 384;
/** 65537 in base64: the one exponent every client of the gateway has met. */
const SEALING_EXPONENT = 'AQAB';

/** HPKE: encapsulated key 32 and tag 16; an RSA-3072 private half alone has 1,700 bytes and more. */
const MIN_BUNDLE_BYTES = 32 + 16 + 1024;

/**
 * Checks everything of a registration that needs no memory: keys of the right kind and strength, distinct, and the proof
 * that the caller holds the identity key.
 *
 * @param audience the issuer towards agents, to which the proof is bound
 * @throws DomainError VALIDATION_FAILED, PAYLOAD_TOO_LARGE
 */
export async function assertRegistrable(audience: string, request: RegistrationRequest): Promise<void> {
  const { member, sealingKey, recovery } = request;
  assertModest(member.capabilities);
  if (sealingKey.exponent !== SEALING_EXPONENT) throw invalid('sealingKey.exponent', 'must be 65537 (AQAB)');
  if (modulusBytes(request) < MIN_SEALING_KEY_BYTES) throw invalid('sealingKey.modulus', 'at least 3072 bits');

  const keys = [member.keys.identity, member.keys.receiving, recovery.proofKey, recovery.recoveryKey];
  if (new Set(keys).size < keys.length) throw invalid('member.keys', 'every key has one use: they must differ');
  if (Buffer.from(recovery.bundle, 'base64url').length < MIN_BUNDLE_BYTES) {
    throw invalid('recovery.bundle', 'too short to hold the sealing key');
  }
  const usable = await Promise.all(
    [member.keys.receiving, recovery.recoveryKey].map((key) => isReceivingKey(Buffer.from(key, 'base64url'))),
  );
  if (!usable[0]) throw invalid('member.keys.receiving', 'not an X25519 public key');
  if (!usable[1]) throw invalid('recovery.recoveryKey', 'not an X25519 public key');
  if (!isCertified(request)) throw invalid('certificate', "not a signature by the recovery key over the member's keys");
  if (!hasProof(audience, request))
    throw invalid('proof', 'not a signature by the identity key over this registration');
}

function modulusBytes({ sealingKey }: RegistrationRequest): number {
  try {
    return sealingModulusBytes(sealingKey);
  } catch (cause) {
    if (cause instanceof SealError) throw invalid('sealingKey.modulus', 'not an RSA modulus of 2048 to 4096 bits');
    throw cause;
  }
}

/** Agents older than certificates leave it out. Checked over the keys as other members will read them. */
function isCertified({ certificate, member, recovery }: RegistrationRequest): boolean {
  if (certificate === undefined) return true;
  const written = (key: string) => Buffer.from(key, 'base64url').toString('base64url');
  const input = memberCertificateInput({
    identity: written(member.keys.identity),
    receiving: written(member.keys.receiving),
  });
  return isSignedBy(Buffer.from(recovery.proofKey, 'base64url'), input, Buffer.from(certificate, 'base64url'));
}

function hasProof(audience: string, request: RegistrationRequest): boolean {
  const identity = Buffer.from(request.member.keys.identity, 'base64url');
  const signature = Buffer.from(request.proof, 'base64url');
  return isSignedBy(identity, registrationProofInput(audience, request), signature);
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
