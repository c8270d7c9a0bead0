import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error.js';

/** Fires when the client closes the connection before it was answered. */
export function callerGone(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new DomainError('REQUEST_CANCELLED'));
  });
  return controller.signal;
}
