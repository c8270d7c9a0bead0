import type { SealingPublicKey } from './registration.js';

/**
 * The envelope in which a credential travels from the person who types it to the agent that uses it.
 *
 * Layout: base64(wrapped) followed by base64(blob), two padded strings without a separator; the first is
 * 4·⌈k/3⌉ characters long for a modulus of k bytes. `wrapped` = RSA-OAEP (SHA-256, empty label) over
 * key-length codes 2 · encryption key 32 · MAC key 64. `blob` = cipher id 1 · MAC id 1 · tag 32 · IV 16 · AES-256-CBC
 * with PKCS#7; the tag is HMAC-SHA256 over everything of the blob but itself.
 *
 * It is the form that existing clients of the gateway's public APIs write, so it cannot be changed here. It binds
 * nothing but itself: which connection and address it belongs to is enforced by whoever stores and opens it.
 *
 * WebCrypto only: the same file seals in the browser and in the command line. Opening lives in `open-credential.ts`.
 */

/** One field of a credential, such as `username`. */
export interface CredentialPair {
  readonly name: string;
  readonly value: string;
}

/** Longest sealed text accepted, in characters: an envelope carries it in every request. */
export const MAX_SEALED_LENGTH = 65_536;

/** 2048 bits. Shorter keys belong to an older form of the envelope that is not served. */
const MIN_MODULUS_BYTES = 256;
/** 4096 bits: a longer key only costs the agent time. */
const MAX_MODULUS_BYTES = 512;

export const HEADER_BYTES = 2;
export const TAG_BYTES = 32;
export const IV_BYTES = 16;
const BLOCK_BYTES = 16;
const ENCRYPTION_KEY_BYTES = 32;
const MAC_KEY_BYTES = 64;
/** Codes for the lengths of the two keys: 0 = 32 bytes, 1 = 64 bytes. */
const KEY_LENGTH_CODES = [0, 1];

type Bytes = Uint8Array<ArrayBuffer>;

/** A key of WebCrypto, named so that the type exists both with a browser's types and with Node's. */
export type WebCryptoKey = Parameters<typeof crypto.subtle.exportKey>[1];

/** A credential that cannot be sealed, read or opened. Says the same for every cause while reading, so that it is no oracle. */
export class SealError extends Error {
  override readonly name = 'SealError';

  constructor(message = 'The sealed credential is not readable.', options?: ErrorOptions) {
    super(message, options);
  }
}

/** The two halves of a sealed text. `blob` has a supported header and whole cipher blocks; nothing in it is proven. */
export interface SealedParts {
  readonly wrapped: Bytes;
  readonly blob: Bytes;
}

/**
 * Seals a credential to a gateway's public key.
 *
 * @throws SealError when the key is not an RSA key of 2048 to 4096 bits or the credential is too long
 */
export async function sealCredential(publicKey: SealingPublicKey, pairs: readonly CredentialPair[]): Promise<string> {
  const sealingKey = await importSealingPublicKey(publicKey);
  const plain = JSON.stringify({ credentialData: pairs.map(({ name, value }) => ({ name, value })) });
  const keys = crypto.getRandomValues(new Uint8Array(ENCRYPTION_KEY_BYTES + MAC_KEY_BYTES));
  try {
    const blob = await encrypt(keys, new TextEncoder().encode(plain));
    const wrapped = await crypto.subtle.encrypt(
      { name: 'RSA-OAEP' },
      sealingKey,
      concat(Uint8Array.from(KEY_LENGTH_CODES), keys),
    );
    const text = toBase64(new Uint8Array(wrapped)) + toBase64(blob);
    if (text.length > MAX_SEALED_LENGTH) throw new SealError('The credential is too long to be sealed.');
    return text;
  } finally {
    keys.fill(0);
  }
}

/**
 * Checks everything about a sealed text that can be seen without the private key.
 *
 * @param modulusBytes length of the gateway's modulus: 384 for 3072 bits
 * @throws SealError
 */
export function checkSealedShape(text: string, modulusBytes: number): void {
  splitSealed(text, modulusBytes);
}

/**
 * Splits a sealed text into its halves and checks their layout.
 *
 * Only MAC id 0 (HMAC-SHA256) is read. Two longer MACs have ids, but no known client writes them, and a path without a
 * writer is a path nobody tests.
 *
 * @throws SealError
 */
