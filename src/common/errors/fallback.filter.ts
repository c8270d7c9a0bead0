import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf, runInContext } from '../request-context.js';
import { describeFailure } from './failure.js';
import { refusalOf } from './refusal-of.js';
import type { ActorRequest, RefusalSink } from './refusal-sink.js';
import { renderForPath, type RenderedFailure } from './render.js';

/**
 * Answers every failure that no surface's own filter caught, in the shape of the surface that the path belongs to, and
 * has refusals of known callers kept.
 */
@Catch()
export class FallbackFilter implements ExceptionFilter {
  constructor(private readonly refusals: RefusalSink) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest & ActorRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    // Failures before the route (a broken body, no such path) come from outside of the request's asynchronous context.
    const failure = runInContext(contextOf(request.raw), () => describeFailure(error));
    const refusal = refusalOf(request, failure);
    if (refusal) this.refusals.refused(refusal);
    sendFailure(reply, renderForPath(failure, request.url, request.host, request.method));
  }
}

const log = new Logger('Reply');

/** Writes a rendered failure; cuts the connection when an answer had begun, which must never look complete. */
export function sendFailure(reply: FastifyReply, failure: RenderedFailure): void {
  if (reply.raw.headersSent) {
    log.warn({ event: 'reply.cut', status: failure.status });
    reply.raw.destroy();
    return;
  }
  void reply.code(failure.status).headers(failure.headers).type(failure.contentType).send(failure.body);
}
