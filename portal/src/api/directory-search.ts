import { z } from 'zod/mini';
import type { TidegateClient } from '../../../src/client/tidegate-client.js';
import { untypedGet } from './untyped.js';

const foundSchema = z.object({
  id: z.string(),
  type: z.enum(['User', 'Group', 'ServicePrincipal']),
  displayName: z.string(),
  userPrincipalName: z.nullable(z.string()),
});
export type FoundPrincipal = z.infer<typeof foundSchema>;

/** Whom the directory knows by a name. @throws ApiError */
export async function searchDirectory(client: TidegateClient, query: string): Promise<readonly FoundPrincipal[]> {
  const answer = await untypedGet(client)('/v1/directory/search', { params: { query: { query } } });
  return z.object({ value: z.array(foundSchema) }).parse(answer).value;
}
