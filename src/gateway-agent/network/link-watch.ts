/** An idle link is asked after this long without an answer, in milliseconds. */
export const IDLE_SILENCE_MS = 8_000;
/** And after this long when an answer is owed: something was sent or settled, and the relay said nothing. */
export const OWED_SILENCE_MS = 3_000;
/** Time for the answer. With the silence before it stays below 15 s. */
export const PROBE_TIMEOUT_MS = 4_500;
export const TICK_MS = 500;
/** A tick later than this means that this machine slept or was stopped: what ran out meanwhile says nothing about the link. */
const STALL_MS = 2_500;

export interface LinkWatchSettings {
  /** A round trip through the relay. Rejects when the signal fires, or with what the relay said. */
  readonly probe: (signal: AbortSignal) => Promise<unknown>;
  /** No answer came: the link is only half there. */
  readonly onSilence: () => void;
  /** The probe was answered by a failure. */
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

/**
 * Knows whether a link still works. That its socket is open proves nothing: a firewall that forgot the connection drops both
 * directions in silence. What proves it is an answer of the relay, to a send, to a settlement, or else to a probe.
 */
export class LinkWatch {
  private readonly timer: NodeJS.Timeout;
  private readonly now: () => number;
  private readonly stopping = new AbortController();
  private provenAt: number;
  private tickedAt: number;
  private owed = 0;
  private probing = false;
  private stalledAt = -Infinity;

  constructor(private readonly settings: LinkWatchSettings) {
    this.now = settings.now ?? (() => performance.now());
    this.provenAt = this.tickedAt = this.now();
    this.timer = setInterval(() => {
      this.tick();
    }, TICK_MS);
    this.timer.unref();
  }

  /** Watches something that the relay answers. */
  async expect<T>(answer: Promise<T>): Promise<T> {
    this.owed += 1;
    try {
      const value = await answer;
      this.provenAt = this.now();
      return value;
    } finally {
      this.owed -= 1;
    }
  }

  stop(): void {
    clearInterval(this.timer);
    this.stopping.abort();
  }

  private tick(): void {
    const now = this.now();
    if (now - this.tickedAt > STALL_MS) this.stalledAt = now;
    this.tickedAt = now;
    const silence = this.owed > 0 ? OWED_SILENCE_MS : IDLE_SILENCE_MS;
    if (!this.probing && now - this.provenAt >= silence) void this.ask();
  }

  private async ask(): Promise<void> {
    this.probing = true;
    const startedAt = this.now();
    const late = new AbortController();
    const deadline = late.signal;
    const timer = setTimeout(() => {
      late.abort();
    }, PROBE_TIMEOUT_MS);
    try {
      await this.settings.probe(AbortSignal.any([deadline, this.stopping.signal]));
      this.provenAt = this.now();
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      if (!deadline.aborted) this.settings.onFailure(error);
      // Another answer may have come meanwhile; after a stall the time-out is this machine's, so it asks again.
      else if (this.provenAt < startedAt && this.stalledAt < startedAt) this.settings.onSilence();
      // What follows has its own time: the next question waits as after an answer.
      if (!deadline.aborted || this.stalledAt < startedAt) this.provenAt = Math.max(this.provenAt, this.now());
    } finally {
      clearTimeout(timer);
      this.probing = false;
    }
  }
}
