import { sealCredential } from '../../../src/contract/sealed-credential.js';
import type { FetchedKey } from './life-cloud.js';
import type { LifeGateway } from './life-gateway.js';
import { must, mustBe, type LifeStep } from './life-step.js';
import type { LifeWorld } from './life-world.js';
import type { SeededRandom } from './seeded-random.js';

const MOST_CONNECTIONS = 6;

/** What makers do, with the gateway's key of now or with one that they fetched long ago. */
export const CONNECTION_STEPS: readonly LifeStep[] = [
  { kind: 'add connection', weight: 8, can: ({ connections }) => connections.size < MOST_CONNECTIONS, run: add },
  { kind: 'edit connection', weight: 8, can: ({ connections }) => connections.size > 0, run: edit },
  { kind: 'edit with an old key', weight: 8, can: canBeStale, run: editStale },
  { kind: 'delete connection', weight: 4, can: ({ connections }) => connections.size > 0, run: remove },
];

async function add(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const { cloud, random } = world;
  const key = await fetchKey(world, gateway);
  const made = { name: world.fresh('connection'), password: world.fresh('password'), server: 'db.site.example' };
  const body = {
    connectivityType: 'OnPremisesGateway',
    gatewayId: gateway.id,
    displayName: made.name,
    ...(await bodyOf(gateway, made, { key, isNamed: random.chance(0.7) })),
  };
  const { id } = await cloud.done(gateway.admin, 'POST', '/v1/connections', body);
  gateway.connections.set(String(id), made);
  return `${String(id)} sealed to ${key.keyId}`;
}

async function edit(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const key = await fetchKey(world, gateway);
  const { id, code } = await seal(world, gateway, {
    id: anyOf(world, gateway),
    key,
    isNamed: world.random.chance(0.7),
  });
  must(code === '', `a credential sealed to the key of now was answered with ${code}`);
  return `${id} sealed to ${key.keyId}`;
}

/** What only a retired key opens is refused at once; never taken, and then of no use. */
async function editStale(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const { cloud, random } = world;
  const key = random.pick(gateway.fetched);
  const id = anyOf(world, gateway);
  const expected = async () => {
    const { keyId: current } = await cloud.fetchKey(gateway.admin, gateway.id);
    const rotations = await cloud.rotations(gateway.tenantId, gateway.id);
    const isHeld = rotations.some(
      ({ state, hasGrace, oldKeyId }) =>
        hasGrace && oldKeyId === key.keyId && (state === 'resealing' || state === 'grace'),
    );
    return key.keyId === current || isHeld ? '' : 'CREDENTIAL_STALE_KEY';
  };
  const code = await mustBe(expected, async () => (await seal(world, gateway, { id, key, isNamed: true })).code);
  return `${id} sealed to ${key.keyId} ${code}`;
}

async function remove(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const { cloud } = world;
  const id = anyOf(world, gateway);
  await cloud.done(gateway.admin, 'DELETE', `/v1/connections/${id}`);
  gateway.connections.delete(id);
  return id;
}

/** Somebody is quicker than a member that just sealed this credential anew. */
export async function editQuickly(world: LifeWorld, gateway: LifeGateway, id: string): Promise<string> {
  // What was deleted meanwhile cannot be edited either.
  if (!gateway.connections.has(id)) return `${id} is gone`;
  const key = await fetchKey(world, gateway);
  const { code } = await seal(world, gateway, { id, key, isNamed: world.aside.chance(0.3), random: world.aside });
  must(code === '', `an edit beside a rotation was answered with ${code}`);
  return `${id} sealed to ${key.keyId}`;
}

interface Sealing {
  readonly key: FetchedKey;
  readonly isNamed: boolean;
}

interface ConnectionSealing extends Sealing {
  readonly id: string;
  readonly random?: SeededRandom;
}

async function seal(
  world: LifeWorld,
  gateway: LifeGateway,
  sealing: ConnectionSealing,
): Promise<{ id: string; code: string }> {
  const { cloud } = world;
  const { id, random = world.random } = sealing;
  const connection = gateway.connections.get(id);
  must(connection !== undefined, 'a connection is known by its id');
  const server = random.chance(0.3) ? `${world.fresh('db').replace(' ', '-')}.site.example` : connection.server;
  const wanted = { password: world.fresh('password'), server };
  const body = await bodyOf(gateway, wanted, sealing);
  const { code } = await cloud.call(gateway.admin.authorization, 'PATCH', `/v1/connections/${id}`, body);
  if (code === '') Object.assign(connection, wanted);
  return { id, code };
}

async function fetchKey({ cloud }: LifeWorld, gateway: LifeGateway): Promise<FetchedKey> {
  const key = await cloud.fetchKey(gateway.admin, gateway.id);
  if (!gateway.fetched.some(({ keyId }) => keyId === key.keyId)) gateway.fetched.push(key);
  return key;
}

async function bodyOf(
  gateway: LifeGateway,
  { password, server }: { readonly password: string; readonly server: string },
  { key, isNamed }: Sealing,
) {
  const pairs = [
    { name: 'username', value: 'reader' },
    { name: 'password', value: password },
  ];
  const encryptedCredentials = await sealCredential(key.publicKey, pairs);
  const value = { gatewayId: gateway.id, encryptedCredentials, ...(isNamed && { keyId: key.keyId }) };
  return {
    connectionDetails: {
      type: 'PostgreSQL',
      creationMethod: 'PostgreSQL',
      parameters: [
        { name: 'server', value: server },
        { name: 'database', value: 'sales' },
      ],
    },
    // The servers of these lives do not exist: that credentials open is asked at the end.
    credentialDetails: { skipTestConnection: true, credentials: { credentialType: 'Basic', values: [value] } },
  };
}

function anyOf({ random }: LifeWorld, { connections }: LifeGateway): string {
  return random.pick([...connections.keys()]);
}

function canBeStale({ connections, fetched }: LifeGateway): boolean {
  return connections.size > 0 && fetched.length > 0;
}
