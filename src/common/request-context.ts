import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes, randomUUID } from 'node:crypto';

/** What belongs to one HTTP request from its first byte on. */
export interface RequestContext {
  /** W3C trace id, 32 hex digits: the one number a person needs to follow a request through app, portal and agent. */
  readonly traceId: string;
  /** The caller's span, when it named one. */
  readonly parentSpan?: { readonly id: string; readonly sampled: boolean };
  readonly requestId: string;
  readonly startedAt: Date;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);
/** The only flag that has a meaning in version 00. */
const SAMPLED = 1;

const storage = new AsyncLocalStorage<RequestContext>();
const byRequest = new WeakMap<object, RequestContext>();

/** @param traceparent header of the W3C trace context; a malformed one is passed over, as its specification asks */
export function newRequestContext(traceparent?: string): RequestContext {
  const [, traceId = NO_TRACE, id = NO_SPAN, flags = ''] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  const own = { requestId: randomUUID(), startedAt: new Date() };
  if (traceId === NO_TRACE) return { traceId: randomBytes(16).toString('hex'), ...own };
  if (id === NO_SPAN) return { traceId, ...own };
  return { traceId, parentSpan: { id, sampled: (parseInt(flags, 16) & SAMPLED) === SAMPLED }, ...own };
}

/** The request being served. Outside of one (a timer, a start) a fresh context, so that its log lines hold together. */
export function currentRequest(): RequestContext {
  return storage.getStore() ?? newRequestContext();
}

/** The context of a raw HTTP request, made when it is first asked for. */
export function contextOf(raw: { headers: Readonly<Record<string, string | string[] | undefined>> }): RequestContext {
  const known = byRequest.get(raw);
  if (known) return known;
  const traceparent = raw.headers['traceparent'];
  const context = newRequestContext(typeof traceparent === 'string' ? traceparent : undefined);
  byRequest.set(raw, context);
  return context;
}

export function runInContext<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
