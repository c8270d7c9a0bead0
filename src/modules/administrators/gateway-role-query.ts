import type { PrismaService } from '../../common/prisma/prisma.service.js';
import { rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';
import type { GatewayRole } from './gateway-roles.types.js';
import type { NamedPrincipal } from './named-principal.types.js';
import { toNamed, type NamedRow } from './named-row.policy.js';

/** Where a list of roles begins: behind this principal. */
interface RolesPlace {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly after: string | undefined;
}

interface StoredRole {
  readonly role: GatewayRole;
  readonly allowedKinds: string[];
}

/** Reads who holds a role at a gateway, with their names, in order of principal. */
export async function queryGatewayRoles(
  prisma: PrismaService,
  place: RolesPlace,
  take: number,
): Promise<(StoredRole & { readonly principal: NamedPrincipal })[]> {
  const { tenantId, gatewayId, after = null } = place;
  const rows = await prisma.$queryRaw<RowsInText[]>`
    SELECT coalesce(json_agg(held ORDER BY held."principalId"), '[]'::json)::text AS rows
    FROM (
      SELECT r."principalId", r."principalType", r.role, coalesce(r."allowedKinds", '{}') AS "allowedKinds",
        p."displayName", p.upn, p."appId"
      FROM gateway_role r LEFT JOIN principal p ON p."tenantId" = r."tenantId" AND p.id = r."principalId"
      WHERE r."gatewayId" = ${gatewayId}::uuid AND r."tenantId" = ${tenantId}::uuid
        AND (${after}::uuid IS NULL OR r."principalId" > ${after}::uuid)
      ORDER BY r."principalId"
      LIMIT ${take}::int) held`;
  return rowsIn<StoredRole & NamedRow>(rows).map(toNamed);
}
