import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { AzureResourcesService, resourceMissing } from './azure-resources.service.js';
import type {
  GatewayResource,
  Precondition,
  ResourceChange,
  ResourceDraft,
  ResourceKey,
} from './azure-resources.types.js';
import { assertLocation } from './resource-location.policy.js';
import { assertPrecondition } from './resource-etag.policy.js';
import { RESOURCE, toResource } from './resource-rows.js';

/** A resource as it was written. */
interface Written {
  readonly resource: GatewayResource;
  readonly isNew: boolean;
}

interface Wanted {
  readonly gatewayId: string;
  /** Makes a whole resource of what was asked for, and of what is there. */
  readonly complete: (current: GatewayResource | null) => ResourceDraft;
}

/** Makes resources of gateways, changes and deletes them, for the gateways' administrators. The gateways stay as they are. */
@Injectable()
export class AzureResourceChangesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly resources: AzureResourcesService,
    private readonly roles: GatewayRolesService,
    private readonly audit: AuditService,
  ) {}

  /**
   * @returns the resource, and whether it is a new one
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, PRECONDITION_FAILED, AZURE_LOCATION_WRONG,
   * AZURE_LOCATION_FIXED, GATEWAY_LINKED, VERSION_CONFLICT, IDENTITY_UNAVAILABLE
   */
  put(caller: Caller, key: ResourceKey, draft: ResourceDraft, condition: Precondition): Promise<Written> {
    return this.write(caller, key, condition, { gatewayId: draft.gatewayId, complete: () => draft });
  }

  /** @throws DomainError AZURE_RESOURCE_NOT_FOUND, and what `put` throws */
  async update(
    caller: Caller,
    key: ResourceKey,
    change: ResourceChange,
    condition: Precondition,
  ): Promise<GatewayResource> {
    const found = await this.resources.find(this.prisma, caller.tenantId, key);
    if (!found) throw resourceMissing(key);
    const { gatewayId = found.gateway.id, location, tags } = change;
    const complete = (current: GatewayResource | null): ResourceDraft => {
      if (!current) throw resourceMissing(key);
      return { gatewayId, location: location ?? current.location, tags: tags ?? current.tags };
    };
    const { resource } = await this.write(caller, key, condition, { gatewayId, complete });
    return resource;
  }

  /** @returns whether there was one. @throws DomainError NOT_ADMINISTRATOR, PRECONDITION_FAILED, IDENTITY_UNAVAILABLE */
  async remove(caller: Caller, key: ResourceKey, condition: Precondition): Promise<boolean> {
    const { tenantId } = caller;
    const found = await this.resources.find(this.prisma, tenantId, key);
    if (!found) {
      assertPrecondition(condition, null);
      return false;
    }
    assertAdministrator(caller, await this.roles.access(caller, found.gateway.id));
    return this.prisma.$transaction(async (tx) => {
      const current = await this.locked(tx, tenantId, key);
      assertPrecondition(condition, current);
      if (!current) return false;
      if (current.gateway.id !== found.gateway.id) throw new DomainError('VERSION_CONFLICT');
      await tx.connectionGatewayResource.deleteMany({ where: { id: current.id, tenantId } });
      await this.record(tx, caller, 'azure-resource.deleted', current);
      return true;
    });
  }

  private async write(
    caller: Caller,
    key: ResourceKey,
    condition: Precondition,
    { gatewayId: named, complete }: Wanted,
  ): Promise<Written> {
    const { tenantId } = caller;
    const before = await this.resources.find(this.prisma, tenantId, key);
    if (before) assertAdministrator(caller, await this.roles.access(caller, before.gateway.id));
    const { gatewayId } = await this.roles.access(caller, named);
    const holders = await this.roles.holders(caller);
    return this.prisma.$transaction(async (tx) => {
      // One resource a gateway: its lock makes two that are made at once wait for each other.
      assertAdministrator(caller, await this.roles.lockedAccess(tx, caller, gatewayId, holders));
      const current = await this.locked(tx, tenantId, key);
      if (current?.gateway.id !== before?.gateway.id) throw new DomainError('VERSION_CONFLICT');
      assertPrecondition(condition, current);
      const gateway = await tx.gateway.findFirst({ where: { id: gatewayId, tenantId }, select: { region: true } });
      if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
      const draft = complete(current);
      assertLocation(draft.location, gateway.region, current?.location);
      await this.assertUnlinked(tx, tenantId, gatewayId, current?.id);
      const wanted = { tags: draft.tags, gatewayId, location: gateway.region };
      if (!current) return { resource: await this.create(tx, caller, key, wanted), isNew: true };
      return { resource: await this.replace(tx, caller, current, wanted), isNew: false };
    });
  }

  private async locked(tx: Transaction, tenantId: string, key: ResourceKey): Promise<GatewayResource | null> {
    const found = await this.resources.find(tx, tenantId, key);
    if (!found) return null;
    await tx.$queryRaw`
      SELECT 1 FROM connection_gateway_resource WHERE id = ${found.id}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
    return this.resources.find(tx, tenantId, key);
  }

  private async assertUnlinked(tx: Transaction, tenantId: string, gatewayId: string, own?: string): Promise<void> {
    const other = await tx.connectionGatewayResource.findFirst({
      where: { tenantId, gatewayId, ...(own === undefined ? {} : { id: { not: own } }) },
      select: { subscriptionId: true, resourceGroup: true, name: true },
    });
    if (other) throw new DomainError('GATEWAY_LINKED', { gatewayId, ...other });
  }

  private async create(
    tx: Transaction,
    caller: Caller,
    { subscriptionId, resourceGroup, name }: ResourceKey,
    { gatewayId, location, tags }: ResourceDraft,
  ): Promise<GatewayResource> {
    const row = await tx.connectionGatewayResource
      .create({
        data: {
          id: randomUUID(),
          tenantId: caller.tenantId,
          subscriptionId: subscriptionId.toLowerCase(),
          ...{ resourceGroup, resourceGroupKey: resourceGroup.toLowerCase() },
          ...{ name, nameKey: name.toLowerCase() },
          ...{ location, tags, gatewayId, createdBy: caller.id },
        },
        select: RESOURCE,
      })
      .catch(refusedAs({ taken: new DomainError('VERSION_CONFLICT') }));
    const resource = toResource(row);
    await this.record(tx, caller, 'azure-resource.created', resource);
    return resource;
  }

  /** What stays as it is gets no new version, so that the same request sent twice is the same. */
  private async replace(
    tx: Transaction,
    caller: Caller,
    current: GatewayResource,
    { gatewayId, tags }: ResourceDraft,
  ): Promise<GatewayResource> {
    if (current.gateway.id === gatewayId && isDeepStrictEqual({ ...current.tags }, { ...tags })) return current;
    const row = await tx.connectionGatewayResource.update({
      where: { id: current.id, tenantId: caller.tenantId },
      data: { gatewayId, tags, version: { increment: 1 }, updatedAt: new Date() },
      select: RESOURCE,
    });
    const resource = toResource(row);
    await this.record(tx, caller, 'azure-resource.updated', resource);
    return resource;
  }

  private async record(tx: Transaction, caller: Caller, action: string, resource: GatewayResource): Promise<void> {
    const { id, subscriptionId, resourceGroup, name, gateway } = resource;
    await this.audit.record(tx, {
      tenantId: caller.tenantId,
      actor: caller,
      action,
      gatewayId: gateway.id,
      subject: { type: 'azure-resource', id },
      details: { subscriptionId, resourceGroup, name },
    });
  }
}
