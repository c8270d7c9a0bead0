import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Registrant } from '../gateways/registration.service.js';

/** A request that the registrant guard let pass. */
export interface RegistrantRequest {
  registrant?: Registrant;
}

/** Hands the registrant to a route. @throws DomainError TOKEN_INVALID on a route without the guard */
export const CurrentRegistrant = createParamDecorator((_data: undefined, context: ExecutionContext): Registrant => {
  const { registrant } = context.switchToHttp().getRequest<RegistrantRequest>();
  if (!registrant) throw new DomainError('TOKEN_INVALID');
  return registrant;
});
