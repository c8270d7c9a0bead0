import type { AnswerOf, TidegateClient } from '../../../src/client/tidegate-client.js';

export type FoundPrincipal = AnswerOf<'get', '/v1/directory/search'>['value'][number];

/** Whom the directory knows by a name. @throws ApiError */
export async function searchDirectory(client: TidegateClient, query: string): Promise<readonly FoundPrincipal[]> {
  return (await client.get('/v1/directory/search', { params: { query: { query } } })).value;
}
