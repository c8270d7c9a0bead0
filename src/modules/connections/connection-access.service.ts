import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { isIdentifier } from '../administrators/identifier.policy.js';
import type { HeldRoles } from './connection-roles.policy.js';

/** What the caller holds at a connection, and the ids that go with it. */
export interface ConnectionAccess extends HeldRoles {
  readonly gatewayId: string;
}

/** Asks what a caller may do with a connection. */
@Injectable()
export class ConnectionAccessService {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * What the caller holds at a connection of the tenant; holding nothing is an answer too.
   *
   * @param client a transaction, where the answer must fit what is written next
   * @throws DomainError CONNECTION_NOT_FOUND, also for another tenant's connection, so that ids cannot be probed
   */
  async access(caller: Caller, connectionId: string, client: Transaction = this.prisma): Promise<ConnectionAccess> {
    const holder = { where: { principalId: caller.id }, select: { role: true } };
    const row = isIdentifier(connectionId)
      ? await client.connection.findFirst({
          where: { id: connectionId, tenantId: caller.tenantId },
          select: { id: true, gatewayId: true, roles: holder, gateway: { select: { roles: holder } } },
        })
      : null;
    if (!row) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return {
      connection: { id: row.id },
      gatewayId: row.gatewayId,
      grant: { connectionRole: row.roles[0]?.role ?? null, gatewayRole: row.gateway.roles[0]?.role ?? null },
    };
  }
}
