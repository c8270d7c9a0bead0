import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';
import { toNamed, type NamedRow } from '../administrators/named-row.policy.js';
import type { ConnectionRole, ConnectionRoleAssignment } from './connections.types.js';

/** Where a list of roles begins: behind this principal. */
interface RolesPlace {
  readonly tenantId: string;
  readonly connectionId: string;
  readonly after: string | undefined;
}

/** Reads who holds a role at a connection, with their names, in order of principal. */
export async function queryConnectionRoles(
  prisma: PrismaService,
  place: RolesPlace,
  take: number,
): Promise<ConnectionRoleAssignment[]> {
  const { tenantId, connectionId, after = null } = place;
  const rows = await prisma.$queryRaw<RowsInText[]>`
    SELECT coalesce(json_agg(held ORDER BY held."principalId"), '[]'::json)::text AS rows
    FROM (
      SELECT r."principalId", r."principalType", r.role, p."displayName", p.upn, p."appId"
      FROM connection_role r LEFT JOIN principal p ON p."tenantId" = r."tenantId" AND p.id = r."principalId"
      WHERE r."connectionId" = ${connectionId}::uuid AND r."tenantId" = ${tenantId}::uuid
        AND (${after}::uuid IS NULL OR r."principalId" > ${after}::uuid)
      ORDER BY r."principalId"
      LIMIT ${take}::int) held`;
  return rowsIn<NamedRow & { readonly role: ConnectionRole }>(rows).map(toNamed);
}
