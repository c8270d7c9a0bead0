import { RULE_KINDS, type RuleKind, type Verdict } from './verdict.js';

/** How often each kind of rule refused something since the start. All of the policy that the cloud sees. */
export class RefusalCounts {
  private readonly counts = new Map<RuleKind, number>();

  count({ rule }: Verdict): void {
    if (rule !== undefined) this.counts.set(rule, (this.counts.get(rule) ?? 0) + 1);
  }

  /** Undefined while there is nothing to tell. */
  get report(): Readonly<Record<string, number>> | undefined {
    if (this.counts.size === 0) return undefined;
    return Object.fromEntries(RULE_KINDS.flatMap((kind) => { const count = this.counts.get(kind); return count === undefined ? [] : [[kind, count]]; })); // prettier-ignore
  }
}
