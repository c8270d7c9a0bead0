import { items } from '../../client/pages.js';
import type { components } from '../../client/schema.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import type { ConnectionType } from '../commands/connection-details.js';
import type { Connection, Environment, Gateway, GatewayMember } from '../find.js';
import { gather } from '../gather.js';
import type { Described } from './described.js';

type Schemas = components['schemas'];

/** A role as the API shows it. */
export type CurrentRole = Schemas['GatewayRoleAssignment'] | Schemas['ConnectionRoleAssignment'];

export interface CurrentGateway {
  readonly gateway: Gateway;
  readonly members: readonly GatewayMember[];
  readonly roles: readonly CurrentRole[];
}

export interface CurrentConnection {
  readonly connection: Connection;
  readonly roles: readonly CurrentRole[];
}

/** How things are, as far as a file speaks of them. */
export interface Current {
  readonly policy: Schemas['TenantPolicy'] | undefined;
  readonly environments: readonly Environment[];
  readonly gateways: readonly CurrentGateway[];
  readonly connections: readonly CurrentConnection[];
  readonly types: readonly ConnectionType[];
  /** Regions that environments can have. */
  readonly regions: readonly string[];
}

/** @throws ApiError */
export async function readCurrent(client: TidegateClient, described: Described): Promise<Current> {
  const { policy, environments = [], connections = [] } = described;
  const isBound = connections.some((connection) => connection.environments !== undefined);
  const hasEnvironments = described.environments !== undefined || isBound;
  return {
    policy: policy && (await client.get('/v1/tenantPolicy')),
    environments: hasEnvironments ? await gather(items(client, '/v1/environments')) : [],
    gateways: await readGateways(client, described),
    connections: described.connections === undefined ? [] : await readConnections(client, described),
    types: connections.length > 0 ? await gather(items(client, '/v1/connections/supportedConnectionTypes')) : [],
    regions: environments.length > 0 ? (await client.get('/v1/regions')).environmentRegions.map(({ key }) => key) : [],
  };
}

async function readGateways(
  client: TidegateClient,
  { gateways = [], connections = [] }: Described,
): Promise<CurrentGateway[]> {
  const names = new Set([...gateways.map(({ name }) => name), ...connections.map(({ gateway }) => gateway)]);
  if (names.size === 0) return [];
  const found: CurrentGateway[] = [];
  for (const gateway of await gather(items(client, '/v1/gateways'))) {
    if (!names.has(gateway.displayName)) continue;
    const wanted = gateways.find(({ name }) => name === gateway.displayName);
    const init = { params: { path: { gatewayId: gateway.id } } };
    found.push({
      gateway,
      members: wanted?.members ? await gather(items(client, '/v1/gateways/{gatewayId}/members', init)) : [],
      roles: wanted?.roles ? await gather(items(client, '/v1/gateways/{gatewayId}/roleAssignments', init)) : [],
    });
  }
  return found;
}

async function readConnections(client: TidegateClient, { connections = [] }: Described): Promise<CurrentConnection[]> {
  const withRoles = new Set(connections.filter(({ roles }) => roles).map(({ name }) => name));
  const found: CurrentConnection[] = [];
  for (const connection of await gather(items(client, '/v1/connections'))) {
    const init = { params: { path: { connectionId: connection.id } } };
    const roles = withRoles.has(connection.displayName)
      ? await gather(items(client, '/v1/connections/{connectionId}/roleAssignments', init))
      : [];
    found.push({ connection, roles });
  }
  return found;
}
