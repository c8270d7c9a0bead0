import { NEXT_ROOT_NOTICE_SECONDS, NEXT_ROOT_TYP, nextRootSchema } from '../../contract/next-root.js';
import type { RootKey } from '../../contract/registration.js';
import { signingInput } from './compact-jws.js';
import type { Vault } from './vault.js';

/** Agents' clocks may be behind ours by this much. */
const BACKDATE_SECONDS = 60;

export interface Announcement {
  readonly jws: string;
  readonly announcedAt: Date;
  readonly notBefore: Date;
}

/** Who announces: the root in force, and where it is. */
export interface AnnouncingRoot {
  readonly vault: Vault;
  /** Identifier of the current root in the vault. */
  readonly keyId: string;
  readonly generation: number;
  readonly issuer: string;
}

/** Announces the next root under the one in force. @throws DomainError VAULT_UNAVAILABLE */
export async function announceRoot(by: AnnouncingRoot, next: RootKey, now: Date): Promise<Announcement> {
  const seconds = Math.floor(now.getTime() / 1000);
  const notBefore = seconds + NEXT_ROOT_NOTICE_SECONDS;
  const claims = nextRootSchema.parse({
    iss: by.issuer,
    iat: seconds - BACKDATE_SECONDS,
    root: by.generation,
    next,
    notBefore,
  });
  const input = signingInput({ alg: 'ES256', typ: NEXT_ROOT_TYP, kid: `root-${by.generation}` }, claims);
  const signature = await by.vault.sign(by.keyId, Buffer.from(input));
  return {
    jws: `${input}.${signature.toString('base64url')}`,
    announcedAt: now,
    notBefore: new Date(notBefore * 1000),
  };
}
