import {
  createHash,
  createPublicKey,
  randomBytes,
  sign as signMessage,
  generateKeyPairSync,
  verify,
} from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import type { AccessToken, TokenCredential } from '@azure/identity';
import { CryptographyClient, KeyClient, type JsonWebKey, type KeyVaultKey } from '@azure/keyvault-keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KeyVaultStandIn, VAULT_AUDIENCE } from '../../src/dev-stack/key-vault.js';
import { signDigest, verifyDigest } from '../../src/dev-stack/key-vault/p256.js';
import { CONTROL_PLANE_CLIENT_ID, TENANTS, USERS } from '../../src/dev-stack/seed-data.js';
import { StandInFixture } from '../support/stand-ins.js';

const CONTOSO = TENANTS[0]!.id;

let fixture: StandInFixture;
let vault: KeyVaultStandIn;
let keys: KeyClient;
let asked: { scopes: unknown; tenantId: unknown }[] = [];

const credential: TokenCredential = {
  getToken: async (scopes, options): Promise<AccessToken> => {
    asked.push({ scopes, tenantId: options?.tenantId });
    return { token: await fixture.identity.mint(app()), expiresOnTimestamp: Date.now() + 3_000_000 };
  },
};
const app = () => ({ tenantId: CONTOSO, subject: CONTROL_PLANE_CLIENT_ID, audience: VAULT_AUDIENCE });
const options = () => ({ disableChallengeResourceVerification: true, tlsOptions: { ca: fixture.ca.caPem } });
const crypto = (key: KeyVaultKey | string) => new CryptographyClient(key, credential, options());
const sha256 = (text: string) => createHash('sha256').update(text).digest();

function newVault(): KeyVaultStandIn {
  const { identity, certificate, folder } = fixture;
  return new KeyVaultStandIn({ identity, certificate, folder: join(folder, 'vault') });
}

function publicKey(key: JsonWebKey | undefined) {
  const text = (bytes?: Uint8Array) => (bytes ? Buffer.from(bytes).toString('base64url') : undefined);
  const jwk = { kty: key?.kty, crv: key?.crv, n: text(key?.n), e: text(key?.e), x: text(key?.x), y: text(key?.y) };
  return createPublicKey({ key: JSON.parse(JSON.stringify(jwk)), format: 'jwk' });
}

/** A request past the client. @returns the status */
async function post(url: string, body: unknown): Promise<number | undefined> {
  const token = await fixture.identity.mint(app());
  return new Promise((done, fail) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    request(url, { method: 'POST', headers, ca: fixture.ca.caPem, agent: false }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .on('error', fail)
      .end(JSON.stringify(body));
  });
}

beforeAll(async () => {
  fixture = await StandInFixture.start();
  vault = newVault();
  await vault.start();
  keys = new KeyClient(vault.url, credential, options());
});

afterAll(async () => {
  await vault.stop();
  await fixture.stop();
});

