import { randomBytes, webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { openCredential } from './open-credential.js';
import type { SealingPublicKey } from './registration.js';
import { checkSealedShape, sealCredential, SealError, sealingKeyId, type CredentialPair } from './sealed-credential.js';

const MODULUS_BYTES = 256;
/** Where the second base64 text begins for a 2048-bit key. */
const BLOB_AT = 344;

async function makeKey(bits: number): Promise<{ publicKey: SealingPublicKey; privateKey: webcrypto.CryptoKey }> {
  const algorithm = {
    name: 'RSA-OAEP',
    hash: 'SHA-256',
    modulusLength: bits,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const { n, e } = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
  const base64 = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
  return { publicKey: { modulus: base64(n!), exponent: base64(e!) }, privateKey: pair.privateKey };
}

/** Seals any plaintext, with any key lengths and header, as a writer that follows other rules might. */
async function sealRaw(
  key: SealingPublicKey,
  plain: Uint8Array<ArrayBuffer>,
  form: { codes?: number[]; macBytes?: number; header?: number[] } = {},
): Promise<string> {
  const { subtle } = webcrypto;
  const { codes = [0, 1], macBytes = 64, header = [0, 0] } = form;
  const [encryptionKey, macKey, iv] = [randomBytes(32), randomBytes(macBytes), randomBytes(16)];
  const aes = await subtle.importKey('raw', encryptionKey, 'AES-CBC', false, ['encrypt']);
  const hmac = await subtle.importKey('raw', macKey, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const cipher = Buffer.from(await subtle.encrypt({ name: 'AES-CBC', iv }, aes, plain));
  const tag = Buffer.from(await subtle.sign('HMAC', hmac, Buffer.concat([Buffer.from(header), iv, cipher])));
  const jwk = {
    kty: 'RSA',
    n: Buffer.from(key.modulus, 'base64').toString('base64url'),
    e: Buffer.from(key.exponent, 'base64').toString('base64url'),
  };
  const rsa = await subtle.importKey('jwk', jwk, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['encrypt']);
  const wrapped = await subtle.encrypt('RSA-OAEP', rsa, Buffer.concat([Buffer.from(codes), encryptionKey, macKey]));
  const blob = Buffer.concat([Buffer.from(header), tag, iv, cipher]);
  return Buffer.from(wrapped).toString('base64') + blob.toString('base64');
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const basic: CredentialPair[] = [
  { name: 'username', value: 'CONTOSO\\svc' },
  { name: 'password', value: 'p"ä\\ß\u0000🔑' },
];

let key: Awaited<ReturnType<typeof makeKey>>;
beforeAll(async () => {
  key = await makeKey(2048);
});

describe('a sealed credential', () => {
  it('opens to what was sealed, names in lower case', async () => {
    const text = await sealCredential(key.publicKey, [...basic, { name: 'RefreshToken', value: '' }]);
    const fields = await openCredential(text, key.privateKey);
    expect([...fields]).toEqual([...basic.map(({ name, value }) => [name, value]), ['refreshtoken', '']]);
  });

  it('carries any text of any language', async () => {
    const pairs = fc.uniqueArray(
      fc.record({
        name: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
        value: fc.string({ unit: 'binary' }),
      }),
      { selector: ({ name }) => name.toLowerCase(), maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(pairs, async (list) => {
        const text = await sealCredential(key.publicKey, list);
        expect(() => checkSealedShape(text, MODULUS_BYTES)).not.toThrow();
        const fields = await openCredential(text, key.privateKey);
        expect([...fields]).toEqual(list.map(({ name, value }) => [name.toLowerCase(), value]));
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when any single byte of it is changed', async () => {
    const text = await sealCredential(key.publicKey, basic);
    const halves = [Buffer.from(text.slice(0, BLOB_AT), 'base64'), Buffer.from(text.slice(BLOB_AT), 'base64')];
    const total = halves[0]!.length + halves[1]!.length;
    await fc.assert(
      fc.asyncProperty(fc.nat(total - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = halves.map((half) => Buffer.from(half));
        const [wrapped, blob] = [changed[0]!, changed[1]!];
        if (at < wrapped.length) wrapped[at]! ^= mask;
        else blob[at - wrapped.length]! ^= mask;
        const forged = wrapped.toString('base64') + blob.toString('base64');
        await expect(openCredential(forged, key.privateKey)).rejects.toThrow(SealError);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when characters are added, removed or replaced', async () => {
    const text = await sealCredential(key.publicKey, basic);
    const odd = fc.constantFrom('', ' ', '\n', '=', '-', '_', 'A', 'é', '\u0000');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(2), odd, async (at, removed, inserted) => {
        const changed = text.slice(0, at) + inserted + text.slice(at + removed);
        fc.pre(changed !== text);
        await expect(openCredential(changed, key.privateKey)).rejects.toThrow(SealError);
      }),
      { numRuns: 300 },
    );
  });

  it('fails with one and the same message whatever is wrong', async () => {
    const other = await makeKey(2048);
    const text = await sealCredential(key.publicKey, basic);
    const tagBroken = text.slice(0, BLOB_AT + 8) + (text[BLOB_AT + 8] === 'A' ? 'B' : 'A') + text.slice(BLOB_AT + 9);
    const attempts: [string, webcrypto.CryptoKey][] = [
      [text, other.privateKey],
      [tagBroken, key.privateKey],
      ['', key.privateKey],
      [await sealRaw(key.publicKey, utf8('{"credentialData":"x"}')), key.privateKey],
      [await sealRaw(key.publicKey, utf8('not JSON: hunter2')), key.privateKey],
    ];
    const failures = await Promise.all(
      attempts.map(([sealed, privateKey]) => openCredential(sealed, privateKey).catch((error: unknown) => error)),
    );
    for (const failure of failures) expect(failure).toBeInstanceOf(SealError);
    expect(new Set(failures.map((failure) => (failure as Error).message)).size).toBe(1);
    expect(JSON.stringify(failures.map((failure) => String((failure as Error).cause)))).not.toContain('hunter2');
  });
});

describe('the content of a sealed credential', () => {
  const open = async (plain: Uint8Array<ArrayBuffer>, form = {}): Promise<Map<string, string>> =>
    openCredential(await sealRaw(key.publicKey, plain, form), key.privateKey);

  it('may be an empty text, as some writers say "no sign-in"', async () => {
    expect((await open(utf8('{"credentialData":""}'))).size).toBe(0);
  });

  it('may come under a MAC key of 32 bytes', async () => {
    expect((await open(utf8('{"credentialData":[]}'), { codes: [0, 0], macBytes: 32 })).size).toBe(0);
  });

  it.each([
    ['lengths that do not fit their codes', { codes: [0, 0] }],
    ['an encryption key of 64 bytes', { codes: [1, 1] }],
    ['an unknown length code', { codes: [0, 2] }],
    ['another cipher', { header: [1, 0] }],
    ['a MAC that nobody writes', { header: [0, 1] }],
  ])('is refused with %s', async (_, form) => {
    await expect(open(utf8('{"credentialData":[]}'), form)).rejects.toThrow(SealError);
  });

  it.each([
    '{"credentialData":[{"name":"password","value":"a"b"}]}',
    '{"credentialData":[{"name":"password","value":1}]}',
    '{"credentialData":[{"name":"password"}]}',
    '{"credentialData":[{"name":"","value":"x"}]}',
    '{"credentialData":[{"name":"key","value":"1"},{"name":"KEY","value":"2"}]}',
    '{"credentialData":null}',
    '{"credentialData":[],"more":1}',
    '{}',
    '[]',
    'null',
    '',
  ])('is refused as %s', async (plain) => {
    await expect(open(utf8(plain))).rejects.toThrow(SealError);
  });

  it('is refused with a byte order mark and as broken UTF-8', async () => {
    await expect(open(utf8('\uFEFF{"credentialData":[]}'))).rejects.toThrow(SealError);
    const broken = utf8('{"credentialData":[{"name":"key","value":"?"}]}');
    broken[broken.indexOf(63)] = 0xff;
    await expect(open(broken)).rejects.toThrow(SealError);
  });
});

describe('a sealing key', () => {
  it('of 1024 bits is refused', async () => {
    const { publicKey } = await makeKey(1024);
    await expect(sealCredential(publicKey, [])).rejects.toThrow('2048 to 4096 bits');
  });

  it('of 3072 bits seals what it opens', async () => {
    const { publicKey, privateKey } = await makeKey(3072);
    const text = await sealCredential(publicKey, basic);
    expect(() => checkSealedShape(text, 384)).not.toThrow();
    expect(() => checkSealedShape(text, MODULUS_BYTES)).toThrow(SealError);
    expect((await openCredential(text, privateKey)).get('password')).toBe(basic[1]!.value);
  });

  it('refuses a credential longer than an envelope carries', async () => {
    await expect(sealCredential(key.publicKey, [{ name: 'key', value: 'x'.repeat(50_000) }])).rejects.toThrow(
      'too long',
    );
  });

  it.each([
    ['a leading zero byte', (good: SealingPublicKey) => ({ ...good, modulus: prefixed(good.modulus) })],
    ['an even exponent', (good: SealingPublicKey) => ({ ...good, exponent: 'AQAC' })],
    ['the exponent 3', (good: SealingPublicKey) => ({ ...good, exponent: 'Aw==' })],
    ['text that is not base64', (good: SealingPublicKey) => ({ ...good, modulus: `${good.modulus.slice(0, -2)}??` })],
  ])('is refused with %s', async (_, change) => {
    await expect(sealCredential(change(key.publicKey), [])).rejects.toThrow(SealError);
    await expect(sealingKeyId(change(key.publicKey))).rejects.toThrow(SealError);
  });

  it('is named by its RFC 7638 thumbprint', async () => {
    // Key and thumbprint of RFC 7638, section 3.1.
    const n =
      '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3okn' +
      'jhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6q' +
      'MQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awap' +
      'JzKnqDKgw';
    const modulus = Buffer.from(n, 'base64url').toString('base64');
    expect(await sealingKeyId({ modulus, exponent: 'AQAB' })).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});

function prefixed(modulus: string): string {
  return Buffer.concat([Buffer.from([0]), Buffer.from(modulus, 'base64')]).toString('base64');
}
