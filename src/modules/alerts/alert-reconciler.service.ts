import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import { SERVICE, type AuditRecord } from '../audit/audit.types.js';
import { AlertDeliveriesService } from './alert-deliveries.service.js';
import type { AlertKind } from './alert-kinds.data.js';
import { ALERT, openKeyOf, type AlertRow } from './alert-row.js';
import type { AlertDetails, AlertSubject, NewAlert } from './alerts.types.js';

/** A batch of a sweep opens a few hundred alerts at most. */
const TRANSACTION = { timeout: 30_000, maxWait: 10_000 };

/** About what, and in which respects, somebody has looked: only there can anything be over. */
export interface AlertScope {
  readonly kinds: readonly AlertKind[];
  readonly subjects: readonly AlertSubject[];
}

/** Makes the alerts that stand those that should. */
@Injectable()
export class AlertReconcilerService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly deliveries: AlertDeliveriesService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Opens what is new, leaves what stands, resolves what is no longer so; then delivers what is new. */
  async reconcile(tenantId: string, { kinds, subjects }: AlertScope, wanted: readonly NewAlert[]): Promise<void> {
    const looked = subjects.flatMap((subject) => kinds.map((kind) => openKeyOf(kind, subject)));
    const standing = await this.prisma.alert.findMany({
      where: { tenantId, openKey: { in: looked } },
      select: { ...ALERT, openKey: true },
    });
    const wantedByKey = new Map(wanted.map((alert) => [openKeyOf(alert.kind, alert.subject), alert]));
    const standingKeys = new Set(standing.map(({ openKey }) => openKey));

    // In one order everywhere: two replicas that open the same alerts wait for each other, not crosswise.
    const news = [...wantedByKey].filter(([key]) => !standingKeys.has(key)).sort(([a], [b]) => (a < b ? -1 : 1));
    const over = standing.filter(({ openKey }) => !wantedByKey.has(openKey ?? '')).map(({ id }) => id);
    const changed = standing.flatMap(({ id, openKey, details }) => {
      const now = wantedByKey.get(openKey ?? '')?.details;
      return now && !isSame(details, now) ? [{ id, details: now }] : [];
    });
    if (news.length + over.length + changed.length === 0) return;

    const opened = await this.prisma.$transaction(async (tx) => {
      const created = await open(tx, tenantId, news);
      for (const { id, details } of changed) {
        await tx.alert.updateMany({ where: { tenantId, id }, data: { details: toJson(details) } });
      }
      const resolved = await resolve(tx, tenantId, over.sort());
      await this.changes.publish(tx, 'alert', '*', tenantId);
      await this.audit.recordAll(tx, tenantId, [
        ...created.map((alert) => recordOf(tenantId, 'alert.opened', alert)),
        ...resolved.map((alert) => recordOf(tenantId, 'alert.resolved', alert)),
      ]);
      return created;
    }, TRANSACTION);
    await this.deliveries.deliver(tenantId, opened);
  }
}

/** Another replica may have opened some of them a moment ago: those are its own to record and deliver. */
function open(tx: Transaction, tenantId: string, news: readonly (readonly [string, NewAlert])[]): Promise<AlertRow[]> {
  return tx.alert.createManyAndReturn({
    data: news.map(([openKey, { kind, subject, details }]) => ({
      id: randomUUID(),
      tenantId,
      kind,
      ...subject,
      details: toJson(details),
      openKey,
    })),
    skipDuplicates: true,
    select: ALERT,
  });
}

function toJson({ name, principals, members }: AlertDetails): Prisma.InputJsonObject {
  return {
    name,
    ...(principals && { principals: principals.map((one) => ({ ...one })) }),
    ...(members && { members: members.map((one) => ({ ...one })) }),
  };
}

function resolve(tx: Transaction, tenantId: string, ids: readonly string[]): Promise<AlertRow[]> {
  return tx.alert.updateManyAndReturn({
    where: { tenantId, id: { in: [...ids] }, state: { not: 'Resolved' } },
    data: { state: 'Resolved', resolvedAt: new Date(), openKey: null },
    select: ALERT,
  });
}

function recordOf(tenantId: string, action: string, { id, kind, gatewayId, connectionId }: AlertRow): AuditRecord {
  return {
    tenantId,
    actor: SERVICE,
    action,
    ...(gatewayId !== null && { gatewayId }),
    subject: { type: 'alert', id },
    details: { kind, ...(connectionId !== null && { connectionId }) },
  };
}

/** The database forgets in which order fields stood. */
function isSame(stored: unknown, now: object): boolean {
  return canonical(stored) === canonical(now);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
