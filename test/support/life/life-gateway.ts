import type { GivenCaller } from '../given.js';
import { LifeAgent, type AgentHooks } from './life-agent.js';
import type { LifeCloud, FetchedKey } from './life-cloud.js';
import type { LifeMachine } from './life-machine.js';
import type { Loot } from './loot.js';

/** A member as it ought to be. */
export interface LifeMember {
  readonly id: string;
  readonly machine: LifeMachine;
  /** Undefined: it was killed. */
  agent: LifeAgent | undefined;
  /** Taken when it was killed. */
  loot: Loot | undefined;
  enabled: boolean;
  draining: boolean;
}

export type Farewell = 'removed' | 'left' | 'replaced' | 'compromised';

/** Somebody who was a member, and whose machine a thief has. */
export interface FormerMember extends Loot {
  readonly why: Farewell;
  /** Rotations there were when it went: what came later is none of its business. */
  readonly rotationsSeen: ReadonlySet<string>;
  /** The token was shown to be dead on every route. */
  isTokenDead: boolean;
  /** The sealing key was changed since, and nothing that is stored opened with what was taken. */
  isLockedOut: boolean;
}

interface Leaving {
  readonly loot: Loot;
  readonly rotationsSeen: ReadonlySet<string>;
}

export interface LifeConnection {
  readonly name: string;
  password: string;
  server: string;
}

/** One gateway as it ought to be: what the control plane and the members are compared with. */
export class LifeGateway {
  readonly members: LifeMember[] = [];
  readonly former: FormerMember[] = [];
  readonly connections = new Map<string, LifeConnection>();
  /** Public keys that clients fetched some time. */
  readonly fetched: FetchedKey[] = [];
  /** Request keys by epoch, hex. */
  readonly requestKeys = new Map<number, string>();
  recoveryKey: string;

  constructor(
    readonly id: string,
    readonly name: string,
    readonly admin: GivenCaller,
    recoveryKey: string,
  ) {
    this.recoveryKey = recoveryKey;
  }

  get tenantId(): string {
    return this.admin.tenantId;
  }

  get alive(): (LifeMember & { agent: LifeAgent })[] {
    return this.members.filter((member): member is LifeMember & { agent: LifeAgent } => member.agent !== undefined);
  }

  get dead(): LifeMember[] {
    return this.members.filter(({ agent }) => agent === undefined);
  }

  /** Starts the agent of a machine that is a member now. */
  async begin(machine: LifeMachine, hooks: AgentHooks): Promise<LifeMember> {
    const agent = await LifeAgent.start(machine, hooks);
    const member = { id: agent.memberId, machine, agent, loot: undefined, enabled: true, draining: false };
    this.members.push(member);
    return member;
  }

  async revive(member: LifeMember, hooks: AgentHooks): Promise<void> {
    member.agent = await LifeAgent.start(member.machine, hooks);
    member.loot = undefined;
  }

  async kill(member: LifeMember): Promise<void> {
    if (!member.agent) return;
    member.loot = await member.agent.loot();
    await member.agent.kill();
    member.agent = undefined;
  }

  /** What a thief gets of a member that is about to go. */
  async loot(cloud: LifeCloud, member: LifeMember): Promise<Leaving> {
    const loot = member.agent ? await member.agent.loot() : member.loot;
    if (!loot) throw new Error(`nothing is known of ${member.id}`);
    const seen = await cloud.rotations(this.tenantId, this.id);
    return { loot, rotationsSeen: new Set(seen.map(({ id }) => id)) };
  }

  /** It is no member any more. */
  async farewell(member: LifeMember, why: Farewell, { loot, rotationsSeen }: Leaving): Promise<void> {
    await member.agent?.kill();
    member.agent = undefined;
    this.members.splice(this.members.indexOf(member), 1);
    this.former.push({ ...loot, why, rotationsSeen, isTokenDead: false, isLockedOut: false });
  }
}
