import type { OperationName } from '../../contract/operations.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { capableMembers } from '../gateways/capable-members.policy.js';
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

/** @throws DomainError GATEWAY_TOO_OLD when there are healthy members, but none of them can do it */
export function candidatesFor({ gateway, connection }: ConnectionRoute, name: OperationName, now: Date): Candidates {
  const all = capableMembers(gateway, { kind: connection.kind, name }, now);
  const reading = healthyMembers(gateway, now).filter((member) => receivesReads(member, gateway, now));
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
