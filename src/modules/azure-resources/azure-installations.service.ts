import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import type { Installation } from './azure-resources.types.js';
import { INSTALLATION, toInstallation } from './resource-rows.js';

/** As many gateways as a tenant can have: Resource Manager's list has no pages. */
const MAX_LISTED = 10_000;

/** Gateways that a caller may make resources of: those they administer. */
@Injectable()
export class AzureInstallationsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /** Those of a region, by name. */
  async list(caller: Caller, region: string): Promise<Installation[]> {
    const { tenantId, isTenantAdministrator } = caller;
    const own = isTenantAdministrator ? undefined : await this.roles.administered(caller);
    const rows = await this.prisma.gateway.findMany({
      where: { tenantId, region, ...(own && { id: { in: [...own] } }) },
      orderBy: { name: 'asc' },
      take: MAX_LISTED,
      select: INSTALLATION,
    });
    return rows.map(toInstallation);
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, also for one of another region; NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async get(caller: Caller, region: string, gatewayId: string): Promise<Installation> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const row = await this.prisma.gateway.findFirst({
      where: { id: access.gatewayId, tenantId: caller.tenantId, region },
      select: INSTALLATION,
    });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId, location: region });
    return toInstallation(row);
  }
}
