import { z } from 'zod';
import { sourceKindSchema } from '../../contract/targets.js';

const countSchema = z.int().min(0);

/** What the running agent writes for `tidegate-agent top`. Figures without an end are of its whole run. */
export const activitySnapshotSchema = z.object({
  writtenAt: z.iso.datetime(),
  member: z.object({
    connected: z.boolean(),
    transport: z.string().optional(),
    receiving: z.boolean(),
    draining: z.boolean(),
    conditions: z.array(z.string()),
  }),
  inFlight: countSchema,
  refused: countSchema,
  policyDenied: countSchema,
  bytesIn: countSchema,
  bytesOut: countSchema,
  memoryBytes: countSchema,
  /** What `recently` covers. */
  windowSeconds: countSchema,
  heartbeats: z.object({ answered: countSchema, failed: countSchema, lastAnswerAt: z.iso.datetime().optional() }),
  kinds: z.array(
    z.object({
      kind: sourceKindSchema,
      requests: countSchema,
      failed: countSchema,
      recently: z.object({
        requests: countSchema,
        failed: countSchema,
        perSecond: z.number(),
        p50Ms: z.number().optional(),
        p95Ms: z.number().optional(),
      }),
      sessions: z.object({ open: countSchema, idle: countSchema, waiting: countSchema }).optional(),
    }),
  ),
});
export type ActivitySnapshot = z.infer<typeof activitySnapshotSchema>;
