import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ErrorCode } from '../../common/errors/catalogue.js';
import { PeriodicWork } from '../../common/periodic-work.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditTimings } from './audit-timings.js';
import { AuditService } from './audit.service.js';
import type { AuditRecord } from './audit.types.js';

/** Entries of one transaction, which holds the tenant's chain until it ends. */
const BATCH = 200;

type PendingRow = Prisma.PendingRefusalGetPayload<object>;

/** Moves the refusals of closed windows into the chain. Any replica does, and each row moves once. */
@Injectable()
export class RefusalRoller implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(RefusalRoller.name);
  private readonly rounds = new PeriodicWork(() => this.rollQuietly());

  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly timings: AuditTimings,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(this.timings.rollMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  /** @returns how many entries were made */
  async roll(): Promise<number> {
    const { windowMs, graceMs } = this.timings;
    const before = new Date(this.timings.now() - windowMs - graceMs);
    const tenants = await this.prisma.$queryRaw<{ tenantId: string }[]>`
      SELECT DISTINCT "tenantId"::text FROM pending_refusal WHERE minute <= ${before}`;
    let made = 0;
    for (const { tenantId } of tenants) {
      let batch: number;
      do {
        batch = await this.rollTenant(tenantId, before);
        made += batch;
      } while (batch === BATCH);
    }
    return made;
  }

  private async rollQuietly(): Promise<number> {
    try {
      return await this.roll();
    } catch (error) {
      this.log.warn({ event: 'refusals.roll-failed', reason: String(error).slice(0, 300) });
      return 0;
    }
  }

  /** Gone from the one table and in the other, or neither. Rows that another replica is moving are left to it. */
  private rollTenant(tenantId: string, before: Date): Promise<number> {
    return this.prisma.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<PendingRow[]>`
        WITH closed AS MATERIALIZED (
          SELECT minute, digest FROM pending_refusal WHERE "tenantId" = ${tenantId}::uuid AND minute <= ${before}
          ORDER BY minute, digest LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
        )
        DELETE FROM pending_refusal AS p USING closed
        WHERE p."tenantId" = ${tenantId}::uuid AND p.minute = closed.minute AND p.digest = closed.digest
        RETURNING p.*`;
      rows.sort((a, b) => a.minute.getTime() - b.minute.getTime() || Buffer.compare(a.digest, b.digest));
      await this.audit.recordAll(tx, tenantId, rows.map(toRecord));
      return rows.length;
    });
  }
}

function toRecord(row: PendingRow): AuditRecord {
  return {
    tenantId: row.tenantId,
    actor: { id: row.actorId, type: row.actorType },
    action: row.action,
    result: row.result as ErrorCode,
    ...(row.gatewayId === null ? {} : { gatewayId: row.gatewayId }),
    subject: { type: row.subjectType, ...(row.subjectId === null ? {} : { id: row.subjectId }) },
    details: row.details as NonNullable<AuditRecord['details']>,
    count: row.count,
    at: row.minute,
    traceId: row.traceId,
  };
}
