import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { LogTailEndsService } from './log-tail-ends.service.js';

const SWEEP_MS = 60_000;
/** What a machine was like a month ago helps nobody; who asked for it stands in the record. */
const KEPT_DAYS = 30;
/** Time for whoever watched to read the rest, in minutes. */
const LINES_MINUTES = 15;
/** Rows deleted at once: a statement that deletes millions holds its locks for minutes. */
const BATCH = 10_000;

/** Ends tails that nobody ended, and forgets what is too old, of all tenants: age is the only question. */
@Injectable()
export class DiagnosisSweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(DiagnosisSweepService.name);
  private readonly rounds = new PeriodicWork(() => this.sweep());

  constructor(
    private readonly prisma: PrismaService,
    private readonly ends: LogTailEndsService,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(SWEEP_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** @returns how many rows were deleted */
  async sweep(): Promise<number> {
    try {
      const overdue = await this.prisma.$queryRaw<{ tenantId: string }[]>`
        SELECT DISTINCT "tenantId"::text AS "tenantId" FROM log_tail
        WHERE "openFor" IS NOT NULL AND until < now() - interval '1 minute' LIMIT 1000`;
      for (const { tenantId } of overdue) await this.ends.endOverdue(tenantId);
      const lines = await this.prisma.$executeRaw`DELETE FROM log_tail_batch WHERE ctid IN
        (SELECT b.ctid FROM log_tail_batch b JOIN log_tail t ON t.id = b."tailId"
          WHERE t.until < now() - make_interval(mins => ${LINES_MINUTES}::int) LIMIT ${BATCH})`;
      const tails = await this.prisma.$executeRaw`DELETE FROM log_tail WHERE ctid IN
        (SELECT ctid FROM log_tail WHERE until < now() - make_interval(days => ${KEPT_DAYS}::int) LIMIT ${BATCH})`;
      const looks = await this.prisma.$executeRaw`DELETE FROM diagnosis WHERE ctid IN
        (SELECT ctid FROM diagnosis WHERE "requestedAt" < now() - make_interval(days => ${KEPT_DAYS}::int) LIMIT ${BATCH})`;
      return lines + tails + looks;
    } catch (error) {
      this.log.warn({ event: 'diagnosis.sweep-failed', reason: String(error).slice(0, 300) });
      return 0;
    }
  }
}
