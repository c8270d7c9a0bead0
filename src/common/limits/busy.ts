import { DomainError } from '../errors/domain-error.js';

/** As long as members wait between heartbeats: sooner would add to what there is too much of. They add jitter of their own. */
const RETRY_AFTER_SECONDS = 15;

/** Said at once to whoever would otherwise wait in vain: work for callers who have left is what keeps a busy replica busy. */
export function busy(): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
