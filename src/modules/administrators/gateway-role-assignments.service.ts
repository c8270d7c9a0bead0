import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import type { PrincipalReference } from '../identity/principal.types.js';
import { assertRoomForAssignment, heldBy, type RoleChange } from './assignment.policy.js';
import { queryGatewayRoles } from './gateway-role-query.js';
import { GatewayRolesService, toGrant } from './gateway-roles.service.js';
import type { GatewayGrant, GatewayGrantChange, GatewayRoleAssignment } from './gateway-roles.types.js';
import type { NamedPrincipal } from './named-principal.types.js';
import { PrincipalLookupService } from './principal-lookup.service.js';
import { afterPrincipal } from './principal-page.policy.js';
import { refusedAs } from './refused-write.policy.js';
import {
  assertAdministrator,
  assertMayGrant,
  assertMaySee,
  changedGrant,
  grantToGive,
  type GatewayAccess,
} from './roles.policy.js';

const ASSIGNMENT = {
  principalId: true,
  principalType: true,
  role: true,
  allowedKinds: true,
} satisfies Prisma.GatewayRoleSelect;

type AssignmentRow = Prisma.GatewayRoleGetPayload<{ select: typeof ASSIGNMENT }>;
type Key = Readonly<Record<'tenantId' | 'gatewayId' | 'principalId', string>>;

/** Gives, changes and takes roles at gateways. */
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
    const place = { tenantId: caller.tenantId, gatewayId: access.gatewayId, after: afterPrincipal(page) };
    const rows = await queryGatewayRoles(this.prisma, place, PAGE_SIZE + 1);
    return cutPage(rows, ({ principal }) => [principal.id], toAssignment);
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, ROLE_ASSIGNMENT_NOT_FOUND */
  async get(caller: Caller, gatewayId: string, principalId: string): Promise<GatewayRoleAssignment> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const { tenantId } = caller;
    const held = await this.held(this.prisma, { tenantId, gatewayId: access.gatewayId, principalId });
    return toAssignment(await this.principals.withName(tenantId, held));
  }

  /**
   * @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, KIND_NOT_ALLOWED, VALIDATION_FAILED, PRINCIPAL_UNKNOWN,
   * ROLE_ASSIGNMENT_EXISTS, LIMIT_REACHED, IDENTITY_UNAVAILABLE
   */
  async assign(
    caller: Caller,
    gatewayId: string,
    principal: PrincipalReference,
    wanted: GatewayGrant,
  ): Promise<GatewayRoleAssignment> {
    const give = (access: GatewayAccess) => {
      assertMayGrant(caller, access, wanted.role);
      return grantToGive(caller, access, wanted);
    };
    give(await this.roles.access(caller, gatewayId));
    const { tenantId } = caller;
    const known = await this.principals.get(tenantId, principal);
    return this.change(caller, gatewayId, async (tx, access) => {
      const grant = give(access);
      assertRoomForAssignment(await tx.gatewayRole.count({ where: { tenantId, gatewayId: access.gatewayId } }));
      await this.roles
        .grant(tx, { tenantId, gatewayId: access.gatewayId, principal: known, ...grant })
        .catch(refusedAs({ taken: new DomainError('ROLE_ASSIGNMENT_EXISTS', { principalId: known.id }) }));
      const details = { principalId: known.id, principalType: known.type, ...shown(grant) };
      return { action: 'gateway-role.assigned', details, answer: { principal: known, ...grant } };
    });
  }

  /**
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, ROLE_ASSIGNMENT_NOT_FOUND, LAST_ADMINISTRATOR,
   * VALIDATION_FAILED, IDENTITY_UNAVAILABLE
   */
  async update(
    caller: Caller,
    gatewayId: string,
    principalId: string,
    change: GatewayGrantChange,
  ): Promise<GatewayRoleAssignment> {
    assertAdministrator(caller, await this.roles.access(caller, gatewayId));
    const { tenantId } = caller;
    const row = await this.change(caller, gatewayId, async (tx, access) => {
      assertAdministrator(caller, access);
      const key = { tenantId, gatewayId: access.gatewayId, principalId };
      const held = await this.held(tx, key);
      const grant = changedGrant(toGrant(held), change);
      if (held.role === 'Admin' && grant.role !== 'Admin') await this.assertNotLast(tx, key);
      const row = { ...held, role: grant.role, allowedKinds: [...(grant.allowedKinds ?? [])] };
      await tx.gatewayRole.updateMany({ where: { ...key }, data: { role: row.role, allowedKinds: row.allowedKinds } });
      const details = { principalId: held.principalId, before: held.role, ...shown(grant) };
      return { action: 'gateway-role.changed', details, answer: row };
    });
    return toAssignment(await this.principals.withName(tenantId, row));
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, ROLE_ASSIGNMENT_NOT_FOUND, LAST_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async revoke(caller: Caller, gatewayId: string, principalId: string): Promise<void> {
    assertAdministrator(caller, await this.roles.access(caller, gatewayId));
    await this.change(caller, gatewayId, async (tx, access) => {
      assertAdministrator(caller, access);
      const key = { tenantId: caller.tenantId, gatewayId: access.gatewayId, principalId };
      const held = await this.held(tx, key);
      if (held.role === 'Admin') await this.assertNotLast(tx, key);
      await tx.gatewayRole.deleteMany({ where: { ...key } });
      const details = { principalId: held.principalId, role: held.role };
      return { action: 'gateway-role.revoked', details, answer: undefined };
    });
  }

  /** Every change of roles: under the gateway's lock, told to other replicas, recorded. */
  private async change<T>(
    caller: Caller,
    gatewayId: string,
    write: (tx: Transaction, access: GatewayAccess) => Promise<RoleChange<T>>,
  ): Promise<T> {
    const holders = await this.roles.holders(caller);
    return this.prisma.$transaction(async (tx) => {
      const access = await this.roles.lockedAccess(tx, caller, gatewayId, holders);
      const { action, details, answer } = await write(tx, access);
      await this.changes.publish(tx, 'gateway', access.gatewayId);
      await this.audit.record(tx, {
        tenantId: caller.tenantId,
        actor: caller,
        action,
        gatewayId: access.gatewayId,
        subject: { type: 'gateway', id: access.gatewayId },
        details,
      });
      return answer;
    });
  }

  private held(client: Transaction, { tenantId, gatewayId, principalId: wanted }: Key): Promise<AssignmentRow> {
    return heldBy(wanted, (principalId) =>
      client.gatewayRole.findFirst({ where: { tenantId, gatewayId, principalId }, select: ASSIGNMENT }),
    );
  }

  private async assertNotLast(tx: Transaction, { tenantId, gatewayId }: Key): Promise<void> {
    const administrators = await tx.gatewayRole.count({ where: { tenantId, gatewayId, role: 'Admin' } });
    if (administrators === 1) throw new DomainError('LAST_ADMINISTRATOR', { gatewayId });
  }
}

function toAssignment(row: Parameters<typeof toGrant>[0] & { principal: NamedPrincipal }): GatewayRoleAssignment {
  return { principal: row.principal, ...toGrant(row) };
}

function shown({ role, allowedKinds }: GatewayGrant): Record<string, string> {
  return { role, ...(allowedKinds && { allowedKinds: allowedKinds.join(', ') }) };
}
