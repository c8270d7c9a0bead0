import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import { ALERT_KINDS, type AlertKind } from './alert-kinds.data.js';
import { alertKindSchema, type AlertSubject, type AlertView } from './alerts.types.js';

export const ALERT = {
  id: true,
  kind: true,
  state: true,
  gatewayId: true,
  connectionId: true,
  details: true,
  openedAt: true,
  acknowledgedAt: true,
  acknowledgedBy: true,
  resolvedAt: true,
} satisfies Prisma.AlertSelect;
export type AlertRow = Prisma.AlertGetPayload<{ select: typeof ALERT }>;

const detailsSchema = z.object({
  name: z.string(),
  principals: z
    .array(z.object({ id: z.string(), displayName: z.string(), state: z.enum(['Disabled', 'Gone']) }))
    .exactOptional(),
  members: z.array(z.object({ id: z.string(), name: z.string() })).exactOptional(),
});

export function toAlertView(row: AlertRow): AlertView {
  const kind = alertKindSchema.parse(row.kind);
  const { id, state, gatewayId, connectionId, openedAt, acknowledgedAt, acknowledgedBy, resolvedAt } = row;
  return {
    id,
    kind,
    ...ALERT_KINDS[kind],
    state,
    ...(gatewayId !== null && { gatewayId }),
    ...(connectionId !== null && { connectionId }),
    details: detailsSchema.parse(row.details),
    openedAt,
    ...(acknowledgedAt && { acknowledgedAt }),
    ...(acknowledgedBy !== null && { acknowledgedBy }),
    ...(resolvedAt && { resolvedAt }),
  };
}

/** Tells what an alert is about: while one of this key stands no other is opened. */
export function openKeyOf(kind: AlertKind, subject: AlertSubject): string {
  return `${kind}/${'gatewayId' in subject ? subject.gatewayId : subject.connectionId}`;
}
