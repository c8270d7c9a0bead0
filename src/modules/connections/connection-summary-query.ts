import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { momentOrNull, rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { ConnectionStatusName, ConnectionSummaryRow } from './connection-summaries.types.js';

/** Which connections are summed up, by name. Undefined: whatever it is. */
export interface ConnectionSummaryFilter {
  readonly tenantId: string;
  readonly holderIds: readonly string[];
  /** Whether the caller sees all of the tenant. */
  readonly isTenantWide: boolean;
  readonly kind?: string | undefined;
  readonly gatewayId?: string | undefined;
  readonly status?: ConnectionStatusName | undefined;
  readonly pattern?: string | undefined;
  readonly after?: string | undefined;
  readonly take: number;
}

/** A credential that nobody can open fails without a test. */
const STATUS = Prisma.sql`CASE
  WHEN c."testFailure" IS NOT NULL OR EXISTS (
    SELECT 1 FROM unopened_credential u
    WHERE u."connectionId" = c.id AND u."tenantId" = c."tenantId" AND u."credentialHash" = c."credentialHash"
      AND u."setAsideAt" IS NOT NULL) THEN 'failing'
  WHEN c."testedAt" IS NOT NULL THEN 'working'
  ELSE 'untested' END`;

/** Whether the holders may see connection `c`: any role there, or administrator of its gateway. */
const seenBy = ({ tenantId, holderIds, isTenantWide }: ConnectionSummaryFilter) => Prisma.sql`(${isTenantWide}::boolean
  OR c.id IN (
    SELECT r."connectionId" FROM connection_role r
    WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${[...holderIds]}::uuid[]))
  OR c."gatewayId" IN (
    SELECT r."gatewayId" FROM gateway_role r
    WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${[...holderIds]}::uuid[]) AND r.role = 'Admin'))`;

/** Reads one page, and one row more if there is another: first which ones, then what they are. */
export async function queryConnectionSummaries(
  prisma: PrismaService,
  filter: ConnectionSummaryFilter,
): Promise<ConnectionSummaryRow[]> {
  const { tenantId, kind = null, gatewayId = null, status = null, pattern = null, after = null, take } = filter;
  const holderIds = [...filter.holderIds];
  const rows = await prisma.$queryRaw<RowsInText[]>`
    WITH seen AS MATERIALIZED (
      SELECT c.id FROM connection c
      WHERE c."tenantId" = ${tenantId}::uuid
        AND (${kind}::text IS NULL OR c.kind = ${kind}::text)
        AND (${gatewayId}::uuid IS NULL OR c."gatewayId" = ${gatewayId}::uuid)
        AND (${pattern}::text IS NULL OR c."displayName" ILIKE ${pattern}::text)
        AND (${after}::text IS NULL OR c."displayName" > ${after}::text)
        AND (${status}::text IS NULL OR ${STATUS} = ${status}::text)
        AND ${seenBy(filter)}
      ORDER BY c."displayName"
      LIMIT ${take}::int)
    SELECT coalesce(json_agg(found ORDER BY found."displayName"), '[]'::json)::text AS rows
    FROM (
      SELECT c.id, c."displayName", c.kind, c.target, c."gatewayId", g.name AS "gatewayName", c."credentialType",
        ${STATUS} AS status, c."testedAt", c."testFailure",
        (SELECT f."startedAt" FROM flow_request f
         WHERE f."tenantId" = ${tenantId}::uuid AND f."connectionId" = c.id AND f.operation <> 'test'
         ORDER BY f."startedAt" DESC LIMIT 1) AS "lastUsedAt",
        (EXISTS (SELECT 1 FROM connection_role r
           WHERE r."connectionId" = c.id AND r."tenantId" = ${tenantId}::uuid AND r.role = 'Owner'
             AND r."principalId" = ANY (${holderIds}::uuid[]))
         OR EXISTS (SELECT 1 FROM gateway_role r
           WHERE r."gatewayId" = c."gatewayId" AND r."tenantId" = ${tenantId}::uuid AND r.role = 'Admin'
             AND r."principalId" = ANY (${holderIds}::uuid[]))) AS "canManage"
      FROM seen JOIN connection c ON c.id = seen.id AND c."tenantId" = ${tenantId}::uuid
        JOIN gateway g ON g.id = c."gatewayId" AND g."tenantId" = ${tenantId}::uuid) found`;
  return rowsIn<ConnectionSummaryRow>(rows).map((row) => ({
    ...row,
    testedAt: momentOrNull(row.testedAt),
    lastUsedAt: momentOrNull(row.lastUsedAt),
  }));
}

/** Counts the connections that a list without filters would have. */
export async function countConnections(
  prisma: PrismaService,
  filter: Omit<ConnectionSummaryFilter, 'take'>,
): Promise<{ readonly total: number; readonly failing: number }> {
  const [row] = await prisma.$queryRaw<{ total: number; failing: number }[]>`
    SELECT count(*)::int AS total, count(*) FILTER (WHERE ${STATUS} = 'failing')::int AS failing
    FROM connection c
    WHERE c."tenantId" = ${filter.tenantId}::uuid AND ${seenBy({ ...filter, take: 0 })}`;
  return row ?? { total: 0, failing: 0 };
}
