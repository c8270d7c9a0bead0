import { createPrivateKey, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openCredential } from '../../src/contract/open-credential.js';
import { checkSealedShape, SealError, sealingModulusBytes, splitSealed } from '../../src/contract/sealed-credential.js';
import type { SealingPublicKey } from '../../src/contract/registration.js';

interface Vector {
  readonly id: string;
  readonly keyBits: number;
  readonly scheme: string;
  readonly plaintext?: string;
  readonly encrypted: string;
  readonly aeBlobHex?: string;
}
interface Vectors {
  readonly keys: Readonly<Record<string, { publicKey: SealingPublicKey; privateKeyPkcs8Pem: string }>>;
  readonly vectors: readonly Vector[];
  readonly negative: readonly Vector[];
}

const file = readFileSync(new URL('credential-vectors.json', import.meta.url), 'utf8');
const { keys, vectors, negative } = JSON.parse(file) as Vectors;
const hybrid = vectors.filter(({ scheme }) => scheme === 'hybrid');
const segmented = vectors.filter(({ scheme }) => scheme !== 'hybrid');

async function privateKey(bits: number): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(keys[bits]!.privateKeyPkcs8Pem).export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['decrypt']);
}

function fieldsOf(plaintext: string): [string, string][] {
  const { credentialData } = JSON.parse(plaintext) as { credentialData: { name: string; value: string }[] };
  return credentialData.map(({ name, value }) => [name.toLowerCase(), value]);
}

describe('sealed credentials of other writers', () => {
  it('has every kind of vector', () => {
    expect([hybrid.length, segmented.length, negative.length]).toEqual([10, 5, 3]);
  });

  it.each(hybrid)('opens $id', async ({ encrypted, keyBits, plaintext }) => {
    expect([...(await openCredential(encrypted, await privateKey(keyBits)))]).toEqual(fieldsOf(plaintext!));
  });

  it.each(hybrid)('finds the shape of $id right', ({ encrypted, keyBits }) => {
    const modulusBytes = sealingModulusBytes(keys[keyBits]!.publicKey);
    expect(modulusBytes).toBe(keyBits / 8);
    expect(() => checkSealedShape(encrypted, modulusBytes)).not.toThrow();
  });

  it.each(segmented)('refuses $id, a form for keys that are too short', async ({ encrypted, keyBits }) => {
    await expect(openCredential(encrypted, await privateKey(keyBits))).rejects.toThrow(SealError);
    expect(() => checkSealedShape(encrypted, keyBits / 8)).toThrow(SealError);
  });

  it.each(negative)('refuses $id', async ({ encrypted, keyBits }) => {
    await expect(openCredential(encrypted, await privateKey(keyBits))).rejects.toThrow(SealError);
  });

  it('refuses a 1024-bit key before it reads anything', () => {
    expect(() => sealingModulusBytes(keys[1024]!.publicKey)).toThrow(SealError);
  });

  it.each(hybrid.filter(({ aeBlobHex }) => aeBlobHex !== undefined))(
    'splits $id where its writer joined it',
    (vector) => {
      const { blob } = splitSealed(vector.encrypted, vector.keyBits / 8);
      expect(Buffer.from(blob).toString('hex')).toBe(vector.aeBlobHex);
    },
  );
});
