import type { HeldPlan } from '../identity/directory.types.js';
import type { RuleSet } from '../tenant-policy/tenant-policy.types.js';

/** Whether somebody's licences include the gateway, and what decided. */
export interface Verdict {
  readonly isEligible: boolean;
  readonly ruleSet: RuleSet;
  /** The licence that suffices, or those that do not, each with its service plans; `none` when there are none. */
  readonly plan: string;
}

/** A Power Apps or Power Automate plan that somebody holds, judged by itself. */
export interface JudgedPlan extends HeldPlan {
  readonly isSufficient: boolean;
}

/** A person as lists of licences name them. */
export interface LicensedUser {
  readonly id: string;
  readonly upn: string | undefined;
  readonly displayName: string;
}

/** A person with what their licences come to. */
export interface UserVerdict extends Verdict {
  readonly user: LicensedUser;
}
