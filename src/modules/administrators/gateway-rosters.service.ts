import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { PrincipalReference } from '../identity/principal.types.js';
import { toGrant } from './gateway-roles.service.js';
import type { GatewayGrant } from './gateway-roles.types.js';

const ROSTER = {
  gatewayId: true,
  principalId: true,
  principalType: true,
  role: true,
  allowedKinds: true,
} satisfies Prisma.GatewayRoleSelect;

/** Roles of one answer. A gateway has 500 at most; hardly one has more than ten. */
const MAX_ROLES = 50_000;

/** A role and its holder, without names. */
export interface RosterEntry extends GatewayGrant {
  readonly principal: PrincipalReference;
}

/** Who holds which role at many gateways at once. */
@Injectable()
export class GatewayRostersService {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * By gateway, in order of id. Asks for no role: the caller has checked who may know.
   *
   * @returns as many of the gateways, from the first one on, as one answer can hold
   */
  async of(tenantId: string, gatewayIds: readonly string[]): Promise<ReadonlyMap<string, readonly RosterEntry[]>> {
    const fitting = await this.fitting(tenantId, gatewayIds);
    const rows = await this.prisma.gatewayRole.findMany({
      where: { tenantId, gatewayId: { in: fitting } },
      orderBy: [{ gatewayId: 'asc' }, { principalId: 'asc' }],
      select: ROSTER,
    });
    const rosters = new Map<string, RosterEntry[]>(fitting.map((id) => [id, []]));
    for (const { gatewayId, principalId: id, principalType: type, ...grant } of rows) {
      rosters.get(gatewayId)?.push({ principal: { id, type }, ...toGrant(grant) });
    }
    return rosters;
  }

  private async fitting(tenantId: string, gatewayIds: readonly string[]): Promise<string[]> {
    let ids = [...gatewayIds];
    while (ids.length > 1 && (await this.count(tenantId, ids)) > MAX_ROLES) ids = ids.slice(0, ids.length / 2);
    return ids;
  }

  private count(tenantId: string, ids: readonly string[]): Promise<number> {
    return this.prisma.gatewayRole.count({ where: { tenantId, gatewayId: { in: [...ids] } } });
  }
}
