import { armErrorCode } from './arm-error-code.js';
import type { Failure } from './failure.js';
import { fabricErrorCode, type FailedRequest } from './fabric-error-code.js';
import { powerBiError } from './power-bi-error.js';

/** One API's spelling of a failure. */
export interface RenderedFailure {
  readonly status: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `/v1`: the error body of Fabric, with our hop, outcome and remedy beside it. @param request that failed, if known */
export function renderFabric(failure: Failure, request?: FailedRequest): RenderedFailure {
  const { code, message, hop, outcome, remedy, details, traceId } = failure;
  const errorCode = fabricErrorCode(code, request, details['path']);
  const more = [
    ...(errorCode === code ? [] : [{ errorCode: code, message: remedy }]),
    ...Object.entries(details).map(([name, value]) => ({ errorCode: name, message: String(value) })),
  ];
  return {
    status: failure.status,
    contentType: 'application/json; charset=utf-8',
    headers: { ...commonHeaders(failure), 'x-ms-public-api-error-code': errorCode },
    body: {
      requestId: traceId,
      errorCode,
      message,
      ...(more.length === 0 ? {} : { moreDetails: more }),
      isRetriable: failure.retryable,
      hop,
      outcome,
      remedy,
    },
  };
}

/** `/apim`: the shape that connectors answer with, as recorded, with ours beside it. @param host of the request, as `source` */
export function renderConnector(failure: Failure, host: string): RenderedFailure {
  const { status, code, message, hop, outcome, retryable, remedy, traceId, details } = failure;
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    headers: commonHeaders(failure),
    body: {
      status,
      message: `${message}\r\nclientRequestId: ${traceId}`,
      error: { code, message },
      source: host,
      code,
      hop,
      outcome,
      retryable,
      remedy,
      traceId,
      details,
    },
  };
}

/** `/agent`: problem details. @see RFC 9457 */
export function renderProblem(failure: Failure): RenderedFailure {
  const { status, code, message, hop, outcome, retryable, remedy, traceId, details } = failure;
  return {
    status,
    contentType: 'application/problem+json; charset=utf-8',
    headers: commonHeaders(failure),
    body: {
      type: `urn:tidegate:error:${code}`,
      title: code.charAt(0) + code.slice(1).toLowerCase().replaceAll('_', ' '),
      status,
      detail: message,
      instance: `urn:tidegate:trace:${traceId}`,
      code,
      hop,
      outcome,
      retryable,
      remedy,
      traceId,
      details,
    },
  };
}

/** `/v1.0` and `/v2.0`: the error of Power BI. */
export function renderPowerBi(failure: Failure): RenderedFailure {
  const contentType = 'application/json; charset=utf-8';
  return { ...powerBiError(failure), contentType, headers: commonHeaders(failure) };
}

/** `/subscriptions`: the error of Azure Resource Manager, with our hop, outcome and remedy inside it. */
export function renderArm(failure: Failure): RenderedFailure {
  const { status, message, hop, outcome, retryable, remedy, traceId } = failure;
  const code = armErrorCode(failure.code, failure.details['path']);
  const more = Object.entries(failure.details).map(([name, value]) => ({ code: name, message: String(value) }));
  const details = [{ code: failure.code, message: remedy }, ...more];
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    headers: commonHeaders(failure),
    body: { error: { code, message, details, hop, outcome, retryable, remedy, traceId } },
  };
}

/** The shape of the surface that a path belongs to; `/v1`'s where it belongs to none. */
export function renderForPath(failure: Failure, path: string, host: string, method = 'GET'): RenderedFailure {
  if (/^\/(apim|invoke)(\/|\?|$)/.test(path)) return renderConnector(failure, host);
  if (/^\/agent(\/|\?|$)/.test(path)) return renderProblem(failure);
  if (/^\/v[12]\.0(\/|\?|$)/i.test(path)) return renderPowerBi(failure);
  if (/^\/subscriptions(\/|\?|$)/i.test(path)) return renderArm(failure);
  return renderFabric(failure, { method, path });
}

function commonHeaders(failure: Failure): Record<string, string> {
  return {
    'x-ms-request-id': failure.traceId,
    ...(failure.status === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
    ...(failure.retryAfterSeconds === undefined
      ? failure.status === 429
        ? { 'retry-after': '5' }
        : {}
      : { 'retry-after': String(Math.max(1, Math.ceil(failure.retryAfterSeconds))) }),
  };
}
