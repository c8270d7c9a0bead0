import type { AgentError, AgentErrorCode } from '../contract/errors.js';
import { SourceError } from './connectors/source-error.js';
import { HeadTooLarge } from './reply-writer.js';
import { BodyBroken } from './request-body.js';
import { RunAborted, type AbortCause, type RequestRun } from './request-run.js';

const MAX_MESSAGE_LENGTH = 1000;

const ABORTED: Readonly<Record<AbortCause, { code: AgentErrorCode; message: string }>> = {
  deadline: { code: 'REQUEST_EXPIRED', message: 'The request was not finished before its deadline.' },
  'caller-gone': { code: 'REQUEST_CANCELLED', message: 'The caller went away; the work was stopped at the source.' },
  superseded: { code: 'REQUEST_CANCELLED', message: 'The request was sent again and this attempt was stopped.' },
  stopping: { code: 'AGENT_FAILED', message: 'The agent was stopped before the request was finished.' },
  drained: { code: 'AGENT_FAILED', message: 'The member was drained before the request was finished.' },
};

/** A refusal of the member itself: nothing was run. */
export function memberRefusal(code: AgentErrorCode, message: string): AgentError {
  return { code, hop: 'member', outcome: 'not-executed', message };
}

/**
 * What a caller is told of a failed run.
 *
 * @param begun whether the source had been asked when it failed
 */
export function describeRunFailure(error: unknown, run: RequestRun, begun: boolean): AgentError {
  const uncertain = begun && !run.isRead ? 'unknown' : 'not-executed';
  const reason: unknown = run.signal.reason;
  if (run.signal.aborted && reason instanceof RunAborted) {
    // The connector knows better than we do whether the source took the change.
    const outcome = error instanceof SourceError ? error.outcome : uncertain;
    return { ...ABORTED[reason.why], hop: 'member', outcome };
  }
  if (error instanceof SourceError) {
    const message = error.message.slice(0, MAX_MESSAGE_LENGTH);
    return { code: error.code, hop: error.hop, outcome: error.outcome, message, details: { ...error.details } };
  }
  if (error instanceof BodyBroken) {
    return { code: 'VALIDATION_FAILED', hop: 'member', outcome: uncertain, message: 'The body of the request came damaged.' }; // prettier-ignore
  }
  if (error instanceof HeadTooLarge) {
    return { code: 'SOURCE_FAILED', hop: 'source', outcome: uncertain, message: 'The source answered with headers that are too long.' }; // prettier-ignore
  }
  return {
    code: 'AGENT_FAILED',
    hop: 'member',
    outcome: uncertain,
    message: 'The agent failed in a way nobody foresaw.',
  };
}

/** Whether the failure is a defect, to be logged with all that is known. */
export function isDefect(failure: AgentError): boolean {
  return failure.code === 'AGENT_FAILED';
}
