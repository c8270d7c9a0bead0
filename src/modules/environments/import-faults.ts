import { DomainError } from '../../common/errors/domain-error.js';
import type { ImportFault } from './environments.types.js';

/** A list that is wrong in one way is mostly wrong in that way throughout. */
const MAX_NAMED = 20;

/** Names the first faults as every refused body does: `path` and `problem`, then `path2` and `problem2`. */
export function importRefused(faults: readonly ImportFault[]): DomainError {
  const details: Record<string, string | number> = {};
  faults.slice(0, MAX_NAMED).forEach(({ place, problem }, index) => {
    const number = index === 0 ? '' : String(index + 1);
    details[`path${number}`] = place;
    details[`problem${number}`] = problem;
  });
  if (faults.length > MAX_NAMED) details['more'] = faults.length - MAX_NAMED;
  return new DomainError('VALIDATION_FAILED', details);
}
