import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodePlaceInTime, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { refusal } from '../administrators/refusal.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { GroupsService } from '../identity/groups.service.js';
import { ALERT_KINDS, type AlertKind, type AlertSeverity } from './alert-kinds.data.js';
import { queryAlerts } from './alert-query.js';
import { toAlertView } from './alert-row.js';
import type { AlertFilter, AlertView } from './alerts.types.js';

const ofSeverity = (severity: AlertSeverity) =>
  (Object.keys(ALERT_KINDS) as AlertKind[]).filter((kind) => ALERT_KINDS[kind].severity === severity);
const CRITICAL = ofSeverity('critical');
const WARNINGS = ofSeverity('warning');

/**
 * Shows alerts and takes note that somebody sees to them. Administrators of the tenant see all, administrators of a
 * gateway those of the gateway, owners of a connection those of the connection.
 */
@Injectable()
export class AlertsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED */
  async list(caller: Caller, filter: AlertFilter, { continuationToken }: PageQuery): Promise<Page<AlertView>> {
    const before = continuationToken === undefined ? undefined : decodePlaceInTime(continuationToken);
    const { ids } = await this.groups.holdersOf(caller);
    const rows = await queryAlerts(this.prisma, { caller, holders: ids }, { ...filter, before });
    return cutPage(rows, ({ openedAt, id }) => [openedAt.toISOString(), id], toAlertView);
  }

  /**
   * What nobody has put right yet, whether or not somebody sees to it: the newest of each severity, so that many warnings
   * hide nothing critical. The critical come first.
   */
  async unresolved(caller: Caller): Promise<AlertView[]> {
    const { ids: holders } = await this.groups.holdersOf(caller);
    const found = await Promise.all(
      [CRITICAL, WARNINGS].map((unresolved) => queryAlerts(this.prisma, { caller, holders }, { unresolved })),
    );
    return found.flatMap((rows) => rows.slice(0, PAGE_SIZE).map(toAlertView));
  }

  /** @throws DomainError ALERT_NOT_FOUND, also for one that the caller may not see; IDENTITY_UNAVAILABLE */
  async get(caller: Caller, alertId: string): Promise<AlertView> {
    const { ids, isComplete } = await this.groups.holdersOf(caller);
    const [row] = isIdentifier(alertId)
      ? await queryAlerts(this.prisma, { caller, holders: ids }, { id: alertId.toLowerCase() })
      : [];
    if (!row) throw refusal({ isComplete }, 'ALERT_NOT_FOUND', { alertId });
    return toAlertView(row);
  }

  /**
   * Notes that the caller sees to it. It stays until it is no longer so; what is noted or over already stays as it is.
   *
   * @throws DomainError ALERT_NOT_FOUND, IDENTITY_UNAVAILABLE
   */
  async acknowledge(caller: Caller, alertId: string): Promise<AlertView> {
    const { id, kind, gatewayId } = await this.get(caller, alertId);
    const { tenantId } = caller;
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.alert.updateMany({
        where: { tenantId, id, state: 'Open' },
        data: { state: 'Acknowledged', acknowledgedAt: new Date(), acknowledgedBy: caller.id },
      });
      if (count === 0) return;
      await this.changes.publish(tx, 'alert', '*', tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'alert.acknowledged',
        ...(gatewayId !== undefined && { gatewayId }),
        subject: { type: 'alert', id },
        details: { kind },
      });
    });
    return this.get(caller, id);
  }
}
