import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';
import { hopSchema } from '../../contract/errors.js';

export const requestSchema = z
  .object({
    traceId: z.string(),
    requestId: z.guid(),
    callerId: z.guid(),
    status: z.enum(['running', 'succeeded', 'failed', 'aborted']),
    code: z.string().nullable(),
    hop: z.string().nullable(),
    outcome: z.string().nullable(),
    operation: z.string(),
    connectionId: z.guid().nullable(),
    gatewayId: z.guid().nullable(),
    memberId: z.guid().nullable(),
    environmentId: z.string().nullable(),
    attempts: z.int(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    requestBytes: z.int(),
    replyBytes: z.int(),
    timings: z.record(z.string(), z.number()),
    client: z.record(z.string(), z.string()),
    /** What happened and what to do about it; null where nothing failed. */
    failure: z.object({ message: z.string(), remedy: z.string() }).nullable(),
    hops: z.array(z.object({ hop: hopSchema.exclude(['connector']), ms: z.number() })),
  })
  .meta({ id: 'RequestRecord' });

export const requestPageSchema = pageSchema(requestSchema);
