import { randomBytes } from 'node:crypto';

/** Members of a gateway and gateways of a tenant: clusters of four, and tenants of fifty gateways. */
const MEMBERS_PER_GATEWAY = 4;
const GATEWAYS_PER_TENANT = 50;

/** An id that tells what it is of and which number it has. */
const id = (kind, n) => `${kind}0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** @returns where the member with this number belongs */
export function placeOf(n) {
  const gateway = Math.floor(n / MEMBERS_PER_GATEWAY);
  const tenant = Math.floor(gateway / GATEWAYS_PER_TENANT);
  return { memberId: id('c', n), gatewayId: id('b', gateway), tenantId: id('a', tenant) };
}

/**
 * Writes the rows of a fleet: plain SQL, since registering each by the API would take an hour of scrypt and RSA. The
 * identity keys are real; what heartbeats never touch is filler.
 *
 * @param identities raw Ed25519 public keys, by the number of the member
 */
export async function writeFleet(database, identities) {
  const places = identities.map((_key, n) => placeOf(n));
  const tenants = [...new Set(places.map(({ tenantId }) => tenantId))];
  const gateways = [...new Map(places.map((place) => [place.gatewayId, place])).values()];
  await database.query(
    `INSERT INTO tenant (id, "displayName", "wrappedDataKey", "wrappingKeyId", "machineSalt")
     SELECT id, 'Tenant ' || id, '\\x00', 'none', '\\x00' FROM unnest($1::uuid[]) id`,
    [tenants],
  );
  await database.query(
    `INSERT INTO gateway (id, "tenantId", name, region, namespace, "loadBalancing", "sealingKey", "sealingKeyId", recovery)
     SELECT id, tenant, 'Gateway ' || n, 'westeurope', 'local',
       CASE WHEN n % 2 = 0 THEN 'Failover' ELSE 'DistributeEvenly' END::load_balancing,
       jsonb_build_object('modulus', repeat('A', 512), 'exponent', 'AQAB'), repeat('k', 43), decode(repeat('00', 2000), 'hex')
     FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS given(id, tenant, n)`,
    [gateways.map(({ gatewayId }) => gatewayId), gateways.map(({ tenantId }) => tenantId)],
  );
  await database.query(
    `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
     SELECT id, tenant, gateway, 'machine ' || n, identity, $5, decode(md5(n::text), 'hex'), '3000.1.1',
       '{"contractVersions":[1],"operations":{},"features":[]}'
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) WITH ORDINALITY AS given(id, gateway, tenant, identity, n)`,
    [
      places.map(({ memberId }) => memberId),
      places.map(({ gatewayId }) => gatewayId),
      places.map(({ tenantId }) => tenantId),
      identities,
      randomBytes(32),
    ],
  );
  await database.query('ANALYZE');
  return { members: places.length, gateways: gateways.length, tenants: tenants.length };
}
