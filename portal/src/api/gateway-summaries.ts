import type { paths } from '../../../src/client/schema.js';
import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type GatewaySummary = AnswerOf<'get', '/v1/gatewaySummaries'>['value'][number];
export type GatewayHealth = GatewaySummary['status'];
type Query = paths['/v1/gatewaySummaries']['get']['parameters']['query'];

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
  // What stands in the page's address may be anything: the service refuses what it does not know.
  const given = Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== '')) as Query;
  const all: GatewaySummary[] = [];
  let continuationToken: string | undefined;
  do {
    const query = { ...given, top: PAGE_ROWS, ...(continuationToken !== undefined && { continuationToken }) };
    const page = await client.get('/v1/gatewaySummaries', { params: { query }, signal });
    all.push(...page.value);
    continuationToken = page.continuationToken;
  } while (continuationToken !== undefined && all.length <= MAX_GATEWAYS);
  return all;
}
