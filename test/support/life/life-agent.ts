import { pino } from 'pino';
import type { Directive } from '../../../src/contract/directive.js';
import type { Envelope } from '../../../src/contract/envelope.js';
import type { HeartbeatResponse } from '../../../src/contract/membership.js';
import { SOURCE_KINDS } from '../../../src/contract/targets.js';
import { capabilitiesOf } from '../../../src/gateway-agent/agent.js';
import { BindingLedger } from '../../../src/gateway-agent/binding-ledger.js';
import { ControlPlane, ControlPlaneError } from '../../../src/gateway-agent/control-plane.js';
import { CredentialCache } from '../../../src/gateway-agent/credential-cache.js';
import { Directives } from '../../../src/gateway-agent/directives.js';
import { Heartbeat } from '../../../src/gateway-agent/heartbeat.js';
import { loadKeys, type MemberKeyStore } from '../../../src/gateway-agent/key-store.js';
import { LockFile } from '../../../src/gateway-agent/lock-file.js';
import { MachineLoad } from '../../../src/gateway-agent/machine-load.js';
import { machineLockPath } from '../../../src/gateway-agent/machine-lock.js';
import { getMemberRecord, pinRecovery, type MemberRecord } from '../../../src/gateway-agent/member-record.js';
import { GatewayMembers } from '../../../src/gateway-agent/recovery/gateway-members.js';
import { RecoveryTrust } from '../../../src/gateway-agent/recovery/recovery-trust.js';
import { RotationMemory } from '../../../src/gateway-agent/rotation/rotation-memory.js';
import { RotationWorker } from '../../../src/gateway-agent/rotation/rotation-worker.js';
import { readRunStatus, RunStatus } from '../../../src/gateway-agent/run-status.js';
import type { SealingKey } from '../../../src/gateway-agent/sealing-key.js';
import { ServerClock } from '../../../src/gateway-agent/server-clock.js';
import { openSession, type Session } from '../../../src/gateway-agent/session.js';
import { TrustError } from '../../../src/gateway-agent/trust-error.js';
import { Trust } from '../../../src/gateway-agent/trust.js';
import { until } from '../until.js';
import { FragileCalls, type Cut } from './fragile-calls.js';
import type { LifeMachine } from './life-machine.js';
import { must } from './life-step.js';
import { tokenFor, type Loot } from './loot.js';

/** What a test has to do with the inside of an agent. */
export interface AgentHooks {
  /** A sealing key that was made before; undefined: the member makes one itself. */
  readonly nextKey: () => Promise<SealingKey | undefined>;
  /** A credential was sealed anew, and is about to be stored. */
  readonly replacing: (connectionId: string) => Promise<void>;
}

/** Everything that `agent.ts` wires for one start, but the bus: what listens there is not asked for here. */
interface Parts {
  readonly machine: LifeMachine;
  readonly record: MemberRecord;
  readonly keys: MemberKeyStore;
  readonly trust: Trust;
  readonly ledger: BindingLedger;
  readonly memory: RotationMemory;
  readonly controlPlane: ControlPlane;
  readonly locks: readonly LockFile[];
}

/** A running member: the agent's own parts, whose turns the test gives instead of a clock. */
export class LifeAgent {
  /** Lines that the agent logged. */
  readonly said: string[] = [];
  private readonly log = pino(
    { level: 'info', base: null, timestamp: false },
    { write: (line: string) => void this.said.push(line) },
  );
  private readonly calls: FragileCalls;
  private readonly credentials: CredentialCache;
  private readonly worker: RotationWorker;
  private readonly directives: Directives;
  private readonly load: MachineLoad;
  private readonly clock = new ServerClock();
  private readonly status: RunStatus;
  private readonly opened = new Map<string, string>();
  private wish: Directive['rotation'];
  private epoch: Session | undefined;

  private constructor(
    private readonly parts: Parts,
    private readonly hooks: AgentHooks,
  ) {
    const { record, keys, ledger, memory, controlPlane, trust, machine } = parts;
    const { gatewayId, memberId } = record;
    const { log } = this;
    const recovery = new RecoveryTrust(gatewayId, record.recovery, (pinned) => pinRecovery(machine.folder, pinned));
    this.calls = new FragileCalls(controlPlane);
    this.calls.onKeyless = (rotationId) => this.haveKeyMade(rotationId);
    this.calls.onReplace = hooks.replacing;
    this.credentials = new CredentialCache(keys.sealing, ledger, () => undefined);
    this.load = new MachineLoad(machine.folder.path);
    this.worker = new RotationWorker({
      gatewayId,
      memberId,
      identity: keys.identity,
      receiving: keys.receiving,
      sealing: keys.sealing,
      members: new GatewayMembers(this.calls.members, recovery, log),
      memory,
      ledger,
      calls: () => this.calls,
      changed: () => undefined,
      log,
    });
    this.directives = new Directives({
      trust,
      member: { gatewayId, memberId },
      apply: ({ rotation }) => {
        this.wish = rotation;
      },
      log,
    });
    this.status = new RunStatus(machine.folder, log, () => ({
      connected: true,
      transport: undefined,
      epoch: this.epoch?.epoch,
      receiving: true,
      inFlight: 0,
      instance: controlPlane.instanceNumber,
      recoveryKeyUntrusted: false,
      root: trust.standing,
      controlPlaneAnsweredAt: Date.now(),
    }));
  }

