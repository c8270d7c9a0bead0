import '../not-in-production.js';
import { createPublicKey } from 'node:crypto';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
  type JWTPayload,
} from 'jose';
import { z } from 'zod';
import { readPrivateFile, writePrivateFile } from '../private-file.js';

const storedSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) });

/** Entra publishes the last key a while after it stopped signing with it, and so do we. */
const KEYS_KEPT = 2;

/** The provider's RS256 keys, newest first, kept in a private file. */
export class SigningKeys {
  private constructor(
    private readonly file: string,
    private keys: JWK[],
  ) {}

  static async load(file: string): Promise<SigningKeys> {
    const text = await readPrivateFile(file);
    const keys = new SigningKeys(file, text === undefined ? [] : storedSchema.parse(JSON.parse(text)).keys);
    if (text === undefined) await keys.rotate();
    return keys;
  }

  /** Private halves included. */
  get jwks(): { keys: JWK[] } {
    return { keys: structuredClone(this.keys) };
  }

  async rotate(): Promise<void> {
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    const jwk = await exportJWK(privateKey);
    const kid = await calculateJwkThumbprint(jwk);
    this.keys = [{ ...jwk, kid, use: 'sig', alg: 'RS256' }, ...this.keys].slice(0, KEYS_KEPT);
    await writePrivateFile(this.file, JSON.stringify({ keys: this.keys }));
  }

  async sign(claims: JWTPayload, header: { kid?: string; typ?: string } = {}): Promise<string> {
    const key = this.current();
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: header.typ ?? 'JWT', kid: header.kid ?? key.kid ?? '' })
      .sign(await importJWK(key, 'RS256'));
  }

  /** Public half of the newest key as PEM: what an attacker signs an HS256 token with. */
  publicPem(): string {
    const { n = '', e = '' } = this.current();
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
  }

  get kid(): string {
    return this.current().kid ?? '';
  }

  private current(): JWK {
    const [key] = this.keys;
    if (!key) throw new Error('no signing key');
    return key;
  }
}
