import { HttpException, Logger } from '@nestjs/common';
import type { Hop, Outcome } from '../../contract/errors.js';
import { currentRequest } from '../request-context.js';
import type { ErrorCode } from './catalogue.js';
import { DomainError } from './domain-error.js';
import { isDatabaseDown } from './database-down.js';
import { validationDetails, type SchemaIssue } from './validation-details.js';

/** A failure as every surface shows it; the surfaces differ only in spelling. */
export interface Failure {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly hop: Hop;
  readonly outcome: Outcome;
  readonly retryable: boolean;
  readonly remedy: string;
  readonly details: Readonly<Record<string, string | number>>;
  readonly retryAfterSeconds?: number;
  readonly traceId: string;
}

const log = new Logger('Failure');

/** What HTTP's own refusals mean in the catalogue. */
const BY_STATUS: Readonly<Partial<Record<number, ErrorCode>>> = {
  400: 'VALIDATION_FAILED',
  401: 'TOKEN_INVALID',
  403: 'ROLE_MISSING',
  404: 'ROUTE_NOT_FOUND',
  405: 'ROUTE_NOT_FOUND',
  406: 'VALIDATION_FAILED',
  408: 'REQUEST_CANCELLED',
  411: 'VALIDATION_FAILED',
  413: 'PAYLOAD_TOO_LARGE',
  414: 'VALIDATION_FAILED',
  415: 'MEDIA_TYPE_UNSUPPORTED',
  422: 'VALIDATION_FAILED',
  431: 'VALIDATION_FAILED',
};

/** Makes one description of anything that was thrown. What is not expected is logged here, once, and said to nobody. */
export function describeFailure(error: unknown): Failure {
  const known = error instanceof DomainError ? error : translate(error);
  const { traceId } = currentRequest();
  if (known.status >= 500) logFailure(known, traceId);
  return {
    status: known.status,
    code: known.code,
    message: known.message,
    hop: known.hop,
    outcome: known.outcome,
    retryable: known.retryable,
    remedy: known.remedy,
    details: known.details,
    ...(known.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: known.retryAfterSeconds }),
    traceId,
  };
}

function translate(error: unknown): DomainError {
  const issues = issuesOf(error);
  if (issues) return new DomainError('VALIDATION_FAILED', validationDetails(issues), { cause: error });
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatus(error);
  const code = status === undefined ? undefined : BY_STATUS[status];
  if (code !== undefined) return new DomainError(code, {}, { cause: error });
  if (isDatabaseDown(error)) return new DomainError('DATABASE_UNAVAILABLE', {}, { cause: error });
  return new DomainError('INTERNAL', {}, { cause: error });
}

/** Fastify's own errors (malformed JSON, a body too large) carry a code `FST_…` and the status they ask for. */
function fastifyStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const isOwn = 'code' in error && typeof error.code === 'string' && error.code.startsWith('FST_');
  return isOwn || error instanceof SyntaxError ? error.statusCode : undefined;
}

function issuesOf(error: unknown): readonly SchemaIssue[] | undefined {
  if (!(error instanceof Error) || !('issues' in error) || !Array.isArray(error.issues)) return undefined;
  return error.issues as readonly SchemaIssue[];
}

function logFailure(error: DomainError, traceId: string): void {
  const { cause } = error;
  const entry = { event: 'failure', traceId, code: error.code, hop: error.hop, cause: causeText(cause) };
  if (error.code === 'INTERNAL') log.error({ ...entry, stack: cause instanceof Error ? cause.stack : error.stack });
  else log.warn(entry);
}

function causeText(cause: unknown): string | undefined {
  if (cause === undefined) return undefined;
  return cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : typeof cause;
}
