import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { ConnectionRoleAssignmentsService } from '../connections/connection-role-assignments.service.js';
import { assertMayManageRoles, assertMayShare } from '../connections/connection-roles.policy.js';
import type { ConnectionRole, ConnectionRoleAssignment } from '../connections/connections.types.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import { PrincipalFinder } from './principal-finder.js';

/** A data source, as these APIs name it. */
export interface DatasourcePlace {
  readonly gatewayId: string;
  readonly datasourceId: string;
}

/** Somebody who is to get a role, or to lose the one that they hold. */
export interface WantedUser {
  readonly idOrAddress: string;
  readonly typeName: string | undefined;
  /** Undefined takes away the one that they hold. */
  readonly role: ConnectionRole | undefined;
  /** Whether somebody who holds another role changes to this one; else they keep what they have. */
  readonly isExact: boolean;
}

/** Users of data sources are holders of roles at connections. */
@Injectable()
export class DatasourceUsers {
  constructor(
    private readonly places: GatewayConnectionsService,
    private readonly assignments: ConnectionRoleAssignmentsService,
    private readonly finder: PrincipalFinder,
  ) {}

  /** All of them, 500 at most. @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING */
  async list(caller: Caller, { gatewayId, datasourceId }: DatasourcePlace): Promise<ConnectionRoleAssignment[]> {
    await this.places.assertAt(caller, gatewayId, datasourceId);
    const all: ConnectionRoleAssignment[] = [];
    let continuationToken: string | undefined;
    do {
      const page = await this.assignments.list(caller, datasourceId, { continuationToken });
      all.push(...page.value);
      ({ continuationToken } = page);
    } while (continuationToken !== undefined);
    return all;
  }

  /**
   * Gives a role, changes it or takes it away.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, PRINCIPAL_UNKNOWN, ROLE_ASSIGNMENT_NOT_FOUND, LIMIT_REACHED,
   * LAST_OWNER, IDENTITY_UNAVAILABLE
   */
  async put(caller: Caller, place: DatasourcePlace, wanted: WantedUser): Promise<void> {
    const { idOrAddress, typeName, role, isExact } = wanted;
    if (role === undefined) return this.take(caller, place, idOrAddress);
    const { gatewayId, datasourceId } = place;
    assertMayShare(caller, await this.places.assertAt(caller, gatewayId, datasourceId), role);
    const principal = await this.finder.get(caller.tenantId, idOrAddress, typeName);
    try {
      await this.assignments.assign(caller, datasourceId, principal, role);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ROLE_ASSIGNMENT_EXISTS') throw error;
      if (!isExact) return;
      const held = await this.assignments.get(caller, datasourceId, principal.id);
      if (held.role !== role) await this.assignments.update(caller, datasourceId, principal.id, role);
    }
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND, LAST_OWNER, IDENTITY_UNAVAILABLE */
  async take(caller: Caller, { gatewayId, datasourceId }: DatasourcePlace, idOrAddress: string): Promise<void> {
    assertMayManageRoles(caller, await this.places.assertAt(caller, gatewayId, datasourceId));
    const named = isIdentifier(idOrAddress) ? null : await this.finder.find(caller.tenantId, idOrAddress);
    await this.assignments.revoke(caller, datasourceId, named?.id ?? idOrAddress);
  }
}
