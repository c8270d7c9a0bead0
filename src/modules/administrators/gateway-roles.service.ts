import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { sourceKindSchema } from '../../contract/targets.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { GatewayGrant, GatewayRole, PrincipalReference } from './gateway-roles.types.js';
import { isIdentifier } from './identifier.policy.js';
import type { GatewayAccess } from './roles.policy.js';

const GRANT = { role: true, allowedKinds: true } satisfies Prisma.GatewayRoleSelect;

/** A grant as it is written. */
export interface NewGatewayGrant extends GatewayGrant {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly principal: PrincipalReference;
}

/** Who holds which role at a gateway. */
@Injectable()
export class GatewayRolesService {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * What the caller holds at a gateway of the tenant; holding nothing is an answer too.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, also for another tenant's gateway, so that ids cannot be probed
   */
  async access(caller: Caller, gatewayId: string): Promise<GatewayAccess> {
    const gateway = isIdentifier(gatewayId)
      ? await this.prisma.gateway.findFirst({
          where: { id: gatewayId, tenantId: caller.tenantId },
          select: { id: true, roles: { where: { principalId: caller.id }, select: GRANT } },
        })
      : null;
    if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const [held] = gateway.roles;
    return { gatewayId: gateway.id, grant: held ? toGrant(held) : null };
  }

  async roleAt(tenantId: string, gatewayId: string, principalId: string): Promise<GatewayRole | null> {
    const row = await this.prisma.gatewayRole.findFirst({
      where: { tenantId, gatewayId, principalId },
      select: { role: true },
    });
    return row?.role ?? null;
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
}

/** An empty list of kinds in the table means all of them. */
export function toGrant(row: Prisma.GatewayRoleGetPayload<{ select: typeof GRANT }>): GatewayGrant {
  const allowedKinds = row.allowedKinds.map((kind) => sourceKindSchema.parse(kind));
  return { role: row.role, allowedKinds: allowedKinds.length > 0 ? allowedKinds : undefined };
}
