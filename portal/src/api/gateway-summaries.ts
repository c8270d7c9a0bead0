import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const summarySchema = z.object({
  id: z.string(),
  displayName: z.string(),
  region: z.string(),
  status: z.enum(['online', 'degraded', 'offline']),
  version: z.nullable(z.string()),
  members: z.number(),
  membersOnline: z.number(),
  connections: z.number(),
  lastHeartbeatAt: z.nullable(z.string()),
});
export type GatewaySummary = z.infer<typeof summarySchema>;
export type GatewayHealth = GatewaySummary['status'];

const pageSchema = z.object({ value: z.array(summarySchema), continuationToken: z.optional(z.string()) });

/** Rows of one request: the most that the service gives. */
const PAGE_ROWS = 1_000;
/** More than a list can be worked with; its filters find the others. */
export const MAX_GATEWAYS = 10_000;

/** All gateways that the person may see; more than `MAX_GATEWAYS` are cut after the next page. @throws ApiError */
export async function readGatewaySummaries(
  client: TidegateClient,
  narrowing: Readonly<Record<'scope' | 'search', string>>,
  signal: AbortSignal,
): Promise<readonly GatewaySummary[]> {
  const given = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== ''));
  const read = untypedGet(client);
  const all: GatewaySummary[] = [];
  let continuationToken: string | undefined;
  do {
    const query = { ...given, top: PAGE_ROWS, ...(continuationToken !== undefined && { continuationToken }) };
    const page = pageSchema.parse(await read('/v1/gatewaySummaries', { params: { query }, signal }));
    all.push(...page.value);
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined && all.length <= MAX_GATEWAYS);
  return all;
}
