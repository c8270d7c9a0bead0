import { DomainError } from '../errors/domain-error.js';

/** Whose requests a limit counts together. */
export type LimitScope = 'caller' | 'connection' | 'tenant';

/** @param waitMs until the next request of this scope may come */
export function rateLimited(scope: LimitScope, limitPerMinute: number, waitMs: number): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new DomainError('RATE_LIMITED', { scope, limitPerMinute }, { retryAfterSeconds });
}
