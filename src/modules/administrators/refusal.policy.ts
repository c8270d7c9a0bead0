import type { ErrorCode } from '../../common/errors/catalogue.js';
import { DomainError } from '../../common/errors/domain-error.js';

/**
 * A refusal for want of a role. While the directory cannot tell the caller's groups nobody is told "no": they may hold
 * the role through one. They are not let in either.
 *
 * @returns IDENTITY_UNAVAILABLE in place of the code when the groups are not known
 */
export function refusal(
  { isComplete }: { readonly isComplete: boolean },
  code: ErrorCode,
  details: Readonly<Record<string, string | number>>,
): DomainError {
  if (isComplete) return new DomainError(code, details);
  return new DomainError('IDENTITY_UNAVAILABLE', details, {
    message: 'The directory cannot say at the moment which groups you are in, and your role may come from one.',
  });
}
