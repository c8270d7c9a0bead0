import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';

/** A request that the member guard let pass. */
export interface MemberRequest {
  member?: AuthenticatedMember;
}

/** Hands the calling member to a route. @throws DomainError TOKEN_INVALID on a route without the guard */
export const CurrentMember = createParamDecorator(
  (_data: undefined, context: ExecutionContext): AuthenticatedMember => {
    const { member } = context.switchToHttp().getRequest<MemberRequest>();
    if (!member) throw new DomainError('TOKEN_INVALID');
    return member;
  },
);
