import { z } from 'zod';

export const requestStatisticsSchema = z
  .object({
    bucketSeconds: z.int(),
    value: z.array(
      z.object({
        start: z.iso.datetime(),
        requests: z.int(),
        failed: z.int(),
        p50Ms: z.number().nullable(),
        p95Ms: z.number().nullable(),
        isEstimated: z.boolean(),
      }),
    ),
    codes: z.array(z.object({ code: z.string(), count: z.int() })),
  })
  .meta({ id: 'RequestStatistics' });

export const connectionUsageSchema = z
  .object({
    value: z.array(
      z.object({
        kind: z.enum(['environment', 'app', 'flow', 'caller']),
        id: z.string(),
        displayName: z.string().nullable(),
        requests: z.int(),
        failed: z.int(),
        lastUsedAt: z.iso.datetime(),
      }),
    ),
    countedFrom: z.iso.datetime(),
  })
  .meta({ id: 'ConnectionUsage' });
