import type { FastifyReply } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';

/** Fires when the caller's connection ends before the answer is complete, so that the work at the source stops. */
export function callerSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  const { raw } = reply;
  const leave = (): void => controller.abort(new DomainError('REQUEST_CANCELLED'));
  if (raw.destroyed || raw.socket?.destroyed) leave();
  else raw.once('close', () => (raw.writableFinished ? undefined : leave()));
  return controller.signal;
}
