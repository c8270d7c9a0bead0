import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { GatewayRoleAssignmentsService } from '../administrators/gateway-role-assignments.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { gatewayRoleOf, type Permission } from './cluster-bodies.js';
import { toKinds } from './datasource-type.js';
import { PrincipalFinder } from './principal-finder.js';

/** Roles at clusters. A permission has the id of whoever holds it. */
@Injectable()
export class ClusterPermissions {
  constructor(
    private readonly gateways: GatewaysService,
    private readonly assignments: GatewayRoleAssignmentsService,
    private readonly finder: PrincipalFinder,
  ) {}

  /**
   * @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, NOT_ADMINISTRATOR, VALIDATION_FAILED, KIND_NOT_ALLOWED,
   * PRINCIPAL_UNKNOWN, LAST_ADMINISTRATOR, LIMIT_REACHED, IDENTITY_UNAVAILABLE
   */
  async give(caller: Caller, gatewayId: string, { id, role: sent, allowedDataSourceTypes }: Permission): Promise<void> {
    // This API does not say what the id belongs to. Who may not see the gateway does not learn it here either.
    await this.gateways.get(caller, gatewayId);
    const role = gatewayRoleOf(sent);
    const allowedKinds = allowedDataSourceTypes && toKinds(allowedDataSourceTypes, 'allowedDataSourceTypes');
    const principal = await this.finder.get(caller.tenantId, id);
    try {
      await this.assignments.assign(caller, gatewayId, principal, { role, allowedKinds });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ROLE_ASSIGNMENT_EXISTS') throw error;
      await this.assignments.update(caller, gatewayId, principal.id, { role, allowedKinds: allowedKinds ?? null });
    }
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, ROLE_ASSIGNMENT_NOT_FOUND, LAST_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  take(caller: Caller, gatewayId: string, permissionId: string): Promise<void> {
    return this.assignments.revoke(caller, gatewayId, permissionId);
  }
}
