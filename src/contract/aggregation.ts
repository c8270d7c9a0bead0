import { z } from 'zod';
import { columnNameSchema, filterSchema } from './filter.js';

/** What can be computed over the values of a column; `count` counts rows and takes none. */
export const AGGREGATE_METHODS = ['sum', 'average', 'min', 'max', 'countdistinct', 'count'] as const;
export type AggregateMethod = (typeof AGGREGATE_METHODS)[number];

/** Rows put together: those that pass the filter, one result for each combination of the named columns' values. */
export const aggregationSchema = z.object({
  filter: filterSchema.optional(),
  groupBy: z.array(columnNameSchema).max(100),
  aggregates: z
    .array(z.object({ method: z.enum(AGGREGATE_METHODS), column: columnNameSchema.optional(), as: columnNameSchema }))
    .max(100),
});
export type Aggregation = z.infer<typeof aggregationSchema>;
