import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GATEWAY_ROLES, type GatewayRole } from '../administrators/gateway-roles.types.js';
import { GroupsService } from '../identity/groups.service.js';
import type { Holders } from '../identity/principal.types.js';
import { effectiveConnectionRole, type HeldRoles } from './connection-roles.policy.js';
import type { ConnectionRole } from './connections.types.js';

/** What the caller holds at a connection, and the ids that go with it. */
export interface ConnectionAccess extends HeldRoles {
  readonly gatewayId: string;
}

interface AccessRow {
  readonly id: string;
  readonly gatewayId: string;
  readonly roles: readonly ConnectionRole[];
  readonly gatewayRoles: readonly GatewayRole[];
}

/** Asks what a caller may do with a connection, themselves or through a group. */
@Injectable()
export class ConnectionAccessService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
  ) {}

  /** Under which ids the caller can hold roles. Asked before a transaction begins: the directory may have to answer. */
  holders(caller: Caller): Promise<Holders> {
    return this.groups.holdersOf(caller);
  }

  /**
   * What the caller holds at a connection of the tenant; holding nothing is an answer too.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, also for another tenant's connection, so that ids cannot be probed
   */
  async access(caller: Caller, connectionId: string): Promise<ConnectionAccess> {
    return this.accessOf(this.prisma, caller, connectionId, await this.holders(caller));
  }

  /**
   * Takes the connection's row for a change of its roles, and reads again what the caller holds: of two owners who take
   * each other's role away at once, the later one has lost it by then.
   *
   * @throws DomainError CONNECTION_NOT_FOUND
   */
  async lockedAccess(
    tx: Transaction,
    caller: Caller,
    connectionId: string,
    holders: Holders,
  ): Promise<ConnectionAccess> {
    await tx.$queryRaw`
      SELECT 1 FROM connection
      WHERE id = ${connectionId}::uuid AND "tenantId" = ${caller.tenantId}::uuid FOR NO KEY UPDATE`;
    return this.accessOf(tx, caller, connectionId, holders);
  }

  private async accessOf(
    client: Transaction,
    { tenantId }: Caller,
    connectionId: string,
    { ids, isComplete }: Holders,
  ): Promise<ConnectionAccess> {
    const holderIds = [...ids];
    // One statement, where the client would make four: every request about a connection begins with this.
    const [row] = isIdentifier(connectionId)
      ? await client.$queryRaw<AccessRow[]>`
          SELECT c.id::text AS id, c."gatewayId"::text AS "gatewayId",
            (SELECT coalesce(json_agg(r.role), '[]'::json) FROM connection_role r
             WHERE r."connectionId" = c.id AND r."tenantId" = c."tenantId"
               AND r."principalId" = ANY (${holderIds}::uuid[])) AS roles,
            (SELECT coalesce(json_agg(r.role), '[]'::json) FROM gateway_role r
             WHERE r."gatewayId" = c."gatewayId" AND r."tenantId" = c."tenantId"
               AND r."principalId" = ANY (${holderIds}::uuid[])) AS "gatewayRoles"
          FROM connection c WHERE c.id = ${connectionId}::uuid AND c."tenantId" = ${tenantId}::uuid`
      : [];
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    const grant = {
      connectionRole: effectiveConnectionRole(row.roles),
      gatewayRole: GATEWAY_ROLES.find((role) => row.gatewayRoles.includes(role)) ?? null,
      isComplete,
    };
    return { connection: { id: row.id }, gatewayId: row.gatewayId, grant };
  }
}
