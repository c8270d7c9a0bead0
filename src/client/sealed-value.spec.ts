import { describe, expect, it } from 'vitest';
import { openCredential } from '../contract/open-credential.js';
import { sealFor } from './sealed-value.js';
import { createTidegateClient } from './tidegate-client.js';

const base64 = (text: string | undefined) => Buffer.from(text ?? '', 'base64url').toString('base64');

describe('sealing with the client', () => {
  it('asks for the key of the gateway and sends nothing of the credential', async () => {
    const algorithm = {
      name: 'RSA-OAEP',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    };
    const pair = await crypto.subtle.generateKey(algorithm, true, ['encrypt', 'decrypt']);
    const { n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey);
    const sent: string[] = [];
    const client = createTidegateClient({
      baseUrl: 'https://tidegate.example',
      token: async () => 'token',
      fetch: async (request) => {
        sent.push(`${request.method} ${request.url} ${await request.text()}`);
        return Response.json({ publicKey: { modulus: base64(n), exponent: base64(e) }, keyId: 'key' });
      },
    });
    const value = await sealFor(client, 'g', [{ name: 'password', value: 'correct horse' }]);
    expect(value).toMatchObject({ gatewayId: 'g', keyId: 'key' });
    const opened = await openCredential(value.encryptedCredentials, pair.privateKey);
    expect(opened.get('password')).toBe('correct horse');
    expect(sent).toEqual(['GET https://tidegate.example/v1/gateways/g ']);
  });
});
