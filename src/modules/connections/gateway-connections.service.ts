import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { ConnectionAccessService, type ConnectionAccess } from './connection-access.service.js';
import { assertMayRead } from './connection-roles.policy.js';
import { CONNECTION_SUMMARY, toConnectionSummary } from './connection-rows.js';
import type { ConnectionSummary } from './connections.types.js';

/** Connections as parts of their gateways, for clients that name both. */
@Injectable()
export class GatewayConnectionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly access: ConnectionAccessService,
  ) {}

  /** All that the caller may see of a gateway, by name: a thousand at most, as many as it can have. @throws DomainError GATEWAY_NOT_FOUND */
  async list(caller: Caller, gatewayId: string): Promise<ConnectionSummary[]> {
    const { id } = await this.gateways.target(caller.tenantId, gatewayId);
    const rows = await this.prisma.connection.findMany({
      where: { tenantId: caller.tenantId, gatewayId: id, ...(await this.seen(caller)) },
      orderBy: { displayName: 'asc' },
      select: CONNECTION_SUMMARY,
    });
    return rows.map(toConnectionSummary);
  }

  /** Ids of those that the caller may see, by gateway. */
  async idsAt(caller: Caller, gatewayIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { tenantId } = caller;
    const holders = [...(await this.access.holders(caller)).ids];
    // Thousands of ids, of which nothing is looked at: the database puts them together.
    const rows = await this.prisma.$queryRaw<{ gatewayId: string; ids: string[] }[]>`
      SELECT c."gatewayId"::text AS "gatewayId", array_agg(c.id::text ORDER BY c.id) AS ids
      FROM connection c
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ANY (${[...gatewayIds]}::uuid[])
        AND (EXISTS (SELECT 1 FROM gateway_role g
                     WHERE g."tenantId" = ${tenantId}::uuid AND g."gatewayId" = c."gatewayId" AND g.role = 'Admin'
                       AND g."principalId" = ANY (${holders}::uuid[]))
          OR EXISTS (SELECT 1 FROM connection_role r
                     WHERE r."tenantId" = ${tenantId}::uuid AND r."connectionId" = c.id
                       AND r."principalId" = ANY (${holders}::uuid[])))
      GROUP BY c."gatewayId"`;
    return new Map(rows.map(({ gatewayId, ids }) => [gatewayId, ids]));
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, also for one of another gateway; ROLE_MISSING */
  async get(caller: Caller, gatewayId: string, connectionId: string): Promise<ConnectionSummary> {
    const held = await this.assertAt(caller, gatewayId, connectionId);
    assertMayRead(held);
    const row = await this.prisma.connection.findFirst({
      where: { id: held.connection.id, tenantId: caller.tenantId },
      select: CONNECTION_SUMMARY,
    });
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return toConnectionSummary(row);
  }

  /**
   * Whether a connection leads through this gateway, whatever the caller holds there.
   *
   * @throws DomainError CONNECTION_NOT_FOUND
   */
  async assertAt(caller: Caller, gatewayId: string, connectionId: string): Promise<ConnectionAccess> {
    const held = await this.access.access(caller, connectionId);
    if (held.gatewayId === gatewayId.toLowerCase()) return held;
    throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
  }

  /** While the directory is away, those held through a group may be missing. */
  private async seen(caller: Caller): Promise<Pick<Prisma.ConnectionWhereInput, 'OR'>> {
    const { ids } = await this.access.holders(caller);
    const principalId = { in: [...ids] };
    return {
      OR: [{ roles: { some: { principalId } } }, { gateway: { roles: { some: { principalId, role: 'Admin' } } } }],
    };
  }
}
