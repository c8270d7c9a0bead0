import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertMaySee } from '../administrators/roles.policy.js';
import type { GatewayResource, ResourceKey, ResourceScope } from './azure-resources.types.js';
import { queryResources } from './resource-query.js';

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
    const groupKey = resourceGroup?.toLowerCase();
    return queryResources(this.prisma, { tenantId, subscriptionId, groupKey, holderIds: held?.ids, take: MAX_LISTED });
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
    const { subscriptionId } = key;
    const place = { groupKey: key.resourceGroup.toLowerCase(), nameKey: key.name.toLowerCase() };
    const [found] = await queryResources(client, { tenantId, subscriptionId, ...place, take: 1 });
    return found ?? null;
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
