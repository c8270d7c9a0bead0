import type { Outcome } from '../../contract/errors.js';
import { SourceError } from '../connectors/source-error.js';
import type { Verdict } from './verdict.js';

/** What a caller is told: which kind of rule, and nothing of the rule. */
export function policyDenied({ rule }: Verdict, outcome: Outcome = 'not-executed'): SourceError {
  return new SourceError('POLICY_DENIED', "The policy of the gateway's machine does not allow this.", {
    outcome,
    details: rule === undefined ? {} : { rule },
  });
}
