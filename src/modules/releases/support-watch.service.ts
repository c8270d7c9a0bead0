import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { withFreeAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { AlertReconcilerService } from '../alerts/alert-reconciler.service.js';
import type { NewAlert } from '../alerts/alerts.types.js';
import { CatalogueService } from './catalogue.service.js';
import { ReleaseTimings } from './release-timings.js';
import { isSupportEnding, upgradeStateOf, type SupportWindow } from './versions.policy.js';

const KINDS = ['member-version-ending', 'member-version-unsupported'] as const;

/** What this module says of a gateway: over when the gateway is gone. */
const KINDS_OF_A_GATEWAY = [...KINDS, 'gateway-update-failed'] as const;

/** Gateways looked at together. */
const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface GatewayVersions {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly name: string;
  readonly versions: readonly string[];
}

/** Opens alerts for gateways with members whose version is not supported, or will not be after the next release. */
@Injectable()
export class SupportWatchService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(SupportWatchService.name);
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly catalogue: CatalogueService,
    private readonly alerts: AlertReconcilerService,
    private readonly timings: ReleaseTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), this.timings.supportMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Looks at every gateway, unless another replica is at it. Never fails: the next one tries again. */
  sweep(): Promise<void> {
    this.sweeping = this.sweeping.then(async () => {
      if (this.isStopped) return;
      try {
        await withFreeAdvisoryLock(this.config.databaseUrl, 'supportSweep', () => this.sweepAll());
      } catch (error) {
        this.log.warn({ event: 'support.sweep-failed', reason: String(error).slice(0, 300) });
      }
    });
    return this.sweeping;
  }

  private async sweepAll(): Promise<void> {
    const window = await this.catalogue.window();
    let after: string | undefined = FIRST;
    while (after !== undefined && !this.isStopped) {
      const gateways: GatewayVersions[] = await this.next(after);
      for (const tenantId of new Set(gateways.map((one) => one.tenantId))) {
        const own = gateways.filter((one) => one.tenantId === tenantId);
        const subjects = own.map(({ gatewayId }) => ({ gatewayId }));
        const wanted = own.flatMap((gateway) => alertsOf(gateway, window));
        await this.alerts.reconcile(tenantId, { kinds: KINDS, subjects }, wanted);
      }
      after = gateways.length < BATCH ? undefined : gateways.at(-1)?.gatewayId;
    }
    await this.resolveOfGone();
  }

  /** A batch a sweep is enough: few gateways are deleted between two. */
  private async resolveOfGone(): Promise<void> {
    const gone = await this.prisma.$queryRaw<{ tenantId: string; gatewayId: string }[]>`
      SELECT DISTINCT a."tenantId"::text, a."gatewayId"::text FROM alert a
      WHERE a."openKey" IS NOT NULL AND a."gatewayId" IS NOT NULL AND a.kind = ANY (${[...KINDS_OF_A_GATEWAY]}::text[])
        AND NOT EXISTS (SELECT 1 FROM gateway g WHERE g.id = a."gatewayId" AND g."tenantId" = a."tenantId")
      LIMIT ${BATCH}`;
    for (const tenantId of new Set(gone.map((one) => one.tenantId))) {
      const subjects = gone.filter((one) => one.tenantId === tenantId).map(({ gatewayId }) => ({ gatewayId }));
      await this.alerts.reconcile(tenantId, { kinds: KINDS_OF_A_GATEWAY, subjects }, []);
    }
  }

  private next(after: string): Promise<GatewayVersions[]> {
    return this.prisma.$queryRaw`
      SELECT g."tenantId"::text, g.id::text AS "gatewayId", g.name,
        ARRAY(SELECT DISTINCT m.version FROM member m
              WHERE m."gatewayId" = g.id AND m."tenantId" = g."tenantId") AS versions
      FROM gateway g WHERE g.id > ${after}::uuid ORDER BY g.id LIMIT ${BATCH}`;
  }
}

function alertsOf({ gatewayId, name, versions }: GatewayVersions, window: SupportWindow): NewAlert[] {
  const is = {
    'member-version-ending': versions.some((version) => isSupportEnding(version, window)),
    'member-version-unsupported': versions.some((version) => upgradeStateOf(version, window) === 'UpgradeRequired'),
  };
  return KINDS.filter((kind) => is[kind]).map((kind) => ({ kind, subject: { gatewayId }, details: { name } }));
}
