import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type Overview = AnswerOf<'get', '/v1/overview'>;
export type Attention = Overview['attention'][number];

/** How everything that the person may see is doing. @throws ApiError */
export async function readOverview(client: TidegateClient, signal: AbortSignal): Promise<Overview> {
  return client.get('/v1/overview', { signal });
}
