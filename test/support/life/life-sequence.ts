import { CONNECTION_STEPS, editQuickly } from './connection-steps.js';
import { KEY_STEPS } from './key-steps.js';
import { checkGateway, checkRows, keysOf, MOST_WAIT_MS } from './life-checks.js';
import type { LifeCloud } from './life-cloud.js';
import type { LifeGateway } from './life-gateway.js';
import { must, type LifeStep } from './life-step.js';
import { until } from '../until.js';
import { LifeWorld } from './life-world.js';
import { MEMBER_STEPS } from './member-steps.js';
import { RECOVERY_STEPS } from './recovery-steps.js';
import type { SealingKeyPool } from './sealing-key-pool.js';
import { SeededRandom } from './seeded-random.js';

const MOST_GATEWAYS = 3;
/** Steps between two looks at everything. */
const LOOK_EVERY = 6;
/** Steps that stand in a failure's message. */
const TOLD = 40;
/** Every so often the kind that happened least: none is left out. */
const FAIRNESS = 0.08;
/** Days until a rotation that stands in the way of nobody is over, with room. */
const MOST_DAYS = 10;

const REGISTER: LifeStep = {
  kind: 'register',
  weight: 2,
  can: (_gateway, { gateways }) => gateways.length < MOST_GATEWAYS,
  run: async (world) => (await world.register()).id,
};

const STEPS: readonly LifeStep[] = [REGISTER, ...MEMBER_STEPS, ...RECOVERY_STEPS, ...KEY_STEPS, ...CONNECTION_STEPS];

/** Takes one step, outside of any sequence. */
export async function takeStep(kind: string, world: LifeWorld, gateway: LifeGateway): Promise<void> {
  const step = STEPS.find((one) => one.kind === kind);
  must(step?.can(gateway, world) === true, `${kind} cannot happen now`);
  await step.run(world, gateway);
  await world.cloud.heard();
}

/** What no step is, and happens in the middle of some. */
const MEANWHILE = 'edit while it is sealed anew';

export const KINDS: readonly string[] = [...STEPS.map(({ kind }) => kind), MEANWHILE];

interface Chosen {
  readonly gateway: LifeGateway;
  readonly step: LifeStep;
}

/** Lives through steps that a seed chooses, and looks again and again whether everything is as it ought to be. */
export class LifeSequence {
  private readonly told: string[] = [];
  private readonly own = new Map<string, number>();

  /** @param ran how often each kind of step was taken; shared by all sequences */
  constructor(
    private readonly cloud: LifeCloud,
    private readonly pool: SealingKeyPool,
    private readonly ran: Map<string, number>,
  ) {}

  /**
   * @param signal another sequence has failed: this one ends early
   * @throws Error with the seed, and the steps that led there
   */
  async run(seed: number, steps: number, signal: AbortSignal): Promise<void> {
    const world = await LifeWorld.make(this.cloud, new SeededRandom(seed), this.pool);
    try {
      world.meanwhile = (gateway, connectionId) => this.editMeanwhile(world, gateway, connectionId);
      await world.register();
      for (let step = 1; step <= steps && !signal.aborted; step += 1) {
        world.turn(step);
        await this.step(world, step);
        if (step % LOOK_EVERY === 0) for (const gateway of world.gateways) await checkGateway(world, gateway);
      }
      this.told.push('the end');
      for (const gateway of [...world.gateways]) await this.end(world, gateway);
    } catch (cause) {
      const steps = this.told.slice(-TOLD).join('\n  ');
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${reason}\nTIDEGATE_LIFE_SEED=${seed} lives through it again. The last steps:\n  ${steps}`, { cause }); // prettier-ignore
    } finally {
      await world.end();
    }
  }

  private async step(world: LifeWorld, number: number): Promise<void> {
    if (world.gateways.length === 0) await world.register();
    const { gateway, step } = world.random.chance(FAIRNESS) ? this.rarest(world) : this.any(world);
    this.told.push(`${number} ${gateway.name}: ${step.kind}`);
    const outcome = await step.run(world, gateway);
    this.told.push(`${this.told.pop() ?? ''} ${outcome}`);
    this.note(step.kind);
    await this.cloud.heard();
    if (world.gateways.includes(gateway)) await checkRows(world, gateway);
  }

  /** All come back, every rotation ends, everything opens; then all machines burn, and the recovery key alone is enough. */
  private async end(world: LifeWorld, gateway: LifeGateway): Promise<void> {
    for (const member of gateway.dead) await gateway.revive(member, world.hooks(gateway));
    for (const member of gateway.members.filter(({ enabled }) => !enabled)) {
      await this.take('enable', world, gateway, member.id);
    }
    if (gateway.members.length === 0) await this.take('restore', world, gateway, 'the last');
    await checkGateway(world, gateway);
    for (let days = 0; (await this.isUnderWay(gateway)) !== undefined; days += 1) {
      must(days < MOST_DAYS, `the rotation ${await this.isUnderWay(gateway)} does not end`);
      await this.take('a day goes by', world, gateway, '');
    }
    await checkGateway(world, gateway);
    await this.dropKeys(gateway);
    for (const member of [...gateway.members]) await gateway.kill(member);
    await this.take('restore', world, gateway, 'after the fire');
    await checkGateway(world, gateway);
  }

  /**
   * No member keeps an old key. One whose first heartbeat told of its keys is asked about them when the control plane looks
   * at them anew, which it does every quarter of a minute.
   */
  private async dropKeys(gateway: LifeGateway): Promise<void> {
    const { keyId } = await this.cloud.fetchKey(gateway.admin, gateway.id);
    for (const { id, agent } of gateway.alive) {
      const isEnough = async () => {
        await agent.beat();
        await agent.look();
        return agent.keyIds.join() === keyId;
      };
      await until(`${id} holds ${keyId} alone`, isEnough, MOST_WAIT_MS).catch(async (cause: unknown) => {
        const said = agent.said.slice(-5).join(' ');
        throw new Error(`${String(cause)}; it holds ${agent.keyIds.join(', ')} and said ${said}; ${await keysOf(this.cloud, gateway)}`, { cause }); // prettier-ignore
      });
    }
  }

  private async take(kind: string, world: LifeWorld, gateway: LifeGateway, note: string): Promise<void> {
    this.told.push(`${gateway.name}: ${kind} ${note}`);
    await takeStep(kind, world, gateway);
  }

  private async isUnderWay(gateway: LifeGateway): Promise<string | undefined> {
    const [last] = await this.cloud.rotations(gateway.tenantId, gateway.id);
    return last === undefined || last.state === 'done' || last.state === 'superseded' ? undefined : last.id;
  }

  private async editMeanwhile(world: LifeWorld, gateway: LifeGateway, connectionId: string): Promise<void> {
    this.told.push(`${gateway.name}: ${MEANWHILE} ${await editQuickly(world, gateway, connectionId)}`);
    this.note(MEANWHILE);
  }

  private note(kind: string): void {
    for (const counts of [this.ran, this.own]) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }

  private any(world: LifeWorld): Chosen {
    const gateway = world.random.pick(world.gateways);
    return { gateway, step: world.random.weighed(STEPS.filter((step) => step.can(gateway, world))) };
  }

  private rarest(world: LifeWorld): Chosen {
    const possible = world.gateways.flatMap((gateway) =>
      STEPS.filter((step) => step.can(gateway, world)).map((step) => ({ gateway, step })),
    );
    const [first] = possible.sort((one, other) => this.count(one.step) - this.count(other.step));
    return first ?? this.any(world);
  }

  private count({ kind }: LifeStep): number {
    return this.own.get(kind) ?? 0;
  }
}
