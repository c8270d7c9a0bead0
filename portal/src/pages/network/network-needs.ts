import type { paths } from '../../../../src/client/schema.js';
import type { AnswerOf, TidegateClient } from '../../../../src/client/tidegate-client.js';

export type NetworkNeeds = AnswerOf<'get', '/v1/network'>;
type Region = paths['/v1/network']['get']['parameters']['query']['region'];

/** What agents of a region have to reach. @throws ApiError for one that is none */
export async function readNetworkNeeds(client: TidegateClient, region: string): Promise<NetworkNeeds> {
  return client.get('/v1/network', { params: { query: { region: region as Region } } });
}
