import type { Cut } from './fragile-calls.js';
import type { LifeGateway } from './life-gateway.js';
import { mustBe, type LifeStep } from './life-step.js';
import type { LifeWorld } from './life-world.js';

/** The lease of a rotation's leader is a minute, and a member is offline after less. */
const MINUTE = 61;
/** A member that was away for ten minutes is not waited for any more. */
const ABSENCE = 11 * 60;
/** A day, after which the old key is of no use. */
const GRACE = 24 * 60 * 60 + 60;

/** What becomes of sealing keys, and the time that goes by. */
export const KEY_STEPS: readonly LifeStep[] = [
  { kind: 'rotate', weight: 8, can: () => true, run: rotate },
  { kind: 'look at the rotation', weight: 14, can: ({ alive }) => alive.length > 0, run: progress },
  { kind: 'kill the leader', weight: 8, can: (gateway) => leaders(gateway).length > 0, run: killLeader },
  { kind: 'a minute goes by', weight: 6, can: () => true, run: (world, gateway) => pass(world, gateway, MINUTE) },
  { kind: 'eleven minutes go by', weight: 4, can: () => true, run: (world, gateway) => pass(world, gateway, ABSENCE) },
  { kind: 'a day goes by', weight: 6, can: () => true, run: (world, gateway) => pass(world, gateway, GRACE) },
];

function rotate({ cloud }: LifeWorld, { tenantId, id, admin }: LifeGateway): Promise<string> {
  const expected = async () => {
    const [last] = await cloud.rotations(tenantId, id);
    return last === undefined || last.state === 'done' || last.state === 'superseded' ? '' : 'ROTATION_UNDER_WAY';
  };
  return mustBe(
    expected,
    async () => (await cloud.call(admin.authorization, 'POST', `/v1/gateways/${id}/rotations`)).code,
  );
}

async function progress({ cloud, random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const { id, agent } = random.pick(gateway.alive);
  await cloud.heard();
  await agent.beat();
  await agent.look(random.chance(0.5) ? someCut(random) : undefined);
  return `by ${id}${agent.leads ? ', who leads' : ''}`;
}

async function killLeader({ cloud, random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(leaders(gateway));
  await cloud.heard();
  await member.agent.beat();
  await member.agent.look(someCut(random));
  await gateway.kill(member);
  return member.id;
}

/** Members that run are heard all the while, and look at what they are told of. */
async function pass(world: LifeWorld, gateway: LifeGateway, seconds: number): Promise<string> {
  await world.cloud.passTime(gateway.id, seconds);
  for (const { agent } of gateway.alive) await agent.beat();
  if (seconds > MINUTE) for (const { agent } of gateway.alive) await agent.look();
  await world.cloud.sweep();
  await world.cloud.heard();
  return '';
}

function leaders({ alive }: LifeGateway) {
  return alive.filter(({ agent }) => agent.leads);
}

function someCut(random: LifeWorld['random']): Cut {
  return { after: random.int(8), losesAnswer: random.chance(0.5) };
}
