import { rounded } from './report-rows.js';

/** Smallest, largest and mean of what was measured. */
export class Spread {
  private count = 0;
  private sum = 0;
  private least = Infinity;
  private most = -Infinity;

  add(value: number | undefined): void {
    if (value === undefined) return;
    this.count += 1;
    this.sum += value;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
  }

  get average(): number | undefined {
    return this.count === 0 ? undefined : rounded(this.sum / this.count);
  }

  get max(): number | undefined {
    return this.count === 0 ? undefined : rounded(this.most);
  }

  get min(): number | undefined {
    return this.count === 0 ? undefined : rounded(this.least);
  }
}
