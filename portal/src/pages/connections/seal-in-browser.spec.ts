import { describe, expect, it } from 'vitest';
import { openCredential } from '../../../../src/contract/open-credential.js';
import { sealingKeyId } from '../../../../src/contract/sealed-credential.js';
import { createTidegateClient } from '../../../../src/client/tidegate-client.js';
import { sealInBrowser } from './seal-in-browser.js';

const base64 = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('base64');

async function gatewayKey() {
  const algorithm = { name: 'RSA-OAEP', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' };
  const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
  const { n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const publicKey = { modulus: base64(n), exponent: base64(e) };
  return { privateKey: pair.privateKey, publicKey, keyId: await sealingKeyId(publicKey) };
}

function clientAnswering(body: unknown) {
  const sent: string[] = [];
  const client = createTidegateClient({
    baseUrl: 'https://tidegate.example',
    token: async () => 'token',
    fetch: async (request) => {
      sent.push(`${request.url} ${await request.text()}`);
      return Response.json(body);
    },
  });
  return { client, sent };
}

describe('sealing in the browser', () => {
  it('seals to the key whose fingerprint was shown, and sends nothing of it', async () => {
    const { privateKey, publicKey, keyId } = await gatewayKey();
    const { client, sent } = clientAnswering({ publicKey, keyId });
    const pairs = () => [{ name: 'password', value: 'correct horse' }];
    const sealed = await sealInBrowser(client, { gatewayId: 'g', shownKeyId: keyId }, pairs);
    expect((await openCredential(sealed.encryptedCredentials, privateKey)).get('password')).toBe('correct horse');
    expect(sent).toEqual(['https://tidegate.example/v1/gateways/g ']);
  });

  it('does not touch what was typed when the key is another one than was shown', async () => {
    const [shown, other] = await Promise.all([gatewayKey(), gatewayKey()]);
    const fail = () => {
      throw new Error('taken');
    };
    const goal = { gatewayId: 'g', shownKeyId: shown.keyId };
    const changed = clientAnswering({ publicKey: other.publicKey, keyId: other.keyId });
    await expect(sealInBrowser(changed.client, goal, fail)).rejects.toThrow(/changed while you typed/);
    const lying = clientAnswering({ publicKey: other.publicKey, keyId: shown.keyId });
    await expect(sealInBrowser(lying.client, goal, fail)).rejects.toThrow(/does not belong to the key/);
  });
});
