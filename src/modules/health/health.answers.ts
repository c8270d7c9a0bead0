import { z } from 'zod';

const stateSchema = z.enum(['ok', 'unreachable']);

export const healthSchema = z
  .object({ status: z.enum(['ok', 'degraded']), database: stateSchema, relay: z.record(z.string(), stateSchema) })
  .meta({ id: 'Health' });
