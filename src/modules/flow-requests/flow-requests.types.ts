import type { HeaderList, Operation } from '../../contract/operations.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import type { SourceKind } from '../../contract/targets.js';

/** Who asked, as far as the client says. Kept with the request, trusted for nothing. */
export interface ClientContext {
  readonly appId?: string;
  readonly flowId?: string;
  readonly flowName?: string;
  readonly flowRunId?: string;
  readonly actionId?: string;
  readonly sessionId?: string;
  readonly clientRequestId?: string;
  readonly userAgent?: string;
}

/** One request of an app or a flow to a data source. */
export interface FlowRequest {
  readonly connectionId: string;
  /** The kind the caller takes the connection for; another kind is not found. */
  readonly kind?: SourceKind;
  readonly operation: Operation;
  /** Bare id of the environment that the client named. */
  readonly environmentId?: string;
  readonly body?: Uint8Array | AsyncIterable<Uint8Array>;
  /** Runs a write once however often it is sent. The body must fit one frame: it is compared with the one before. */
  readonly idempotencyKey?: string;
  readonly client: ClientContext;
  /** Fires when the caller goes away; a DomainError as its reason is passed on. */
  readonly signal: AbortSignal;
}

/** An answer whose first words have come. The body must be read to its end or returned. */
export interface FlowReply {
  readonly traceId: string;
  readonly mediaType: string | undefined;
  /** Set for HTTP sources only. */
  readonly http: { readonly status: number; readonly headers: HeaderList } | undefined;
  /** Fails with a DomainError when it cannot be whole. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly trailer: Promise<ReplyTrailer>;
}

/** What is known of a request, under way or past. */
export interface RequestView {
  readonly traceId: string;
  readonly requestId: string;
  /** Object id of who sent it. */
  readonly callerId: string;
  readonly status: 'running' | 'succeeded' | 'failed' | 'aborted';
  readonly code: string | null;
  readonly hop: string | null;
  readonly outcome: string | null;
  readonly operation: string;
  readonly connectionId: string | null;
  readonly gatewayId: string | null;
  readonly memberId: string | null;
  readonly environmentId: string | null;
  readonly attempts: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** Milliseconds per hop. */
  readonly timings: Readonly<Record<string, number>>;
  readonly client: ClientContext;
}
