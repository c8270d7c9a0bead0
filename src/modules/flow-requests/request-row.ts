import { z } from 'zod';
import type { Prisma } from '../../generated/prisma/client.js';
import type { RequestView } from './flow-requests.types.js';

/** Columns of a past request that its view is made of. */
export const REQUEST_ROW = {
  traceId: true,
  requestId: true,
  callerId: true,
  status: true,
  code: true,
  hop: true,
  outcome: true,
  operation: true,
  connectionId: true,
  gatewayId: true,
  memberId: true,
  environmentId: true,
  attempts: true,
  startedAt: true,
  finishedAt: true,
  requestBytes: true,
  replyBytes: true,
  timings: true,
  client: true,
} satisfies Prisma.FlowRequestSelect;

export const requestStatusSchema = z.enum(['running', 'succeeded', 'failed', 'aborted']);
const timingsSchema = z.record(z.string(), z.number());
const clientSchema = z.record(z.string(), z.string());

export function toRequestView(row: Prisma.FlowRequestGetPayload<{ select: typeof REQUEST_ROW }>): RequestView {
  return {
    ...row,
    status: requestStatusSchema.parse(row.status),
    requestBytes: Number(row.requestBytes),
    replyBytes: Number(row.replyBytes),
    timings: timingsSchema.parse(row.timings),
    client: clientSchema.parse(row.client),
  };
}
