import type { webcrypto } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';

/**
 * HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, empty additional data.
 * On the wire: encapsulated key (32 bytes) followed by the ciphertext, base64url.
 */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The library's own types speak of a browser's global CryptoKey, which Node's types do not have. */
interface Kem {
  generateKeyPair(): Promise<webcrypto.CryptoKeyPair>;
  deriveKeyPair(material: ArrayBuffer): Promise<webcrypto.CryptoKeyPair>;
  serializePublicKey(key: webcrypto.CryptoKey): Promise<ArrayBuffer>;
  serializePrivateKey(key: webcrypto.CryptoKey): Promise<ArrayBuffer>;
  deserializePublicKey(bytes: ArrayBuffer): Promise<webcrypto.CryptoKey>;
  deserializePrivateKey(bytes: ArrayBuffer): Promise<webcrypto.CryptoKey>;
}
const kem = suite.kem as unknown as Kem;

const ENCAPSULATED_BYTES = 32;
const TAG_BYTES = 16;

/** Something sealed that does not open: another key, another use, or changed on the way. Says no more on purpose. */
export class HpkeError extends Error {
  override readonly name = 'HpkeError';
}

export interface ReceivingPair {
  readonly privateKey: webcrypto.CryptoKey;
  /** 32 raw bytes. */
  readonly publicKey: Uint8Array;
}

export async function generateReceivingPair(): Promise<ReceivingPair> {
  return describePair(await kem.generateKeyPair());
}

/** The pair that follows from keying material (RFC 9180, DeriveKeyPair). */
export async function deriveReceivingPair(material: Uint8Array): Promise<ReceivingPair> {
  return describePair(await kem.deriveKeyPair(toArrayBuffer(material)));
}

/** 32 raw bytes of the private half, for the key store. */
export async function exportPrivate(pair: Pick<ReceivingPair, 'privateKey'>): Promise<Uint8Array> {
  return new Uint8Array(await kem.serializePrivateKey(pair.privateKey));
}

export async function importPrivate(bytes: Uint8Array): Promise<webcrypto.CryptoKey> {
  return kem.deserializePrivateKey(toArrayBuffer(bytes));
}

export async function hpkeSeal(publicKey: Uint8Array, info: string, plain: Uint8Array): Promise<string> {
  const recipientPublicKey = await kem.deserializePublicKey(toArrayBuffer(publicKey));
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: encode(info) }, toArrayBuffer(plain));
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]).toString('base64url');
}

/** @throws HpkeError */
export async function hpkeOpen(privateKey: webcrypto.CryptoKey, info: string, sealed: string): Promise<Buffer> {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < ENCAPSULATED_BYTES + TAG_BYTES) throw new HpkeError('too short to be sealed');
  try {
    const enc = toArrayBuffer(bytes.subarray(0, ENCAPSULATED_BYTES));
    const recipient = { recipientKey: privateKey, enc, info: encode(info) };
    return Buffer.from(await suite.open(recipient, toArrayBuffer(bytes.subarray(ENCAPSULATED_BYTES))));
  } catch (cause) {
    throw new HpkeError('does not open under this key and for this use', { cause });
  }
}

async function describePair(pair: webcrypto.CryptoKeyPair): Promise<ReceivingPair> {
  return {
    privateKey: pair.privateKey,
    publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
  };
}

function encode(text: string): ArrayBuffer {
  return toArrayBuffer(new TextEncoder().encode(text));
}

/** A copy of exactly these bytes: a Buffer's own `.buffer` may be the shared pool. */
function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
