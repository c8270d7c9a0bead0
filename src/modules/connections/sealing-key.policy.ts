import { DomainError } from '../../common/errors/domain-error.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import { sealingModulusBytes, splitSealed } from '../../contract/sealed-credential.js';

/** The sealing keys of one gateway, as far as they matter to a credential that is being stored. */
export interface SealingKeys {
  readonly current: { readonly id: string; readonly publicKey: SealingPublicKey };
  /** Credentials are being sealed anew right now: one that came with an older key is picked up by that. */
  readonly isMoving: boolean;
  /** Older keys that may still be named. */
  readonly held: readonly string[];
  /** Whether the gateway ever had another key. */
  readonly wasRotated: boolean;
}

/**
 * For which key a credential was sealed. The envelope does not say; the client may. Once keys have changed and it does
 * not, nobody can tell: while they change the credential is sealed anew whichever it was, afterwards the member that
 * cannot open it knows that an older key is the likely reason.
 *
 * @param named by the client, as it got it together with the public key
 * @returns null for "not known"
 * @throws DomainError CREDENTIAL_STALE_KEY when only a retired key can open it
 */
export function keyOfSealed(sealed: string, named: string | undefined, keys: SealingKeys): string | null {
  const { current, held, isMoving, wasRotated } = keys;
  if (named !== undefined) {
    if (named === current.id || held.includes(named)) return named;
    throw new DomainError('CREDENTIAL_STALE_KEY', { keyId: current.id });
  }
  if (isMoving) return null;
  if (wasRotated && !canBeFor(sealed, current.publicKey)) {
    throw new DomainError('CREDENTIAL_STALE_KEY', { keyId: current.id });
  }
  return wasRotated ? null : current.id;
}

/** What RSA makes is a number below the modulus: a larger one was made with another key. Most others cannot be told apart. */
function canBeFor(sealed: string, publicKey: SealingPublicKey): boolean {
  const { wrapped } = splitSealed(sealed, sealingModulusBytes(publicKey));
  return Buffer.compare(wrapped, Buffer.from(publicKey.modulus, 'base64')) < 0;
}
