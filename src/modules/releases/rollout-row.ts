import type { Prisma } from '../../generated/prisma/client.js';
import { STEPS, type RolloutStep } from './rollout-steps.policy.js';
import { ROLLOUT_STATES, type RolloutState, type RolloutView } from './releases.types.js';

export const ROLLOUT = {
  id: true,
  tenantId: true,
  gatewayId: true,
  version: true,
  memberIds: true,
  doneIds: true,
  state: true,
  step: true,
  stepDeadline: true,
  reason: true,
  orderedBy: true,
  startedAt: true,
  finishedAt: true,
} satisfies Prisma.RolloutSelect;
export type RolloutRow = Prisma.RolloutGetPayload<{ select: typeof ROLLOUT }>;

/** One column holds the step: its name, the member, and what the member ran before. */
export function stepColumns({ name, memberId, previousVersion, deadline }: RolloutStep) {
  return { step: `${name} ${memberId} ${previousVersion}`, stepDeadline: deadline };
}

export function stepOf({ step, stepDeadline }: Pick<RolloutRow, 'step' | 'stepDeadline'>): RolloutStep | undefined {
  const [word, memberId, previousVersion] = step?.split(' ') ?? [];
  const name = STEPS.find((one) => one === word);
  if (!name || memberId === undefined || previousVersion === undefined || !stepDeadline) return undefined;
  return { name, memberId, previousVersion, deadline: stepDeadline };
}

export function toRolloutView(row: RolloutRow): RolloutView {
  const step = row.state === 'running' ? stepOf(row) : undefined;
  return {
    id: row.id,
    gatewayId: row.gatewayId,
    version: row.version,
    state: stateOf(row.state),
    memberIds: row.memberIds,
    doneIds: row.doneIds,
    current: step && { memberId: step.memberId, step: step.name, deadline: step.deadline },
    reason: row.reason ?? undefined,
    orderedBy: row.orderedBy,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt ?? undefined,
  };
}

function stateOf(text: string): RolloutState {
  return ROLLOUT_STATES.find((state) => state === text) ?? 'failed';
}
