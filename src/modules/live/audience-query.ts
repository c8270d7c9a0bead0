import type { PrismaService } from '../../common/prisma/prisma.service.js';
import type { LiveTopic } from './live-topics.js';

/** Something that changed, whose it is, and who may be told its id beside administrators of the tenant. */
export interface ChangedThing {
  readonly id: string;
  readonly tenantId: string;
  /** Ids of which one shows it; null: everybody of the tenant sees it. */
  readonly holderIds: readonly string[] | null;
}

/** What is left of the ids, in these tenants: those under which somebody listens. */
export async function changedThings(
  prisma: PrismaService,
  topic: LiveTopic,
  ids: readonly string[],
  tenantIds: readonly string[],
): Promise<readonly ChangedThing[]> {
  const [wanted, tenants] = [[...ids], [...tenantIds]];
  switch (topic) {
    case 'gateways':
      return prisma.$queryRaw<ChangedThing[]>`
        SELECT g.id::text, g."tenantId"::text, ARRAY(SELECT r."principalId"::text FROM gateway_role r
          WHERE r."gatewayId" = g.id AND r."tenantId" = g."tenantId") AS "holderIds"
        FROM gateway g WHERE g.id = ANY (${wanted}::uuid[]) AND g."tenantId" = ANY (${tenants}::uuid[])`;
    case 'connections':
      return prisma.$queryRaw<ChangedThing[]>`
        SELECT c.id::text, c."tenantId"::text, ARRAY(
          SELECT r."principalId"::text FROM connection_role r
          WHERE r."connectionId" = c.id AND r."tenantId" = c."tenantId"
          UNION SELECT r."principalId"::text FROM gateway_role r
          WHERE r."gatewayId" = c."gatewayId" AND r."tenantId" = c."tenantId" AND r.role = 'Admin') AS "holderIds"
        FROM connection c WHERE c.id = ANY (${wanted}::uuid[]) AND c."tenantId" = ANY (${tenants}::uuid[])`;
    case 'environments':
      return prisma.$queryRaw<ChangedThing[]>`
        SELECT e.id::text, e."tenantId"::text, NULL::text[] AS "holderIds"
        FROM environment e WHERE e.id = ANY (${wanted}::uuid[]) AND e."tenantId" = ANY (${tenants}::uuid[])`;
    default:
      return [];
  }
}
