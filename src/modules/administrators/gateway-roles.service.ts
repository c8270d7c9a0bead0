import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { sourceKindSchema } from '../../contract/targets.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GroupsService } from '../identity/groups.service.js';
import type { Holders, PrincipalReference } from '../identity/principal.types.js';
import type { GatewayGrant, GatewayRole } from './gateway-roles.types.js';
import { effectiveGrant, type GatewayAccess } from './roles.policy.js';

const GRANT = { role: true, allowedKinds: true } satisfies Prisma.GatewayRoleSelect;
type GrantRow = Prisma.GatewayRoleGetPayload<{ select: typeof GRANT }>;

/** Who administers more than these is an administrator of the tenant, or should be. */
const MAX_ADMINISTERED = 1_000;

/** Who asks, as far as roles go. */
type Holder = Pick<Caller, 'tenantId' | 'id' | 'type'>;

/** A grant as it is written. */
export interface NewGatewayGrant extends GatewayGrant {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly principal: PrincipalReference;
}

/** Who holds which role at a gateway, themselves or through a group. */
@Injectable()
export class GatewayRolesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
  ) {}

  /** Under which ids the caller can hold roles. Asked before a transaction begins: the directory may have to answer. */
  holders(caller: Holder): Promise<Holders> {
    return this.groups.holdersOf(caller);
  }

  /**
   * What the caller holds at a gateway of the tenant; holding nothing is an answer too.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, also for another tenant's gateway, so that ids cannot be probed
   */
  async access(caller: Holder, gatewayId: string): Promise<GatewayAccess> {
    return this.accessOf(this.prisma, caller, gatewayId, await this.holders(caller));
  }

  /**
   * Takes the gateway's row for a change of its roles, and reads again what the caller holds: of two administrators who
   * take each other's role away at once, the later one has lost it by then.
   *
   * @throws DomainError GATEWAY_NOT_FOUND
   */
  async lockedAccess(tx: Transaction, caller: Holder, gatewayId: string, holders: Holders): Promise<GatewayAccess> {
    const { tenantId } = caller;
    // Not FOR UPDATE: connections that are being made hold a share of the row, and need not wait for this.
    await tx.$queryRaw`
      SELECT 1 FROM gateway WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
    return this.accessOf(tx, caller, gatewayId, holders);
  }

  /** The caller's role, null for none. While the directory is away, what is held through a group may be missing. */
  async roleAt(caller: Holder, gatewayId: string): Promise<GatewayRole | null> {
    const { ids } = await this.holders(caller);
    const rows = await this.prisma.gatewayRole.findMany({
      where: { tenantId: caller.tenantId, gatewayId, principalId: { in: [...ids] } },
      select: GRANT,
    });
    return effectiveGrant(rows.map(toGrant))?.role ?? null;
  }

  /** Gateways that the caller administers, themselves or through a group; at most a thousand. */
  async administered(caller: Holder): Promise<readonly string[]> {
    const { ids } = await this.holders(caller);
    const rows = await this.prisma.gatewayRole.findMany({
      where: { tenantId: caller.tenantId, principalId: { in: [...ids] }, role: 'Admin' },
      distinct: ['gatewayId'],
      orderBy: { gatewayId: 'asc' },
      take: MAX_ADMINISTERED,
      select: { gatewayId: true },
    });
    return rows.map(({ gatewayId }) => gatewayId);
  }

  /** Writes a grant as part of a bigger change. The caller has checked who may, and audits. */
  async grant(tx: Transaction, { tenantId, gatewayId, principal, role, allowedKinds }: NewGatewayGrant): Promise<void> {
    await tx.gatewayRole.create({
      data: {
        tenantId,
        gatewayId,
        principalId: principal.id,
        principalType: principal.type,
        role,
        allowedKinds: [...(allowedKinds ?? [])],
      },
      select: { role: true },
    });
  }

  private async accessOf(
    client: Transaction,
    { tenantId }: Holder,
    gatewayId: string,
    { ids, isComplete }: Holders,
  ): Promise<GatewayAccess> {
    // One statement, where the client would make two: every request about a gateway begins with this.
    const [gateway] = isIdentifier(gatewayId)
      ? await client.$queryRaw<{ id: string; roles: GrantRow[] }[]>`
          SELECT g.id::text AS id, (
            SELECT coalesce(
              json_agg(json_build_object('role', r.role, 'allowedKinds', coalesce(r."allowedKinds", '{}'))), '[]'::json)
            FROM gateway_role r
            WHERE r."gatewayId" = g.id AND r."tenantId" = g."tenantId"
              AND r."principalId" = ANY (${[...ids]}::uuid[])) AS roles
          FROM gateway g WHERE g.id = ${gatewayId}::uuid AND g."tenantId" = ${tenantId}::uuid`
      : [];
    if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return { gatewayId: gateway.id, grant: effectiveGrant(gateway.roles.map(toGrant)), isComplete };
  }
}

/** An empty list of kinds in the table means all of them. */
export function toGrant(row: GrantRow): GatewayGrant {
  const allowedKinds = row.allowedKinds.map((kind) => sourceKindSchema.parse(kind));
  return { role: row.role, allowedKinds: allowedKinds.length > 0 ? allowedKinds : undefined };
}
