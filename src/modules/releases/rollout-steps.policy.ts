import { faultsOf } from '../gateways/conditions.policy.js';
import type { MemberProgress } from '../gateways/member-updates.service.js';

export const STEPS = ['draining', 'updating', 'settling'] as const;

/** Where a rollout is with the member that it is at. */
export interface RolloutStep {
  readonly name: (typeof STEPS)[number];
  readonly memberId: string;
  /** What the member ran before, to go back to. */
  readonly previousVersion: string;
  readonly deadline: Date;
}

/** A rollout as its next step depends on it. */
export interface RolloutPosition {
  readonly version: string;
  readonly memberIds: readonly string[];
  readonly doneIds: readonly string[];
  /** Undefined between two members. */
  readonly step: RolloutStep | undefined;
}

/** What to do next. */
export type RolloutDecision =
  | { readonly do: 'wait' }
  | { readonly do: 'succeed' }
  | { readonly do: 'drain'; readonly memberId: string; readonly previousVersion: string }
  | { readonly do: 'order' | 'resume' }
  | { readonly do: 'next'; readonly memberId: string }
  /** `backTo`: the version that the member is told to return to; undefined: it still runs the one before. */
  | { readonly do: 'give-up'; readonly reason: string; readonly backTo: string | undefined };

/** Words by which a member says that the update will not happen. */
const ENDED_BADLY: readonly (string | undefined)[] = ['failed', 'rolled-back', 'forbidden'];

/** The member whose turn it is; undefined when all are done. */
export function memberInTurn({
  memberIds,
  doneIds,
}: Pick<RolloutPosition, 'memberIds' | 'doneIds'>): string | undefined {
  return memberIds.find((id) => !doneIds.includes(id));
}

/**
 * The next step of a rollout: one member after the other is drained, told to update, watched until it is healthy. The
 * first that fails ends it.
 *
 * @param member the one whose turn it is; undefined when it was removed from the gateway
 */
export function nextStep(rollout: RolloutPosition, member: MemberProgress | undefined, now: Date): RolloutDecision {
  const memberId = memberInTurn(rollout);
  if (memberId === undefined) return { do: 'succeed' };
  if (!member) return { do: 'next', memberId };
  const { step, version } = rollout;
  if (!step) return begin(member, version);
  const isLate = now > step.deadline;
  switch (step.name) {
    case 'draining':
      if (!member.isOnline) return giveUp(member, step, 'went offline while it was drained');
      return isLate || (member.draining && member.inFlight === 0) ? { do: 'order' } : { do: 'wait' };
    case 'updating':
      if (ENDED_BADLY.includes(member.updateState)) return giveUp(member, step, wordsOf(member));
      if (member.isOnline && member.version === version) return { do: 'resume' };
      return isLate ? giveUp(member, step, 'did not run the new version in time') : { do: 'wait' };
    case 'settling':
      if (member.version !== version) return giveUp(member, step, wordsOf(member));
      if (isHealthy(member)) return { do: 'next', memberId };
      return isLate ? giveUp(member, step, `is not healthy in the new version${troubleOf(member)}`) : { do: 'wait' };
  }
}

function begin(member: MemberProgress, version: string): RolloutDecision {
  if (member.version === version) return { do: 'next', memberId: member.id };
  if (!member.isOnline) return { do: 'give-up', reason: `${member.name} is offline`, backTo: undefined };
  return { do: 'drain', memberId: member.id, previousVersion: member.version };
}

function isHealthy({ isOnline, isConnected, draining, conditions }: MemberProgress): boolean {
  return isOnline && isConnected && !draining && faultsOf(conditions).length === 0;
}

function giveUp(member: MemberProgress, step: RolloutStep, what: string): RolloutDecision {
  // A member that is not heard may run either: the order to go back does nothing where it never left.
  const mayHaveLeft = step.name !== 'draining' && !ENDED_BADLY.includes(member.updateState);
  return { do: 'give-up', reason: `${member.name} ${what}`, backTo: mayHaveLeft ? step.previousVersion : undefined };
}

function wordsOf({ updateState, updateReason, version }: MemberProgress): string {
  if (!ENDED_BADLY.includes(updateState)) return `runs ${version} again`;
  const words = { failed: 'could not update', 'rolled-back': 'went back', forbidden: 'forbids remote updates' };
  const said = words[updateState as keyof typeof words];
  return updateReason === undefined ? said : `${said}: ${updateReason}`;
}

function troubleOf({ isOnline, isConnected, conditions }: MemberProgress): string {
  if (!isOnline) return ': offline';
  if (!isConnected) return ': not connected to the relay';
  const faults = faultsOf(conditions);
  return faults.length > 0 ? `: ${faults.join(', ')}` : '';
}
