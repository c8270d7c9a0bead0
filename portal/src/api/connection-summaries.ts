import type { paths } from '../../../src/client/schema.js';
import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type ConnectionSummaryPage = AnswerOf<'get', '/v1/connectionSummaries'>;
export type ConnectionSummary = ConnectionSummaryPage['value'][number];
type Query = paths['/v1/connectionSummaries']['get']['parameters']['query'];

export interface ConnectionFilter {
  readonly search?: string;
  readonly kind?: string;
  readonly gatewayId?: string;
  readonly status?: string;
}

/** Rows of one request. */
const PAGE_ROWS = 200;

/** One page of the connections that the person may see. @throws ApiError */
export async function readConnectionSummaries(
  client: TidegateClient,
  filter: ConnectionFilter,
  continuationToken?: string,
): Promise<ConnectionSummaryPage> {
  // What stands in the page's address may be anything: the service refuses what it does not know.
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')) as Query;
  const query = { ...given, top: PAGE_ROWS, ...(continuationToken && { continuationToken }) };
  return client.get('/v1/connectionSummaries', { params: { query } });
}
