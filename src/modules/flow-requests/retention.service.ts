import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';

const SWEEP_MS = 10 * 60_000;

/** Rows deleted at once: a statement that deletes millions holds its locks for minutes. */
const BATCH = 10_000;

/** Deletes requests and write records whose time is over, of all tenants: age is the only question. */
@Injectable()
export class RetentionService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(RetentionService.name);
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns how many rows were deleted */
  async sweep(): Promise<number> {
    try {
      const oldest = new Date(Date.now() - this.config.requestRetentionDays * 24 * 60 * 60 * 1000);
      const requests = await this.prisma.$executeRaw`DELETE FROM flow_request WHERE ctid IN
        (SELECT ctid FROM flow_request WHERE "startedAt" < ${oldest} LIMIT ${BATCH})`;
      const writes = await this.prisma.$executeRaw`DELETE FROM write_record WHERE ctid IN
        (SELECT ctid FROM write_record WHERE "expiresAt" < now() LIMIT ${BATCH})`;
      return requests + writes;
    } catch (error) {
      this.log.warn({ event: 'retention.failed', reason: String(error).slice(0, 300) });
      return 0;
    }
  }
}
