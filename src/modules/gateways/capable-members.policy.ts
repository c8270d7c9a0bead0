import { DomainError } from '../../common/errors/domain-error.js';
import { supports } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import type { SourceKind } from '../../contract/targets.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import type { GatewayState, RouteMember } from './gateways.types.js';
import { healthyMembers } from './health.policy.js';

/** An operation on one kind of source. */
export interface WantedOperation {
  readonly kind: SourceKind;
  readonly name: OperationName;
  /** Id of the sealing key that the credential needs; undefined: none is needed. */
  readonly keyId?: string | undefined;
  /** What the credential needs beside; undefined: nothing that some members cannot do. */
  readonly feature?: string | undefined;
}

/**
 * Healthy members that announced the operation and hold the key, the first installed first.
 *
 * @throws DomainError GATEWAY_TOO_OLD when none of the healthy members can do it; GATEWAY_KEY_MISSING when none of those
 * that can has the key
 */
export function capableMembers(
  gateway: GatewayState<RouteMember>,
  { kind, name, keyId, feature }: WantedOperation,
  now: Date,
): readonly RouteMember[] {
  const healthy = healthyMembers(gateway, now);
  const capable = healthy.filter(
    ({ capabilities }) =>
      capabilities.contractVersions.includes(CONTRACT_VERSION) &&
      supports(capabilities, kind, name) &&
      (feature === undefined || capabilities.features.includes(feature)),
  );
  if (capable.length === 0) {
    const versions = [...new Set(healthy.map(({ version }) => version))].join(', ');
    throw new DomainError('GATEWAY_TOO_OLD', { gatewayId: gateway.id, operation: name, versions });
  }
  const holding = capable.filter((member) => holdsKey(member, keyId));
  if (holding.length > 0) return holding;
  const members = capable.map(({ id }) => id).join(', ');
  throw new DomainError('GATEWAY_KEY_MISSING', { gatewayId: gateway.id, keyId: keyId ?? '', members });
}

/** Whether a member has the key, as far as it said which it has: older agents do not. */
export function holdsKey({ keyIds }: Pick<RouteMember, 'keyIds'>, keyId: string | undefined): boolean {
  return keyId === undefined || keyIds.length === 0 || keyIds.includes(keyId);
}