  static async start(machine: LifeMachine, hooks: AgentHooks): Promise<LifeAgent> {
    const { folder } = machine;
    const record = await getMemberRecord(folder);
    const locks = [
      await LockFile.acquire(folder.file('agent.lock'), folder.path),
      await LockFile.acquire(machineLockPath(await machine.machine.fingerprint()), 'machine'),
    ];
    const keys = await loadKeys(folder);
    const { memberId, issuer } = record;
    const controlPlane = new ControlPlane({ url: record.controlPlane }, { memberId, issuer, identity: keys.identity });
    const trust = await Trust.open(folder, record);
    const ledger = await BindingLedger.open(folder);
    const memory = await RotationMemory.open(folder);
    return new LifeAgent({ machine, record, keys, trust, ledger, memory, controlPlane, locks }, hooks);
  }

  get memberId(): string {
    return this.parts.record.memberId;
  }

  get keyIds(): readonly string[] {
    return this.parts.keys.sealing.ids;
  }

  get leads(): boolean {
    return this.wish?.leads === true;
  }

  get session(): Session | undefined {
    return this.epoch;
  }

  /** One sign of life, and whatever its answer wants; a new epoch is entered. @throws Error when it was refused */
  async beat(): Promise<void> {
    const answer = await this.heartbeat();
    await this.directives.receive(answer.directive);
    if (answer.epoch !== this.epoch?.epoch) await this.enterEpoch();
    this.status.note();
    // Commands beside the agent read there which start it is.
    const { folder } = this.parts.machine;
    await until('the status to be written', async () => (await readRunStatus(folder))?.instance !== undefined);
  }

  /**
   * One look at a rotation, if there is one to look at, as the worker's own loop does it.
   *
   * @param cut where the way to the control plane breaks meanwhile
   */
  async look(cut?: Cut): Promise<void> {
    const { memory } = this.parts;
    const wish = this.wish ?? (memory.rotationId === undefined ? undefined : { rotationId: memory.rotationId, leads: false }); // prettier-ignore
    if (!wish) return;
    this.calls.breakAt(cut);
    try {
      await this.worker.look(wish);
    } catch (error) {
      const isOrdinary = error instanceof ControlPlaneError || error instanceof TrustError;
      if (!isOrdinary) throw error;
      const isGone = error instanceof ControlPlaneError && error.problem.status === 404;
      if (isGone && !this.wish) await memory.forget();
      this.said.push(`look: ${error.message}`);
    } finally {
      this.calls.breakAt(undefined);
    }
  }

  /** The password behind a credential, as a request would get it. @throws SourceError */
  async passwordOf(connection: Envelope['connection']): Promise<string | undefined> {
    // With the same keys the same credential opens to the same, and to the machine that is a matter of 4 ms each.
    const name = JSON.stringify([this.keyIds, connection]);
    const known = this.opened.get(name);
    if (known !== undefined) return known;
    // What was opened with other keys must not hide what cannot be opened now.
    this.credentials.clear();
    const password = (await this.credentials.secretFor(connection)).get('password');
    if (password !== undefined) this.opened.set(name, password);
    return password;
  }

  /** What is on this machine, with a token that holds as long as this start does. */
  async loot(): Promise<Loot> {
    const { record, keys } = this.parts;
    const { memberId, gatewayId, issuer } = record;
    return { memberId, gatewayId, issuer, keys, token: await this.steal(), session: this.epoch };
  }

  /** The process is gone from one moment to the next: what it did not write down is lost. */
  async kill(): Promise<void> {
    const { controlPlane, ledger, locks } = this.parts;
    await Promise.all([controlPlane.close(), ledger.close(), this.status.close()]);
    for (const lock of locks) await lock.release();
  }

  private async heartbeat(): Promise<HeartbeatResponse> {
    let answered: (answer: HeartbeatResponse) => void = () => undefined;
    let refused: (error: Error) => void = () => undefined;
    const answer = new Promise<HeartbeatResponse>((resolve, reject) => {
      [answered, refused] = [resolve, reject];
    });
    const heartbeat = new Heartbeat({
      controlPlane: this.parts.controlPlane,
      capabilities: capabilitiesOf(SOURCE_KINDS),
      load: this.load,
      clock: this.clock,
      state: () => ({
        epoch: this.epoch?.epoch,
        receiving: this.epoch !== undefined,
        draining: false,
        inFlight: 0,
        conditions: [],
        keyIds: this.keyIds,
        update: undefined,
      }),
      onAnswer: answered,
      onSuperseded: () => undefined,
      log: pino({ level: 'error' }, { write: (line: string) => refused(new Error(`no heartbeat: ${line}`)) }),
    });
    heartbeat.start();
    try {
      return await answer;
    } finally {
      await heartbeat.stop();
    }
  }

  private async enterEpoch(): Promise<void> {
    const { record, controlPlane, trust, keys } = this.parts;
    const answer = await controlPlane.session(AbortSignal.timeout(15_000));
    this.epoch = await openSession(record, answer, trust, keys.receiving);
  }

  /** As after a crash between making the key and bringing it: making one takes half a second of a processor. */
  private async haveKeyMade(rotationId: string): Promise<void> {
    const { memory } = this.parts;
    if (!this.leads || (await memory.made(rotationId))) return;
    const key = await this.hooks.nextKey();
    if (key) await memory.keepMade(rotationId, key);
  }

  private async steal(): Promise<string> {
    const { record, keys, controlPlane } = this.parts;
    const { memberId, issuer } = record;
    const token = await tokenFor({ memberId, issuer, keys }, record.controlPlane, controlPlane.instanceNumber);
    // Good as long as the member is one.
    const answer = await fetch(new URL('agent/v1/members', `${record.controlPlane}/`), {
      headers: { authorization: `Bearer ${token}` },
    });
    must(answer.ok, `the token of ${memberId} was answered with ${answer.status}`);
    return token;
  }
}
