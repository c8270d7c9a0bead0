import type { GivenCaller } from '../given.js';
import type { LifeGateway } from './life-gateway.js';
import { must, mustBe, refusal, type LifeStep } from './life-step.js';
import type { LifeWorld } from './life-world.js';

/** What somebody with the recovery key does, and somebody without it tries. */
export const RECOVERY_STEPS: readonly LifeStep[] = [
  { kind: 'restore', weight: 7, can: () => true, run: (world, gateway) => restore(world, gateway) },
  { kind: 'restore in place', weight: 3, can: ({ members }) => members.length > 0, run: restoreInPlace },
  { kind: 'takeover', weight: 4, can: () => true, run: takeOver },
  { kind: 'change recovery key', weight: 4, can: ({ alive }) => alive.length > 0, run: changeKey },
  { kind: 'drill', weight: 3, can: ({ alive }) => alive.length > 0, run: drill },
  { kind: 'wrong recovery key', weight: 1, can: () => true, run: tryWrongKey },
];

/** A new machine in the place of a member, or of nobody when there is none left. */
async function restore(
  world: LifeWorld,
  gateway: LifeGateway,
  { command = 'restore', by = world.owner }: { command?: 'restore' | 'takeover'; by?: GivenCaller } = {},
): Promise<string> {
  const [old] = gateway.members.length > 0 ? [world.random.pick(gateway.members)] : [];
  const leaving = old && (await gateway.loot(world.cloud, old));
  const machine = await world.newMachine();
  const typed = await typedBy(world, gateway, by);
  const place = { gatewayId: gateway.id, memberName: world.fresh('machine'), replaces: old?.id };
  await machine.enrol(command, place, typed);
  if (old && leaving) await gateway.farewell(old, 'replaced', leaving);
  const { id } = await world.begin(gateway, machine);
  return `${id} for ${old?.id ?? 'nobody'}`;
}

/** The same machine once more: its agent is stopped, and replaces itself. */
async function restoreInPlace(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const old = world.random.pick(gateway.members);
  const leaving = await gateway.loot(world.cloud, old);
  await gateway.kill(old);
  const typed = await typedBy(world, gateway, world.owner);
  await old.machine.enrol('restore', { gatewayId: gateway.id, memberName: 'again', replaces: old.id }, typed);
  await gateway.farewell(old, 'replaced', leaving);
  const { id } = await world.begin(gateway, old.machine);
  return `${id} for ${old.id}`;
}

function takeOver(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  return restore(world, gateway, { command: 'takeover', by: world.random.pick(world.tenantAdmins) });
}

/** Not while a key is being handed out: its leader seals it to the recovery key that is. */
async function changeKey(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = world.random.pick(gateway.alive);
  const next = world.phrase();
  const expected = async () => {
    const [rotation] = await world.cloud.rotations(gateway.tenantId, gateway.id);
    if (rotation?.state === 'distributing' || rotation?.state === 'resealing') return 'ROTATION_UNDER_WAY';
    const { keyId } = await world.cloud.fetchKey(gateway.admin, gateway.id);
    return member.agent.keyIds[0] === keyId ? '' : 'VERSION_CONFLICT';
  };
  const code = await mustBe(expected, async () => {
    const told = await refusal(member.machine.changeRecoveryKey(gateway.recoveryKey, next));
    // Who missed the rotation lacks the new key, and perhaps the older ones as well: either is a reason.
    return told === 'ROTATION_UNDER_WAY' && (await expected()) === 'VERSION_CONFLICT' ? 'VERSION_CONFLICT' : told;
  });
  if (code === '') gateway.recoveryKey = next;
  return `by ${member.id} ${code}`;
}

async function drill({ random }: LifeWorld, gateway: LifeGateway): Promise<string> {
  const member = random.pick(gateway.alive);
  await member.machine.drill(gateway.recoveryKey);
  return `by ${member.id}`;
}

async function tryWrongKey(world: LifeWorld, gateway: LifeGateway): Promise<string> {
  const machine = await world.newMachine();
  const { joinToken } = await typedBy(world, gateway, world.owner);
  const typed = { joinToken, recoveryKey: 'a phrase of somebody else' };
  const code = await refusal(machine.enrol('join', { gatewayId: gateway.id, memberName: 'thief' }, typed));
  must(code === 'RECOVERY_KEY_WRONG', `a wrong recovery key was answered with ${code}`);
  // What was counted against the owner goes with the next right one.
  await machine.scrap();
  return code;
}

async function typedBy({ cloud }: LifeWorld, { id: gatewayId, recoveryKey }: LifeGateway, by: GivenCaller) {
  return { joinToken: await cloud.joinToken(by, { gatewayId }), recoveryKey };
}
