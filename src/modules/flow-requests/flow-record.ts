import { randomUUID } from 'node:crypto';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { currentRequest, type RequestContext } from '../../common/request-context.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import type { FlowRequest, RequestView } from './flow-requests.types.js';

/** What one request leaves behind: status and timings, never payload. Written once it is over. */
export class FlowRecord {
  readonly requestId = randomUUID();
  readonly traceId: string;
  readonly parentSpan: RequestContext['parentSpan'];
  readonly tenantId: string;
  readonly callerId: string;
  readonly startedAt = new Date();
  /** Marks of a clock that only goes forward, in milliseconds. */
  private readonly begun = performance.now();
  admittedAt: number | undefined;
  connectionId: string | null = null;
  gatewayId: string | null = null;
  memberId: string | null = null;
  environmentId: string | null = null;
  attempts = 0;
  requestBytes = 0;
  replyBytes = 0;
  sentAt: number | undefined;
  headAt: number | undefined;
  private finishedAt: Date | null = null;
  private ended: number | undefined;
  private failure: DomainError | undefined;
  private memberTimings: ReplyTrailer['timings'];

  /** @param onFinished called once */
  constructor(
    caller: Caller,
    private readonly request: Pick<FlowRequest, 'operation' | 'client'>,
    private readonly onFinished: (record: FlowRecord) => void,
  ) {
    const context = currentRequest();
    this.traceId = context.traceId;
    this.parentSpan = context.parentSpan;
    this.tenantId = caller.tenantId;
    this.callerId = caller.id;
  }

  succeed(trailer: ReplyTrailer): void {
    this.memberTimings = trailer.timings;
    this.finish();
  }

  fail(error: unknown): void {
    if (this.finishedAt) return;
    this.failure = error instanceof DomainError ? error : new DomainError('INTERNAL', {}, { cause: error });
    this.finish();
  }

  view(): RequestView {
    const { failure, finishedAt, request } = this;
    return {
      traceId: this.traceId,
      requestId: this.requestId,
      callerId: this.callerId,
      status: this.status(),
      code: failure?.code ?? null,
      hop: failure?.hop ?? null,
      outcome: failure?.outcome ?? null,
      operation: request.operation.name,
      connectionId: this.connectionId,
      gatewayId: this.gatewayId,
      memberId: this.memberId,
      environmentId: this.environmentId,
      attempts: this.attempts,
      startedAt: this.startedAt,
      finishedAt,
      requestBytes: this.requestBytes,
      replyBytes: this.replyBytes,
      timings: this.timings(),
      client: request.client,
    };
  }

  private status(): RequestView['status'] {
    if (!this.finishedAt) return 'running';
    if (!this.failure) return 'succeeded';
    return this.replyBytes > 0 ? 'aborted' : 'failed';
  }

  private timings(): Record<string, number> {
    const { begun, admittedAt, sentAt, headAt, ended, memberTimings } = this;
    const member = Object.entries(memberTimings ?? {}).map(([name, ms]) => [`member.${name}`, ms ?? 0] as const);
    return {
      ...(admittedAt === undefined ? {} : { rulesMs: between(begun, admittedAt) }),
      ...(sentAt === undefined ? {} : { admissionMs: between(begun, sentAt) }),
      ...(sentAt === undefined || headAt === undefined ? {} : { firstAnswerMs: between(sentAt, headAt) }),
      ...(ended === undefined ? {} : { totalMs: between(begun, ended) }),
      ...Object.fromEntries(member),
    };
  }

  private finish(): void {
    if (this.finishedAt) return;
    this.finishedAt = new Date();
    this.ended = performance.now();
    this.onFinished(this);
  }
}

/** To the microsecond. */
function between(from: number, to: number): number {
  return Math.round((to - from) * 1_000) / 1_000;
}
