import { DomainError } from '../../common/errors/domain-error.js';
import { supports } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import { CONTRACT_VERSION } from '../../contract/version.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import type { RouteMember } from '../gateways/gateways.types.js';
import { healthyMembers, receivesReads } from '../gateways/health.policy.js';

/** Members that may get a request, the first installed first. */
export interface Candidates {
  readonly all: readonly RouteMember[];
  /** Those that take reads from the shared work. */
  readonly readers: readonly RouteMember[];
  /** Whether each of the readers can do it: then they may compete. */
  readonly mayCompete: boolean;
}

/**
 * Healthy members that announced the operation.
 *
 * @throws DomainError GATEWAY_TOO_OLD when there are healthy members, but none of them can do it
 */
export function candidatesFor({ gateway, connection }: ConnectionRoute, name: OperationName, now: Date): Candidates {
  const healthy = healthyMembers(gateway, now);
  const all = healthy.filter(
    ({ capabilities }) =>
      capabilities.contractVersions.includes(CONTRACT_VERSION) && supports(capabilities, connection.kind, name),
  );
  if (all.length === 0) {
    const versions = [...new Set(healthy.map(({ version }) => version))].join(', ');
    throw new DomainError('GATEWAY_TOO_OLD', { gatewayId: gateway.id, operation: name, versions });
  }
  const reading = healthy.filter((member) => receivesReads(member, gateway, now));
  const readers = reading.filter((member) => all.includes(member));
  return { all, readers, mayCompete: readers.length > 0 && readers.length === reading.length };
}

/**
 * The member that a write is addressed to: under Failover the first, else one of the least busy.
 *
 * @param underWay writes that this replica has at a member
 */
export function chooseWriter(
  { all }: Candidates,
  loadBalancing: ConnectionRoute['gateway']['loadBalancing'],
  underWay: (memberId: string) => number,
): RouteMember | undefined {
  if (loadBalancing === 'Failover') return all[0];
  const least = Math.min(...all.map(({ id }) => underWay(id)));
  const idle = all.filter(({ id }) => underWay(id) === least);
  return idle[Math.floor(Math.random() * idle.length)];
}
