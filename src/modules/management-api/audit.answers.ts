import { z } from 'zod';
import { pageSchema } from '../../common/http/page-schema.js';

const entrySchema = z
  .object({
    id: z.string(),
    /** Its place in the chain; absent on entries that are older than the chain, or not in it yet. */
    seq: z.int().optional(),
    at: z.iso.datetime(),
    actor: z.object({ id: z.guid(), type: z.string() }),
    action: z.string(),
    result: z.string(),
    gatewayId: z.guid().optional(),
    subject: z.object({ type: z.string(), id: z.string().optional() }),
    traceId: z.string(),
    details: z.record(z.string(), z.unknown()),
    count: z.int().min(1),
  })
  .meta({ id: 'AuditEntry' });

export const auditPageSchema = pageSchema(entrySchema);

const placeSchema = z.int().nullable();

export const chainReportSchema = z
  .object({
    isIntact: z.boolean(),
    entries: z.int(),
    firstSeq: placeSchema,
    lastSeq: placeSchema,
    checkpoints: z.int(),
    checkpointSeq: placeSchema,
    unchained: z.int(),
    faultCount: z.int(),
    faults: z.array(
      z.object({
        kind: z.enum(['hash', 'gap', 'order', 'link', 'checkpoint', 'unchained', 'unreadable']),
        seq: placeSchema,
        text: z.string(),
      }),
    ),
  })
  .meta({ id: 'ChainReport' });
