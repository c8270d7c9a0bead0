import type { HeldPlan } from '../identity/directory.types.js';
import type { RuleSet } from '../tenant-policy/tenant-policy.types.js';
import { judge, judgeEach } from './licences.policy.js';
import type { JudgedPlan, Verdict } from './licences.types.js';

/** What somebody holds, judged once for each rule set: a tenant that changes its rules needs no new answer of the directory. */
export class KnownPlans {
  private readonly verdicts = new Map<RuleSet, Verdict>();

  constructor(private readonly plans: readonly HeldPlan[]) {}

  verdict(ruleSet: RuleSet): Verdict {
    const known = this.verdicts.get(ruleSet);
    if (known) return known;
    const verdict = judge(this.plans, ruleSet);
    this.verdicts.set(ruleSet, verdict);
    return verdict;
  }

  judged(ruleSet: RuleSet): JudgedPlan[] {
    return judgeEach(this.plans, ruleSet);
  }
}
