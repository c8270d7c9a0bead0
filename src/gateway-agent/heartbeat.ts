import type { Capabilities } from '../contract/capabilities.js';
import type { Notice } from '../contract/directive.js';
import type { HeartbeatRequest, HeartbeatResponse } from '../contract/membership.js';
import type { RootStanding } from '../contract/next-root.js';
import { PRODUCT_VERSION } from '../contract/version.js';
import { ControlPlaneError, SUPERSEDED, type ControlPlane } from './control-plane.js';
import { HeartbeatSchedule } from './heartbeat-schedule.js';
import { errorText, type Log } from './log.js';
import type { MachineLoad } from './machine-load.js';
import { pause } from './pause.js';
import { SKEW_WARNING_MS, type ServerClock } from './server-clock.js';

/** What a heartbeat tells of this member. */
export interface MemberState {
  readonly epoch: number | undefined;
  readonly receiving: boolean;
  readonly draining: boolean;
  readonly inFlight: number;
  /** What is wrong with the machine. */
  readonly conditions: readonly string[];
  /** What somebody must see to, though the machine is well. */
  readonly notices?: readonly Notice[];
  /** How often the machine's policy refused something, by the kind of rule. */
  readonly refusals?: Readonly<Record<string, number>> | undefined;
  /** Sealing keys held, the newest first. */
  readonly keyIds: readonly string[];
  readonly update: HeartbeatRequest['update'] | undefined;
  /** Which roots of the control plane it trusts. */
  readonly root?: RootStanding;
}

export interface HeartbeatSettings {
  readonly controlPlane: ControlPlane;
  readonly capabilities: Capabilities;
  readonly load: MachineLoad;
  readonly clock: ServerClock;
  /** @param load as it was measured for this heartbeat */
  readonly state: (load: HeartbeatRequest['load']) => MemberState;
  readonly onAnswer: (answer: HeartbeatResponse) => void;
  /** A newer start of this agent took over: this one must stop serving. */
  readonly onSuperseded: () => void;
  readonly log: Log;
  readonly schedule?: HeartbeatSchedule;
}

/** Tells the control plane that this member lives, and hears what is wanted of it. */
export class Heartbeat {
  private readonly stopping = new AbortController();
  private wake = new AbortController();
  private loop: Promise<void> | undefined;
  private failing = false;
  private skewed = false;
  private answeredAt: number | undefined;
  private answered = 0;
  private failed = 0;
  private readonly schedule: HeartbeatSchedule;

  constructor(private readonly settings: HeartbeatSettings) {
    this.schedule = settings.schedule ?? new HeartbeatSchedule();
  }

  /** Heartbeats since the start, by how they ended. */
  get counts(): { readonly answered: number; readonly failed: number } {
    return { answered: this.answered, failed: this.failed };
  }

  get lastAnswerAt(): number | undefined {
    return this.answeredAt;
  }

  start(): void {
    this.loop ??= this.run();
  }

  /** Sends one now: something changed that the control plane should know. The regular one after it keeps its time. */
  now(): void {
    this.wake.abort();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    // The first goes at once, since somebody waits for it; the regular ones begin with the second.
    let isRegular = false;
    let dueAt = performance.now() + this.schedule.afterStartMs();
    while (!signal.aborted) {
      this.wake = new AbortController();
      const failure = await this.beat();
      const now = performance.now();
      const next = now + (failure ? this.schedule.afterFailureMs(failure.retryAfterMs) : this.schedule.afterAnswerMs());
      // One that was sent in between leaves the others where they are: what makes many agents send one at once, as the
      // loss of a relay does, must not bring them into step.
      dueAt = failure || isRegular ? next : Math.min(dueAt, next);
      await pause(Math.max(0, dueAt - now), AbortSignal.any([signal, this.wake.signal]));
      isRegular = !this.wake.signal.aborted;
    }
  }

  /** @returns what is known of the failure; undefined when it was answered */
  private async beat(): Promise<{ retryAfterMs: number | undefined } | undefined> {
    const { controlPlane, capabilities, load, clock, state, log } = this.settings;
    try {
      const measured = await load.read();
      const { epoch, conditions, notices = [], refusals, keyIds, update, ...rest } = state(measured);
      const sentAt = Date.now();
      const answer = await controlPlane.heartbeat(
        {
          version: PRODUCT_VERSION,
          capabilities,
          sentAt: new Date(sentAt).toISOString(),
          ...(epoch === undefined ? {} : { epoch }),
          ...rest,
          load: measured,
          conditions: [...conditions],
          ...(notices.length === 0 ? {} : { notices: [...notices] }),
          ...(refusals === undefined ? {} : { refusals }),
          keyIds: [...keyIds],
          ...(update === undefined ? {} : { update }),
        },
        this.stopping.signal,
      );
      clock.observe(sentAt, Date.now(), Date.parse(answer.serverTime));
      this.answeredAt = Date.now();
      this.answered += 1;
      if (this.failing) log.info({ event: 'control-plane-back' }, 'the control plane answers again');
      this.failing = false;
      this.warnOfSkew();
      this.settings.onAnswer(answer);
      return undefined;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.onFailure(error);
      return { retryAfterMs: error instanceof ControlPlaneError ? error.problem.retryAfterMs : undefined };
    }
  }

  /** Says so once, not every quarter of a minute. */
  private onFailure(error: unknown): void {
    this.failed += 1;
    const { log } = this.settings;
    const problem = error instanceof ControlPlaneError ? error.problem : {};
    if (problem.code === SUPERSEDED) {
      log.error(
        { event: 'superseded', remedy: problem.remedy },
        'a newer start of this agent exists; this one stops serving',
      );
      this.settings.onSuperseded();
      this.stopping.abort();
      return;
    }
    if (!this.failing) {
      log.error({ event: 'control-plane-failing', reason: errorText(error), code: problem.code, remedy: problem.remedy }, 'no heartbeat; the agent goes on and keeps trying'); // prettier-ignore
    }
    this.failing = true;
  }

  private warnOfSkew(): void {
    const { clock, log } = this.settings;
    const skewed = Math.abs(clock.skewMs) > SKEW_WARNING_MS;
    if (skewed && !this.skewed) {
      log.warn(
        { event: 'clock-skew', skewMs: clock.skewMs },
        'this machine’s clock differs from the control plane’s: set it',
      );
    }
    this.skewed = skewed;
  }
}
