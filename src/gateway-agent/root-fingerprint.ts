import { calculateJwkThumbprint } from 'jose';
import type { RootKey } from '../contract/registration.js';

/** SHA-256 thumbprint (RFC 7638) of the root, base64url: what people compare and join tokens carry. */
export async function rootFingerprint(root: RootKey): Promise<string> {
  return calculateJwkThumbprint(root.jwk, 'sha256');
}
