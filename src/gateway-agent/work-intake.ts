import type { AbortCause } from './request-run.js';

/** How often a draining member looks whether its last request has ended. */
const LOOK_MS = 200;

export interface WorkIntakeSettings {
  readonly desire: (wanted: { epoch: number; receiveReads: boolean }) => Promise<void>;
  readonly requests: {
    readonly inFlight: number;
    hold(reason: string | undefined): void;
    abortAll(why: AbortCause): void;
  };
  readonly conditions: () => readonly string[];
  /** Told when what a heartbeat would say has changed. */
  readonly changed: () => void;
  /** The control plane's time. */
  readonly now: () => number;
}

interface Asked {
  readonly epoch: number;
  readonly enabled: boolean;
  readonly receiveReads: boolean;
}

/** Decides whether this member takes work: the control plane's wish, a drain, the machine's own condition, a stop. */
export class WorkIntake {
  private asked: Asked | undefined;
  private deadline: number | undefined;
  private stopped = false;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly settings: WorkIntakeSettings) {}

  get draining(): boolean {
    return this.stopped || this.deadline !== undefined;
  }

  /** What a heartbeat's answer says. */
  heard(asked: Asked): void {
    this.asked = asked;
    this.apply();
  }

  /** Conditions may have changed. */
  apply(): void {
    const { asked, settings } = this;
    if (!asked) return;
    const takes = asked.enabled && asked.receiveReads && !this.draining && settings.conditions().length === 0;
    void Promise.allSettled([settings.desire({ epoch: asked.epoch, receiveReads: takes })]);
  }

  /** Takes no more, lets what runs end until then, ends the rest. @param deadline epoch milliseconds; undefined: works again */
  drain(deadline: number | undefined): void {
    if (deadline === this.deadline) return;
    this.deadline = deadline;
    this.settings.requests.hold(undefined);
    clearInterval(this.looking);
    if (deadline !== undefined && !this.stopped) this.looking = setInterval(() => { this.look(deadline); }, LOOK_MS); // prettier-ignore
    this.apply();
    this.settings.changed();
  }

  /** For good. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.looking);
  }

  private look(deadline: number): void {
    const { requests, now, changed } = this.settings;
    if (now() >= deadline) {
      // From here on also what was sent to this member by name: until now somebody might not have heard of the drain.
      requests.hold('The member is drained.');
      requests.abortAll('drained');
    }
    if (requests.inFlight > 0) return;
    clearInterval(this.looking);
    if (now() < deadline) this.looking = setInterval(() => { this.look(deadline); }, Math.min(deadline - now(), 60_000)); // prettier-ignore
    changed();
  }
}
