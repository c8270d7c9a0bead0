import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';
import { MAX_FRAME_BODY_BYTES } from '../../contract/frames.js';

export type RequestBody = Uint8Array | AsyncIterable<Uint8Array>;

/** A caller whose body was refused gets this long to read why before the connection is cut. */
const LINGER_MS = 2_000;

/**
 * The body of a request whose bytes go to the source as they are: at hand when it fits one frame of the relay, else a
 * stream that is read only as fast as the member takes it. Undefined when the request has none.
 *
 * @throws DomainError REQUEST_CANCELLED when the caller leaves while a small body is read
 */
export async function requestBody(
  { raw }: Pick<FastifyRequest, 'raw'>,
  reply: Pick<FastifyReply, 'raw'>,
): Promise<RequestBody | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
  if (length === undefined && encoding === undefined) return undefined;
  const stream = raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  if (length === undefined || Number(length) > MAX_FRAME_BODY_BYTES) {
    reply.raw.once('finish', () => letGo(raw));
    return stream;
  }
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (cause) {
    throw new DomainError('REQUEST_CANCELLED', {}, { cause });
  }
  return Buffer.concat(chunks);
}

/** A body left half read would keep its socket paused for ever, and nobody would notice that the caller has gone. */
function letGo(request: FastifyRequest['raw']): void {
  if (request.complete) return;
  const cut = setTimeout(() => request.socket.destroy(), LINGER_MS);
  request.once('close', () => clearTimeout(cut)).resume();
}
