import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Envelope } from '../../../src/contract/envelope.js';
import { SealError } from '../../../src/contract/sealed-credential.js';
import { SourceError } from '../../../src/gateway-agent/connectors/source-error.js';
import type { LifeCloud } from './life-cloud.js';
import type { FormerMember, LifeGateway } from './life-gateway.js';
import { must, refusal } from './life-step.js';
import { tokenFor } from './loot.js';
import type { LifeWorld } from './life-world.js';

/** A lost package is asked for, lent, made, fetched: three heartbeats, and one more for whoever came last. */
const MOST_TURNS = 4;
/** Longer than what the control plane knows of members' keys is old, in milliseconds. */
export const MOST_WAIT_MS = 25_000;
const TURN_PAUSE_MS = 500;

/** What is looked at after every step: who is there, and that nothing was lost. */
export async function checkRows({ cloud }: LifeWorld, gateway: LifeGateway): Promise<void> {
  const { members, connections } = await cloud.rows(gateway.tenantId, gateway.id);
  same(
    'members',
    members,
    gateway.members.map(({ id }) => id),
  );
  same('connections', connections, [...gateway.connections.keys()]);
}

/** What must hold once everybody who runs was heard again. */
export async function checkGateway(world: LifeWorld, gateway: LifeGateway): Promise<void> {
  const { cloud, random } = world;
  await cloud.heard();
  for (const { agent } of gateway.alive) {
    await agent.beat();
    // The leader's way may break behind its first answer: what it was about to do then stays undone.
    const isCut = agent.leads && random.chance(0.5);
    await agent.look(isCut ? { after: 1 + random.int(5), losesAnswer: random.chance(0.5) } : undefined);
  }
  await checkOpening(world, gateway);
  checkEpochs(gateway);
  await checkFormer(world, gateway);
}

/**
 * Somebody else's look may just have been what was waited for: then everybody gets another turn. Who needs a key may be
 * known to the control plane as it was, for a quarter of a minute.
 */
async function checkOpening({ cloud }: LifeWorld, gateway: LifeGateway): Promise<void> {
  const began = performance.now();
  for (let turns = 0; ; turns += 1) {
    const wrong = await firstWrong(gateway, await cloud.connections(gateway.tenantId, gateway.id));
    if (!wrong) return;
    const isLate = turns >= MOST_TURNS && performance.now() - began > MOST_WAIT_MS;
    must(!isLate, `${wrong}; ${await keysOf(cloud, gateway)}`);
    if (turns >= MOST_TURNS) await setTimeout(TURN_PAUSE_MS);
    for (const { agent } of gateway.alive) {
      await cloud.heard();
      await agent.beat();
      await agent.look();
    }
  }
}

/** What happened to the keys, for whoever reads the failure. */
export async function keysOf(cloud: LifeCloud, { tenantId, id, admin }: LifeGateway): Promise<string> {
  const { keyId } = await cloud.fetchKey(admin, id);
  const told = (await cloud.rotations(tenantId, id)).map(
    ({ state, hasGrace, oldKeyId, newKeyId, given }) =>
      `${oldKeyId} to ${newKeyId} ${state}${hasGrace ? '' : ' without grace'} for ${given.join(' ')}`,
  );
  return `callers seal to ${keyId}; rotations, the last first: ${told.join('; ')}`;
}

async function firstWrong(
  { alive, connections }: LifeGateway,
  stored: readonly Envelope['connection'][],
): Promise<string | undefined> {
  for (const { id, agent } of alive) {
    for (const connection of stored) {
      const where = `on ${id}, which holds ${agent.keyIds.join(', ')} and said ${agent.said.slice(-5).join(' ')}`;
      try {
        const found = await agent.passwordOf(connection);
        const wanted = connections.get(connection.id)?.password;
        if (found !== wanted) return `${connection.id} opens to ${found}, not ${wanted}, ${where}`;
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        return `${connection.id} does not open (${error.message}) ${where}`;
      }
    }
  }
  return undefined;
}

