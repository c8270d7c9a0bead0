/** Below this, in milliseconds, clocks count as equal: the way of a heartbeat alone takes some of it. */
const NEGLIGIBLE_MS = 2_000;
/** From here on people should look at their clocks: tokens and deadlines are cut fine. */
export const SKEW_WARNING_MS = 30_000;

/** The control plane's time as it is known here: deadlines are written by its clock, not by this machine's. */
export class ServerClock {
  private offsetMs = 0;

  constructor(private readonly local: () => number = Date.now) {}

  readonly now = (): number => this.local() + this.offsetMs;

  /** How far this machine's clock is behind (positive) or ahead (negative), in milliseconds. */
  get skewMs(): number {
    return this.offsetMs;
  }

  /** Takes one look: when the question left, when the answer came, and what time it was over there. */
  observe(sentAt: number, receivedAt: number, serverTime: number): void {
    const offset = serverTime - (sentAt + receivedAt) / 2;
    this.offsetMs = Math.abs(offset) < NEGLIGIBLE_MS ? 0 : Math.round(offset);
  }
}
