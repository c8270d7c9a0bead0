import { DomainError } from '../../common/errors/domain-error.js';
import type { ConnectionRoute } from './connections.types.js';

/**
 * A credential that no member can open before somebody seals it again: set aside by a rotation, or sealed to an older key
 * that no member has any more.
 *
 * @throws DomainError CREDENTIAL_STALE_KEY
 */
export function assertNotStale({ connection, gateway }: Pick<ConnectionRoute, 'connection' | 'gateway'>): void {
  if (!connection.isSetAside && !isRetired(connection.sealingKeyId, gateway)) return;
  throw new DomainError('CREDENTIAL_STALE_KEY', { connectionId: connection.id, keyId: gateway.sealingKeyId });
}

/** Members that do not say which keys they hold may have it. */
function isRetired(keyId: string | undefined, { sealingKeyId, members }: ConnectionRoute['gateway']): boolean {
  if (keyId === undefined || keyId === sealingKeyId) return false;
  return members.every(({ keyIds }) => keyIds.length > 0 && !keyIds.includes(keyId));
}
