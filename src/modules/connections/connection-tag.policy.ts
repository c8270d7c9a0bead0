import { createHash } from 'node:crypto';
import { DomainError } from '../../common/errors/domain-error.js';
import { targetSchema } from '../../contract/targets.js';
import type { ConnectionSummary } from './connections.types.js';

/**
 * Names the settings of a connection as they are, so that a change can say which it is for. Roles, environments and the
 * credential itself are changed in their own ways and are not among them. Not a secret, and no proof of anything.
 */
export function connectionTagOf(connection: ConnectionSummary): string {
  const { displayName, target, credentialType, encryption, privacyLevel, annotation } = connection;
  // Rows are read in several ways, which do not agree on the order of what is in a target.
  const text = JSON.stringify([
    displayName,
    targetSchema.parse(target),
    credentialType,
    encryption,
    privacyLevel,
    annotation,
  ]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** @param expectedTag undefined: whatever they are @throws DomainError PRECONDITION_FAILED */
export function assertSettingsExpected(connection: ConnectionSummary, expectedTag: string | undefined): void {
  const etag = connectionTagOf(connection);
  if (expectedTag !== undefined && expectedTag !== etag) throw new DomainError('PRECONDITION_FAILED', { etag });
}
