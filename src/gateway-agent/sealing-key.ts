import { createPrivateKey, createPublicKey, generateKeyPair, type webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import type { SealingPublicKey } from '../contract/registration.js';
import { sealingKeyId } from '../contract/sealed-credential.js';

const generate = promisify(generateKeyPair);
const SEALING_BITS = 3072;
const SEALING = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

/** One generation of the gateway's sealing key, both halves. */
export interface SealingKey {
  /** Thumbprint of the public half, as callers name it. */
  readonly id: string;
  /** Opens credentials; RSA-OAEP with SHA-256. */
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: SealingPublicKey;
  /** The private half, PKCS #8: for the key store, the recovery bundle and the other members. */
  readonly pkcs8: Buffer;
}

/** Makes a new pair; about a second of work off the event loop. */
export async function generateSealingKey(): Promise<SealingKey> {
  const { privateKey } = await generate('rsa', { modulusLength: SEALING_BITS, publicExponent: 65_537 });
  return importSealingKey(privateKey.export({ format: 'der', type: 'pkcs8' }));
}

/** @throws Error when the bytes are no RSA key of a fitting length */
export async function importSealingKey(pkcs8: Buffer): Promise<SealingKey> {
  const jwk = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })).export({ format: 'jwk' });
  const publicKey = { modulus: toBase64(jwk.n), exponent: toBase64(jwk.e) };
  return {
    id: await sealingKeyId(publicKey),
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, SEALING, false, ['decrypt', 'unwrapKey']),
    publicKey,
    pkcs8,
  };
}

/** Whether a private half belongs to a public one that somebody else names. */
export function isHalfOf(key: SealingKey, publicKey: SealingPublicKey): boolean {
  return key.publicKey.modulus === publicKey.modulus && key.publicKey.exponent === publicKey.exponent;
}

function toBase64(field: string | undefined): string {
  if (field === undefined) throw new TypeError('not an RSA key');
  return Buffer.from(field, 'base64url').toString('base64');
}
