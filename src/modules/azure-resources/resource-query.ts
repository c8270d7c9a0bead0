import { rowsIn, type RowsInText } from '../../common/prisma/rows-in-text.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { GatewayResource, InstalledGateway } from './azure-resources.types.js';

/** Which resources are read. Undefined: whatever it is. */
export interface ResourceFilter {
  readonly tenantId: string;
  readonly subscriptionId: string;
  /** Group and name in lower case. */
  readonly groupKey?: string | undefined;
  readonly nameKey?: string | undefined;
  /** Ids of which one has to hold a role at the gateway. */
  readonly holderIds?: readonly string[] | undefined;
  readonly take: number;
}

interface Stored extends Omit<GatewayResource, 'gateway'> {
  readonly gateway: Omit<InstalledGateway, 'description' | 'machineName'> & {
    readonly description: string | null;
    readonly machineName: string | null;
  };
}

/** Reads resources with their gateways in one statement, by group and name. */
export async function queryResources(client: Transaction, filter: ResourceFilter): Promise<GatewayResource[]> {
  const { tenantId, subscriptionId, groupKey = null, nameKey = null, take } = filter;
  const holderIds = filter.holderIds === undefined ? null : [...filter.holderIds];
  const rows = await client.$queryRaw<RowsInText[]>`
    SELECT coalesce(json_agg(json_build_object('id', found.id, 'subscriptionId', found."subscriptionId",
        'resourceGroup', found."resourceGroup", 'name', found.name, 'location', found.location, 'tags', found.tags,
        'version', found.version, 'gateway', found.gateway)
      ORDER BY found."resourceGroupKey", found."nameKey"), '[]'::json)::text AS rows
    FROM (
      SELECT r.*, json_build_object('id', g.id, 'name', g.name, 'region', g.region, 'description', g.description,
        'contactInformation', coalesce(g."contactInformation", '{}'),
        'machineName', (SELECT m.name FROM member m WHERE m."gatewayId" = g.id AND m."tenantId" = g."tenantId"
          ORDER BY m."createdAt", m.id LIMIT 1)) AS gateway
      FROM connection_gateway_resource r JOIN gateway g ON g.id = r."gatewayId" AND g."tenantId" = r."tenantId"
      WHERE r."tenantId" = ${tenantId}::uuid AND r."subscriptionId" = ${subscriptionId}::uuid
        AND (${groupKey}::text IS NULL OR r."resourceGroupKey" = ${groupKey}::text)
        AND (${nameKey}::text IS NULL OR r."nameKey" = ${nameKey}::text)
        AND (${holderIds}::uuid[] IS NULL OR r."gatewayId" IN (
          SELECT h."gatewayId" FROM gateway_role h
          WHERE h."tenantId" = ${tenantId}::uuid AND h."principalId" = ANY (${holderIds}::uuid[])))
      ORDER BY r."resourceGroupKey", r."nameKey"
      LIMIT ${take}::int) found`;
  return rowsIn<Stored>(rows).map(toResource);
}

function toResource({ gateway, ...resource }: Stored): GatewayResource {
  const { description, machineName } = gateway;
  return {
    ...resource,
    gateway: { ...gateway, description: description ?? undefined, machineName: machineName ?? undefined },
  };
}
