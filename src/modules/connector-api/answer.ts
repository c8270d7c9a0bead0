import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import type { FlowReply } from '../flow-requests/flow-requests.types.js';

/** Text put around the bytes of an answer; what comes last may depend on the trailer. */
export interface Surroundings {
  readonly before: string;
  readonly after: (trailer: ReplyTrailer) => string;
}

const NOTHING: Surroundings = { before: '', after: () => '' };

/** An answer up to this size is sent in one piece, with its length; it fits one frame of the relay. In bytes. */
const MAX_WHOLE_BYTES = 256 * 1024;

/** Most bytes of an answer that this surface has to read itself: a list of tables, a folder of 10,000 files. */
const MAX_PARSED_BYTES = 16 * 1024 * 1024;

/**
 * Sends the bytes of an answer as they come, never parsed, as fast as the caller takes them. Status and headers are the
 * reply's own. Nothing is sent before the first bytes are here, so a failure until then is an ordinary error; after it
 * the connection is cut, and the caller can tell a broken answer from a short one.
 *
 * @throws DomainError before the first byte; afterwards too, for the log, when the connection has been cut
 */
export async function sendAnswer(reply: FastifyReply, flow: FlowReply, around: Surroundings = NOTHING): Promise<void> {
  const trailer = watch(flow.trailer);
  const bytes = flow.body[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [Buffer.from(around.before)];
  let size = 0;
  let next = await bytes.next();
  while (!next.done) {
    begun.push(next.value);
    size += next.value.length;
    if (!trailer.isHere() || size > MAX_WHOLE_BYTES) break;
    next = await bytes.next();
  }
  if (next.done) {
    begun.push(Buffer.from(around.after(await wholeTrailer(flow))));
    await reply.send(Buffer.concat(begun));
    return;
  }
  await stream(
    reply,
    rest(begun, bytes, async () => around.after(await wholeTrailer(flow))),
  );
}

/**
 * Reads an answer that this surface has to translate.
 *
 * @throws DomainError REPLY_INVALID when it is not what the contract says
 */
export async function readAnswer<T>(flow: FlowReply, schema: z.ZodType<T>): Promise<T> {
  const { bytes } = await readWhole(flow);
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new DomainError('REPLY_INVALID', {}, { cause });
  }
}

/**
 * Reads an answer whose status hangs on how it ends.
 *
 * @throws DomainError REPLY_INVALID when it is too long
 */
export async function readWhole(flow: FlowReply): Promise<{ bytes: Buffer; trailer: ReplyTrailer }> {
  watch(flow.trailer);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of flow.body) {
    size += chunk.length;
    if (size > MAX_PARSED_BYTES) throw new DomainError('REPLY_INVALID', { limitBytes: MAX_PARSED_BYTES });
    chunks.push(chunk);
  }
  return { bytes: Buffer.concat(chunks), trailer: await wholeTrailer(flow) };
}

/** Waits until an answer without content is complete. */
export async function finishAnswer(flow: FlowReply): Promise<void> {
  watch(flow.trailer);
  const bytes = flow.body[Symbol.asyncIterator]();
  while (!(await bytes.next()).done);
  await wholeTrailer(flow);
}

/** Without Fastify in between: it would turn a failure of the stream into an error page where it still can. */
async function stream(reply: FastifyReply, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  try {
    await pipeline(Readable.from(chunks, { objectMode: false }), reply.raw);
  } catch (error) {
    reply.raw.destroy();
    // Whoever left knows; only a failure on our side is worth a line.
    if (error instanceof DomainError && error.code !== 'REQUEST_CANCELLED') throw error;
  }
}

async function* rest(
  begun: readonly Uint8Array[],
  bytes: AsyncIterator<Uint8Array>,
  end: () => Promise<string>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* begun.filter((chunk) => chunk.length > 0);
    for (let next = await bytes.next(); !next.done; next = await bytes.next()) yield next.value;
    const last = Buffer.from(await end());
    if (last.length > 0) yield last;
  } finally {
    await bytes.return?.();
  }
}

/** A trailer that says that something is missing makes the answer a failure, however well it began. */
async function wholeTrailer(flow: FlowReply): Promise<ReplyTrailer> {
  const trailer = await flow.trailer;
  if (!trailer.error) return trailer;
  const { code, details = {}, hop, outcome, message } = trailer.error;
  throw new DomainError(code, details, { hop, outcome, message });
}

/** Tells whether the trailer has come. Its rejection is reported by the body as well, so it is not lost here. */
function watch(trailer: Promise<ReplyTrailer>): { isHere: () => boolean } {
  let here = false;
  const arrive = (): void => {
    here = true;
  };
  trailer.then(arrive, arrive);
  return { isHere: () => here };
}
