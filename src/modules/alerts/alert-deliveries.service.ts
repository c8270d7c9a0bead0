import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AlertDelivery } from './alert-delivery.js';
import { ALERT, toAlertView, type AlertRow } from './alert-row.js';

/** Of one tenant in one go; the next sweep goes on. */
const BATCH = 500;

/** Hands alerts to the delivery port, and keeps in mind which it took. */
@Injectable()
export class AlertDeliveriesService {
  private readonly log = new Logger(AlertDeliveriesService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly delivery: AlertDelivery,
  ) {}

  /** What was not delivered is tried again with the next sweep. Call it after the commit. */
  async deliver(tenantId: string, alerts: readonly AlertRow[]): Promise<void> {
    const taken: string[] = [];
    for (const alert of alerts) {
      try {
        await this.delivery.deliver(tenantId, toAlertView(alert));
        taken.push(alert.id);
      } catch (error) {
        this.log.warn({ event: 'alert.undelivered', tenantId, kind: alert.kind, reason: String(error).slice(0, 300) });
      }
    }
    if (taken.length === 0) return;
    await this.prisma.alert.updateMany({ where: { tenantId, id: { in: taken } }, data: { deliveredAt: new Date() } });
  }

  /** What is over by now needs no word any more. */
  async deliverPending(tenantId: string): Promise<void> {
    const pending = await this.prisma.alert.findMany({
      where: { tenantId, state: 'Open', deliveredAt: null },
      orderBy: { openedAt: 'asc' },
      take: BATCH,
      select: ALERT,
    });
    await this.deliver(tenantId, pending);
  }
}
