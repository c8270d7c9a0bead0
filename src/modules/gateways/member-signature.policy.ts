import { createPublicKey, verify, type KeyObject } from 'node:crypto';

/** @param raw 32 bytes of an Ed25519 public key, as members send it */
export function identityKeyOf(raw: Uint8Array): KeyObject {
  const x = Buffer.from(raw).toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/** Whether the holder of the identity key signed the text. */
export function isSignedBy(raw: Uint8Array, text: string, signature: Uint8Array): boolean {
  return verify(null, Buffer.from(text), identityKeyOf(raw), signature);
}
