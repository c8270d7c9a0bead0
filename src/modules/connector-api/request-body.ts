import type { IncomingMessage } from 'node:http';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_FRAME_BODY_BYTES } from '../../contract/frames.js';

export type RequestBody = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * The body of a request whose bytes go to the source as they are: at hand when it fits one frame of the relay, else a
 * stream that is read only as fast as the member takes it. Undefined when the request has none.
 *
 * @throws DomainError REQUEST_CANCELLED when the caller leaves while a small body is read
 */
export async function requestBody(request: IncomingMessage): Promise<RequestBody | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (length === undefined && encoding === undefined) return undefined;
  if (length === undefined || Number(length) > MAX_FRAME_BODY_BYTES) return request;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  } catch (cause) {
    throw new DomainError('REQUEST_CANCELLED', {}, { cause });
  }
  return Buffer.concat(chunks);
}
