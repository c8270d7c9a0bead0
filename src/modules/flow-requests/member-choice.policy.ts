import { neededFeature } from '../../contract/capabilities.js';
import type { OperationName } from '../../contract/operations.js';
import type { ConnectionRoute } from '../connections/connections.types.js';
import { neededKeyOf } from '../connections/needed-key.policy.js';
import { capableMembers } from '../gateways/capable-members.policy.js';
import type { RouteMember } from '../gateways/gateways.types.js';
import { healthyMembers, isOnline, receivesReads } from '../gateways/health.policy.js';

/** Members that may get a request, the first installed first. */
export interface Candidates {
  readonly all: readonly RouteMember[];
  /** Those that take reads from the shared work. */
  readonly readers: readonly RouteMember[];
  /** Whether whoever reads from the shared work can do it and should: then they may compete. */
  readonly mayCompete: boolean;
}

/**
 * Members without the key that the credential was sealed to are left out as those are that do not know the operation.
 *
 * @param isLost members that did not answer when they were last asked; they are passed over while there are others
 * @throws DomainError GATEWAY_TOO_OLD, GATEWAY_KEY_MISSING when there are healthy members, but none of them can do it
 */
export function candidatesFor(
  { gateway, connection }: ConnectionRoute,
  name: OperationName,
  now: Date,
  isLost: (member: RouteMember) => boolean = () => false,
): Candidates {
  const keyId = neededKeyOf({ connection, gateway });
  const feature = neededFeature(connection.kind, connection.credentialType);
  const capable = capableMembers(gateway, { kind: connection.kind, name, keyId, feature }, now);
  const answering = capable.filter((member) => !isLost(member));
  const all = answering.length > 0 ? answering : capable;
  const healthy = healthyMembers(gateway, now);
  const reading = healthy.filter((member) => receivesReads(member, gateway, now));
  const readers = reading.filter((member) => all.includes(member));
  // Somebody was disabled or told to drain a moment ago, and still reads: the next request must not reach it.
  const hasStranger = gateway.members.some(
    (member) =>
      member.receiving && member.connectedEpoch === gateway.epoch && !healthy.includes(member) && isOnline(member, now),
  );
  return { all, readers, mayCompete: readers.length > 0 && readers.length === reading.length && !hasStranger };
}

/** The member that a read is addressed to: undefined lets all readers compete. */
export function chooseReader(
  { all, readers, mayCompete }: Candidates,
  loadBalancing: ConnectionRoute['gateway']['loadBalancing'],
): RouteMember | undefined {
  if (mayCompete) return undefined;
  if (loadBalancing === 'Failover' || readers.length === 0) return all[0];
  return readers[Math.floor(Math.random() * readers.length)];
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
