import { DomainError } from '../../common/errors/domain-error.js';
import type { AgentError } from '../../contract/errors.js';

/** Seconds after which a member that had too much to do is worth asking again. */
const BUSY_SECONDS = 2;

/** What a member reports, as the domain's error: codes map one to one, the member knows hop and outcome best. */
export function agentFailure({ code, hop, outcome, message, details }: AgentError): DomainError {
  const retryAfter = code === 'GATEWAY_BUSY' || code === 'REQUEST_REPEATED' ? { retryAfterSeconds: BUSY_SECONDS } : {};
  return new DomainError(code, details ?? {}, { hop, outcome, message, ...retryAfter });
}
