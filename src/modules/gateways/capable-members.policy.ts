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
}

/**
 * Healthy members that announced the operation, the first installed first.
 *
 * @throws DomainError GATEWAY_TOO_OLD when none of the healthy members can do it
 */
export function capableMembers(
  gateway: GatewayState<RouteMember>,
  { kind, name }: WantedOperation,
  now: Date,
): readonly RouteMember[] {
  const healthy = healthyMembers(gateway, now);
  const capable = healthy.filter(
    ({ capabilities }) =>
      capabilities.contractVersions.includes(CONTRACT_VERSION) && supports(capabilities, kind, name),
  );
  if (capable.length > 0) return capable;
  const versions = [...new Set(healthy.map(({ version }) => version))].join(', ');
  throw new DomainError('GATEWAY_TOO_OLD', { gatewayId: gateway.id, operation: name, versions });
}
