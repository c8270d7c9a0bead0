import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { AlertReconcilerService } from '../alerts/alert-reconciler.service.js';
import type { NewAlert } from '../alerts/alerts.types.js';
import { monthsBefore } from './reminder.policy.js';

type AlertKind = NewAlert['kind'];

/** What recovery can be the matter of. */
export const RECOVERY_KINDS = [
  'recovery-locked',
  'recovery-key-unproven',
  'recovery-key-change-needed',
] as const satisfies readonly AlertKind[];

interface Looked {
  readonly id: string;
  readonly name: string;
  readonly isLocked: boolean;
  readonly isUnproven: boolean;
  readonly isKeyExposed: boolean;
}

/** Opens and resolves the alerts that recovery is the matter of. They follow from what the tables say. */
@Injectable()
export class RecoveryWatchService {
  private readonly log = new Logger(RecoveryWatchService.name);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly reconciler: AlertReconcilerService,
  ) {}

  /** Something happened at a gateway. Never fails: what was done is done, and the next sweep looks again. */
  async noticed(tenantId: string, gatewayId: string): Promise<void> {
    try {
      await this.look(tenantId, [gatewayId]);
    } catch (error) {
      this.log.warn({ event: 'recovery.look-failed', gatewayId, reason: String(error).slice(0, 300) });
    }
  }

  /** @param ids of the tenant; what of them is gone has its alerts resolved */
  async look(tenantId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const now = new Date();
    const provenAfter = monthsBefore(now, this.config.recoveryReminderMonths);
    const found = await this.prisma.$queryRaw<Looked[]>`
      SELECT g.id::text, g.name,
        EXISTS (SELECT 1 FROM recovery_lock l WHERE l."tenantId" = g."tenantId" AND l."gatewayId" = g.id
          AND l."lockedUntil" > ${now}) AS "isLocked",
        COALESCE(g."recoveryProvedAt", g."createdAt") < ${provenAfter} AS "isUnproven",
        EXISTS (SELECT 1 FROM former_member f WHERE f."tenantId" = g."tenantId" AND f."gatewayId" = g.id
          AND f.reason = 'compromised' AND f.at > COALESCE(g."recoveryChangedAt", g."createdAt")) AS "isKeyExposed"
      FROM gateway g WHERE g."tenantId" = ${tenantId}::uuid AND g.id = ANY (${[...ids]}::uuid[])`;
    const subjects = ids.map((gatewayId) => ({ gatewayId }));
    await this.reconciler.reconcile(tenantId, { kinds: RECOVERY_KINDS, subjects }, found.flatMap(alertsOf));
  }
}

function alertsOf({ id, name, isLocked, isUnproven, isKeyExposed }: Looked): NewAlert[] {
  const alert = (kind: AlertKind): NewAlert => ({ kind, subject: { gatewayId: id }, details: { name } });
  return [
    ...(isLocked ? [alert('recovery-locked')] : []),
    ...(isUnproven ? [alert('recovery-key-unproven')] : []),
    ...(isKeyExposed ? [alert('recovery-key-change-needed')] : []),
  ];
}
