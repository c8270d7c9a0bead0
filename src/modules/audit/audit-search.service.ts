import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isMoment } from '../../common/moment.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import type { AuditFilter } from './audit.types.js';

const VIEW = {
  id: true,
  seq: true,
  at: true,
  actorId: true,
  actorType: true,
  action: true,
  result: true,
  gatewayId: true,
  subjectType: true,
  subjectId: true,
  traceId: true,
  details: true,
  count: true,
} satisfies Prisma.AuditEntrySelect;
export type AuditEntryView = Prisma.AuditEntryGetPayload<{ select: typeof VIEW }>;

/** Searches a tenant's record. */
@Injectable()
export class AuditSearchService {
  constructor(private readonly prisma: PrismaService) {}

  /** Newest first. @throws DomainError VALIDATION_FAILED */
  async list(tenantId: string, filter: AuditFilter, continuationToken?: string): Promise<Page<AuditEntryView>> {
    const { from, to, actorId, gatewayId, subjectId, code, action } = filter;
    const before = continuationToken === undefined ? undefined : positionOf(continuationToken);
    const rows = await this.prisma.auditEntry.findMany({
      where: {
        tenantId,
        ...(actorId !== undefined && { actorId }),
        ...(gatewayId !== undefined && { gatewayId }),
        ...(subjectId !== undefined && { subjectId }),
        ...(code !== undefined && { result: code }),
        ...(action !== undefined && { action }),
        AND: [
          { at: { ...(from && { gte: from }), ...(to && { lt: to }) } },
          // The first condition bounds the index, the second places the cut within one millisecond.
          ...(before
            ? [{ at: { lte: before.at } }, { OR: [{ at: { lt: before.at } }, { id: { lt: before.id } }] }]
            : []),
        ],
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
      select: VIEW,
    });
    return cutPage(
      rows,
      ({ at, id }) => [at.toISOString(), String(id)],
      (row) => row,
    );
  }
}

function positionOf(continuationToken: string): { at: Date; id: bigint } {
  const [at = '', id = ''] = decodeContinuation(continuationToken);
  const moment = new Date(at);
  if (!isMoment(moment) || !/^\d{1,18}$/.test(id)) {
    throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  }
  return { at: moment, id: BigInt(id) };
}
