import { DomainError } from '../../common/errors/domain-error.js';
import { decodeContinuation, type PageQuery } from '../../common/page.js';
import { isIdentifier } from '../../common/identifier.js';

/** Where a list in order of principals goes on. @throws DomainError VALIDATION_FAILED */
export function afterPrincipal({ continuationToken }: PageQuery): { principalId?: { gt: string } } {
  if (continuationToken === undefined) return {};
  const [after = ''] = decodeContinuation(continuationToken);
  if (!isIdentifier(after)) throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  return { principalId: { gt: after } };
}
