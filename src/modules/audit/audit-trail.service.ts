import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { ExportedAuditEntry } from '../../contract/audit-entry.js';
import type { AuditExportLine } from '../../contract/audit-export.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { AuditRange } from './audit.types.js';

/** Entries read at once. */
const BATCH = 500;

/** Reads a tenant's chain from front to end, in constant memory. */
@Injectable()
export class AuditTrailService {
  constructor(private readonly prisma: PrismaService) {}

  /**
   * Entries older than the chain, then the chain in order, each checkpoint after its entry, then where it ends. What is
   * added while it is read is left out.
   */
  async *lines(tenantId: string, { fromSeq, toSeq }: AuditRange): AsyncGenerator<AuditExportLine[]> {
    // Checkpoints first, the end second: a checkpoint beyond that end is then no matter of time, but of tampering.
    const { _max } = await this.prisma.auditCheckpoint.aggregate({ where: { tenantId }, _max: { seq: true } });
    const end = await this.prisma.auditChain.findUnique({ where: { tenantId }, select: { seq: true, hash: true } });
    const endSeq = Number(end?.seq ?? 0);
    const lastSeq = Math.min(toSeq ?? Infinity, Math.max(endSeq, Number(_max.seq ?? 0)));
    if (fromSeq === 1) yield* this.unchained(tenantId);
    yield* this.chained(tenantId, fromSeq, end ? lastSeq : undefined);
    const isWhole = toSeq === undefined || toSeq >= endSeq;
    const hash = isWhole && end ? Buffer.from(end.hash).toString('base64url') : null;
    yield [{ kind: 'end', seq: isWhole ? endSeq : toSeq, hash }];
  }

  private async *unchained(tenantId: string): AsyncGenerator<AuditExportLine[]> {
    let id = 0n;
    for (;;) {
      const rows = await this.prisma.auditEntry.findMany({
        where: { tenantId, seq: null, id: { gt: id } },
        orderBy: { id: 'asc' },
        take: BATCH,
      });
      if (rows.length > 0) yield rows.map(toLine);
      if (rows.length < BATCH) return;
      id = rows.at(-1)?.id ?? id;
    }
  }

  /** @param toSeq undefined when the chain's end is not known: then everything there is */
  private async *chained(
    tenantId: string,
    fromSeq: number,
    toSeq: number | undefined,
  ): AsyncGenerator<AuditExportLine[]> {
    let next = BigInt(fromSeq);
    const limit = toSeq === undefined ? {} : { lte: BigInt(toSeq) };
    for (;;) {
      const rows = await this.prisma.auditEntry.findMany({
        where: { tenantId, seq: { gte: next, ...limit } },
        orderBy: { seq: 'asc' },
        take: BATCH,
      });
      const isLast = rows.length < BATCH;
      const upTo = isLast ? limit : { lte: rows.at(-1)?.seq ?? next };
      const checkpoints = await this.prisma.auditCheckpoint.findMany({
        where: { tenantId, seq: { gte: next, ...upTo } },
        orderBy: { seq: 'asc' },
        select: { seq: true, jws: true },
      });
      const lines = merge(rows, checkpoints);
      if (lines.length > 0) yield lines;
      if (isLast) return;
      next = (rows.at(-1)?.seq ?? next) + 1n;
    }
  }
}

type EntryRow = Prisma.AuditEntryGetPayload<object>;

function merge(rows: readonly EntryRow[], checkpoints: readonly { seq: bigint; jws: string }[]): AuditExportLine[] {
  const lines: AuditExportLine[] = [];
  let index = 0;
  const passOn = (before: bigint | undefined) => {
    for (;;) {
      const checkpoint = checkpoints[index];
      if (!checkpoint || (before !== undefined && checkpoint.seq >= before)) return;
      lines.push({ kind: 'checkpoint', jws: checkpoint.jws });
      index += 1;
    }
  };
  for (const row of rows) {
    passOn(row.seq ?? undefined);
    lines.push(toLine(row));
  }
  passOn(undefined);
  return lines;
}

function toLine(row: EntryRow): AuditExportLine & { kind: 'entry' } {
  const { id, seq, prevHash, hash, at, details, ...rest } = row;
  return {
    kind: 'entry',
    ...rest,
    id: Number(id),
    seq: seq === null ? null : Number(seq),
    prevHash: prevHash && Buffer.from(prevHash).toString('base64url'),
    hash: hash && Buffer.from(hash).toString('base64url'),
    at: at.toISOString(),
    details: details as ExportedAuditEntry['details'],
  };
}
