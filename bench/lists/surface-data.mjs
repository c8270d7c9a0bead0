/** What the callers of one tenant have, as the speed of the surfaces is promised for it. */
export const SIZES = { gateways: 200, connectionsEach: 50, principals: 500, gatewayRoles: 200, connectionRoles: 200 };

const CONNECTIONS = SIZES.gateways * SIZES.connectionsEach;

/** Ids that can be told without asking, apart from those of `list-data.mjs`. */
const id = (kind, n) => `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${n} + 268435456), 12, '0'))::uuid`;
const idOf = (kind, n) => `${kind}0000000-0000-4000-8000-${(n + 268_435_456).toString(16).padStart(12, '0')}`;

export const SUBSCRIPTION = idOf('9', 0);
export const GATEWAY = idOf('b', 1);
export const CONNECTION = idOf('d', 1);
export const RESOURCE = { group: 'group-1', name: 'resource-1' };

/**
 * Statements that fill the tenant `$1`: `$2` administers all of its gateways, `$3` the first one. Each gateway has one
 * member, ten roles and fifty connections; the first gateway and the first connection have more roles than a page.
 */
export const FILL = [
  `INSERT INTO principal ("tenantId", id, type, upn, "displayName", "lastSeenAt")
   SELECT $1, ${id('a', 'n')}, 'User', 'worker' || n || '@contoso.example', 'Worker ' || n, now()
   FROM generate_series(1, ${SIZES.principals}) n`,
  `INSERT INTO environment (id, "tenantId", "displayName", region)
   SELECT ${id('e', 'n')}, $1, 'Bench ' || n, 'europe' FROM generate_series(1, 50) n`,
  `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
   SELECT ${id('b', 'n')}, $1, 'Gateway ' || lpad(n::text, 5, '0'), 'westeurope', 'local',
     jsonb_build_object('modulus', repeat('A', 512), 'exponent', 'AQAB'), repeat('k', 43), decode(repeat('00', 2000), 'hex')
   FROM generate_series(1, ${SIZES.gateways}) n`,
  `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities,
     "lastHeartbeatAt", load)
   SELECT ${id('c', 'n')}, $1, ${id('b', 'n')}, 'machine-' || n, '\\x00', '\\x00', decode(md5('bench ' || n), 'hex'),
     '3000.1.1', '{"contractVersions":[1],"operations":{},"features":[]}', now(),
     '{"cpuPercent":12.5,"memoryPercent":40,"diskFreeBytes":100000000000}'
   FROM generate_series(1, ${SIZES.gateways}) n`,
  `INSERT INTO connection (id, "tenantId", "gatewayId", "displayName", kind, target, "credentialType", encryption,
     credential, "createdBy")
   SELECT ${id('d', 'n')}, $1, ${id('b', `1 + (n - 1) / ${SIZES.connectionsEach}`)}, 'Connection ' || lpad(n::text, 6, '0'),
     'postgresql', '{"kind":"postgresql","server":"db.example","port":5432,"database":"sales"}', 'Basic', 'Any',
     decode(repeat('00', 1500), 'hex'), ${id('a', `1 + n % ${SIZES.principals}`)}
   FROM generate_series(1, ${CONNECTIONS}) n`,
  `INSERT INTO connection_environment ("connectionId", "environmentId", "tenantId")
   SELECT ${id('d', 'n')}, ${id('e', '1 + n % 50')}, $1 FROM generate_series(1, ${CONNECTIONS}) n`,
  `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('b', 'g')}, ${id('a', 'p')}, $1, 'User', 'ConnectionCreator'
   FROM generate_series(1, ${SIZES.gateways}) g,
     generate_series(1, CASE WHEN g = 1 THEN ${SIZES.gatewayRoles} ELSE 10 END) p`,
  `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('d', 'c')}, ${id('a', 'p')}, $1, 'User', 'User'
   FROM generate_series(1, ${CONNECTIONS}) c,
     generate_series(1, CASE WHEN c = 1 THEN ${SIZES.connectionRoles} ELSE 3 END) p`,
  `INSERT INTO connection_gateway_resource (id, "tenantId", "subscriptionId", "resourceGroup", name, "resourceGroupKey",
     "nameKey", location, tags, "gatewayId", "createdBy")
   SELECT ${id('f', 'n')}, $1, '${SUBSCRIPTION}', 'group-' || 1 + n / 20, 'resource-' || n, 'group-' || 1 + n / 20,
     'resource-' || n, 'westeurope', '{"team":"data"}', ${id('b', 'n')}, ${id('a', '1')}
   FROM generate_series(1, ${SIZES.gateways}) n`,
  `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('b', 'n')}, who, $1, 'User', 'Admin'
   FROM generate_series(1, ${SIZES.gateways}) n, (VALUES ($2), ($3)) v(who) WHERE who = $2 OR n = 1`,
];
