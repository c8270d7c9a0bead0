/** Which of the two rules holds; the operator chooses. */
export type RuleSet = 'classic' | 'current';

/** Whether somebody's licences include the gateway, and what decided. */
export interface Verdict {
  readonly isEligible: boolean;
  readonly ruleSet: RuleSet;
  /** The licence that suffices, or those that do not, each with its service plans; `none` when there are none. */
  readonly plan: string;
}
