import { NOTICES } from '../../contract/directive.js';
import { isFlapping } from '../gateways/flapping.policy.js';
import type { MemberState } from '../gateways/gateways.types.js';
import { isOnline } from '../gateways/health.policy.js';
import type { AlertKind } from './alert-kinds.data.js';
import type { NewAlert } from './alerts.types.js';

/** Kinds that tell about the members of a gateway. */
export const MEMBER_KINDS = [
  'gateway-offline',
  'member-offline',
  'member-flapping',
  ...NOTICES,
] as const satisfies readonly AlertKind[];

/** What is looked at of a member. */
export type WatchedMember = Pick<
  MemberState,
  'id' | 'conditions' | 'enabled' | 'flaps' | 'flapsSince' | 'lastHeartbeatAt' | 'createdAt'
> & { readonly name: string };

/** A gateway whose members are looked at. */
export interface WatchedGateway {
  readonly id: string;
  readonly name: string;
  readonly members: readonly WatchedMember[];
}

/**
 * What is to be reported of a gateway's members. Disabled ones are somebody's will, and a gateway without members has
 * nobody who could be missed; but what they do not believe counts from all.
 */
export function memberAlertsOf({ id, name, members }: WatchedGateway, now: Date): NewAlert[] {
  const subject = { gatewayId: id };
  const wanted = members.filter(({ enabled }) => enabled);
  // A member that was just installed has until its first missed heartbeats.
  const offline = wanted.filter(
    ({ lastHeartbeatAt, createdAt }) => !isOnline({ lastHeartbeatAt: lastHeartbeatAt ?? createdAt }, now),
  );
  const flapping = wanted.filter((member) => isFlapping(member, now));
  const details = (of: readonly WatchedMember[]) => ({
    name,
    members: of.map((member) => ({ id: member.id, name: member.name })),
  });
  const alerts: NewAlert[] = [];
  if (offline.length > 0) {
    const kind = offline.length === wanted.length ? 'gateway-offline' : 'member-offline';
    alerts.push({ kind, subject, details: details(offline) });
  }
  if (flapping.length > 0) alerts.push({ kind: 'member-flapping', subject, details: details(flapping) });
  for (const kind of NOTICES) {
    const telling = members.filter(({ conditions }) => conditions.includes(kind));
    if (telling.length > 0) alerts.push({ kind, subject, details: details(telling) });
  }
  return alerts;
}
