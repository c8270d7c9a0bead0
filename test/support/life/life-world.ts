import { randomUUID } from 'node:crypto';
import type { GivenCaller } from '../given.js';
import type { AgentHooks } from './life-agent.js';
import type { LifeCloud } from './life-cloud.js';
import { LifeGateway, type LifeMember } from './life-gateway.js';
import { LifeMachine } from './life-machine.js';
import type { SealingKeyPool } from './sealing-key-pool.js';
import type { SeededRandom } from './seeded-random.js';

/** Most rotations begin with a key from the pool; some with one that the member makes itself, as all do in earnest. */
const OWN_KEY = 0.08;
/** As often as this somebody edits a connection between its being sealed anew and its being stored. */
const MEANWHILE = 0.5;

/** One tenant with its gateways, and all that happens to them in one sequence of steps. */
export class LifeWorld {
  readonly gateways: LifeGateway[] = [];
  private readonly machines: LifeMachine[] = [];
  private numbered = 0;
  /** Somebody is quicker than the member that just sealed a connection's credential anew. */
  meanwhile: (gateway: LifeGateway, connectionId: string) => Promise<void> = () => Promise.resolve();
  /** Chance of the step that is being taken. */
  random: SeededRandom;
  /** Chance of what happens beside the steps. */
  readonly aside: SeededRandom;

  private constructor(
    readonly cloud: LifeCloud,
    private readonly seed: SeededRandom,
    private readonly pool: SealingKeyPool,
    /** Administers every gateway, having registered it. */
    readonly owner: GivenCaller,
    /** Administer the tenant. */
    readonly tenantAdmins: readonly GivenCaller[],
  ) {
    this.random = seed.part(0);
    this.aside = seed.part(-1);
  }

  static async make(cloud: LifeCloud, seed: SeededRandom, pool: SealingKeyPool): Promise<LifeWorld> {
    const owner = await cloud.given.caller();
    const { tenantId } = owner;
    const administrator = () => cloud.given.caller({ tenantId, isTenantAdministrator: true });
    return new LifeWorld(cloud, seed, pool, owner, [await administrator(), await administrator()]);
  }

  /** What happens while a member works. */
  hooks(gateway: LifeGateway): AgentHooks {
    return {
      nextKey: async () => (this.aside.chance(OWN_KEY) ? undefined : this.pool.take()),
      replacing: (connectionId) =>
        this.aside.chance(MEANWHILE) ? this.meanwhile(gateway, connectionId) : Promise.resolve(),
    };
  }

  /** Another step begins, with chances of its own: the one before it may have drawn more or fewer. */
  turn(step: number): void {
    this.random = this.seed.part(step);
  }

  /** A text that was not used before in this world: a name, or a password. */
  fresh(word: string): string {
    this.numbered += 1;
    return `${word} ${this.numbered}`;
  }

  phrase(): string {
    return `${this.fresh('the tide turns at pier')} ${randomUUID()}`;
  }

  async newMachine(): Promise<LifeMachine> {
    const machine = await LifeMachine.make(this.cloud.url);
    this.machines.push(machine);
    return machine;
  }

  async register(): Promise<LifeGateway> {
    const machine = await this.newMachine();
    const name = this.fresh('gateway');
    const recoveryKey = this.phrase();
    const joinToken = await this.cloud.joinToken(this.owner, { gatewayName: name, region: 'westeurope' });
    const { gatewayId } = await machine.register(name, { joinToken, recoveryKey });
    const gateway = new LifeGateway(gatewayId, name, this.owner, recoveryKey);
    await this.begin(gateway, machine);
    this.gateways.push(gateway);
    return gateway;
  }

  /** The first moments of a member: its agent starts and is heard. */
  async begin(gateway: LifeGateway, machine: LifeMachine): Promise<LifeMember> {
    const member = await gateway.begin(machine, this.hooks(gateway));
    await this.cloud.heard();
    await member.agent?.beat();
    return member;
  }

  /** Makes a new machine a member; its agent is not started yet. */
  async enrol(gateway: LifeGateway): Promise<LifeMachine> {
    const machine = await this.newMachine();
    const { id: gatewayId, recoveryKey } = gateway;
    const joinToken = await this.cloud.joinToken(this.owner, { gatewayId });
    await machine.enrol('join', { gatewayId, memberName: this.fresh('machine') }, { joinToken, recoveryKey });
    return machine;
  }

  /** An administrator removes a member. */
  async dismiss(gateway: LifeGateway, member: LifeMember): Promise<void> {
    const leaving = await gateway.loot(this.cloud, member);
    await this.cloud.done(gateway.admin, 'DELETE', `/v1/gateways/${gateway.id}/members/${member.id}`);
    await gateway.farewell(member, 'removed', leaving);
  }

  /** An administrator revokes a member as compromised. @returns whether the key is changed for it */
  async revoke(gateway: LifeGateway, member: LifeMember): Promise<boolean> {
    const leaving = await gateway.loot(this.cloud, member);
    const path = `/v1/gateways/${gateway.id}/members/${member.id}/compromise`;
    const answer = await this.cloud.done(gateway.admin, 'POST', path);
    await gateway.farewell(member, 'compromised', leaving);
    return answer.isRotationStarted === true;
  }

  async end(): Promise<void> {
    for (const { alive } of this.gateways) for (const { agent } of alive) await agent.kill();
    for (const machine of this.machines) await machine.scrap();
  }
}
