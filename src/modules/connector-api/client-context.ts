import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../common/errors/domain-error.js';
import type { ClientContext } from '../flow-requests/flow-requests.types.js';

const ENVIRONMENT_HEADER = 'x-ms-client-environment-id';
const ENVIRONMENT =
  /^(?:\/providers\/Microsoft\.PowerApps\/environments\/)?(?:Default-)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** Longest text kept of a header that only informs, in characters. */
const MAX_CONTEXT_LENGTH = 200;

/** Which header says what about the client. Nothing is decided by them; they help to find a request again. */
const CONTEXT_HEADERS: Readonly<Record<keyof ClientContext, string>> = {
  appId: 'x-ms-client-app-id',
  flowId: 'x-ms-workflow-id',
  flowName: 'x-ms-workflow-name',
  flowRunId: 'x-ms-workflow-run-id',
  actionId: 'x-ms-workflow-operation-name',
  sessionId: 'x-ms-client-session-id',
  clientRequestId: 'x-ms-client-request-id',
  userAgent: 'x-ms-user-agent',
};

/**
 * The environment a request belongs to: a bare id, or the resource path that Power Apps sends. A tenant's default
 * environment goes by `Default-` and its id.
 *
 * @throws DomainError VALIDATION_FAILED
 */
export function environmentIdOf(headers: IncomingHttpHeaders): string | undefined {
  const text = single(headers, ENVIRONMENT_HEADER);
  if (text === undefined) return undefined;
  const id = ENVIRONMENT.exec(text)?.[1];
  if (id === undefined) {
    throw new DomainError('VALIDATION_FAILED', { header: ENVIRONMENT_HEADER, problem: 'must be an environment id' });
  }
  return id.toLowerCase();
}

export function clientContextOf(headers: IncomingHttpHeaders): ClientContext {
  const known = Object.entries(CONTEXT_HEADERS).flatMap(([name, header]) => {
    const text = single(headers, header);
    return text === undefined ? [] : [[name, text.slice(0, MAX_CONTEXT_LENGTH)]];
  });
  return Object.fromEntries(known) as ClientContext;
}

/**
 * The key under which a write is run once: the caller's own.
 *
 * @throws DomainError VALIDATION_FAILED
 */
export function givenIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const key = single(headers, 'idempotency-key');
  if (key !== undefined && !/^[\x20-\x7e]{1,255}$/.test(key)) {
    throw new DomainError('VALIDATION_FAILED', {
      header: 'idempotency-key',
      problem: 'must be 1 to 255 printable ASCII characters',
    });
  }
  return key;
}

/**
 * The key of an action of a flow, which the flow engine sends again after a time-out: run and tracking id stay the same
 * over its retries, and differ between the turns of a loop.
 */
export function derivedIdempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const run = single(headers, 'x-ms-workflow-run-id');
  const action = single(headers, 'x-ms-action-tracking-id');
  if (run === undefined || action === undefined) return undefined;
  const key = `flow:${run}/${single(headers, 'x-ms-workflow-operation-name') ?? ''}/${action}`;
  return /^[\x20-\x7e]{1,255}$/.test(key) ? key : undefined;
}

function single(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
