import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';

/** How often epochs whose places could not be removed are tried again, in milliseconds. */
const SWEEP_MS = 30_000;

/** Tried in one go; a relay that was away for long is caught up with by several. */
const BATCH = 100;

interface PastEpoch {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly namespace: string;
  readonly epoch: number;
}

/** Removes what past epochs left on the relay. Their session keys stay until that is done, and tell what is to be done. */
@Injectable()
export class PastEpochsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(PastEpochsService.name);
  private readonly rounds = new PeriodicWork(() => this.sweep());

  constructor(
    private readonly prisma: PrismaService,
    private readonly provisioner: RelayProvisioner,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(SWEEP_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Removes the epochs before the gateway's present one. Never fails: what is left is tried again. */
  async removeOf({ tenantId, gatewayId, namespace, epoch }: PastEpoch): Promise<void> {
    const rows = await this.prisma.sessionKey.findMany({
      where: { tenantId, gatewayId, epoch: { lt: epoch } },
      distinct: ['epoch'],
      select: { epoch: true },
    });
    for (const past of rows) await this.remove({ tenantId, gatewayId, namespace, epoch: past.epoch });
  }

  /** Since when something of a gateway's past epochs may still stand on the relay; null: nothing does. */
  async leftSince(tenantId: string, gatewayId: string): Promise<Date | null> {
    const [row] = await this.prisma.$queryRaw<{ since: Date | null }[]>`
      SELECT min(k."createdAt") AS since
      FROM session_key k JOIN gateway g ON g.id = k."gatewayId" AND g."tenantId" = k."tenantId"
      WHERE g.id = ${gatewayId}::uuid AND g."tenantId" = ${tenantId}::uuid AND k.epoch < g.epoch`;
    return row?.since ?? null;
  }

  /** Removes what is left of any gateway. Never fails. */
  async sweep(): Promise<void> {
    try {
      // In any order: a namespace that is away for good must not keep the others waiting.
      const left = await this.prisma.$queryRaw<PastEpoch[]>`
        SELECT * FROM (
          SELECT DISTINCT g."tenantId"::text, g.id::text AS "gatewayId", g.namespace, k.epoch
          FROM session_key k JOIN gateway g ON g.id = k."gatewayId" AND g."tenantId" = k."tenantId"
          WHERE k.epoch < g.epoch
        ) AS leftover ORDER BY random() LIMIT ${BATCH}`;
      for (const past of left) await this.remove(past);
    } catch (error) {
      this.log.warn({ event: 'epoch.sweep-failed', reason: String(error).slice(0, 300) });
    }
  }

  private async remove({ tenantId, gatewayId, namespace, epoch }: PastEpoch): Promise<void> {
    try {
      await this.provisioner.remove({ namespace, gatewayId, epoch });
      await this.prisma.sessionKey.deleteMany({ where: { tenantId, gatewayId, epoch } });
    } catch (error) {
      this.log.error({ event: 'epoch.leftover', gatewayId, epoch, reason: String(error).slice(0, 300) });
    }
  }
}
