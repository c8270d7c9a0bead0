import type { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});

/**
 * Seals a secret so that one member alone can open it: HPKE in base mode, no additional data.
 *
 * @param receivingKey the member's raw X25519 public key
 * @param info binds the ciphertext to its use
 * @returns encapsulated key (32 bytes) followed by the ciphertext, base64url
 * @see RFC 9180
 */
export async function sealToMember(receivingKey: Uint8Array, info: string, plain: Uint8Array): Promise<string> {
  const recipientPublicKey = await publicKeyOf(receivingKey);
  const { ct, enc } = await suite.seal(
    { recipientPublicKey, info: new TextEncoder().encode(info) },
    Uint8Array.from(plain),
  );
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('base64url');
}

/** Whether the bytes are a usable X25519 key: a point of small order gives a shared secret that everybody knows. */
export async function isReceivingKey(receivingKey: Uint8Array): Promise<boolean> {
  try {
    await sealToMember(receivingKey, 'tidegate-probe', new Uint8Array(1));
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

function publicKeyOf(receivingKey: Uint8Array): Promise<webcrypto.CryptoKey> {
  return suite.kem.deserializePublicKey(Uint8Array.from(receivingKey));
}
