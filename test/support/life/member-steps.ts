import type { LifeGateway, LifeMember } from './life-gateway.js';
import { must, type LifeStep } from './life-step.js';
import type { LifeWorld } from './life-world.js';

/** Fewer than the ten that are allowed: every member is asked to open everything, again and again. */
const MOST_MEMBERS = 4;

/** What administrators and machines do to the members of a gateway. */
export const MEMBER_STEPS: readonly LifeStep[] = [
  { kind: 'join', weight: 9, can: ({ members }) => members.length < MOST_MEMBERS, run: join },
  { kind: 'decommission', weight: 4, can: ({ members }) => members.length > 0, run: decommission },
  { kind: 'leave', weight: 3, can: ({ members }) => members.length > 0, run: leave },
  { kind: 'revoke as compromised', weight: 4, can: ({ members }) => members.length > 0, run: compromise },
  { kind: 'disable', weight: 3, can: ({ members }) => members.some(({ enabled }) => enabled), run: disable },
  { kind: 'enable', weight: 3, can: ({ members }) => members.some(({ enabled }) => !enabled), run: enable },
  { kind: 'drain', weight: 2, can: ({ members }) => members.some(({ draining }) => !draining), run: drain },
  { kind: 'resume', weight: 2, can: ({ members }) => members.some(({ draining }) => draining), run: resume },
  { kind: 'kill', weight: 5, can: ({ alive }) => alive.length > 0, run: kill },
  { kind: 'come back', weight: 9, can: ({ dead }) => dead.length > 0, run: comeBack },
];

async function join(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const machine = await world.enrol(gateway);
  // Not every machine is started as soon as it was installed.
  const member = await gateway.begin(machine, world.hooks(gateway));
  if (world.random.chance(0.7)) {
    await world.cloud.heard();
    await member.agent?.beat();
  } else await gateway.kill(member);
  return `${member.id} ${member.agent ? 'runs' : 'is not started yet'}`;
}

async function decommission(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = world.random.pick(gateway.members);
  const isNeeded = gateway.members.length === 1 && gateway.connections.size > 0;
  if (!isNeeded) {
    await world.dismiss(gateway, member);
    return member.id;
  }
  const { code } = await world.cloud.call(gateway.admin.authorization, 'DELETE', path(gateway, member));
  must(code === 'CONNECTIONS_EXIST', `the removal of the last, ${member.id}, ended with ${code}`);
  return `not ${member.id}, who is the last`;
}

/** The last member may go as well: what was sealed waits for somebody with the recovery key. */
async function leave({ cloud, random, gateways }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(gateway.members);
  const leaving = await gateway.loot(cloud, member);
  await gateway.kill(member);
  await member.machine.unregister();
  await gateway.farewell(member, 'left', leaving);
  if (gateway.members.length > 0 || gateway.connections.size > 0) return member.id;
  must(!(await cloud.hasGateway(gateway.tenantId, gateway.id)), 'the last member left, the gateway did not');
  gateways.splice(gateways.indexOf(gateway), 1);
  return `${member.id}, and the gateway with it`;
}

async function compromise(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = world.random.pick(gateway.members);
  const isRotationStarted = await world.revoke(gateway, member);
  must(isRotationStarted, 'a member was compromised, and the key stays what it was');
  return member.id;
}

function disable(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  return turn(world, gateway, false);
}

function enable(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  return turn(world, gateway, true);
}

async function turn({ cloud, random }: LifeWorld, gateway: LifeGateway, enabled: boolean): Promise<string> {
  const member = random.pick(gateway.members.filter((one) => one.enabled !== enabled));
  await cloud.done(gateway.admin, 'PATCH', path(gateway, member), { enabled });
  member.enabled = enabled;
  return member.id;
}

async function drain({ cloud, random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(gateway.members.filter(({ draining }) => !draining));
  await cloud.done(gateway.admin, 'POST', `${path(gateway, member)}/drain`, { deadlineSeconds: 60 });
  member.draining = true;
  return member.id;
}

async function resume({ cloud, random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(gateway.members.filter(({ draining }) => draining));
  await cloud.done(gateway.admin, 'POST', `${path(gateway, member)}/resume`);
  member.draining = false;
  return member.id;
}

async function kill({ random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(gateway.alive);
  await gateway.kill(member);
  return member.id;
}

async function comeBack(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = world.random.pick(gateway.dead);
  await gateway.revive(member, world.hooks(gateway));
  await world.cloud.heard();
  await member.agent?.beat();
  return member.id;
}

function path(gateway: LifeGateway, member: LifeMember): string {
  return `/v1/gateways/${gateway.id}/members/${member.id}`;
}