export function splitSealed(text: string, modulusBytes: number): SealedParts {
  if (!isModulusLength(modulusBytes) || text.length > MAX_SEALED_LENGTH) throw new SealError();
  const splitAt = 4 * Math.ceil(modulusBytes / 3);
  const wrapped = fromBase64(text.slice(0, splitAt));
  const blob = fromBase64(text.slice(splitAt));
  const cipherBytes = blob.length - HEADER_BYTES - TAG_BYTES - IV_BYTES;
  const whole = cipherBytes >= BLOCK_BYTES && cipherBytes % BLOCK_BYTES === 0;
  if (wrapped.length !== modulusBytes || !whole || blob[0] !== 0 || blob[1] !== 0) throw new SealError();
  return { wrapped, blob };
}

/**
 * Imports a gateway's public key for sealing.
 *
 * @throws SealError when it is not an RSA key of 2048 to 4096 bits
 */
export async function importSealingPublicKey(publicKey: SealingPublicKey): Promise<WebCryptoKey> {
  const jwk = { ...publicJwk(publicKey), alg: 'RSA-OAEP-256', ext: true };
  try {
    return await crypto.subtle.importKey('jwk', jwk, { name: 'RSA-OAEP', hash: 'SHA-256' }, true, ['encrypt']);
  } catch (cause) {
    throw new SealError('The public key of the gateway cannot be used.', { cause });
  }
}

/**
 * Names a sealing key: the SHA-256 thumbprint of its JWK, base64url.
 *
 * @throws SealError when it is not an RSA key of 2048 to 4096 bits
 * @see RFC 7638
 */
export async function sealingKeyId(publicKey: SealingPublicKey): Promise<string> {
  const { e, kty, n } = publicJwk(publicKey);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify({ e, kty, n })));
  return toBase64Url(new Uint8Array(digest));
}

/**
 * Length of a public key's modulus in bytes, for `checkSealedShape`.
 *
 * @throws SealError when it is not an RSA key of 2048 to 4096 bits
 */
export function sealingModulusBytes(publicKey: SealingPublicKey): number {
  const modulus = fromBase64(publicKey.modulus);
  const even = ((modulus.at(-1) ?? 0) & 1) === 0;
  if (!isModulusLength(modulus.length) || (modulus[0] ?? 0) < 0x80 || even) {
    throw new SealError('The public key of the gateway is not an RSA key of 2048 to 4096 bits.');
  }
  return modulus.length;
}

function publicJwk(publicKey: SealingPublicKey): { kty: 'RSA'; n: string; e: string } {
  sealingModulusBytes(publicKey);
  const exponent = fromBase64(publicKey.exponent);
  const odd = ((exponent.at(-1) ?? 0) & 1) === 1;
  // 3 is a valid exponent in theory; below 65537 no key is made today, and padding mistakes become exploitable.
  if (exponent.length < 3 || exponent.length > 4 || exponent[0] === 0 || !odd) {
    throw new SealError('The public key of the gateway has an unusable exponent.');
  }
  return { kty: 'RSA', n: toBase64Url(fromBase64(publicKey.modulus)), e: toBase64Url(exponent) };
}

async function encrypt(keys: Bytes, plain: Bytes): Promise<Bytes> {
  const { subtle } = crypto;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const encryptionKey = await subtle.importKey('raw', keys.subarray(0, ENCRYPTION_KEY_BYTES), 'AES-CBC', false, [
    'encrypt',
  ]);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const macKey = await subtle.importKey('raw', keys.subarray(ENCRYPTION_KEY_BYTES), hmac, false, ['sign']);
  const cipher = new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv }, encryptionKey, plain));
  const header = new Uint8Array(HEADER_BYTES);
  const tag = new Uint8Array(await subtle.sign('HMAC', macKey, concat(header, iv, cipher)));
  return concat(header, tag, iv, cipher);
}

function isModulusLength(bytes: number): boolean {
  return Number.isInteger(bytes) && bytes >= MIN_MODULUS_BYTES && bytes <= MAX_MODULUS_BYTES;
}

/** Joins byte arrays. */
export function concat(...parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Decodes only what an encoder would have written: `atob` alone forgives blanks, missing padding and stray bits. */
function fromBase64(text: string): Bytes {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new SealError(undefined, { cause });
  }
  if (btoa(binary) !== text) throw new SealError();
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
