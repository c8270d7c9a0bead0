/** Width of one bucket in milliseconds: how late a deadline may be noticed, on top of the sweep's own interval. */
const BUCKET_MS = 25;

/**
 * Deadlines of many items without a timer each: adding and removing is one set operation, a sweep looks only at
 * buckets that are due. Items that finish early are removed, so a deadline keeps nothing alive.
 */
export class DueBuckets<T> {
  private readonly buckets = new Map<number, Set<T>>();
  /** No bucket lies before this one; may be too low after a removal, never too high. */
  private earliest = Infinity;

  add(item: T, dueAt: number): void {
    if (!Number.isFinite(dueAt)) return;
    const index = bucketOf(dueAt);
    const bucket = this.buckets.get(index);
    this.earliest = Math.min(this.earliest, index);
    if (bucket) bucket.add(item);
    else this.buckets.set(index, new Set([item]));
  }

  remove(item: T, dueAt: number): void {
    const index = bucketOf(dueAt);
    const bucket = this.buckets.get(index);
    if (!bucket) return;
    bucket.delete(item);
    if (bucket.size === 0) this.buckets.delete(index);
  }

  /** Takes out everything that is due, earliest bucket first. */
  takeDue(now: number): T[] {
    const last = Math.floor(now / BUCKET_MS);
    if (last < this.earliest) return [];
    this.earliest = Infinity;
    const due: number[] = [];
    for (const index of this.buckets.keys()) {
      if (index <= last) due.push(index);
      else this.earliest = Math.min(this.earliest, index);
    }
    due.sort((a, b) => a - b);
    const items: T[] = [];
    for (const index of due) {
      for (const item of this.buckets.get(index) ?? []) items.push(item);
      this.buckets.delete(index);
    }
    return items;
  }
}

/** Rounded up, so that nothing is due before its time. */
function bucketOf(dueAt: number): number {
  return Math.ceil(dueAt / BUCKET_MS);
}
