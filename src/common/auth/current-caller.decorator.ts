import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from './caller.js';
import { DomainError } from '../errors/domain-error.js';

/** A request that the guard let pass. */
export interface AuthenticatedRequest {
  caller?: Caller;
}

/** Hands the verified caller to a route. @throws DomainError TOKEN_INVALID on a public route, which has none */
export const CurrentCaller = createParamDecorator((_data: undefined, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new DomainError('TOKEN_INVALID');
  return caller;
});