describe('the key client', () => {
  it('is told where to sign in, and asks for a token for the vault', async () => {
    asked = [];
    await keys.createEcKey('challenge', { curve: 'P-256' });
    expect(asked[0]).toMatchObject({ tenantId: CONTOSO });
    expect([asked[0]?.scopes].flat()).toEqual([`${VAULT_AUDIENCE}/.default`]);
  });

  it.each([2048, 3072, 4096])('makes RSA keys of %i bits', async (keySize) => {
    const { key, id, name } = await keys.createRsaKey(`rsa-${keySize}`, { keySize, tags: { use: 'test' } });
    expect({ name, bits: key?.n && key.n.length * 8, d: key?.d }).toEqual({ name: `rsa-${keySize}`, bits: keySize });
    expect(id).toMatch(new RegExp(`^${vault.url}/keys/rsa-${keySize}/[0-9a-f]{32}$`));
  });

  it('gets the newest version, an older one, and lists both', async () => {
    const first = await keys.createEcKey('versions', { curve: 'P-256', tags: { 'tidegate-generation': '1' } });
    const second = await keys.rotateKey('versions');
    expect(second.properties.version).not.toBe(first.properties.version);
    expect((await keys.getKey('versions')).id).toBe(second.id);
    const old = await keys.getKey('versions', { version: first.properties.version! });
    expect({ id: old.id, tags: old.properties.tags }).toEqual({ id: first.id, tags: { 'tidegate-generation': '1' } });

    const listed: (string | undefined)[] = [];
    for await (const { version } of keys.listPropertiesOfKeyVersions('versions')) listed.push(version);
    expect(listed.sort()).toEqual([first.properties.version, second.properties.version].sort());
    const names: string[] = [];
    for await (const { name } of keys.listPropertiesOfKeys()) names.push(name);
    expect(names).toContain('versions');
  });

  it('updates, deletes, recovers and purges', async () => {
    await keys.createEcKey('changing', { curve: 'P-256' });
    const { properties } = await keys.getKey('changing');
    const updated = await keys.updateKeyProperties('changing', properties.version!, {
      tags: { a: 'b' },
      enabled: false,
    });
    expect(updated.properties).toMatchObject({ tags: { a: 'b' }, enabled: false });

    await (await keys.beginDeleteKey('changing', { intervalInMs: 5 })).pollUntilDone();
    await expect(keys.getKey('changing')).rejects.toMatchObject({ statusCode: 404 });
    await expect(keys.createEcKey('changing', { curve: 'P-256' })).rejects.toMatchObject({ statusCode: 409 });
    await (await keys.beginRecoverDeletedKey('changing', { intervalInMs: 5 })).pollUntilDone();
    expect((await keys.getKey('changing')).properties.tags).toEqual({ a: 'b' });
    await (await keys.beginDeleteKey('changing', { intervalInMs: 5 })).pollUntilDone();
    await keys.purgeDeletedKey('changing');
    await keys.createEcKey('changing', { curve: 'P-256' });
  });

  it('answers 404 in the shape of the service for a key that is not there', async () => {
    await expect(keys.getKey('nothing')).rejects.toMatchObject({ statusCode: 404, code: 'KeyNotFound' });
  });
});

describe('the cryptography client', () => {
  it('wraps and unwraps with RSA-OAEP-256, and refuses what was changed', async () => {
    const key = await keys.createRsaKey('wrapping', { keySize: 3072, keyOps: ['wrapKey', 'unwrapKey'] });
    const plain = randomBytes(32);
    const { result } = await crypto(key.id!).wrapKey('RSA-OAEP-256', plain);
    expect(Buffer.from((await crypto(key.id!).unwrapKey('RSA-OAEP-256', result)).result)).toEqual(plain);

    result[7] = result[7]! ^ 1;
    await expect(crypto(key.id!).unwrapKey('RSA-OAEP-256', result)).rejects.toMatchObject({ statusCode: 400 });
    // The client itself refuses what the key is not for; a client that does not is refused by the vault.
    expect(await post(`${key.id!}/decrypt`, { alg: 'RSA-OAEP-256', value: 'AA' })).toBe(403);
    expect(await post(`${key.id!}/decrypt`, { alg: 'RSA-OAEP-256', value: 'x'.repeat(100_000) })).toBe(413);
    expect(await post(`${key.id!}/unwrapkey`, { alg: 'RSA-OAEP-256' })).toBe(400);
  });

  it('encrypts and decrypts', async () => {
    const { id } = await keys.createRsaKey('encrypting', { keySize: 2048 });
    const { result } = await crypto(id!).encrypt('RSA-OAEP-256', Buffer.from('tide'));
    expect(Buffer.from((await crypto(id!).decrypt('RSA-OAEP-256', result)).result).toString()).toBe('tide');
  });

  it('signs with ES256: OpenSSL accepts it, and so does the vault', async () => {
    const key = await keys.createEcKey('signing-ec', { curve: 'P-256' });
    const { result } = await crypto(key.id!).sign('ES256', sha256('tide'));

    expect(result).toHaveLength(64);
    const check = { key: publicKey(key.key), dsaEncoding: 'ieee-p1363' as const };
    expect(verify('sha256', Buffer.from('tide'), check, result)).toBe(true);
    expect((await crypto(key.id!).verify('ES256', sha256('tide'), result)).result).toBe(true);
    expect((await crypto(key.id!).verify('ES256', sha256('ebb'), result)).result).toBe(false);
  });

  it('signs with RS256: OpenSSL accepts it, and so does the vault', async () => {
    const key = await keys.createRsaKey('signing-rsa', { keySize: 2048 });
    const { result } = await crypto(key.id!).sign('RS256', sha256('tide'));

    expect(verify('sha256', Buffer.from('tide'), publicKey(key.key), result)).toBe(true);
    expect((await crypto(key.id!).verify('RS256', sha256('tide'), result)).result).toBe(true);
    expect((await crypto(key.id!).verify('RS256', sha256('ebb'), result)).result).toBe(false);
  });

  it('refuses a disabled key, a wrong algorithm and a digest of another length', async () => {
    const key = await keys.createEcKey('refusing', { curve: 'P-256' });
    await expect(crypto(key.id!).sign('ES256', randomBytes(20))).rejects.toMatchObject({ statusCode: 400 });
    await expect(crypto(key.id!).sign('RS256', sha256(''))).rejects.toMatchObject({ statusCode: 400 });
    await keys.updateKeyProperties('refusing', key.properties.version!, { enabled: false });
    await expect(crypto(key.id!).sign('ES256', sha256(''))).rejects.toMatchObject({ statusCode: 403 });
  });
});

