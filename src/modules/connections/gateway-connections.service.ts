import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { ConnectionAccessService, type ConnectionAccess } from './connection-access.service.js';
import { assertMayRead } from './connection-roles.policy.js';
import { queryConnection, queryConnections } from './connection-query.js';
import type { ConnectionSummary } from './connections.types.js';

/** Connections as parts of their gateways, for clients that name both. */
@Injectable()
export class GatewayConnectionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly access: ConnectionAccessService,
  ) {}

  /**
   * All that the caller may see of a gateway, by name: a thousand at most, as many as it can have. While the directory is
   * away, those held through a group may be missing.
   *
   * @throws DomainError GATEWAY_NOT_FOUND
   */
  async list(caller: Caller, gatewayId: string): Promise<ConnectionSummary[]> {
    const { tenantId } = caller;
    if (!isIdentifier(gatewayId)) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const { ids } = await this.access.holders(caller);
    const found = await queryConnections(this.prisma, { tenantId, holderIds: ids, gatewayId });
    // One that leads through it says enough; only where there is none is the gateway itself asked about.
    if (found.length === 0) await this.gateways.target(tenantId, gatewayId);
    return found;
  }

  /** Ids of those that the caller may see, by gateway. */
  async idsAt(caller: Caller, gatewayIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { tenantId } = caller;
    const holders = [...(await this.access.holders(caller)).ids];
    // Thousands of ids, of which nothing is looked at: the database puts them together.
    const rows = await this.prisma.$queryRaw<{ gatewayId: string; ids: string }[]>`
      SELECT c."gatewayId"::text AS "gatewayId", string_agg(c.id::text, ',' ORDER BY c.id) AS ids
      FROM connection c
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ANY (${[...gatewayIds]}::uuid[])
        AND (EXISTS (SELECT 1 FROM gateway_role g
                     WHERE g."tenantId" = ${tenantId}::uuid AND g."gatewayId" = c."gatewayId" AND g.role = 'Admin'
                       AND g."principalId" = ANY (${holders}::uuid[]))
          OR EXISTS (SELECT 1 FROM connection_role r
                     WHERE r."tenantId" = ${tenantId}::uuid AND r."connectionId" = c.id
                       AND r."principalId" = ANY (${holders}::uuid[])))
      GROUP BY c."gatewayId"`;
    return new Map(rows.map(({ gatewayId, ids }) => [gatewayId, ids.split(',')]));
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, also for one of another gateway; ROLE_MISSING */
  async get(caller: Caller, gatewayId: string, connectionId: string): Promise<ConnectionSummary> {
    const held = await this.assertAt(caller, gatewayId, connectionId);
    assertMayRead(held);
    const found = await queryConnection(this.prisma, caller.tenantId, held.connection.id);
    if (!found) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return found;
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
}
