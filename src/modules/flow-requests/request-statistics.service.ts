import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import type { RequestStatistics, StatisticsBucket, StatisticsQuery } from './request-statistics.types.js';
import { gatewaysAlong, queryStatistics, type BucketRow, type RequestPath } from './statistics-query.js';
import { maxBucketsFor, rangeOf, type StatisticsRange } from './statistics-range.policy.js';

/** Codes shown; the rest are single failures. */
const MAX_CODES = 20;

/** Counts requests over time, of those that the list of requests shows the caller. */
@Injectable()
export class RequestStatisticsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /** @throws DomainError VALIDATION_FAILED */
  async read(caller: Caller, query: StatisticsQuery): Promise<RequestStatistics> {
    const paths = await this.paths(caller, query);
    const range = rangeOf(query, new Date(), maxBucketsFor(Math.max(...paths.map(gatewaysAlong))));
    const rows = await queryStatistics(this.prisma, caller.tenantId, range, paths);
    return { bucketSeconds: range.bucketSeconds, value: everyBucket(range, rows), codes: codesOf(rows) };
  }

  /** The ways to what the caller may see, each along an index of its own. */
  private async paths(caller: Caller, { gatewayId, connectionId }: StatisticsQuery): Promise<RequestPath[]> {
    const asked: RequestPath = {
      ...(connectionId !== undefined && { connectionId }),
      ...(gatewayId !== undefined && { gatewayIds: [gatewayId] }),
    };
    if (caller.isTenantAdministrator) return [asked];
    const own = { ...asked, callerId: caller.id };
    const administered = await this.roles.administered(caller);
    const gatewayIds = gatewayId === undefined ? administered : administered.filter((id) => id === gatewayId);
    if (gatewayIds.length === 0) return [own];
    if (connectionId === undefined) return [own, { gatewayIds }];
    // Looked up first: searching a busy connection of another gateway in vain would read all of its requests.
    const connection = await this.prisma.connection.findFirst({
      where: { id: connectionId, tenantId: caller.tenantId },
      select: { gatewayId: true },
    });
    const isAdministered = connection !== null && gatewayIds.includes(connection.gatewayId);
    return isAdministered ? [own, { connectionId, gatewayIds }] : [own];
  }
}

/** Also those in which nothing happened: a chart has no gaps. */
function everyBucket(
  { from, bucketSeconds, buckets }: StatisticsRange,
  rows: readonly BucketRow[],
): StatisticsBucket[] {
  const known = new Map(rows.map((row) => [row.bucket, row]));
  return Array.from({ length: buckets }, (_, bucket) => {
    const start = new Date(from.getTime() + bucket * bucketSeconds * 1000);
    const row = known.get(bucket);
    if (!row) return { start, requests: 0, failed: 0, p50Ms: null, p95Ms: null, isEstimated: false };
    return {
      start,
      requests: Math.round(row.requests * row.scale),
      failed: Math.round(row.failed * row.scale),
      p50Ms: row.p50Ms,
      p95Ms: row.p95Ms,
      isEstimated: row.scale > 1,
    };
  });
}

function codesOf(rows: readonly BucketRow[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { codes, scale } of rows) {
    for (const [code, count] of Object.entries(codes)) counts.set(code, (counts.get(code) ?? 0) + count * scale);
  }
  return [...counts]
    .map(([code, count]) => ({ code, count: Math.round(count) }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
    .slice(0, MAX_CODES);
}
