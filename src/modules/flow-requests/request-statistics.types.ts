import { z } from 'zod';
import { momentSchema } from '../../common/moment.js';

/** What statistics can be asked about. Without a time: the last day. */
export const statisticsQuerySchema = z.object({
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  gatewayId: z.guid().toLowerCase().optional(),
  connectionId: z.guid().toLowerCase().optional(),
});
export type StatisticsQuery = z.infer<typeof statisticsQuerySchema>;

/** Requests that began within one stretch of time. */
export interface StatisticsBucket {
  readonly start: Date;
  readonly requests: number;
  readonly failed: number;
  /** Null where nothing was timed. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** More came than are looked at: its numbers are the beginning's, taken for the whole. */
  readonly isEstimated: boolean;
}

export interface RequestStatistics {
  readonly bucketSeconds: number;
  readonly value: readonly StatisticsBucket[];
  /** Failures by code, the most frequent first. */
  readonly codes: readonly { readonly code: string; readonly count: number }[];
}
