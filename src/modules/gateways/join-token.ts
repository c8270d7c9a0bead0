import { createHash, randomBytes } from 'node:crypto';
import { rootFingerprint } from '../../common/keys/root-fingerprint.js';
import type { RootKey } from '../../contract/registration.js';

/** Tells a join token apart from other secrets, for people and for scanners of leaked ones. */
const PREFIX = 'tgj_';
/** 256 bits. */
const SECRET_BYTES = 32;
const SECRET = /^tgj_[A-Za-z0-9_-]{43}$/;

/**
 * Makes the text that is handed to an installer: the secret, a dot, and the root's fingerprint, so that the agent knows
 * whom to trust before its first call.
 */
export function newJoinToken(root: RootKey): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}.${rootFingerprint(root)}`;
}

/** What the table keeps of a join token. @returns null for a text that cannot be one */
export function hashOfJoinToken(text: string): Uint8Array<ArrayBuffer> | null {
  const [secret = '', , ...rest] = text.split('.');
  if (!SECRET.test(secret) || rest.length > 0) return null;
  return new Uint8Array(createHash('sha256').update(secret).digest());
}
