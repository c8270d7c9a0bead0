import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AuditService } from '../audit/audit.service.js';
import { ConnectionAccessService } from './connection-access.service.js';
import { assertMayManage, assertMayRead } from './connection-roles.policy.js';
import { queryConnection, queryConnections } from './connection-query.js';
import type { ConnectionRoute, ConnectionView } from './connections.types.js';
import { RouteReaderService, type RouteReader } from './route-reader.service.js';

/** Data sources that are reached through a gateway, with their sealed credentials. */
@Injectable()
export class ConnectionsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly routes: RouteReaderService,
    private readonly access: ConnectionAccessService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * Everything a flow request needs to know. At most two seconds old.
   *
   * @throws DomainError CONNECTION_NOT_FOUND, also for another tenant's connection, so that ids cannot be probed
   */
  route(reader: RouteReader, connectionId: string): Promise<ConnectionRoute> {
    return this.routes.read(reader, connectionId.toLowerCase());
  }

  /** Connections the caller may see, by name. While the directory is away, those held through a group may be missing. */
  async list(caller: Caller, page: PageQuery): Promise<Page<ConnectionView>> {
    const [after] = page.continuationToken === undefined ? [] : decodeContinuation(page.continuationToken);
    const { ids } = await this.access.holders(caller);
    const { tenantId } = caller;
    const found = await queryConnections(this.prisma, { tenantId, holderIds: ids, after, take: PAGE_SIZE + 1 });
    return cutPage(
      found,
      (connection) => [connection.displayName],
      (connection) => connection,
    );
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, connectionId: string): Promise<ConnectionView> {
    const held = await this.access.access(caller, connectionId);
    assertMayRead(held);
    const found = await queryConnection(this.prisma, caller.tenantId, held.connection.id);
    if (!found) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
    return found;
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING */
  async remove(caller: Caller, connectionId: string): Promise<void> {
    const held = await this.access.access(caller, connectionId);
    assertMayManage(held);
    const { id } = held.connection;
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.connection.deleteMany({ where: { id, tenantId: caller.tenantId } });
      if (count === 0) throw new DomainError('CONNECTION_NOT_FOUND', { connectionId });
      await this.changes.publish(tx, 'connection', id, caller.tenantId);
      await this.audit.record(tx, {
        tenantId: caller.tenantId,
        actor: caller,
        action: 'connection.deleted',
        gatewayId: held.gatewayId,
        subject: { type: 'connection', id },
        details: {},
      });
    });
    this.routes.forgetConnection(id);
  }
}
