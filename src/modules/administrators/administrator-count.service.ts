import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { PrincipalsService } from '../identity/principals.service.js';

/** People of one group looked at. Nobody asks for more than ten administrators, and some may be disabled. */
const MAX_GROUP_MEMBERS = 100;

const ADMINISTRATOR = { principalId: true, principalType: true } satisfies Prisma.GatewayRoleSelect;

/** Counts the administrators of gateways. */
@Injectable()
export class AdministratorCountService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly principals: PrincipalsService,
  ) {}

  /**
   * How many different people and service principals administer a gateway, themselves or through a group, and may sign
   * in. The directory is asked only when those with a role of their own are too few.
   *
   * @param enough stops there: the answer is exact below it
   * @throws DomainError IDENTITY_UNAVAILABLE when a group's members decide and cannot be read
   */
  async count(tenantId: string, gatewayId: string, enough: number): Promise<number> {
    const rows = await this.prisma.gatewayRole.findMany({
      where: { tenantId, gatewayId, role: 'Admin' },
      orderBy: { principalId: 'asc' },
      select: ADMINISTRATOR,
    });
    const groups = rows.filter((row) => row.principalType === 'Group').map((row) => row.principalId);
    const direct = rows.filter((row) => row.principalType !== 'Group').map((row) => row.principalId);
    const known = await this.principals.named(tenantId, direct);
    const found = new Set(direct.filter((id) => known.get(id)?.state === 'Active'));
    for (const group of groups) {
      if (found.size >= enough) break;
      for (const { id, isEnabled } of await this.principals.groupMembers(tenantId, group, MAX_GROUP_MEMBERS)) {
        if (isEnabled) found.add(id);
      }
    }
    return Math.min(found.size, enough);
  }
}
