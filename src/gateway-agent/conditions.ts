import type { Condition, Directive } from '../contract/directive.js';
import type { HeartbeatRequest } from '../contract/membership.js';

export type Thresholds = NonNullable<Directive['thresholds']>;
type Load = HeartbeatRequest['load'];

/** Sealed results, the journal and the key store need room to be written; below this the member takes no work. */
export const MIN_DISK_FREE_BYTES = 100 * 1024 * 1024;
/** Beyond this deadlines and tokens mean something else here than at the control plane. */
export const MAX_SKEW_MS = 5 * 60 * 1000;
/** Load counts over this time: a burst is what a machine is for. */
const WINDOW_MS = 60_000;
/** Percentage points below the threshold at which work is taken again, so that the load just shed does not bring it back. */
const HYSTERESIS_POINTS = 5;

/** What is wrong with this machine as far as it can tell by itself. It takes no work meanwhile. */
export class MachineConditions {
  private readonly cpu = new LoadGauge();
  private readonly memory = new LoadGauge();
  private diskFull = false;

  /** @param at milliseconds of a clock that only rises */
  observe(load: Load, thresholds: Thresholds | undefined, at: number = performance.now()): void {
    this.cpu.observe(at, load.cpuPercent, thresholds?.cpuPercent ?? 0);
    this.memory.observe(at, load.memoryPercent, thresholds?.memoryPercent ?? 0);
    this.diskFull = load.diskFreeBytes < MIN_DISK_FREE_BYTES;
  }

  /** @param skewMs how far the machine's clock is off, either way */
  list(skewMs: number): readonly Condition[] {
    const found: readonly (readonly [Condition, boolean])[] = [
      ['clock-off', Math.abs(skewMs) > MAX_SKEW_MS],
      ['disk-full', this.diskFull],
      ['cpu-high', this.cpu.isHigh],
      ['memory-high', this.memory.isHigh],
    ];
    return found.filter(([, holds]) => holds).map(([name]) => name);
  }
}

/** A percentage over the last minute, compared with a limit. */
class LoadGauge {
  /** Each value holds for the time since the sample before it. */
  private samples: { readonly at: number; readonly percent: number }[] = [];
  private high = false;

  get isHigh(): boolean {
    return this.high;
  }

  /** @param limit 0: never high */
  observe(at: number, percent: number, limit: number): void {
    this.samples.push({ at, percent });
    while ((this.samples[1]?.at ?? at) <= at - WINDOW_MS) this.samples.shift();
    const mean = this.mean(at);
    if (limit === 0) this.high = false;
    else if (mean !== undefined && mean > limit) this.high = true;
    else if (mean !== undefined && mean < limit - HYSTERESIS_POINTS) this.high = false;
  }

  /** Undefined until a whole window was seen. */
  private mean(now: number): number | undefined {
    const since = this.samples[0]?.at ?? now;
    if (now - since < WINDOW_MS) return undefined;
    let sum = 0;
    let before = since;
    for (const { at, percent } of this.samples.slice(1)) {
      sum += percent * (at - before);
      before = at;
    }
    return sum / (now - since);
  }
}
