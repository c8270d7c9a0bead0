/** Which kind of rule decided. The cloud sees how often each refused, and nothing more. */
export const RULE_KINDS = [
  'invalid',
  'tenants',
  'hours',
  'operations',
  'readOnly',
  'nativeQuery',
  'tables',
  'procedures',
  'hosts',
  'ports',
  'addresses',
  'httpPaths',
  'folders',
  'maxRows',
  'maxBytes',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** What a policy says, and which rule said it. */
export interface Verdict {
  readonly isAllowed: boolean;
  /** Undefined: no rule speaks of it. */
  readonly rule: RuleKind | undefined;
  /** For the operator of the machine: may name hosts, tables and entries of the policy, so it does not leave it. */
  readonly reason: string;
}

export function allowed(rule: RuleKind | undefined, reason: string): Verdict {
  return { isAllowed: true, rule, reason };
}

export function denied(rule: RuleKind, reason: string): Verdict {
  return { isAllowed: false, rule, reason };
}
