import { tableListSchema } from '../../contract/table.js';
import { SourceError } from '../connectors/source-error.js';

/** Longest list of tables that is looked through, in bytes: a hundred thousand names of usual length. */
const MAX_LIST_BYTES = 32 * 1024 * 1024;

/**
 * A list of tables or procedures without those that may not be seen.
 *
 * @throws SourceError SOURCE_FAILED when the list is too long to be looked through
 */
export async function* namesIn(
  body: AsyncIterable<Uint8Array>,
  isAllowed: (name: string) => boolean,
): AsyncGenerator<Uint8Array, void, void> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) throw new SourceError('SOURCE_FAILED', 'The source has too many tables to be listed under a policy.'); // prettier-ignore
    chunks.push(chunk);
  }
  const list = tableListSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
  yield Buffer.from(JSON.stringify(list.filter(({ name }) => isAllowed(name))));
}
