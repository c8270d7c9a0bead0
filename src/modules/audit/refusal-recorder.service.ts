import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Refusal, RefusalSink } from '../../common/errors/refusal-sink.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AuditTimings } from './audit-timings.js';
import { RefusalTally, type CountedRefusal } from './refusal-tally.js';

/** Rows of one statement. */
const BATCH = 500;

/** Counts refusals off the path of requests; replicas add up to one row for each kind and window. */
@Injectable()
export class RefusalRecorder implements RefusalSink, OnApplicationShutdown {
  private readonly log = new Logger(RefusalRecorder.name);
  private readonly tally = new RefusalTally();
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private lostSaid = 0;

  constructor(
    private readonly prisma: PrismaService,
    private readonly timings: AuditTimings,
  ) {}

  refused(refusal: Refusal): void {
    this.tally.add(refusal, this.currentWindow());
    this.timer ??= setTimeout(() => void this.flush(), this.timings.flushMs).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
    clearTimeout(this.timer);
  }

  /** Writes what was counted and waits for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing;
    this.flushing = this.write().finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private currentWindow(): number {
    const { timings } = this;
    return Math.floor(timings.now() / timings.windowMs) * timings.windowMs;
  }

  private async write(): Promise<void> {
    const taken = this.tally.take(this.currentWindow());
    // In one order everywhere: two replicas that write the same rows must not wait for each other.
    taken.sort((a, b) => a.window - b.window || a.digest.compare(b.digest));
    try {
      while (taken.length > 0) {
        await this.add(taken.slice(0, BATCH));
        taken.splice(0, BATCH);
      }
    } catch (error) {
      this.log.warn({ event: 'refusals.write-failed', rows: taken.length, reason: String(error).slice(0, 300) });
      this.tally.giveBack(taken);
      this.timer ??= setTimeout(() => void this.flush(), this.timings.flushMs * 5).unref();
    }
    if (this.tally.lost === this.lostSaid) return;
    this.lostSaid = this.tally.lost;
    this.log.error({ event: 'refusals.lost', lost: this.lostSaid });
  }

  private async add(entries: readonly CountedRefusal[]): Promise<void> {
    const rows = JSON.stringify(entries.map(toRow));
    await this.prisma.$executeRaw`
      INSERT INTO pending_refusal (
        "tenantId", minute, digest, "actorId", "actorType", action, result, "gatewayId", "subjectType", "subjectId",
        "traceId", details, count
      )
      SELECT
        "tenantId", minute, digest, "actorId", "actorType", action, result, "gatewayId", "subjectType", "subjectId",
        "traceId", details, count
      FROM jsonb_populate_recordset(NULL::pending_refusal, ${rows}::jsonb)
      ORDER BY minute, digest
      ON CONFLICT ("tenantId", minute, digest) DO UPDATE SET count = pending_refusal.count + EXCLUDED.count`;
  }
}

function toRow({ window, digest, refusal, count }: CountedRefusal) {
  const { tenantId, actor, action, code, gatewayId, subject, traceId, details } = refusal;
  return {
    tenantId,
    minute: new Date(window).toISOString(),
    digest: `\\x${digest.toString('hex')}`,
    actorId: actor.id,
    actorType: actor.type,
    action,
    result: code,
    gatewayId: gatewayId ?? null,
    subjectType: subject.type,
    subjectId: subject.id ?? null,
    traceId,
    details,
    count,
  };
}
