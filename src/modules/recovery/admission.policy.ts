import { DomainError } from '../../common/errors/domain-error.js';
import { type AdmissionRequest } from '../../contract/recovery.js';
import { isCertified, isSignedWith, rawKeys } from './signature.policy.js';

/**
 * Checks what the proof does not cover: that the new member holds its keys, and can be certified towards the others.
 *
 * @param input what the recovery key signed; the new member signs the same
 * @throws DomainError VALIDATION_FAILED
 */
export function assertNewcomer(
  { member, identityProof, certificate }: AdmissionRequest,
  proofKey: Uint8Array,
  input: string,
): void {
  const keys = rawKeys(member.keys);
  if (!isSignedWith(keys.identity, input, identityProof)) {
    throw invalid('identityProof', 'not a signature by the identity key over this admission');
  }
  if (!isCertified(proofKey, keys, certificate)) {
    throw invalid('certificate', "not a signature by the recovery key over the member's keys");
  }
}

/** @throws DomainError VALIDATION_FAILED for a member to replace where none is replaced */
export function assertReplaces({ operation, replaces }: AdmissionRequest): void {
  if (operation === 'join' && replaces !== undefined) throw invalid('replaces', 'who joins replaces nobody');
}

export function invalid(path: string, problem: string): DomainError {
  return new DomainError('VALIDATION_FAILED', { path, problem });
}
