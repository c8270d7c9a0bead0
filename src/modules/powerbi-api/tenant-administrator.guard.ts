import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';

/** Before routes that speak of the whole tenant. Stands behind the guard that knows callers. */
@Injectable()
export class TenantAdministratorGuard implements CanActivate {
  /** @throws DomainError NOT_ADMINISTRATOR */
  canActivate(context: ExecutionContext): boolean {
    const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
    if (!caller?.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    return true;
  }
}
