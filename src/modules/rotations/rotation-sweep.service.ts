import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { RotationLeases } from './rotation-leases.service.js';
import { RotationProgressService } from './rotation-progress.service.js';
import { RotationStore } from './rotation-store.service.js';
import { SWEEP_MS } from './rotation-timings.js';
import { SetAsideWatch } from './set-aside-watch.service.js';
import { UnopenedCredentialsService } from './unopened-credentials.service.js';

/** Rotations read at once. */
const BATCH = 100;
/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';

interface UnderWay {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
}

/**
 * Looks after rotations that no member calls for: the time of grace that is over, a leader that fell silent, a member
 * that was waited for too long. Every replica may do it at any time, because each step is taken under locks.
 */
@Injectable()
export class RotationSweep implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RotationSweep.name);
  private readonly rounds = new PeriodicWork(() => this.run());

  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly leases: RotationLeases,
    private readonly steps: RotationProgressService,
    private readonly unopened: UnopenedCredentialsService,
    private readonly setAside: SetAsideWatch,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** Never fails: what could not be done is tried again. */
  async run(now = new Date()): Promise<void> {
    try {
      for (let after: string | undefined = FIRST; after !== undefined;) {
        const rows = await this.underWay(after);
        for (const row of rows) await this.lookAfter(row, now);
        after = rows.length < BATCH ? undefined : rows.at(-1)?.id;
      }
      await this.setAside.round();
    } catch (error) {
      this.log.warn({ event: 'rotation.sweep-failed', reason: String(error).slice(0, 300) });
    }
  }

  private async lookAfter({ id, tenantId, gatewayId }: UnderWay, now: Date): Promise<void> {
    try {
      const rotation = await this.store.get({ id: gatewayId, tenantId }, id);
      await this.unopened.settle(rotation, now);
      await this.leases.elect(await this.steps.advance(rotation, now), now);
    } catch (error) {
      this.log.warn({ event: 'rotation.stuck', rotationId: id, gatewayId, reason: String(error).slice(0, 300) });
    }
  }

  private underWay(after: string): Promise<UnderWay[]> {
    return this.prisma.$queryRaw<UnderWay[]>`
      SELECT id::text, "tenantId"::text, "gatewayId"::text FROM rotation
      WHERE "underWay" IS NOT NULL AND id > ${after}::uuid ORDER BY id LIMIT ${BATCH}`;
  }
}
