import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ActorRequest } from '../../common/errors/refusal-sink.js';
import { MemberTokensService } from '../gateways/member-tokens.service.js';
import type { MemberRequest } from './current-member.decorator.js';

/** Lets members in, by the access tokens they were given. */
@Injectable()
export class MemberGuard implements CanActivate {
  constructor(private readonly tokens: MemberTokensService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & MemberRequest & ActorRequest>();
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer') throw new DomainError('TOKEN_INVALID');
    request.member = await this.tokens.authenticate(token);
    // A busy replica that works for callers who have left stays busy.
    if (request.raw.socket.destroyed) throw new DomainError('REQUEST_CANCELLED');
    request.actor = { tenantId: request.member.tenantId, id: request.member.id, type: 'Member' };
    return true;
  }
}
