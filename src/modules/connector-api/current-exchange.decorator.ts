import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticatedRequest } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Exchange } from './connector-calls.js';

/** Hands a route its request, its reply and the verified caller as one. @throws DomainError TOKEN_INVALID without a caller */
export const CurrentExchange = createParamDecorator((_data: undefined, context: ExecutionContext): Exchange => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest & AuthenticatedRequest>();
  if (!request.caller) throw new DomainError('TOKEN_INVALID');
  return { caller: request.caller, request, reply: http.getResponse<FastifyReply>() };
});
