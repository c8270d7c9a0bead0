import { DomainError } from '../../common/errors/domain-error.js';
import type { SourceKind } from '../../contract/targets.js';
import type { TenantPolicy } from './tenant-policy.types.js';

/** Whether the tenant lets connections lead to sources of this kind. @throws DomainError KIND_FORBIDDEN */
export function assertKindAllowed({ allowedKinds }: Pick<TenantPolicy, 'allowedKinds'>, kind: SourceKind): void {
  if (allowedKinds === undefined || allowedKinds.includes(kind)) return;
  throw new DomainError('KIND_FORBIDDEN', { kind, allowed: allowedKinds.join(', ') });
}
