import type { ErrorCode } from '../../common/errors/catalogue.js';
import type { OperationName } from '../../contract/operations.js';
import type { SourceKind } from '../../contract/targets.js';
import type { RuleName } from './admission.types.js';

/** Whose question about what. Exactly one of gateway and connection. */
export interface Question {
  /** Object id or user principal name. */
  readonly user: string;
  readonly environmentId?: string | undefined;
  readonly gatewayId?: string | undefined;
  readonly connectionId?: string | undefined;
  readonly operation: OperationName;
  /** Kind of the connection that is thought of; only with a gateway. */
  readonly kind?: SourceKind | undefined;
}

export interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** Somebody who can change what a rule says. */
export interface Changer {
  /** What they are, in words. */
  readonly role: string;
  /** Who that is, as far as this service knows; at most twenty. */
  readonly people: readonly (Named & { readonly upn?: string })[];
}

/** What one rule says of the question. */
export interface RuleAnswer {
  readonly rule: RuleName;
  /** `unknown`: it cannot be told before an earlier rule is settled, or the directory does not answer. */
  readonly verdict: 'passed' | 'refused' | 'unknown';
  /** The catalogue code that a request would get. */
  readonly code?: ErrorCode;
  /** In words a maker understands. */
  readonly reason: string;
  /** What to do about a refusal. */
  readonly remedy?: string;
  readonly changeableBy: readonly Changer[];
}

/** Why somebody can, or cannot. */
export interface Explanation {
  readonly user: Named & { readonly upn?: string };
  readonly gateway: Named & { readonly region: string };
  readonly connection?: Named;
  readonly environment?: Named & { readonly region: string };
  readonly operation: OperationName;
  readonly isAllowed: boolean;
  /** The first rule that refuses; absent when all pass. */
  readonly decidedBy?: RuleName;
  /** Every rule, in the order in which a request meets them. */
  readonly rules: readonly RuleAnswer[];
}
