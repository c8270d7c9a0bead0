/** Most requests remembered: at 1,000 a second and a life of three minutes this is not reached. */
const MAX_SEEN = 250_000;

/** Which reads were taken already, so that one that the bus delivers twice runs once. In memory: a read may run again after a restart. */
export class SeenRequests {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  /** Whether this is the first time. @param until epoch milliseconds after which nobody can send it any more */
  add(key: string, until: number): boolean {
    if (this.until.has(key)) return false;
    this.until.set(key, until);
    this.trim();
    return true;
  }

  /** Insertion order is nearly expiry order, so a look at the oldest two each time keeps the list short. */
  private trim(): void {
    let looks = 2;
    for (const [key, until] of this.until) {
      if (this.until.size <= MAX_SEEN && (until > this.now() || looks === 0)) return;
      looks -= 1;
      this.until.delete(key);
    }
  }
}
