import { z } from 'zod';
import {
  concat,
  HEADER_BYTES,
  IV_BYTES,
  SealError,
  splitSealed,
  TAG_BYTES,
  type WebCryptoKey,
} from './sealed-credential.js';

/** Key-length codes of the wrapped keys: code → bytes. */
const MAC_KEY_BYTES: Readonly<Record<number, number>> = { 0: 32, 1: 64 };
const ENCRYPTION_KEY_BYTES = 32;

/** A source needs a handful of fields; more is a mistake or an attempt to fill memory. */
const MAX_PAIRS = 32;

/** Some writers send an empty text instead of an empty list for a source without sign-in. */
const plaintextSchema = z.strictObject({
  credentialData: z.union([
    z.literal('').transform(() => []),
    z.array(z.strictObject({ name: z.string().min(1).max(128), value: z.string() })).max(MAX_PAIRS),
  ]),
});

/**
 * Opens a sealed credential with the gateway's private key. For the agent alone: nothing of the control plane may
 * import this file.
 *
 * @param privateKey RSA-OAEP with SHA-256, 2048 to 4096 bits, usable for `decrypt`
 * @returns the fields by lower-cased name: writers differ in case
 * @throws SealError, the same for every cause: wrong key, changed text, broken layout, broken content
 */
export async function openCredential(text: string, privateKey: WebCryptoKey): Promise<Map<string, string>> {
  const { modulusLength } = privateKey.algorithm as { modulusLength?: number };
  const { wrapped, blob } = splitSealed(text, (modulusLength ?? 0) / 8);
  let plain: ArrayBuffer | undefined;
  try {
    plain = await decrypt(wrapped, blob, privateKey);
    return parse(plain);
  } catch (cause) {
    if (cause instanceof SealError) throw cause;
    // The cause is left out: a parser's message quotes what it parsed.
    throw new SealError();
  } finally {
    if (plain) new Uint8Array(plain).fill(0);
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** The tag is checked before anything is deciphered: without it, CBC padding would answer questions about the plaintext. */
async function decrypt(wrapped: Bytes, blob: Bytes, privateKey: WebCryptoKey): Promise<ArrayBuffer> {
  const { subtle } = crypto;
  const keys = new Uint8Array(await subtle.decrypt({ name: 'RSA-OAEP' }, privateKey, wrapped));
  try {
    const macKeyBytes = MAC_KEY_BYTES[keys[1] ?? -1];
    if (keys[0] !== 0 || macKeyBytes === undefined || keys.length !== 2 + ENCRYPTION_KEY_BYTES + macKeyBytes) {
      throw new SealError();
    }
    const macAt = 2 + ENCRYPTION_KEY_BYTES;
    const ivAt = HEADER_BYTES + TAG_BYTES;
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const macKey = await subtle.importKey('raw', keys.subarray(macAt), hmac, false, ['verify']);
    const covered = concat(blob.subarray(0, HEADER_BYTES), blob.subarray(ivAt));
    // `verify` compares in constant time.
    if (!(await subtle.verify('HMAC', macKey, blob.subarray(HEADER_BYTES, ivAt), covered))) throw new SealError();

    const cipherAt = ivAt + IV_BYTES;
    const encryptionKey = await subtle.importKey('raw', keys.subarray(2, macAt), 'AES-CBC', false, ['decrypt']);
    const algorithm = { name: 'AES-CBC', iv: blob.subarray(ivAt, cipherAt) };
    return await subtle.decrypt(algorithm, encryptionKey, blob.subarray(cipherAt));
  } finally {
    keys.fill(0);
  }
}

/** Nothing is guessed: a writer that glued its JSON together and broke it on a quote in a password is refused. */
function parse(plain: ArrayBuffer): Map<string, string> {
  const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain));
  const { credentialData } = plaintextSchema.parse(json);
  const fields = new Map(credentialData.map(({ name, value }) => [name.toLowerCase(), value]));
  if (fields.size !== credentialData.length) throw new SealError();
  return fields;
}
