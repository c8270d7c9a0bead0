import { DomainError } from '../../common/errors/domain-error.js';

/**
 * Reads a body into memory, because a repeat is told by comparing it.
 *
 * @throws DomainError VALIDATION_FAILED when it is longer: a stream cannot be sent under an idempotency key
 */
export async function collectBody(body: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body instanceof Uint8Array ? [body] : body) {
    size += chunk.length;
    if (size > maxBytes) {
      const problem = 'the body is too long to be sent under an idempotency key';
      throw new DomainError('VALIDATION_FAILED', { header: 'idempotency-key', problem, maxBytes });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
