import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type ConnectionUsage = AnswerOf<'get', '/v1/connections/{connectionId}/usage'>['value'][number];

/** How far back uses are looked for. */
export const USAGE_DAYS = 30;

/** Who used a connection lately: environments, apps, flows and people. @throws ApiError */
export async function readConnectionUsage(
  client: TidegateClient,
  connectionId: string,
): Promise<readonly ConnectionUsage[]> {
  const params = { path: { connectionId }, query: { days: USAGE_DAYS } };
  return (await client.get('/v1/connections/{connectionId}/usage', { params })).value;
}
