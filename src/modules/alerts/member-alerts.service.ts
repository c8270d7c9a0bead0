import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { withFreeAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { AlertReconcilerService } from './alert-reconciler.service.js';
import { MemberAlertTimings } from './member-alert-timings.js';
import { MEMBER_KINDS, memberAlertsOf } from './member-health.policy.js';
import { troubledGateways } from './troubled-gateways.js';

/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Gateways looked at together. */
const GATEWAYS = 200;

/** Notices members that are away or come and go. */
@Injectable()
export class MemberAlertsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(MemberAlertsService.name);
  private readonly rounds = new PeriodicWork(() => this.sweep());
  private isStopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly reconciler: AlertReconcilerService,
    private readonly timings: MemberAlertTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(this.timings.sweepMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    await this.rounds.stop();
  }

  /** Looks at the gateways of all tenants, unless another replica is at it. Never fails: the next one tries again. */
  async sweep(now = new Date()): Promise<void> {
    try {
      await withFreeAdvisoryLock(this.config.databaseUrl, 'memberSweep', () => this.sweepAll(now));
    } catch (error) {
      this.log.warn({ event: 'alerts.member-sweep-failed', reason: String(error).slice(0, 300) });
    }
  }

  private async sweepAll(now: Date): Promise<void> {
    for (let after: string | undefined = FIRST; after !== undefined && !this.isStopped;) {
      const page = await troubledGateways(this.prisma, { after, take: GATEWAYS, now });
      const byTenant = new Map<string, string[]>();
      for (const { tenantId, id } of page) byTenant.set(tenantId, [...(byTenant.get(tenantId) ?? []), id]);
      for (const [tenantId, ids] of byTenant) await this.look(tenantId, ids, now);
      after = page.length < GATEWAYS ? undefined : page.at(-1)?.id;
    }
  }

  /** What of them is gone has its alerts resolved. */
  private async look(tenantId: string, ids: readonly string[], now: Date): Promise<void> {
    const gateways = await this.prisma.gateway.findMany({
      where: { tenantId, id: { in: [...ids] } },
      select: {
        id: true,
        name: true,
        members: {
          orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
          select: {
            id: true,
            name: true,
            conditions: true,
            enabled: true,
            flaps: true,
            flapsSince: true,
            lastHeartbeatAt: true,
            createdAt: true,
          },
        },
      },
    });
    const wanted = gateways.flatMap((gateway) => memberAlertsOf(gateway, now));
    const subjects = ids.map((gatewayId) => ({ gatewayId }));
    await this.reconciler.reconcile(tenantId, { kinds: MEMBER_KINDS, subjects }, wanted);
  }
}
