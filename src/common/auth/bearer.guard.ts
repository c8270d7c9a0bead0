import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { ActorRequest } from '../errors/refusal-sink.js';
import { Authenticator } from './authenticator.js';
import type { AuthenticatedRequest } from './current-caller.decorator.js';
import { IS_PUBLIC } from './public.decorator.js';

/** Stands before every route: no route is open unless it says so. */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [context.getHandler(), context.getClass()])) {
      return true;
    }
    const request = context.switchToHttp().getRequest<FastifyRequest & AuthenticatedRequest & ActorRequest>();
    request.caller = await this.authenticator.authenticate(request.headers.authorization);
    request.actor = request.caller;
    return true;
  }
}