/** Every epoch has one request key, and none that was used before. */
function checkEpochs({ alive, requestKeys, former }: LifeGateway): void {
  for (const { id, agent } of alive) {
    const { session } = agent;
    must(session !== undefined, `${id} takes part in no epoch`);
    const key = session.requestKey.toString('hex');
    const known = requestKeys.get(session.epoch);
    must(known === undefined || known === key, `epoch ${session.epoch} has two request keys`);
    const isUsed = known === undefined && [...requestKeys.values()].includes(key);
    must(!isUsed, `epoch ${session.epoch} has the request key of another one`);
    requestKeys.set(session.epoch, key);
    for (const { memberId, session: last } of former) {
      const isOld = last === undefined || (last.epoch < session.epoch && !last.requestKey.equals(session.requestKey));
      must(isOld, `${memberId} is gone, and its session keys hold on`);
    }
  }
}

/** Who is gone has no way back in, and nothing of what came after. */
async function checkFormer(world: LifeWorld, gateway: LifeGateway): Promise<void> {
  const { cloud } = world;
  const rotations = await cloud.rotations(gateway.tenantId, gateway.id);
  for (const former of gateway.former) {
    const later = rotations.filter(({ id }) => !former.rotationsSeen.has(id));
    const isGiven = later.some(({ given }) => given.includes(former.memberId));
    must(!isGiven, `${former.memberId} is gone, and was given a new sealing key`);
    if (!former.isTokenDead) await checkAccess(world, former, rotations[0]?.id ?? randomUUID());
    if (!former.isLockedOut && later.some(({ state }) => state === 'done')) await checkSealing(world, gateway, former);
  }
}

async function checkAccess({ cloud }: LifeWorld, former: FormerMember, rotationId: string): Promise<void> {
  const { memberId, token, why } = former;
  for (const [method, path, body] of routes(rotationId)) {
    const { status } = await cloud.call(`Bearer ${token}`, method, `/agent/v1/${path}`, body);
    must(status === 401, `${memberId} is gone (${why}), and ${method} ${path} answered its token with ${status}`);
  }
  const answer = await refusal(tokenFor(former, cloud.url));
  must(answer.startsWith('no token: 401'), `${memberId} is gone (${why}), and its assertion was answered: ${answer}`);
  former.isTokenDead = true;
}

async function checkSealing({ cloud }: LifeWorld, gateway: LifeGateway, former: FormerMember): Promise<void> {
  const stored = await cloud.connections(gateway.tenantId, gateway.id);
  for (const { id, credential = '' } of stored) {
    const opened = await former.keys.sealing.open(credential).catch((error: unknown) => {
      if (error instanceof SealError) return undefined;
      throw error;
    });
    must(opened === undefined, `${former.memberId} is gone, the key was rotated, and it still opens ${id}`);
  }
  former.isLockedOut = stored.length > 0;
}

/** Everything that a member may ask for; the one that would make it leave comes last. */
function routes(rotationId: string): readonly (readonly [string, string, object?])[] {
  return [
    ['POST', 'heartbeats', {}],
    ['GET', 'session'],
    ['GET', 'members'],
    ['GET', `rotations/${rotationId}`],
    ['PUT', `rotations/${rotationId}/key`, {}],
    ['POST', `rotations/${rotationId}/receipts`, {}],
    ['GET', `rotations/${rotationId}/credentials`],
    ['PUT', `rotations/${rotationId}/credentials/${randomUUID()}`, {}],
    ['POST', 'recovery/challenges', { operation: 'drill' }],
    ['POST', 'recovery/drills', {}],
    ['PUT', 'recovery/key', {}],
    ['DELETE', 'membership'],
  ];
}

function same(what: string, found: readonly string[], wanted: readonly string[]): void {
  const [one, other] = [[...found].sort().join(' '), [...wanted].sort().join(' ')];
  must(one === other, `${what}: the control plane has ${one}, and ought to have ${other}`);
}
