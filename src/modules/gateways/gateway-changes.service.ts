import { Injectable, Logger } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { GatewaysService } from './gateways.service.js';
import type { GatewayChange, GatewayView } from './gateways.types.js';
import { MemberOrdersService } from './member-orders.service.js';
import { settingsTagOf } from './settings-tag.policy.js';

const SETTINGS = {
  name: true,
  loadBalancing: true,
  allowCloudConnectionRefresh: true,
  allowCustomConnectors: true,
  cpuThreshold: true,
  memoryThreshold: true,
  description: true,
  department: true,
  contactInformation: true,
} satisfies Prisma.GatewaySelect;

/** Changes and deletes gateways, for their administrators and those of the tenant. */
@Injectable()
export class GatewayChangesService {
  private readonly log = new Logger(GatewayChangesService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly roles: GatewayRolesService,
    private readonly provisioner: RelayProvisioner,
    private readonly orders: MemberOrdersService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * @param expectedTag of the settings that the change was made for; undefined: whatever they are
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, GATEWAY_NAME_TAKEN, PRECONDITION_FAILED,
   *   IDENTITY_UNAVAILABLE
   */
  async update(caller: Caller, gatewayId: string, change: GatewayChange, expectedTag?: string): Promise<GatewayView> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const { tenantId } = caller;
    const data = toData(change);
    if (Object.keys(data).length === 0) return this.gateways.get(caller, gatewayId);
    await this.prisma.$transaction(async (tx) => {
      if (expectedTag !== undefined) await assertUnchanged(tx, tenantId, access.gatewayId, expectedTag);
      const { count } = await tx.gateway
        .updateMany({ where: { id: access.gatewayId, tenantId }, data })
        .catch(refusedAs({ taken: new DomainError('GATEWAY_NAME_TAKEN', { name: change.name ?? '' }) }));
      if (count === 0) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
      if (data.cpuThreshold !== undefined || data.memoryThreshold !== undefined) {
        await this.orders.bumpAll(tx, tenantId, access.gatewayId);
      }
      await this.changed(tx, caller, access.gatewayId, { action: 'gateway.updated', details: data });
    });
    return this.gateways.get(caller, gatewayId);
  }

  /**
   * Deletes a gateway that no connection needs any more. Its members' tokens go with its rows: what they ask next is
   * refused.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, CONNECTIONS_EXIST, IDENTITY_UNAVAILABLE
   */
  async remove(caller: Caller, gatewayId: string): Promise<void> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const { tenantId } = caller;
    const where = { gatewayId: access.gatewayId, tenantId };
    const place = await this.prisma.$transaction(async (tx) => {
      // Connections being made hold a share of this lock, so that none slips in between count and delete.
      const [gateway] = await tx.$queryRaw<{ name: string; epoch: number; namespace: string }[]>`
        SELECT name, epoch, namespace FROM gateway
        WHERE id = ${access.gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
      if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
      const connections = await tx.connection.count({ where });
      if (connections > 0) throw new DomainError('CONNECTIONS_EXIST', { gatewayId: access.gatewayId, connections });
      const members = await tx.member.count({ where });
      await tx.gateway.deleteMany({ where: { id: access.gatewayId, tenantId } });
      const { name, epoch, namespace } = gateway;
      await this.changed(tx, caller, access.gatewayId, { action: 'gateway.deleted', details: { name, members } });
      return { gatewayId: access.gatewayId, epoch, namespace };
    });
    await this.takeDown(place);
  }

  private async changed(
    tx: Transaction,
    caller: Caller,
    gatewayId: string,
    record: Pick<AuditRecord, 'action' | 'details'>,
  ): Promise<void> {
    await this.changes.publish(tx, 'gateway', gatewayId, caller.tenantId);
    const subject = { type: 'gateway', id: gatewayId };
    await this.audit.record(tx, { tenantId: caller.tenantId, actor: caller, gatewayId, subject, ...record });
  }

  /** The rows are gone and decide; a place left on the relay is a matter for the operator. */
  private async takeDown(place: Parameters<RelayProvisioner['remove']>[0]): Promise<void> {
    try {
      await this.provisioner.remove(place);
    } catch (error) {
      this.log.error({ event: 'gateway.leftover', gatewayId: place.gatewayId, cause: String(error) });
    }
  }
}

/** Holds the row until the change is made, so that nobody comes between. @throws DomainError PRECONDITION_FAILED */
async function assertUnchanged(
  tx: Transaction,
  tenantId: string,
  gatewayId: string,
  expectedTag: string,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM gateway WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
  const settings = await tx.gateway.findFirst({ where: { id: gatewayId, tenantId }, select: SETTINGS });
  if (!settings) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
  const tag = settingsTagOf(settings);
  if (tag !== expectedTag) throw new DomainError('PRECONDITION_FAILED', { etag: tag });
}

function toData({ name, loadBalancing, cpuThreshold, memoryThreshold, ...switches }: GatewayChange) {
  const { allowCloudConnectionRefresh, allowCustomConnectors, description, department, contactInformation } = switches;
  return {
    ...(name === undefined ? {} : { name }),
    ...(loadBalancing === undefined ? {} : { loadBalancing }),
    ...(cpuThreshold === undefined ? {} : { cpuThreshold }),
    ...(memoryThreshold === undefined ? {} : { memoryThreshold }),
    ...(allowCloudConnectionRefresh === undefined ? {} : { allowCloudConnectionRefresh }),
    ...(allowCustomConnectors === undefined ? {} : { allowCustomConnectors }),
    ...(description === undefined ? {} : { description }),
    ...(department === undefined ? {} : { department }),
    ...(contactInformation === undefined ? {} : { contactInformation: [...contactInformation] }),
  };
}
