import '../not-in-production.js';
import { createHmac } from 'node:crypto';
import { generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import type { SigningKeys } from './signing-keys.js';

export interface OddToken {
  /** Replaces claims; undefined takes one away. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** `HS256` signs with the public key as the secret, `none` not at all, `foreign` with a key that is not published. */
  readonly signature?: 'RS256' | 'HS256' | 'none' | 'foreign';
  readonly kid?: string;
  readonly typ?: string;
}

/** A token as an attacker or a broken client would send it, for tests. */
export async function mintOddToken(keys: SigningKeys, claims: JWTPayload, odd: OddToken): Promise<string> {
  const payload = JSON.parse(JSON.stringify({ ...claims, ...odd.claims })) as JWTPayload;
  const { signature = 'RS256', kid = keys.kid, typ = 'JWT' } = odd;
  switch (signature) {
    case 'RS256':
      return keys.sign(payload, { kid, typ });
    case 'foreign': {
      const { privateKey } = await generateKeyPair('RS256');
      return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ, kid }).sign(privateKey);
    }
    case 'HS256': {
      const input = `${encode({ alg: 'HS256', typ, kid })}.${encode(payload)}`;
      return `${input}.${createHmac('sha256', keys.publicPem()).update(input).digest('base64url')}`;
    }
    case 'none':
      return `${encode({ alg: 'none', typ })}.${encode(payload)}.`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
