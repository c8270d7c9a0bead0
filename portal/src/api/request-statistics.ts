import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type RequestStatistics = AnswerOf<'get', '/v1/requests/statistics'>;
export type StatisticsBucket = RequestStatistics['value'][number];

/** Requests over the last hours, until now. @throws ApiError */
export async function readRequestStatistics(
  client: TidegateClient,
  hours: number,
  signal: AbortSignal,
): Promise<RequestStatistics> {
  const to = Date.now();
  const query = { from: new Date(to - hours * 3_600_000).toISOString(), to: new Date(to).toISOString() };
  return client.get('/v1/requests/statistics', { params: { query }, signal });
}
