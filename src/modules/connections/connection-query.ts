import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { rowsIn, type InText, type RowsInText } from '../../common/prisma/rows-in-text.js';
import type { ConnectionView } from './connections.types.js';

/** Which connections are read, by name. Undefined: whatever it is. */
export interface ConnectionFilter {
  readonly tenantId: string;
  /** Ids of which one has to hold a role at the connection, or to administer its gateway. */
  readonly holderIds: readonly string[];
  readonly gatewayId?: string | undefined;
  /** Only those whose name comes behind this one. */
  readonly after?: string | undefined;
  /** At most as many. */
  readonly take?: number | undefined;
}

/**
 * Reads connections and the environments they are bound to in one statement. Which ones, an index alone tells; then what
 * they are: whoever sees ten of ten thousand would wait for all the rows.
 */
export async function queryConnections(prisma: PrismaService, filter: ConnectionFilter): Promise<ConnectionView[]> {
  const { tenantId, gatewayId = null, after = null, take = null } = filter;
  const holderIds = [...filter.holderIds];
  const rows = await prisma.$queryRaw<RowsInText[]>`
    WITH seen AS MATERIALIZED (
      SELECT c.id
      FROM connection c
      WHERE c."tenantId" = ${tenantId}::uuid
        AND (${gatewayId}::uuid IS NULL OR c."gatewayId" = ${gatewayId}::uuid)
        AND (${after}::text IS NULL OR c."displayName" > ${after}::text)
        AND (c.id IN (
            SELECT r."connectionId" FROM connection_role r
            WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${holderIds}::uuid[]))
          OR c."gatewayId" IN (
            SELECT r."gatewayId" FROM gateway_role r
            WHERE r."tenantId" = ${tenantId}::uuid AND r."principalId" = ANY (${holderIds}::uuid[]) AND r.role = 'Admin'))
      ORDER BY c."displayName"
      LIMIT ${take}::int)
    SELECT coalesce(json_agg(found ORDER BY found."displayName"), '[]'::json)::text AS rows
    FROM (
      SELECT c.id, c."gatewayId", c."displayName", c.kind, c.target, c."credentialType", c.encryption, c."privacyLevel",
        c."createdAt", c.annotation,
        ARRAY(SELECT b."environmentId" FROM connection_environment b
          WHERE b."connectionId" = c.id AND b."tenantId" = c."tenantId" ORDER BY b."environmentId") AS "environmentIds"
      FROM seen JOIN connection c ON c.id = seen.id AND c."tenantId" = ${tenantId}::uuid) found`;
  return rowsIn<ConnectionView>(rows).map(toView);
}

/** One of them, whoever asks. */
export async function queryConnection(
  prisma: PrismaService,
  tenantId: string,
  connectionId: string,
): Promise<ConnectionView | undefined> {
  const rows = await prisma.$queryRaw<RowsInText[]>`
    SELECT json_build_array(json_build_object('id', c.id, 'gatewayId', c."gatewayId", 'displayName', c."displayName",
      'kind', c.kind, 'target', c.target, 'credentialType', c."credentialType", 'encryption', c.encryption,
      'privacyLevel', c."privacyLevel", 'createdAt', c."createdAt", 'annotation', c.annotation,
      'environmentIds', ARRAY(SELECT b."environmentId" FROM connection_environment b
        WHERE b."connectionId" = c.id AND b."tenantId" = c."tenantId" ORDER BY b."environmentId")))::text AS rows
    FROM connection c WHERE c.id = ${connectionId}::uuid AND c."tenantId" = ${tenantId}::uuid`;
  return rowsIn<ConnectionView>(rows).map(toView)[0];
}

function toView(row: InText<ConnectionView>): ConnectionView {
  return { ...row, createdAt: new Date(row.createdAt) };
}
