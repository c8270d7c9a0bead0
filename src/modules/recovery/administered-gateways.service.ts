import { Injectable } from '@nestjs/common';
import { PAGE_SIZE } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { Registrant } from '../gateways/registration.service.js';

/** Enough of a gateway to choose it by. */
export interface GatewayChoice {
  readonly id: string;
  readonly name: string;
  readonly region: string;
}

/** Gateways that somebody at a machine can choose to join, restore or take over. */
@Injectable()
export class AdministeredGatewaysService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /**
   * By name, a hundred at most: an agent looks for one by its name. A join token shows the gateway it is for.
   *
   * @param name whole, in either case; undefined: all
   */
  async find(registrant: Registrant, name: string | undefined): Promise<GatewayChoice[]> {
    const { tenantId } = registrant;
    const ids = await this.visible(registrant);
    const rows = await this.prisma.gateway.findMany({
      where: {
        tenantId,
        ...(ids && { id: { in: [...ids] } }),
        ...(name !== undefined && { name: { equals: name, mode: 'insensitive' } }),
      },
      orderBy: { name: 'asc' },
      take: PAGE_SIZE,
      select: { id: true, name: true, region: true },
    });
    // The database takes % and _ in a name for more than themselves.
    return rows.filter((row) => name === undefined || row.name.toLowerCase() === name.toLowerCase());
  }

  /** @returns undefined: all of the tenant's */
  private async visible(registrant: Registrant): Promise<readonly string[] | undefined> {
    const { tenantId, principal, joinToken } = registrant;
    if (joinToken) return joinToken.gatewayId === undefined ? [] : [joinToken.gatewayId];
    if (registrant.isTenantAdministrator === true) return undefined;
    return this.roles.administered({ tenantId, ...principal });
  }
}