describe('ECDSA over digests', () => {
  it('agrees with OpenSSL both ways', () => {
    for (let round = 0; round < 10; round += 1) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const message = randomBytes(round);
      const digest = createHash('sha256').update(message).digest();
      const { d = '', x = '', y = '' } = pair.privateKey.export({ format: 'jwk' });
      const point = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
      const ours = signDigest(Buffer.from(d, 'base64url'), digest);
      expect(verify('sha256', message, { key: pair.publicKey, dsaEncoding: 'ieee-p1363' }, ours)).toBe(true);
      const theirs = signMessage('sha256', message, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
      expect(verifyDigest(point, digest, theirs)).toBe(true);
      theirs[40] = theirs[40]! ^ 1;
      expect(verifyDigest(point, digest, theirs)).toBe(false);
      expect(verifyDigest(point, digest, Buffer.alloc(64))).toBe(false);
    }
  });
});

describe('the vault', () => {
  it('refuses people, other audiences and broken tokens', async () => {
    const tokens = {
      audience: { ...app(), audience: 'https://graph.microsoft.com' },
      expired: { ...app(), claims: { exp: 1 } },
      foreign: { ...app(), signature: 'foreign' as const },
      person: { tenantId: CONTOSO, subject: USERS[0]!.username, audience: VAULT_AUDIENCE },
    };
    for (const [what, odd] of Object.entries(tokens)) {
      const token = await fixture.identity.mint(odd);
      const client = new KeyClient(
        vault.url,
        { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_000_000 }) },
        { ...options(), retryOptions: { maxRetries: 0 } },
      );
      const expected = { what, statusCode: what === 'person' ? 403 : 401 };
      const refusal = await client.getKey('versions').catch((error: { statusCode: number }) => error);
      expect({ what, statusCode: (refusal as { statusCode?: number }).statusCode }).toEqual(expected);
    }
  });

  it('keeps keys and address over a restart, in a file that only the owner reads, and never tells a private half', async () => {
    const made = await keys.createRsaKey('kept', { keySize: 2048 });
    const wrapped = await crypto(made.id!).wrapKey('RSA-OAEP-256', Buffer.from('kept'));
    await vault.stop();
    vault = newVault();
    await vault.start();

    const found = await keys.getKey('kept');
    expect(found.id).toBe(made.id);
    const opened = await crypto(made.id!).unwrapKey('RSA-OAEP-256', wrapped.result);
    expect(Buffer.from(opened.result).toString()).toBe('kept');
    const file = join(fixture.folder, 'vault', 'keys.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('"d"');
    const { d, p, q, dp, dq, qi } = found.key ?? {};
    expect({ d, p, q, dp, dq, qi }).toEqual({});
  });
});
