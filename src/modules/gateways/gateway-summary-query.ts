import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { momentOrNull, rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';
import { Prisma } from '../../generated/prisma/client.js';
import { DRAINING, heardLately, takesWork } from './gateway-health-query.js';
import type { GatewayCounts, GatewayStatus, GatewaySummary } from './gateway-summaries.types.js';

/** Which gateways are summed up, by name. Undefined: whatever it is. */
export interface SummaryFilter {
  readonly tenantId: string;
  /** Ids of which one has to hold a role there. */
  readonly holderIds: readonly string[] | undefined;
  readonly region?: string | undefined;
  readonly status?: GatewayStatus | undefined;
  /** Pattern of names. */
  readonly pattern?: string | undefined;
  readonly after?: string | undefined;
  readonly take: number;
}

/** Members of gateway `g` in numbers. A gateway without enabled members is offline: nobody is there to work. */
const numbersOf = (now: Date) => Prisma.sql`
  SELECT count(*)::int AS members,
    count(*) FILTER (WHERE m.enabled)::int AS enabled,
    count(*) FILTER (WHERE ${takesWork(now)})::int AS working,
    count(*) FILTER (WHERE NOT m.enabled)::int AS disabled,
    count(*) FILTER (WHERE m.enabled AND NOT ${heardLately(now)})::int AS offline,
    count(*) FILTER (WHERE m.enabled AND ${heardLately(now)} AND ${DRAINING})::int AS drained,
    count(*) FILTER (WHERE m.enabled AND ${heardLately(now)})::int AS online,
    max(m."lastHeartbeatAt") AS "lastHeartbeatAt",
    (array_agg(m.version ORDER BY m."createdAt" DESC, m.id DESC))[1] AS version
  FROM member m WHERE m."gatewayId" = g.id AND m."tenantId" = g."tenantId"`;

const STATUS = Prisma.sql`CASE WHEN n.working = 0 THEN 'offline' WHEN n.working < n.enabled THEN 'degraded' ELSE 'online' END`;

/** Reads one page, and one row more if there is another, in one statement. */
export async function queryGatewaySummaries(prisma: PrismaService, filter: SummaryFilter): Promise<GatewaySummary[]> {
  const { tenantId, region = null, status = null, pattern = null, after = null, take } = filter;
  const holderIds = filter.holderIds === undefined ? null : [...filter.holderIds];
  const rows = await prisma.$queryRaw<RowsInText[]>`
    SELECT coalesce(json_agg(found ORDER BY found."displayName"), '[]'::json)::text AS rows
    FROM (
      SELECT g.id, g.name AS "displayName", g.region, ${STATUS} AS status, n.version, n.members,
        n.online AS "membersOnline", n."lastHeartbeatAt",
        (SELECT count(*) FROM connection c WHERE c."gatewayId" = g.id AND c."tenantId" = g."tenantId")::int AS connections
      FROM gateway g CROSS JOIN LATERAL (${numbersOf(new Date())}) n
      WHERE g."tenantId" = ${tenantId}::uuid
        AND (${region}::text IS NULL OR g.region = ${region}::text)
        AND (${pattern}::text IS NULL OR g.name ILIKE ${pattern}::text)
        AND (${after}::text IS NULL OR g.name > ${after}::text)
        AND (${status}::text IS NULL OR ${STATUS} = ${status}::text)
        AND (${holderIds}::uuid[] IS NULL OR g.id IN (
          SELECT r."gatewayId" FROM gateway_role r
          WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${holderIds}::uuid[])))
      ORDER BY g.name
      LIMIT ${take}::int) found`;
  return rowsIn<GatewaySummary>(rows).map((row) => ({ ...row, lastHeartbeatAt: momentOrNull(row.lastHeartbeatAt) }));
}

type CountRow = Record<'gOnline' | 'gDegraded' | 'gOffline' | 'online' | 'offline' | 'drained' | 'disabled', number>;

/** Counts the gateways that a list without filters would have. */
export async function countGateways(
  prisma: PrismaService,
  { tenantId, holderIds }: Pick<SummaryFilter, 'tenantId' | 'holderIds'>,
): Promise<GatewayCounts> {
  const holders = holderIds === undefined ? null : [...holderIds];
  const [row] = await prisma.$queryRaw<CountRow[]>`
    SELECT count(*) FILTER (WHERE ${STATUS} = 'online')::int AS "gOnline",
      count(*) FILTER (WHERE ${STATUS} = 'degraded')::int AS "gDegraded",
      count(*) FILTER (WHERE ${STATUS} = 'offline')::int AS "gOffline",
      coalesce(sum(n.online - n.drained), 0)::int AS online, coalesce(sum(n.offline), 0)::int AS offline,
      coalesce(sum(n.drained), 0)::int AS drained, coalesce(sum(n.disabled), 0)::int AS disabled
    FROM gateway g CROSS JOIN LATERAL (${numbersOf(new Date())}) n
    WHERE g."tenantId" = ${tenantId}::uuid
      AND (${holders}::uuid[] IS NULL OR g.id IN (
        SELECT r."gatewayId" FROM gateway_role r
        WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${holders}::uuid[])))`;
  const { gOnline = 0, gDegraded = 0, gOffline = 0, online = 0, offline = 0, drained = 0, disabled = 0 } = row ?? {};
  return {
    gateways: { online: gOnline, degraded: gDegraded, offline: gOffline },
    members: { online, offline, drained, disabled },
  };
}
