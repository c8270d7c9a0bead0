import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GATEWAY_ROLES } from '../administrators/gateway-roles.types.js';
import { GroupsService } from '../identity/groups.service.js';
import type { Holders } from '../identity/principal.types.js';
import { effectiveConnectionRole, type HeldRoles } from './connection-roles.policy.js';

/** What the caller holds at a connection, and the ids that go with it. */
export interface ConnectionAccess extends HeldRoles {
  readonly gatewayId: string;
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
    const holder = { where: { principalId: { in: [...ids] } }, select: { role: true } };
    const row = isIdentifier(connectionId)
      ? await client.connection.findFirst({
          where: { id: connectionId, tenantId },
          select: { id: true, gatewayId: true, roles: holder, gateway: { select: { roles: holder } } },
        })
      : null;
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    const atGateway = row.gateway.roles.map(({ role }) => role);
    const grant = {
      connectionRole: effectiveConnectionRole(row.roles.map(({ role }) => role)),
      gatewayRole: GATEWAY_ROLES.find((role) => atGateway.includes(role)) ?? null,
      isComplete,
    };
    return { connection: { id: row.id }, gatewayId: row.gatewayId, grant };
  }
}
