import { createHash } from 'node:crypto';
import type { RootKey } from '../../contract/registration.js';

/** SHA-256 thumbprint of the root's public key, base64url. @see RFC 7638 */
export function rootFingerprint({ jwk }: RootKey): string {
  const { crv, kty, x, y } = jwk;
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
