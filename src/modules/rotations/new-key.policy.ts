import { createPublicKey, verify } from 'node:crypto';
import { DomainError } from '../../common/errors/domain-error.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import { rotationKeyInput, type RotationKey } from '../../contract/rotation.js';
import { SealError, sealingKeyId, sealingModulusBytes } from '../../contract/sealed-credential.js';

/** 3072 bits: what a credential sealed today must withstand for as long as the password lives. */
const MIN_MODULUS_BYTES = 384;
/** 65537 in base64: the one exponent every client of the gateway has met. */
const EXPONENT = 'AQAB';
/** HPKE: encapsulated key 32 and tag 16; an RSA-3072 private half alone has 1,700 bytes and more. */
const MIN_SEALED_BYTES = 32 + 16 + 1024;

/**
 * Checks everything of a new sealing key that can be seen from outside.
 *
 * @param leader who brings it: raw Ed25519 key
 * @param memberIds of the gateway: nobody else is given the key
 * @returns the key's id
 * @throws DomainError VALIDATION_FAILED
 */
export async function assertNewKey(
  rotation: { readonly id: string; readonly gatewayId: string },
  { publicKey, packages, bundle, signature }: RotationKey,
  { identityKey, memberIds }: { readonly identityKey: Uint8Array; readonly memberIds: readonly string[] },
): Promise<string> {
  if (publicKey.exponent !== EXPONENT) throw invalid('publicKey.exponent', 'must be 65537 (AQAB)');
  const keyId = await idOf(publicKey);
  const signed = Buffer.from(rotationKeyInput(rotation.id, rotation.gatewayId, publicKey));
  const x = Buffer.from(identityKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  if (!verify(null, signed, key, Buffer.from(signature, 'base64url'))) {
    throw invalid('signature', 'not a signature by the identity key over this key');
  }
  for (const [index, { memberId, sealed }] of packages.entries()) {
    const path = `packages.${index}`;
    if (!memberIds.includes(memberId)) throw invalid(`${path}.memberId`, 'not a member of this gateway');
    if (packages.findIndex((one) => one.memberId === memberId) < index)
      throw invalid(`${path}.memberId`, 'named twice');
    if (bytesOf(sealed) < MIN_SEALED_BYTES) throw invalid(`${path}.sealed`, 'too short to hold the sealing key');
  }
  if (bytesOf(bundle) < MIN_SEALED_BYTES) throw invalid('bundle', 'too short to hold the sealing key');
  return keyId;
}

async function idOf(publicKey: SealingPublicKey): Promise<string> {
  try {
    if (sealingModulusBytes(publicKey) < MIN_MODULUS_BYTES) throw invalid('publicKey.modulus', 'at least 3072 bits');
    return await sealingKeyId(publicKey);
  } catch (cause) {
    if (cause instanceof SealError) throw invalid('publicKey.modulus', 'not an RSA modulus of 3072 to 4096 bits');
    throw cause;
  }
}

function bytesOf(text: string): number {
  return Buffer.from(text, 'base64url').length;
}

function invalid(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
