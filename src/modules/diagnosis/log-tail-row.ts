import type { Prisma } from '../../generated/prisma/client.js';
import { LOG_TAIL_STATES, type LogTailView } from './diagnosis.types.js';

export const LOG_TAIL = {
  id: true,
  memberId: true,
  state: true,
  reason: true,
  requestedAt: true,
  until: true,
  startedAt: true,
  endedAt: true,
} satisfies Prisma.LogTailSelect;
type Row = Prisma.LogTailGetPayload<{ select: typeof LOG_TAIL }>;

export function toLogTailView(row: Row, read: Pick<LogTailView, 'lines' | 'next'>): LogTailView {
  const { state, reason, startedAt, endedAt, ...rest } = row;
  return {
    ...rest,
    state: LOG_TAIL_STATES.find((one) => one === state) ?? 'ended',
    reason: reason ?? undefined,
    startedAt: startedAt ?? undefined,
    endedAt: endedAt ?? undefined,
    ...read,
  };
}
