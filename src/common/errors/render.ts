import type { Failure } from './failure.js';
import { fabricErrorCode, type FailedRequest } from './fabric-error-code.js';

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

/** `/v1.0`, `/v2.0` and Azure Resource Manager: the error of OData, with our hop, outcome and remedy inside it. */
export function renderOData(failure: Failure): RenderedFailure {
  const { status, code, message, hop, outcome, retryable, remedy, traceId } = failure;
  return {
    status,
    contentType: 'application/json; charset=utf-8',
    headers: commonHeaders(failure),
    body: { error: { code, message, hop, outcome, retryable, remedy, traceId } },
  };
}

/** The shape of the surface that a path belongs to; `/v1`'s where it belongs to none. */
export function renderForPath(failure: Failure, path: string, host: string, method = 'GET'): RenderedFailure {
  if (/^\/apim(\/|\?|$)/.test(path)) return renderConnector(failure, host);
  if (/^\/agent(\/|\?|$)/.test(path)) return renderProblem(failure);
  if (/^\/(v[12]\.0|subscriptions)(\/|\?|$)/i.test(path)) return renderOData(failure);
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
