import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import { GatewayRolesService, toGrant } from './gateway-roles.service.js';
import type { GatewayGrant, GatewayRoleAssignment, PrincipalReference } from './gateway-roles.types.js';
import { isIdentifier } from './identifier.policy.js';
import { PrincipalLookupService, type NamedPrincipal } from './principal-lookup.service.js';
import { afterPrincipal } from './principal-page.policy.js';
import { refusedAs } from './refused-write.policy.js';
import { assertAdministrator, assertMayGrant, assertMaySee, kindsToGrant } from './roles.policy.js';

const ASSIGNMENT = {
  principalId: true,
  principalType: true,
  role: true,
  allowedKinds: true,
} satisfies Prisma.GatewayRoleSelect;

/** Gives and takes roles at gateways. */
@Injectable()
export class GatewayRoleAssignmentsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
    private readonly principals: PrincipalLookupService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Who holds a role, in order of id. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async list(caller: Caller, gatewayId: string, page: PageQuery): Promise<Page<GatewayRoleAssignment>> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const rows = await this.prisma.gatewayRole.findMany({
      where: { gatewayId: access.gatewayId, tenantId: caller.tenantId, ...afterPrincipal(page) },
      orderBy: { principalId: 'asc' },
      take: PAGE_SIZE + 1,
      select: ASSIGNMENT,
    });
    const { value, ...next } = cutPage(
      rows,
      (row) => [row.principalId],
      (row) => row,
    );
    const named = await this.principals.withNames(caller.tenantId, value);
    return { value: named.map(toAssignment), ...next };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND */
  async get(caller: Caller, gatewayId: string, principalId: string): Promise<GatewayRoleAssignment> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const rows = isIdentifier(principalId)
      ? await this.prisma.gatewayRole.findMany({
          where: { gatewayId: access.gatewayId, tenantId: caller.tenantId, principalId },
          select: ASSIGNMENT,
        })
      : [];
    const [named] = await this.principals.withNames(caller.tenantId, rows);
    if (!named) throw new DomainError('ROLE_ASSIGNMENT_NOT_FOUND', { principalId });
    return toAssignment(named);
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, KIND_NOT_ALLOWED, PRINCIPAL_UNKNOWN, ROLE_ASSIGNMENT_EXISTS */
  async assign(
    caller: Caller,
    gatewayId: string,
    principal: PrincipalReference,
    wanted: GatewayGrant,
  ): Promise<GatewayRoleAssignment> {
    const access = await this.roles.access(caller, gatewayId);
    assertMayGrant(caller, access, wanted.role);
    const { tenantId } = caller;
    const { role } = wanted;
    const allowedKinds = role === 'Admin' ? undefined : kindsToGrant(caller, access, wanted.allowedKinds);
    const known = await this.principals.get(tenantId, principal);
    await this.prisma.$transaction(async (tx) => {
      await this.roles.grant(tx, { tenantId, gatewayId: access.gatewayId, principal: known, role, allowedKinds }).catch(
        refusedAs({
          taken: new DomainError('ROLE_ASSIGNMENT_EXISTS', { principalId: known.id }),
          gone: new DomainError('GATEWAY_NOT_FOUND', { gatewayId }),
        }),
      );
      await this.changed(tx, caller, access.gatewayId, ['gateway-role.assigned', { principalId: known.id, role }]);
    });
    return { principal: known, role, allowedKinds };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, ROLE_ASSIGNMENT_NOT_FOUND, LAST_ADMINISTRATOR */
  async revoke(caller: Caller, gatewayId: string, principalId: string): Promise<void> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    await this.prisma.$transaction(async (tx) => {
      // Two administrators who remove each other at the same moment must not both succeed.
      await tx.$queryRaw`
        SELECT 1 FROM gateway WHERE id = ${access.gatewayId}::uuid AND "tenantId" = ${caller.tenantId}::uuid FOR UPDATE`;
      await this.remove(tx, caller.tenantId, access.gatewayId, principalId);
      await this.changed(tx, caller, access.gatewayId, ['gateway-role.revoked', { principalId }]);
    });
  }

  private async remove(tx: Transaction, tenantId: string, gatewayId: string, principalId: string): Promise<void> {
    const held = isIdentifier(principalId)
      ? await tx.gatewayRole.findFirst({ where: { tenantId, gatewayId, principalId }, select: { role: true } })
      : null;
    if (!held) throw new DomainError('ROLE_ASSIGNMENT_NOT_FOUND', { principalId });
    const administrators = await tx.gatewayRole.count({ where: { tenantId, gatewayId, role: 'Admin' } });
    if (held.role === 'Admin' && administrators === 1) throw new DomainError('LAST_ADMINISTRATOR', { gatewayId });
    await tx.gatewayRole.deleteMany({ where: { tenantId, gatewayId, principalId } });
  }

  private async changed(
    tx: Transaction,
    caller: Caller,
    gatewayId: string,
    [action, details]: readonly [string, Record<string, string>],
  ): Promise<void> {
    await this.audit.record(tx, {
      tenantId: caller.tenantId,
      actor: caller,
      action,
      gatewayId,
      subject: { type: 'gateway', id: gatewayId },
      details,
    });
    await this.changes.publish(tx, 'gateway', gatewayId);
  }
}

function toAssignment(row: Parameters<typeof toGrant>[0] & { principal: NamedPrincipal }): GatewayRoleAssignment {
  return { principal: row.principal, ...toGrant(row) };
}
