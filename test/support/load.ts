import { setTimeout as pause } from 'node:timers/promises';
import { until } from './until.js';

/** Reads that go on while something happens to the gateway. */
export class Load {
  readonly failures: string[] = [];
  done = 0;
  private isOver = false;
  private readonly workers: Promise<void>[];

  /** @param pauseMs between two reads of a worker: leaves the machine to what is tested beside them */
  constructor(read: () => Promise<{ status: number; body: unknown }>, workers = 4, pauseMs = 0) {
    this.workers = Array.from({ length: workers }, async () => {
      while (!this.isOver) {
        const { status, body } = await read();
        this.done += 1;
        if (pauseMs > 0) await pause(pauseMs);
        if (status !== 200) this.failures.push(`${status} ${JSON.stringify(body).slice(0, 200)}`);
      }
    });
  }

  /** Until so many more reads were answered. */
  async more(reads: number): Promise<void> {
    const enough = this.done + reads;
    await until(`${reads} more reads`, () => this.done >= enough, 60_000);
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.workers);
  }
}
