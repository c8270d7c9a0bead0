import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { RecoveryAccess } from './recovery-access.service.js';
import type { RecoveryStatus } from './recovery.types.js';
import { monthsAfter } from './reminder.policy.js';

const DAY_MS = 24 * 60 * 60_000;

/** Tells administrators how the recovery key of a gateway stands. */
@Injectable()
export class RecoveryStatusService {
  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly access: RecoveryAccess,
  ) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async get(caller: Caller, gatewayId: string): Promise<RecoveryStatus> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    const now = new Date();
    const [gateway, handovers, locks] = await Promise.all([
      this.prisma.gateway.findFirst({
        where: { id, tenantId },
        select: { createdAt: true, recoveryProvedAt: true, recoveryChangedAt: true },
      }),
      this.prisma.recoveryHandover.count({ where: { tenantId, gatewayId: id } }),
      this.prisma.recoveryLock.count({ where: { tenantId, gatewayId: id, lockedUntil: { gt: now } } }),
    ]);
    if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const { createdAt, recoveryProvedAt: provedAt, recoveryChangedAt: changedAt } = gateway;
    return {
      provedAt,
      changedAt,
      handovers,
      keyAgeDays: Math.floor((now.getTime() - (changedAt ?? createdAt).getTime()) / DAY_MS),
      locks,
      reminderAt: monthsAfter(provedAt ?? createdAt, this.config.recoveryReminderMonths),
    };
  }
}
