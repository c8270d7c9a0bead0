import { OFFLINE_AFTER_SECONDS } from '../../contract/membership.js';
import type { RotationState } from '../../contract/rotation.js';
import { ABSENT_MS, GRACE_MS } from './rotation-timings.js';

/** Without a heartbeat for longer a member counts as away. */
export const OFFLINE_MS = OFFLINE_AFTER_SECONDS * 1000;

/** What the rules of a rotation need of a member. */
export interface RotationMember {
  readonly id: string;
  readonly enabled: boolean;
  /** Members without one are not known to the others, and get no key from them. */
  readonly hasCertificate: boolean;
  readonly lastHeartbeatAt: Date | null;
  readonly createdAt: Date;
  readonly conditions: readonly string[];
}

/** What they need of the rotation. */
export interface RotationFacts {
  readonly state: RotationState;
  readonly hasGrace: boolean;
  readonly receipts: readonly string[];
  readonly resealedAt: Date | null;
  readonly delivery: {
    readonly by: string;
    readonly at: Date;
    readonly packages: readonly { readonly memberId: string }[];
    readonly recoveryKey: string;
  } | null;
}

/** What the rotation has come to. `anew`: the key that was brought is of no use, the leader has to bring one again. */
export type Step = 'none' | 'anew' | 'resealing' | 'grace' | 'done';

/**
 * What comes next. Members that are switched off or away do not hold it up: their package waits for them.
 *
 * @param remaining credentials not yet known to be sealed to the new key
 * @param recoveryKey the gateway's at this moment
 */
export function nextStep(
  rotation: RotationFacts,
  seen: { members: readonly RotationMember[]; remaining: number; recoveryKey: string; now: Date },
): Step {
  const { state, hasGrace, resealedAt } = rotation;
  const { remaining, now } = seen;
  const isGraceOver = !hasGrace || (resealedAt !== null && now.getTime() - resealedAt.getTime() >= GRACE_MS);
  switch (state) {
    case 'distributing':
      return nextOfDistribution(rotation, seen);
    case 'resealing':
      if (remaining > 0) return 'none';
      return isGraceOver ? 'done' : 'grace';
    case 'grace':
      if (remaining > 0) return 'resealing';
      return isGraceOver ? 'done' : 'none';
    case 'done':
      return 'none';
  }
}

/** Members that are waited for: they were given the key and have not said yet that they hold it. */
export function awaited(rotation: RotationFacts, members: readonly RotationMember[], now: Date): readonly string[] {
  const given = new Set(rotation.delivery?.packages.map(({ memberId }) => memberId));
  return members
    .filter((member) => given.has(member.id) && isThere(member, rotation.hasGrace, now))
    .map(({ id }) => id)
    .filter((id) => !rotation.receipts.includes(id));
}

/** Who may lead, best first: one that holds the key already, then the one installed first. */
export function candidates(
  rotation: Pick<RotationFacts, 'receipts'>,
  members: readonly RotationMember[],
  now: Date,
): readonly string[] {
  const holds = ({ id }: RotationMember) => (rotation.receipts.includes(id) ? 0 : 1);
  return members
    .filter((member) => mayLead(member, now))
    .sort((a, b) => holds(a) - holds(b) || +a.createdAt - +b.createdAt || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

export function mayLead(member: RotationMember, now: Date): boolean {
  return member.enabled && member.hasCertificate && member.conditions.length === 0 && wasHeard(member, OFFLINE_MS, now);
}

function nextOfDistribution(
  rotation: RotationFacts,
  { members, recoveryKey, now }: { members: readonly RotationMember[]; recoveryKey: string; now: Date },
): Step {
  const { delivery } = rotation;
  if (!delivery) return 'none';
  const given = new Set(delivery.packages.map(({ memberId }) => memberId));
  // Who joined since has a recovery bundle with the old key only, and nobody made a package for them.
  const isShort = members.some(
    (member) =>
      member.hasCertificate &&
      member.createdAt > delivery.at &&
      !given.has(member.id) &&
      (isThere(member, true, now) || isFresh(member, now)),
  );
  // What a member that left has signed is nothing the others can check any more.
  const isOrphaned = !members.some(({ id }) => id === delivery.by);
  if (isShort || isOrphaned || delivery.recoveryKey !== recoveryKey) return 'anew';
  return awaited(rotation, members, now).length > 0 ? 'none' : 'resealing';
}

/** After a compromise every minute counts, and only members that are there right now are waited for. */
function isThere(member: RotationMember, isPatient: boolean, now: Date): boolean {
  return member.enabled && wasHeard(member, isPatient ? ABSENT_MS : OFFLINE_MS, now);
}

/** Admitted a moment ago, and not started yet. */
function isFresh({ lastHeartbeatAt, createdAt }: RotationMember, now: Date): boolean {
  return lastHeartbeatAt === null && now.getTime() - createdAt.getTime() < ABSENT_MS;
}

export function wasHeard({ lastHeartbeatAt }: RotationMember, withinMs: number, now: Date): boolean {
  return lastHeartbeatAt !== null && now.getTime() - lastHeartbeatAt.getTime() < withinMs;
}
