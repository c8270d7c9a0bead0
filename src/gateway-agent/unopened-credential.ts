import type { Envelope } from '../contract/envelope.js';

/**
 * Whether a credential that does not open here was sealed to a key that the gateway has retired, so that sealing it again
 * helps. The sealed text does not say; the control plane may know, and what it says decides over nothing but the words.
 *
 * @param held ids of the sealing keys of this member
 */
export function isSealedToRetired(sealedTo: Envelope['connection']['sealedTo'], held: readonly string[]): boolean {
  if (!sealedTo) return false;
  const { keyId, currentKeyId } = sealedTo;
  // A member that has no current key is behind: the credential may be as good as any.
  if (!held.includes(currentKeyId)) return false;
  // With the key at hand it is damaged, not stale.
  return keyId === undefined || !held.includes(keyId);
}
