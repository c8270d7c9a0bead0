import { OFFLINE_MS, wasHeard, type RotationMember } from './rotation.policy.js';
import { ABSENT_MS, GRACE_MS } from './rotation-timings.js';

/**
 * Whether nobody is left who might open a credential: every certified member that is there has tried. One that comes back
 * later is still asked, as long as the old key is kept.
 *
 * @param isPatient false after a compromise: only members that are there right now are waited for
 */
export function isGivenUp(
  credential: { readonly triedBy: readonly string[]; readonly reportedAt: Date },
  members: readonly RotationMember[],
  { isPatient, now }: { readonly isPatient: boolean; readonly now: Date },
): boolean {
  const heardWithin = isPatient ? ABSENT_MS : OFFLINE_MS;
  const there = members.filter((member) => member.hasCertificate && wasHeard(member, heardWithin, now));
  // Of a gateway that is away as a whole nothing can be said.
  if (there.length === 0) return false;
  // An agent of before there were such reports never tries, and does not hold it up longer than the old key is kept.
  const isOverdue = now.getTime() - credential.reportedAt.getTime() >= GRACE_MS;
  return isOverdue || there.every(({ id }) => credential.triedBy.includes(id));
}
