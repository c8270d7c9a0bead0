import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { withFreeAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { PROOF_LOCK_SECONDS } from '../../contract/recovery.js';
import { ExposuresService } from './exposures.service.js';
import { RecoveryTimings } from './recovery-timings.js';
import { RECOVERY_KINDS, RecoveryWatchService } from './recovery-watch.service.js';

/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Tenants or gateways looked at together. */
const BATCH = 200;

/** Looks after the recovery of every gateway: reminders, locks that ended, challenges that nobody answered. */
@Injectable()
export class RecoverySweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RecoverySweepService.name);
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private isStopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly watch: RecoveryWatchService,
    private readonly exposures: ExposuresService,
    private readonly timings: RecoveryTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), this.timings.sweepMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Looks at everything of every tenant, unless another replica is at it. Never fails: the next one tries again. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepOnce().finally(() => (this.sweeping = undefined));
    return this.sweeping;
  }

  private async sweepOnce(): Promise<void> {
    try {
      await withFreeAdvisoryLock(this.config.databaseUrl, 'recoverySweep', () =>
        this.eachBatch(
          (after) =>
            this.prisma.tenant.findMany({
              where: { id: { gt: after } },
              orderBy: { id: 'asc' },
              take: BATCH,
              select: { id: true },
            }),
          async (tenants) => {
            for (const tenant of tenants) if (!this.isStopped) await this.sweepTenant(tenant);
          },
        ),
      );
    } catch (error) {
      this.log.warn({ event: 'recovery.sweep-failed', reason: String(error).slice(0, 300) });
    }
  }

  private async sweepTenant(tenantId: string): Promise<void> {
    const ended = new Date(Date.now() - PROOF_LOCK_SECONDS * 1000);
    await this.prisma.recoveryChallenge.deleteMany({ where: { tenantId, expiresAt: { lt: ended } } });
    await this.prisma.recoveryLock.deleteMany({
      where: {
        tenantId,
        countedFrom: { lt: ended },
        OR: [{ lockedUntil: null }, { lockedUntil: { lt: new Date() } }],
      },
    });
    await this.exposures.closeChanged(tenantId);
    await this.eachBatch(
      (after) =>
        this.prisma.gateway.findMany({
          where: { tenantId, id: { gt: after } },
          orderBy: { id: 'asc' },
          take: BATCH,
          select: { id: true },
        }),
      (gateways) => this.watch.look(tenantId, gateways),
    );
    await this.watch.look(tenantId, await this.deletedGateways(tenantId));
  }

  /** Gateways that are gone, of which an alert still stands. */
  private async deletedGateways(tenantId: string): Promise<string[]> {
    const rows = await this.prisma.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT a."gatewayId"::text AS id FROM alert a
      LEFT JOIN gateway g ON g."tenantId" = a."tenantId" AND g.id = a."gatewayId"
      WHERE a."tenantId" = ${tenantId}::uuid AND a."openKey" IS NOT NULL AND a.kind = ANY (${[...RECOVERY_KINDS]})
        AND g.id IS NULL
      LIMIT ${BATCH}`;
    return rows.map(({ id }) => id);
  }

  private async eachBatch(
    read: (after: string) => Promise<{ id: string }[]>,
    work: (ids: readonly string[]) => Promise<void>,
  ): Promise<void> {
    let after: string | undefined = FIRST;
    while (after !== undefined && !this.isStopped) {
      const ids: string[] = (await read(after)).map(({ id }) => id);
      await work(ids);
      after = ids.length < BATCH ? undefined : ids.at(-1);
    }
  }
}
