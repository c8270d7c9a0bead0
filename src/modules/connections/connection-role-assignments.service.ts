import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { assertRoomForAssignment, heldBy, type RoleChange } from '../administrators/assignment.policy.js';
import { PrincipalLookupService } from '../administrators/principal-lookup.service.js';
import { afterPrincipal } from '../administrators/principal-page.policy.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import type { PrincipalReference } from '../identity/principal.types.js';
import { ConnectionAccessService, type ConnectionAccess } from './connection-access.service.js';
import { queryConnectionRoles } from './connection-role-query.js';
import { assertMayManageRoles, assertMaySeeRoles, assertMayShare } from './connection-roles.policy.js';
import type { ConnectionRole, ConnectionRoleAssignment } from './connections.types.js';
import { RouteReaderService } from './route-reader.service.js';

const ASSIGNMENT = { principalId: true, principalType: true, role: true } satisfies Prisma.ConnectionRoleSelect;

type AssignmentRow = Prisma.ConnectionRoleGetPayload<{ select: typeof ASSIGNMENT }>;
type Key = Readonly<Record<'tenantId' | 'connectionId' | 'principalId', string>>;

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
    assertMaySeeRoles(caller, held);
    const place = { tenantId: caller.tenantId, connectionId: held.connection.id, after: afterPrincipal(page) };
    const rows = await queryConnectionRoles(this.prisma, place, PAGE_SIZE + 1);
    return cutPage(
      rows,
      ({ principal }) => [principal.id],
      (row) => row,
    );
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND */
  async get(caller: Caller, connectionId: string, principalId: string): Promise<ConnectionRoleAssignment> {
    const held = await this.access.access(caller, connectionId);
    assertMaySeeRoles(caller, held);
    const { tenantId } = caller;
    const row = await this.held(this.prisma, { tenantId, connectionId: held.connection.id, principalId });
    return this.principals.withName(tenantId, row);
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, PRINCIPAL_UNKNOWN, ROLE_ASSIGNMENT_EXISTS, LIMIT_REACHED, IDENTITY_UNAVAILABLE */
  async assign(
    caller: Caller,
    connectionId: string,
    principal: PrincipalReference,
    role: ConnectionRole,
  ): Promise<ConnectionRoleAssignment> {
    assertMayShare(caller, await this.access.access(caller, connectionId), role);
    const { tenantId } = caller;
    const known = await this.principals.get(tenantId, principal);
    return this.change(caller, connectionId, async (tx, held) => {
      assertMayShare(caller, held, role);
      const { id } = held.connection;
      assertRoomForAssignment(await tx.connectionRole.count({ where: { tenantId, connectionId: id } }));
      await tx.connectionRole
        .create({
          data: { connectionId: id, tenantId, principalId: known.id, principalType: known.type, role },
          select: { role: true },
        })
        .catch(refusedAs({ taken: new DomainError('ROLE_ASSIGNMENT_EXISTS', { principalId: known.id }) }));
      const details = { principalId: known.id, principalType: known.type, role };
      return { action: 'connection-role.assigned', details, answer: { principal: known, role } };
    });
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND, LAST_OWNER, IDENTITY_UNAVAILABLE */
  async update(
    caller: Caller,
    connectionId: string,
    principalId: string,
    role: ConnectionRole,
  ): Promise<ConnectionRoleAssignment> {
    assertMayManageRoles(caller, await this.access.access(caller, connectionId));
    const { tenantId } = caller;
    const row = await this.change(caller, connectionId, async (tx, access) => {
      assertMayManageRoles(caller, access);
      const key = { tenantId, connectionId: access.connection.id, principalId };
      const held = await this.held(tx, key);
      if (held.role === 'Owner' && role !== 'Owner') await this.assertNotLast(tx, key);
      await tx.connectionRole.updateMany({ where: { ...key }, data: { role } });
      const details = { principalId: held.principalId, before: held.role, role };
      return { action: 'connection-role.changed', details, answer: { ...held, role } };
    });
    return this.principals.withName(tenantId, row);
  }

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND, LAST_OWNER, IDENTITY_UNAVAILABLE */
  async revoke(caller: Caller, connectionId: string, principalId: string): Promise<void> {
    assertMayManageRoles(caller, await this.access.access(caller, connectionId));
    await this.change(caller, connectionId, async (tx, access) => {
      assertMayManageRoles(caller, access);
      const key = { tenantId: caller.tenantId, connectionId: access.connection.id, principalId };
      const held = await this.held(tx, key);
      if (held.role === 'Owner') await this.assertNotLast(tx, key);
      await tx.connectionRole.deleteMany({ where: { ...key } });
      const details = { principalId: held.principalId, role: held.role };
      return { action: 'connection-role.revoked', details, answer: undefined };
    });
  }

  /** Every change of roles: under the connection's lock, told to other replicas, recorded. */
  private async change<T>(
    caller: Caller,
    connectionId: string,
    write: (tx: Transaction, held: ConnectionAccess) => Promise<RoleChange<T>>,
  ): Promise<T> {
    const holders = await this.access.holders(caller);
    const { id, answer } = await this.prisma.$transaction(async (tx) => {
      const held = await this.access.lockedAccess(tx, caller, connectionId, holders);
      const { id } = held.connection;
      const { action, details, answer } = await write(tx, held);
      await this.changes.publish(tx, 'connection', id);
      await this.audit.record(tx, {
        tenantId: caller.tenantId,
        actor: caller,
        action,
        gatewayId: held.gatewayId,
        subject: { type: 'connection', id },
        details,
      });
      return { id, answer };
    });
    this.routes.forgetConnection(id);
    return answer;
  }

  private held(client: Transaction, { tenantId, connectionId, principalId: wanted }: Key): Promise<AssignmentRow> {
    return heldBy(wanted, (principalId) =>
      client.connectionRole.findFirst({ where: { tenantId, connectionId, principalId }, select: ASSIGNMENT }),
    );
  }

  private async assertNotLast(tx: Transaction, { tenantId, connectionId }: Key): Promise<void> {
    const owners = await tx.connectionRole.count({ where: { tenantId, connectionId, role: 'Owner' } });
    if (owners === 1) throw new DomainError('LAST_OWNER', { connectionId });
  }
}
