/** How much one tenant has; a second one has as much again. */
export const SIZES = {
  gateways: 1_000,
  connections: 10_000,
  gatewayRoles: 20_000,
  connectionRoles: 30_000,
  principals: 2_000,
  environments: 5_000,
  alerts: 2_000,
  requests: 100_000,
  auditEntries: 20_000,
};

/** Ids that can be told without asking: the number of a row in a tenant, behind a letter for its kind. */
const id = (kind, n) => `('${kind}0000000-0000-4000-8000-' || lpad(to_hex(${n} + $2 * 1048576), 12, '0'))::uuid`;

/**
 * Statements that fill a tenant. `$1` is the tenant, `$2` its number; plain SQL, since rows made through the services
 * would take an hour.
 */
export const FILL = [
  `INSERT INTO principal ("tenantId", id, type, upn, "displayName", "lastSeenAt")
   SELECT $1, ${id('a', 'n')}, 'User', 'person' || n || '@tenant' || $2 || '.example', 'Person ' || n, now()
   FROM generate_series(1, ${SIZES.principals}) n`,
  `INSERT INTO environment (id, "tenantId", "displayName", region)
   SELECT ${id('e', 'n')}, $1, 'Environment ' || lpad(n::text, 5, '0'), 'europe'
   FROM generate_series(1, ${SIZES.environments}) n`,
  `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
   SELECT ${id('b', 'n')}, $1, 'Gateway ' || lpad(n::text, 5, '0'), 'westeurope', 'local',
     jsonb_build_object('modulus', repeat('A', 512), 'exponent', 'AQAB'), repeat('k', 43), decode(repeat('00', 2000), 'hex')
   FROM generate_series(1, ${SIZES.gateways}) n`,
  `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities, "lastHeartbeatAt")
   SELECT ${id('c', 'n')}, $1, ${id('b', 'n')}, 'machine', '\\x00', '\\x00', decode(md5(n || ' ' || $2), 'hex'), '3000.1.1',
     '{"contractVersions":[1],"operations":{},"features":[]}', now()
   FROM generate_series(1, ${SIZES.gateways}) n`,
  `INSERT INTO connection (id, "tenantId", "gatewayId", "displayName", kind, target, "credentialType", encryption, credential, "createdBy")
   SELECT ${id('d', 'n')}, $1, ${id('b', `1 + n % ${SIZES.gateways}`)}, 'Connection ' || lpad(n::text, 6, '0'), 'postgresql',
     '{"kind":"postgresql","server":"db.example","port":5432,"database":"sales"}', 'Basic', 'Any',
     decode(repeat('00', 1500), 'hex'), ${id('a', `1 + n % ${SIZES.principals}`)}
   FROM generate_series(1, ${SIZES.connections}) n`,
  `INSERT INTO connection_environment ("connectionId", "environmentId", "tenantId")
   SELECT ${id('d', 'n')}, ${id('e', `1 + n % ${SIZES.environments}`)}, $1 FROM generate_series(1, ${SIZES.connections}) n`,
  // A tenth of the roles are those of the first gateway and the first connection: the longest lists of their kind.
  `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('b', `CASE WHEN n % 10 = 0 THEN 1 ELSE 1 + n % ${SIZES.gateways} END`)},
     ${id('a', `1 + (n / 10) % ${SIZES.principals}`)}, $1, 'User', 'ConnectionCreator'
   FROM generate_series(1, ${SIZES.gatewayRoles}) n ON CONFLICT DO NOTHING`,
  `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('d', `CASE WHEN n % 15 = 0 THEN 1 ELSE 1 + n % ${SIZES.connections} END`)},
     ${id('a', `1 + (n / 15) % ${SIZES.principals}`)}, $1, 'User', 'User'
   FROM generate_series(1, ${SIZES.connectionRoles}) n ON CONFLICT DO NOTHING`,
  `INSERT INTO alert (id, "tenantId", kind, state, "gatewayId", details, "openedAt", "openKey")
   SELECT ${id('f', 'n')}, $1, 'gateway-single-administrator', CASE WHEN n % 2 = 0 THEN 'Open' ELSE 'Resolved' END::alert_state,
     ${id('b', `1 + n % ${SIZES.gateways}`)}, '{"name":"Gateway"}', now() - n * interval '1 minute', CASE WHEN n % 2 = 0 THEN 'key ' || n END
   FROM generate_series(1, ${SIZES.alerts}) n`,
  `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", "connectionId", "gatewayId", operation,
     "startedAt", "finishedAt", status, attempts, "requestBytes", "replyBytes", timings, client)
   SELECT gen_random_uuid(), md5(n || ' ' || $2), $1, ${id('a', `1 + n % ${SIZES.principals}`)}, ${id('d', `1 + n % ${SIZES.connections}`)},
     ${id('b', `1 + n % ${SIZES.gateways}`)}, 'listItems', now() - n * interval '1 second', now() - n * interval '1 second',
     'succeeded', 1, 100, 1000, '{"member":1}', '{}'
   FROM generate_series(1, ${SIZES.requests}) n`,
  `INSERT INTO audit_entry ("tenantId", seq, "prevHash", hash, at, "actorId", "actorType", action, result, "gatewayId",
     "subjectType", "subjectId", "traceId", details)
   SELECT $1, n + coalesce((SELECT max(seq) FROM audit_entry WHERE "tenantId" = $1), 0), decode(repeat('00', 32), 'hex'),
     decode(repeat('00', 32), 'hex'), now() - (${SIZES.auditEntries} - n) * interval '1 minute',
     ${id('a', `1 + n % ${SIZES.principals}`)}, 'User', 'gateway-role.granted', 'succeeded', ${id('b', `1 + n % ${SIZES.gateways}`)},
     'gateway', (${id('b', `1 + n % ${SIZES.gateways}`)})::text, md5(n::text), '{}'
   FROM generate_series(1, ${SIZES.auditEntries}) n`,
];

/** Makes somebody an administrator of a part of the gateways and an owner of the connections of that part. `$3` is who. */
export const grantPart = (share) => [
  `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('b', 'n')}, $3, $1, 'User', 'Admin' FROM generate_series(1, ${Math.round(SIZES.gateways * share)}) n`,
  `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
   SELECT ${id('d', 'n')}, $3, $1, 'User', 'Owner' FROM generate_series(1, ${Math.round(SIZES.connections * share)}) n`,
];

/** The longest lists of roles: those of the first gateway and of the first connection of the tenant with this number. */
export const first = (kind, tenant) =>
  `${kind}0000000-0000-4000-8000-${(1 + tenant * 1_048_576).toString(16).padStart(12, '0')}`;
