import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { LOG_TAIL_BYTES, LOG_TAIL_LINES, type LogTailLines } from '../../contract/log-tail.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import type { LogTailView } from './diagnosis.types.js';
import { LogTailEndsService } from './log-tail-ends.service.js';

/** Messages of a member that one answer shows. */
const BATCHES = 10;

const batchSchema = z.object({ lines: z.array(z.string()), dropped: z.int() });

/** Passes log lines from a member to whoever watches. They rest under the tenant's data key, for a few minutes. */
@Injectable()
export class LogTailLinesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly keys: TenantKeys,
    private readonly ends: LogTailEndsService,
  ) {}

  /**
   * Takes some lines of a member's log.
   *
   * @returns whether more are wanted
   * @throws DomainError LOG_TAIL_NOT_FOUND, VAULT_UNAVAILABLE
   */
  async take(member: AuthenticatedMember, logTailId: string, { seq, lines, dropped }: LogTailLines): Promise<boolean> {
    const { tenantId } = member;
    const where = { id: logTailId, memberId: member.id, tenantId };
    const select = { state: true, until: true, lines: true, bytes: true };
    const tail = isIdentifier(logTailId) ? await this.prisma.logTail.findFirst({ where, select }) : null;
    if (!tail) throw new DomainError('LOG_TAIL_NOT_FOUND', { logTailId });
    if (tail.state !== 'open') return false;
    if (tail.until.getTime() <= Date.now()) return this.over(member, logTailId, 'time-over');
    const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0);
    if (tail.lines + lines.length > LOG_TAIL_LINES || tail.bytes + bytes > LOG_TAIL_BYTES) {
      return this.over(member, logTailId, 'enough');
    }
    const plain = Buffer.from(JSON.stringify({ lines, dropped }));
    const sealed = new Uint8Array(await this.keys.seal(tenantId, purpose(logTailId, seq), plain));
    await this.prisma.$transaction(async (tx) => {
      const data = [{ tailId: logTailId, seq, tenantId, sealed }];
      const { count } = await tx.logTailBatch.createMany({ data, skipDuplicates: true });
      if (count === 0) return;
      await tx.logTail.updateMany({
        where: { id: logTailId, tenantId },
        data: { lines: { increment: lines.length }, bytes: { increment: bytes } },
      });
    });
    return true;
  }

  /** @param after one more than the number of the last message that was seen; 0: from the first */
  async read(tenantId: string, logTailId: string, after: number): Promise<Pick<LogTailView, 'lines' | 'next'>> {
    const rows = await this.prisma.logTailBatch.findMany({
      where: { tailId: logTailId, tenantId, seq: { gte: after } },
      orderBy: { seq: 'asc' },
      take: BATCHES,
      select: { seq: true, sealed: true },
    });
    const lines: string[] = [];
    for (const { seq, sealed } of rows) {
      const plain = await this.keys.open(tenantId, purpose(logTailId, seq), sealed);
      const batch = batchSchema.parse(JSON.parse(plain.toString('utf8')));
      if (batch.dropped > 0) lines.push(`… ${batch.dropped} lines left out …`);
      lines.push(...batch.lines);
    }
    return { lines, next: (rows.at(-1)?.seq ?? after - 1) + 1 };
  }

  private async over({ tenantId }: AuthenticatedMember, id: string, reason: 'time-over' | 'enough'): Promise<false> {
    await this.ends.end(tenantId, id, { reason });
    return false;
  }
}

/** Binds lines to their place: those of one tail do not open in another. */
function purpose(logTailId: string, seq: number): string {
  return `log-tail:${logTailId.toLowerCase()}:${seq}`;
}
