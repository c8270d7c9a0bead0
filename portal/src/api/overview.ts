import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const attentionSchema = z.object({
  kind: z.string(),
  severity: z.enum(['critical', 'warning']),
  name: z.string(),
  title: z.string(),
  remedy: z.string(),
  gatewayId: z.optional(z.string()),
  connectionId: z.optional(z.string()),
  alertId: z.optional(z.string()),
});
export type Attention = z.infer<typeof attentionSchema>;

const overviewSchema = z.object({
  gateways: z.object({ online: z.number(), degraded: z.number(), offline: z.number() }),
  members: z.object({ online: z.number(), offline: z.number(), drained: z.number(), disabled: z.number() }),
  connections: z.object({ total: z.number(), failing: z.number() }),
  attention: z.array(attentionSchema),
});
export type Overview = z.infer<typeof overviewSchema>;

/** How everything that the person may see is doing. @throws ApiError */
export async function readOverview(client: TidegateClient, signal: AbortSignal): Promise<Overview> {
  return overviewSchema.parse(await untypedGet(client)('/v1/overview', { signal }));
}
