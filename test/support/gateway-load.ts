import { setTimeout as pause } from 'node:timers/promises';
import { until } from './until.js';

/** One request as its caller saw it. */
export interface LoadRequest {
  readonly kind: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  endedAt: number;
  /** Why it is no success; undefined: it is one. */
  failure: string | undefined;
  traceId: string;
}

/** What a caller does again and again. @returns the trace id; failures are thrown */
export type Work = (request: LoadRequest) => Promise<void>;

export interface Caller {
  readonly kind: string;
  readonly count: number;
  /** Between two requests, in milliseconds: leaves the machine some of its processor. */
  readonly pauseMs: number;
  readonly work: Work;
}

/** A row of what happened while something was done to a gateway. */
export interface Phase {
  readonly name: string;
  readonly requests: readonly LoadRequest[];
  readonly failed: readonly LoadRequest[];
  /** Longest time without any success, in milliseconds. */
  readonly longestGapMs: number;
}

/** Callers that never stop asking, and what became of every request. */
export class GatewayLoad {
  private readonly ended: LoadRequest[] = [];
  private readonly running = new Set<LoadRequest>();
  private readonly loops: Promise<void>[];
  private isOver = false;
  readonly phases: Phase[] = [];

  constructor(callers: readonly Caller[]) {
    this.loops = callers.flatMap((caller) => Array.from({ length: caller.count }, () => this.loop(caller)));
  }

  /** Does something to the gateway, and waits until all that was under way then has ended, and more after it. */
  async during(name: string, more: number, work: () => Promise<void>): Promise<Phase> {
    const first = this.ended.length;
    const began = Date.now();
    await work();
    const done = Date.now();
    await until(
      `the requests of “${name}” to end`,
      () => [...this.running].every(({ startedAt }) => startedAt > done),
      60_000,
    );
    const enough = this.ended.length + more;
    await until(`${more} more requests after “${name}”`, () => this.ended.length >= enough, 60_000);
    const requests = this.ended.slice(first);
    const failed = requests.filter(({ failure }) => failure !== undefined);
    const phase = { name, requests, failed, longestGapMs: longestGap(began, requests) };
    this.phases.push(phase);
    return phase;
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.loops);
  }

  /** The phases as a table, for people. */
  table(): string {
    const rows = this.phases.map(({ name, requests, failed, longestGapMs }) =>
      [name.padEnd(44), requests.length, failed.length, `${longestGapMs} ms`].map((cell) => String(cell).padStart(9)),
    );
    const head = ['phase'.padEnd(44), ' requests', '   failed', 'longest gap'];
    return [head, ...rows].map((cells) => cells.join('  ')).join('\n');
  }

  private async loop({ kind, pauseMs, work }: Caller): Promise<void> {
    while (!this.isOver) {
      const request: LoadRequest = { kind, startedAt: Date.now(), endedAt: 0, failure: undefined, traceId: '' };
      this.running.add(request);
      try {
        await work(request);
      } catch (error) {
        request.failure = String(error).slice(0, 300);
      }
      request.endedAt = Date.now();
      this.running.delete(request);
      this.ended.push(request);
      await pause(pauseMs);
    }
  }
}

function longestGap(began: number, requests: readonly LoadRequest[]): number {
  const successes = requests.filter(({ failure }) => failure === undefined).map(({ endedAt }) => endedAt);
  return [began, ...successes].reduce((gap, at, index, all) => Math.max(gap, at - (all[index - 1] ?? at)), 0);
}
