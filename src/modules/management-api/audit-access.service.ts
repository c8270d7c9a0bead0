import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';

/** Who may read the record: administrators of the tenant all of it, those of a gateway what concerns it. */
@Injectable()
export class AuditAccess {
  constructor(private readonly roles: GatewayRolesService) {}

  /** @throws DomainError NOT_ADMINISTRATOR */
  assertTenant(caller: Caller): void {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
  }

  /** @throws DomainError NOT_ADMINISTRATOR, GATEWAY_NOT_FOUND */
  async assertSearch(caller: Caller, gatewayId: string | undefined): Promise<void> {
    // Whoever administers the tenant may look for a gateway that is no longer there.
    if (caller.isTenantAdministrator) return;
    if (gatewayId === undefined) throw new DomainError('NOT_ADMINISTRATOR');
    assertAdministrator(caller, await this.roles.access(caller, gatewayId));
  }
}
