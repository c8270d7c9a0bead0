import { OFFLINE_AFTER_SECONDS } from '../../contract/membership.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { faultsOf } from './conditions.policy.js';
import { isSettling } from './flapping.policy.js';
import type { GatewayState, MemberState, MemberStateName } from './gateways.types.js';

/** Whether the control plane heard from the member lately: three missed heartbeats make it offline, one makes it online. */
export function isOnline(member: Pick<MemberState, 'lastHeartbeatAt'>, now: Date): boolean {
  if (member.lastHeartbeatAt === null) return false;
  return now.getTime() - member.lastHeartbeatAt.getTime() < OFFLINE_AFTER_SECONDS * 1000;
}

/** Members that can take work now, the oldest first. A member on another epoch's queues would not see it. */
export function healthyMembers<M extends MemberState>(
  gateway: Pick<GatewayState<M>, 'epoch' | 'members'>,
  now: Date,
): readonly M[] {
  return gateway.members.filter((member) => canWork(member, gateway.epoch, now)).sort(byAge);
}

/**
 * Whether a member should read from the shared work. Under Failover only the first healthy one does. The member asked
 * about counts as connected: it connects because of this answer, and until it has, the one before it keeps reading.
 */
export function receivesReads(member: MemberState, gateway: Omit<GatewayState, 'id'>, now: Date): boolean {
  if (!isFit(member, now)) return false;
  if (gateway.loadBalancing === 'DistributeEvenly') return true;
  const older = healthyMembers(gateway, now).find((other) => other.id !== member.id && byAge(other, member) < 0);
  return older === undefined;
}

/** @throws DomainError GATEWAY_OFFLINE when no member can take work */
export function assertHealthy(gateway: GatewayState, now: Date): void {
  if (healthyMembers(gateway, now).length > 0) return;
  throw new DomainError('GATEWAY_OFFLINE', { gatewayId: gateway.id, members: gateway.members.length });
}

/** The state in one word, the reason that somebody chose before the one that happened. */
export function memberStateOf(member: MemberState, epoch: number, now: Date): MemberStateName {
  if (!member.enabled) return 'disabled';
  if (!isOnline(member, now)) return 'offline';
  if (member.draining) return 'draining';
  return canWork(member, epoch, now) ? 'online' : 'attention';
}

/**
 * Whether members listen to the epoch before this one and are about to come over: work for the gateway can wait for them
 * a moment.
 */
export function isMoving({ epoch, members }: Pick<GatewayState, 'epoch' | 'members'>, now: Date): boolean {
  return members.some((member) => isFit(member, now) && isOnline(member, now) && member.connectedEpoch === epoch - 1);
}

function canWork(member: MemberState, epoch: number, now: Date): boolean {
  return isFit(member, now) && member.connectedEpoch === epoch && isOnline(member, now);
}

/** Whether nothing speaks against giving it work, were it there. */
function isFit(member: MemberState, now: Date): boolean {
  return member.enabled && !member.draining && faultsOf(member.conditions).length === 0 && !isSettling(member, now);
}

/** Members made in the same millisecond are told apart by id, so that every replica names the same first one. */
function byAge(a: MemberState, b: MemberState): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
