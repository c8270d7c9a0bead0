import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const bucketSchema = z.object({
  start: z.string(),
  requests: z.number(),
  failed: z.number(),
  p50Ms: z.nullable(z.number()),
  p95Ms: z.nullable(z.number()),
  isEstimated: z.boolean(),
});
export type StatisticsBucket = z.infer<typeof bucketSchema>;

const statisticsSchema = z.object({
  bucketSeconds: z.number(),
  value: z.array(bucketSchema),
  codes: z.array(z.object({ code: z.string(), count: z.number() })),
});
export type RequestStatistics = z.infer<typeof statisticsSchema>;

/** Requests over the last hours, until now. @throws ApiError */
export async function readRequestStatistics(
  client: TidegateClient,
  hours: number,
  signal: AbortSignal,
): Promise<RequestStatistics> {
  const to = Date.now();
  const query = { from: new Date(to - hours * 3_600_000).toISOString(), to: new Date(to).toISOString() };
  return statisticsSchema.parse(await untypedGet(client)('/v1/requests/statistics', { params: { query }, signal }));
}
