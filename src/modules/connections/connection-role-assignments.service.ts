import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { PrincipalReference } from '../administrators/gateway-roles.types.js';
import { isIdentifier } from '../administrators/identifier.policy.js';
import { PrincipalLookupService } from '../administrators/principal-lookup.service.js';
import { afterPrincipal } from '../administrators/principal-page.policy.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { ConnectionAccessService, type ConnectionAccess } from './connection-access.service.js';
import { assertMayManage, assertMayRead, assertMayShare } from './connection-roles.policy.js';
import type { ConnectionRole, ConnectionRoleAssignment } from './connections.types.js';
import { RouteReaderService } from './route-reader.service.js';

const ASSIGNMENT = { principalId: true, principalType: true, role: true } satisfies Prisma.ConnectionRoleSelect;

/** Shares connections. */
@Injectable()
export class ConnectionRoleAssignmentsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: ConnectionAccessService,
    private readonly principals: PrincipalLookupService,
    private readonly routes: RouteReaderService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Who holds a role, in order of id. @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING */
  async list(caller: Caller, connectionId: string, page: PageQuery): Promise<Page<ConnectionRoleAssignment>> {
    const held = await this.access.access(caller, connectionId);
    assertMayRead(caller, held);
    const rows = await this.prisma.connectionRole.findMany({
      where: { connectionId: held.connection.id, tenantId: caller.tenantId, ...afterPrincipal(page) },
      orderBy: { principalId: 'asc' },
      take: PAGE_SIZE + 1,
      select: ASSIGNMENT,
    });
    const { value, ...next } = cutPage(
      rows,
      (row) => [row.principalId],
      (row) => row,
    );
    return { value: await this.principals.withNames(caller.tenantId, value), ...next };
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND */
  async get(caller: Caller, connectionId: string, principalId: string): Promise<ConnectionRoleAssignment> {
    const held = await this.access.access(caller, connectionId);
    assertMayRead(caller, held);
    const rows = isIdentifier(principalId)
      ? await this.prisma.connectionRole.findMany({
          where: { connectionId: held.connection.id, tenantId: caller.tenantId, principalId },
          select: ASSIGNMENT,
        })
      : [];
    const [assignment] = await this.principals.withNames(caller.tenantId, rows);
    if (!assignment) throw new DomainError('ROLE_ASSIGNMENT_NOT_FOUND', { principalId });
    return assignment;
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, PRINCIPAL_UNKNOWN, ROLE_ASSIGNMENT_EXISTS */
  async assign(
    caller: Caller,
    connectionId: string,
    principal: PrincipalReference,
    role: ConnectionRole,
  ): Promise<ConnectionRoleAssignment> {
    const held = await this.access.access(caller, connectionId);
    assertMayShare(caller, held, role);
    const known = await this.principals.get(caller.tenantId, principal);
    await this.prisma.$transaction(async (tx) => {
      await tx.connectionRole
        .create({
          data: {
            connectionId: held.connection.id,
            tenantId: caller.tenantId,
            principalId: known.id,
            principalType: known.type,
            role,
          },
          select: { role: true },
        })
        .catch(
          refusedAs({
            taken: new DomainError('ROLE_ASSIGNMENT_EXISTS', { principalId: known.id }),
            gone: new DomainError('CONNECTION_NOT_FOUND', { connectionId }),
          }),
        );
      await this.audit.record(
        tx,
        this.entry(caller, held, 'connection-role.assigned', { principalId: known.id, role }),
      );
      await this.changes.publish(tx, 'connection', held.connection.id);
    });
    this.routes.forgetConnection(held.connection.id);
    return { principal: known, role };
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND */
  async revoke(caller: Caller, connectionId: string, principalId: string): Promise<void> {
    const held = await this.access.access(caller, connectionId);
    assertMayManage(caller, held);
    await this.prisma.$transaction(async (tx) => {
      const { count } = isIdentifier(principalId)
        ? await tx.connectionRole.deleteMany({
            where: { connectionId: held.connection.id, principalId, tenantId: caller.tenantId },
          })
        : { count: 0 };
      if (count === 0) throw new DomainError('ROLE_ASSIGNMENT_NOT_FOUND', { principalId });
      await this.audit.record(tx, this.entry(caller, held, 'connection-role.revoked', { principalId }));
      await this.changes.publish(tx, 'connection', held.connection.id);
    });
    this.routes.forgetConnection(held.connection.id);
  }

  private entry(caller: Caller, held: ConnectionAccess, action: string, details: Record<string, string>) {
    return {
      tenantId: caller.tenantId,
      actor: caller,
      action,
      gatewayId: held.gatewayId,
      subject: { type: 'connection', id: held.connection.id },
      details,
    };
  }
}
