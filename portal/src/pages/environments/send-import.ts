import type { paths } from '../../../../src/client/schema.js';
import type { AnswerOf, TidegateClient } from '../../../../src/client/tidegate-client.js';

const PATH = '/v1/environments/import';

export type ImportResult = AnswerOf<'post', typeof PATH>;
type List = paths[typeof PATH]['post']['requestBody']['content']['application/json'];

/**
 * Sends a pasted list as what it looks like: JSON, or else CSV. A bare array is taken for a list of our own shape.
 *
 * @throws ApiError; SyntaxError when it begins like JSON and is none
 */
export async function sendImport(client: TidegateClient, text: string): Promise<ImportResult> {
  if (/^\s*[[{]/.test(text)) return client.post(PATH, { body: listOf(JSON.parse(text)) });
  return client.post(PATH, {
    body: text,
    bodySerializer: (body) => body,
    headers: { 'content-type': 'text/csv; charset=utf-8' },
  });
}

/** What is in it is for the service to judge: it says which row is wrong, and why. */
function listOf(parsed: unknown): List {
  return (Array.isArray(parsed) ? { environments: parsed } : parsed) as List;
}
