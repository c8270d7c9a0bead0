/** Ids remembered at most; beyond it the oldest are forgotten early, as an unbounded history would be a leak. */
const MAX_IDS = 100_000;

/** Message ids seen lately. A repeated id is accepted from the sender and silently dropped. */
export class DuplicateWindow {
  /** Insertion order is time order, so forgetting starts at the front. */
  private readonly seen = new Map<string, number>();

  constructor(private readonly windowMs: number) {}

  /** True for the first message with this id within the window. */
  admit(messageId: string, now: number): boolean {
    for (const [id, at] of this.seen) {
      if (now - at < this.windowMs && this.seen.size <= MAX_IDS) break;
      this.seen.delete(id);
    }
    if (this.seen.has(messageId)) return false;
    this.seen.set(messageId, now);
    return true;
  }
}
