import { z } from 'zod/mini';
import type { TidegateClient } from '../../../../src/client/tidegate-client.js';

const resultSchema = z.object({ created: z.number(), updated: z.number(), unchanged: z.number() });
export type ImportResult = z.infer<typeof resultSchema>;

type UntypedPost = (path: string, init: object) => Promise<unknown>;

/**
 * Sends a pasted list as what it looks like: JSON, or else CSV. A bare array is taken for a list of our own shape.
 *
 * @throws ApiError; SyntaxError when it begins like JSON and is none
 */
export async function sendImport(client: TidegateClient, text: string): Promise<ImportResult> {
  // Both forms are bodies of one operation; only JSON is in the description of the API.
  const post = client.post as unknown as UntypedPost;
  const init = /^\s*[[{]/.test(text)
    ? { body: listOf(JSON.parse(text)) }
    : { body: text, bodySerializer: (body: string) => body, headers: { 'content-type': 'text/csv; charset=utf-8' } };
  return resultSchema.parse(await post('/v1/environments/import', init));
}

function listOf(parsed: unknown): unknown {
  return Array.isArray(parsed) ? { environments: parsed } : parsed;
}
