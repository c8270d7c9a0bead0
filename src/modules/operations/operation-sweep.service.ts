import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';

const SWEEP_MS = 10 * 60_000;

/** Rows deleted at once: a statement that deletes millions holds its locks for minutes. */
const BATCH = 10_000;

/** Deletes operations that nobody can ask for any more, of all tenants: age is the only question. */
@Injectable()
export class OperationSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(OperationSweepService.name);
  private readonly rounds = new PeriodicWork(() => this.sweep());

  constructor(private readonly prisma: PrismaService) {}

  onApplicationBootstrap(): void {
    this.rounds.start(SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** @returns how many rows were deleted */
  async sweep(): Promise<number> {
    try {
      return await this.prisma.$executeRaw`DELETE FROM operation WHERE ctid IN
        (SELECT ctid FROM operation WHERE "expiresAt" < now() LIMIT ${BATCH})`;
    } catch (error) {
      this.log.warn({ event: 'operation.sweep-failed', reason: String(error).slice(0, 300) });
      return 0;
    }
  }
}
