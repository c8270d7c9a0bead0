import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { isIdentifier } from '../../common/identifier.js';
import { AuditService } from '../audit/audit.service.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { assertRegionServed } from '../environments/regions.policy.js';
import { GatewaysService } from '../gateways/gateways.service.js';
import { ConnectionAccessService } from './connection-access.service.js';
import { assertMayManage } from './connection-roles.policy.js';
import { RouteReaderService } from './route-reader.service.js';

/** Says in which environments a connection may be used. */
@Injectable()
export class ConnectionBindingsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: ConnectionAccessService,
    private readonly gateways: GatewaysService,
    private readonly environments: EnvironmentsService,
    private readonly routes: RouteReaderService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Binding twice is binding once. @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ENVIRONMENT_NOT_FOUND, REGION_MISMATCH */
  async bind(caller: Caller, connectionId: string, environmentId: string): Promise<void> {
    const held = await this.access.access(caller, connectionId);
    assertMayManage(held);
    const { region } = await this.gateways.target(caller.tenantId, held.gatewayId);
    const [id = environmentId] = await this.checked(caller.tenantId, [environmentId], { region });
    await this.change(caller, held.connection.id, 'connection.bound', id, async (tx) => {
      await this.lockServed(tx, caller.tenantId, [id], { region });
      const { count } = await tx.connectionEnvironment.createMany({
        data: [{ connectionId: held.connection.id, environmentId: id, tenantId: caller.tenantId }],
        skipDuplicates: true,
      });
      return count;
    });
  }

  /** Unbinding what is not bound changes nothing. @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, ENVIRONMENT_NOT_FOUND */
  async unbind(caller: Caller, connectionId: string, environmentId: string): Promise<void> {
    const held = await this.access.access(caller, connectionId);
    assertMayManage(held);
    const { id } = await this.environment(caller.tenantId, environmentId);
    await this.change(caller, held.connection.id, 'connection.unbound', id, async (tx) => {
      const { count } = await tx.connectionEnvironment.deleteMany({
        where: { connectionId: held.connection.id, environmentId: id, tenantId: caller.tenantId },
      });
      return count;
    });
  }

  /**
   * Checks that every environment exists in the tenant and may be served by the gateway's region.
   *
   * @returns the ids, each once
   * @throws DomainError ENVIRONMENT_NOT_FOUND, REGION_MISMATCH
   */
  async checked(
    tenantId: string,
    environmentIds: readonly string[],
    gateway: { readonly region: string },
  ): Promise<string[]> {
    const checked = new Set<string>();
    for (const environmentId of environmentIds) {
      const environment = await this.environment(tenantId, environmentId);
      assertRegionServed(environment, gateway);
      checked.add(environment.id);
    }
    return [...checked];
  }

  /**
   * Checks again what `checked` found, and keeps it so until the transaction ends: an environment may be moving to
   * another region, or going, at this moment.
   *
   * @param environmentIds as `checked` returned them
   * @throws DomainError ENVIRONMENT_NOT_FOUND, REGION_MISMATCH
   */
  async lockServed(
    tx: Transaction,
    tenantId: string,
    environmentIds: readonly string[],
    gateway: { readonly region: string },
  ): Promise<void> {
    if (environmentIds.length === 0) return;
    const rows = await tx.$queryRaw<{ id: string; region: string }[]>`
      SELECT id::text, region FROM environment
      WHERE "tenantId" = ${tenantId}::uuid AND id = ANY (${[...environmentIds]}::uuid[]) ORDER BY id FOR SHARE`;
    const regions = new Map(rows.map(({ id, region }) => [id, region]));
    for (const environmentId of environmentIds) {
      const region = regions.get(environmentId);
      if (region === undefined) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
      assertRegionServed({ region }, gateway);
    }
  }

  private async environment(tenantId: string, environmentId: string): Promise<{ id: string; region: string }> {
    const environment = isIdentifier(environmentId)
      ? await this.environments.find(tenantId, environmentId.toLowerCase())
      : null;
    if (!environment) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
    return environment;
  }

  private async change(
    caller: Caller,
    connectionId: string,
    action: string,
    environmentId: string,
    write: (tx: Transaction) => Promise<number>,
  ): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      if ((await write(tx)) === 0) return;
      await this.changes.publish(tx, 'connection', connectionId);
      await this.audit.record(tx, {
        tenantId: caller.tenantId,
        actor: caller,
        action,
        subject: { type: 'connection', id: connectionId },
        details: { environmentId },
      });
    });
    this.routes.forgetConnection(connectionId);
  }
}
