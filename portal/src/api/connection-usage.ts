import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const usageSchema = z.object({
  kind: z.string(),
  id: z.string(),
  displayName: z.nullable(z.string()),
  requests: z.number(),
  failed: z.number(),
  lastUsedAt: z.string(),
});
export type ConnectionUsage = z.infer<typeof usageSchema>;

/** How far back uses are looked for. */
export const USAGE_DAYS = 30;

/** Who used a connection lately: environments, apps, flows and people. @throws ApiError */
export async function readConnectionUsage(
  client: TidegateClient,
  connectionId: string,
): Promise<readonly ConnectionUsage[]> {
  const init = { params: { path: { id: connectionId }, query: { days: USAGE_DAYS } } };
  const answer = await untypedGet(client)('/v1/connections/{id}/usage', init);
  return z.object({ value: z.array(usageSchema) }).parse(answer).value;
}
