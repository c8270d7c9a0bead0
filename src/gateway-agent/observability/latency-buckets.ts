/** Upper bounds in milliseconds, each 1.12 times the one before, so that quantiles are right to an eighth. From 0.25 ms to almost 4 min. */
const BOUNDS = Array.from({ length: 121 }, (_, index) => 0.25 * 1.12 ** index);

/** How many requests took how long. */
export class LatencyBuckets {
  private readonly counts = new Uint32Array(BOUNDS.length + 1);
  total = 0;

  add(ms: number): void {
    const index = ms <= 0.25 ? 0 : Math.min(BOUNDS.length, Math.ceil(Math.log(ms / 0.25) / Math.log(1.12)));
    this.counts[index] = (this.counts[index] ?? 0) + 1;
    this.total += 1;
  }

  merge(other: LatencyBuckets): void {
    other.counts.forEach((count, index) => {
      this.counts[index] = (this.counts[index] ?? 0) + count;
    });
    this.total += other.total;
  }

  /** @returns milliseconds; undefined when there was nothing */
  quantile(share: number): number | undefined {
    if (this.total === 0) return undefined;
    let missing = Math.max(1, Math.ceil(share * this.total));
    for (const [index, count] of this.counts.entries()) {
      if (missing <= count) return within(index, missing / count);
      missing -= count;
    }
    return BOUNDS.at(-1);
  }
}

/** As if those of one bucket were spread evenly. */
function within(index: number, share: number): number {
  const lower = index === 0 ? 0 : (BOUNDS[index - 1] ?? 0);
  const upper = BOUNDS[index] ?? lower;
  return Math.round((lower + (upper - lower) * share) * 100) / 100;
}
