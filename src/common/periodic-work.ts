/** Work that comes round again: never twice at the same time on this replica, and waited for at the end. */
export class PeriodicWork {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> | undefined;

  /** @param work must not fail: nobody is there to hear of it */
  constructor(private readonly work: () => Promise<unknown>) {}

  /** Begins after one turn. */
  start(everyMs: number): void {
    this.timer = setInterval(() => {
      this.running ??= this.work().finally(() => (this.running = undefined));
    }, everyMs).unref();
  }

  /** No further turn begins; the one under way is waited for. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
