import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AlertReconcilerService } from './alert-reconciler.service.js';
import type { AlertSubject } from './alerts.types.js';
import { LeadershipService } from './leadership.service.js';
import { alertsOf, ROLE_KINDS, type SubjectType } from './role-health.policy.js';
import { tenantsOf } from './subject-query.js';

/** Opens and resolves the alerts that roles are the matter of. Leaves the directory alone: known states are enough. */
@Injectable()
export class RoleWatchService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly leadership: LeadershipService,
    private readonly reconciler: AlertReconcilerService,
  ) {}

  /** @param ids of the tenant; what of them is gone has its alerts resolved */
  async look(tenantId: string, type: SubjectType, ids: readonly string[]): Promise<void> {
    const found = await this.leadership.of(tenantId, type, ids);
    const existing = new Set(await this.existing(tenantId, type, ids));
    const told = new Set(found.map(({ id }) => id));
    // What exists and was not told about cannot be judged now: its alerts stay as they are.
    const judged = ids.filter((id) => told.has(id) || !existing.has(id));
    const subjects = judged.map((id): AlertSubject => (type === 'gateway' ? { gatewayId: id } : { connectionId: id }));
    const kinds = Object.values(ROLE_KINDS[type]);
    await this.reconciler.reconcile(tenantId, { kinds, subjects }, found.flatMap(alertsOf));
  }

  /** The same for ids of whatever tenants. */
  async lookAtChanged(type: SubjectType, ids: readonly string[]): Promise<void> {
    const byTenant = new Map<string, string[]>();
    for (const { tenantId, id } of await tenantsOf(this.prisma, type, ids)) {
      const known = byTenant.get(tenantId);
      if (known) known.push(id);
      else byTenant.set(tenantId, [id]);
    }
    for (const [tenantId, changed] of byTenant) await this.look(tenantId, type, changed);
  }

  private async existing(tenantId: string, type: SubjectType, ids: readonly string[]): Promise<string[]> {
    const query = { where: { tenantId, id: { in: [...ids] } }, select: { id: true } };
    const rows = await (type === 'gateway'
      ? this.prisma.gateway.findMany(query)
      : this.prisma.connection.findMany(query));
    return rows.map(({ id }) => id);
  }
}
