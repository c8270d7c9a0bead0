import { DomainError } from '../../common/errors/domain-error.js';
import type { Verdict } from './licences.types.js';

/** @throws DomainError LICENCE_REQUIRED naming the licences held */
export function assertEligible({ isEligible, plan, ruleSet }: Verdict): void {
  if (!isEligible) throw new DomainError('LICENCE_REQUIRED', { plan, ruleSet });
}
