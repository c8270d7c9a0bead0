import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertMaySee } from '../administrators/roles.policy.js';
import type { GatewayResource, ResourceKey, ResourceScope } from './azure-resources.types.js';
import { RESOURCE, toResource } from './resource-rows.js';

/** As many as a tenant can have gateways, each of which is one resource at most: Resource Manager's list has no pages. */
const MAX_LISTED = 10_000;

/** Gateways as resources of Azure subscriptions, for whoever may see the gateways. */
@Injectable()
export class AzureResourcesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /** By group and name. While the directory is away, those that a role through a group shows may be missing. */
  async list(caller: Caller, { subscriptionId, resourceGroup }: ResourceScope): Promise<GatewayResource[]> {
    if (!isIdentifier(subscriptionId)) return [];
    const { tenantId, isTenantAdministrator } = caller;
    const held = isTenantAdministrator ? undefined : await this.roles.holders(caller);
    const rows = await this.prisma.connectionGatewayResource.findMany({
      where: {
        tenantId,
        subscriptionId: subscriptionId.toLowerCase(),
        ...(resourceGroup === undefined ? {} : { resourceGroupKey: resourceGroup.toLowerCase() }),
        ...(held && { gateway: { roles: { some: { principalId: { in: [...held.ids] } } } } }),
      },
      orderBy: [{ resourceGroupKey: 'asc' }, { nameKey: 'asc' }],
      take: MAX_LISTED,
      select: RESOURCE,
    });
    return rows.map(toResource);
  }

  /** @throws DomainError AZURE_RESOURCE_NOT_FOUND, ROLE_MISSING, IDENTITY_UNAVAILABLE */
  async get(caller: Caller, key: ResourceKey): Promise<GatewayResource> {
    const found = await this.find(this.prisma, caller.tenantId, key);
    if (!found) throw resourceMissing(key);
    assertMaySee(caller, await this.roles.access(caller, found.gateway.id));
    return found;
  }

  /** Asks for no role: that is the caller's question. */
  async find(client: Transaction, tenantId: string, key: ResourceKey): Promise<GatewayResource | null> {
    if (!isIdentifier(key.subscriptionId)) return null;
    const row = await client.connectionGatewayResource.findFirst({
      where: {
        tenantId,
        subscriptionId: key.subscriptionId.toLowerCase(),
        resourceGroupKey: key.resourceGroup.toLowerCase(),
        nameKey: key.name.toLowerCase(),
      },
      select: RESOURCE,
    });
    return row && toResource(row);
  }
}

export function resourceMissing({ subscriptionId, resourceGroup, name }: ResourceKey): DomainError {
  const shown = (text: string) => text.slice(0, 100);
  return new DomainError('AZURE_RESOURCE_NOT_FOUND', {
    subscriptionId: shown(subscriptionId),
    resourceGroup: shown(resourceGroup),
    name: shown(name),
  });
}
