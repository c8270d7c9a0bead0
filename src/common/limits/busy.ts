import { DomainError } from '../errors/domain-error.js';

/** Callers who are told so come back at different times: agents add up to fifteen seconds of their own. */
const RETRY_AFTER_SECONDS = 5;

/** Said at once to whoever would otherwise wait in vain: work for callers who have left is what keeps a busy replica busy. */
export function busy(): DomainError {
  return new DomainError('TOO_MANY_ATTEMPTS', {}, { retryAfterSeconds: RETRY_AFTER_SECONDS });
}
