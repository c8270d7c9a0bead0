import { DomainError } from '../../common/errors/domain-error.js';
import { decodeContinuation, type PageQuery } from '../../common/page.js';
import { isIdentifier } from '../../common/identifier.js';

/** Behind which id a list in order of principals goes on. @throws DomainError VALIDATION_FAILED */
export function afterPrincipal({ continuationToken }: PageQuery): string | undefined {
  if (continuationToken === undefined) return undefined;
  const [after = ''] = decodeContinuation(continuationToken);
  if (!isIdentifier(after)) throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  return after;
}
