import { DomainError } from '../../common/errors/domain-error.js';
import type { SealingPublicKey } from '../../contract/registration.js';
import { checkSealedShape, SealError, sealingModulusBytes } from '../../contract/sealed-credential.js';
import {
  targetFingerprintInput,
  type ConnectionEncryption,
  type CredentialType,
  type SourceKind,
  type Target,
} from '../../contract/targets.js';
import type { SealedValue } from './connections.types.js';
import { sourceKindEntry } from './source-kinds.policy.js';

/** What a sealed credential belongs to: where it leads and how it is used. */
export interface CredentialUse {
  readonly target: Target;
  readonly credentialType: CredentialType;
  readonly encryption: ConnectionEncryption;
}

/** @throws DomainError VALIDATION_FAILED */
export function assertCredentialType(kind: SourceKind, credentialType: CredentialType): void {
  const allowed = sourceKindEntry(kind).credentialTypes;
  if (allowed.includes(credentialType)) return;
  throw new DomainError('VALIDATION_FAILED', {
    path: 'credentialDetails.credentials.credentialType',
    allowed: allowed.join(', '),
  });
}

/**
 * Takes the sealed credential out of the values a client sent. The members of a gateway share one key, so that one value
 * is enough; clients that send one a member send the same thing several times. The cloud sees shapes, never contents.
 *
 * @returns undefined for anonymous access, whatever was sent
 * @throws DomainError VALIDATION_FAILED, CREDENTIAL_MALFORMED
 */
export function chooseSealed(
  credentialType: CredentialType,
  values: readonly SealedValue[],
  gateway: { readonly ids: readonly string[]; readonly sealingKey: SealingPublicKey },
): string | undefined {
  if (credentialType === 'Anonymous') return undefined;
  const path = 'credentialDetails.credentials.values';
  const [first] = values;
  if (!first) throw new DomainError('VALIDATION_FAILED', { path, reason: 'one sealed credential is needed' });
  const modulusBytes = sealingModulusBytes(gateway.sealingKey);
  for (const [index, value] of values.entries()) {
    if (!gateway.ids.includes(value.gatewayId.toLowerCase())) {
      throw new DomainError('VALIDATION_FAILED', {
        path: `${path}.${index}.gatewayId`,
        reason: 'neither the gateway nor one of its members',
      });
    }
    assertShape(value.sealed, modulusBytes, `${path}.${index}.encryptedCredentials`);
  }
  return first.sealed;
}

/** Whether both use a credential the same way at the same place. */
export function isSameUse(one: CredentialUse, other: CredentialUse): boolean {
  return fingerprint(one) === fingerprint(other);
}

function fingerprint({ target, credentialType, encryption }: CredentialUse): string {
  return targetFingerprintInput(target, credentialType, encryption);
}

function assertShape(sealed: string, modulusBytes: number, path: string): void {
  try {
    checkSealedShape(sealed, modulusBytes);
  } catch (cause) {
    if (cause instanceof SealError) throw new DomainError('CREDENTIAL_MALFORMED', { path }, { cause });
    throw cause;
  }
}
