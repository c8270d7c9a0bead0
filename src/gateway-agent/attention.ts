/** A member in the hands of its administrator is out of work for as long as it does not hear the next wish. */
const EVERY_MS = 2_000;

/** Bounds what a wish that stands for hours costs, such as a long drain. */
const FOR_MS = 60_000;

/** Has heartbeats come faster for a while after what is wanted of this member has changed. */
export class Attention {
  private timer: NodeJS.Timeout | undefined;
  private until = 0;
  private wanted = JSON.stringify({});

  /** @param beat sends a heartbeat now */
  constructor(private readonly beat: () => void) {}

  /** @param wanted the same again, signed anew, changes nothing */
  heard(wanted: object): void {
    const text = JSON.stringify(wanted);
    if (text === this.wanted) return;
    this.wanted = text;
    this.until = performance.now() + FOR_MS;
    this.timer ??= setInterval(() => {
      if (performance.now() > this.until) this.stop();
      else this.beat();
    }, EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
