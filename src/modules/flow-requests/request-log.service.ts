import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { FlowRecord } from './flow-record.js';
import type { FlowRequest } from './flow-requests.types.js';
import { RequestNewsService } from './request-news.service.js';

/** Records wait this long for company, or until there are so many. */
const FLUSH_MS = 200;
const FLUSH_ROWS = 200;

/** Records that wait for a database that is away. Beyond it they are dropped and counted. */
const MAX_PENDING = 10_000;

/** Writes what became of requests, in batches and off their path. */
@Injectable()
export class RequestLogService implements OnApplicationShutdown {
  private readonly log = new Logger(RequestLogService.name);
  private readonly running = new Set<FlowRecord>();
  private pending: FlowRecord[] = [];
  /** Being written: still to be found here, since it is not yet in the table. */
  private writing: readonly FlowRecord[] = [];
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Records that were lost since the start. */
  dropped = 0;

  constructor(
    private readonly prisma: PrismaService,
    private readonly news: RequestNewsService,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  begin(caller: Caller, request: Pick<FlowRequest, 'operation' | 'client'>): FlowRecord {
    const record = new FlowRecord(caller, request, (finished) => this.finished(finished));
    this.running.add(record);
    return record;
  }

  /** The newest request of a trace that this replica has not written yet. */
  find(tenantId: string, traceId: string): FlowRecord | undefined {
    const known = [...this.writing, ...this.pending, ...this.running];
    return known.findLast((record) => record.traceId === traceId && record.tenantId === tenantId);
  }

  /** Writes what is there and waits for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.flushing;
    if (this.pending.length === 0) return;
    this.flushing = this.write().finally(() => (this.flushing = undefined));
    await this.flushing;
  }

  private finished(record: FlowRecord): void {
    this.running.delete(record);
    if (this.pending.length >= MAX_PENDING) {
      this.dropped += 1;
      if (this.dropped % 1_000 === 1) this.log.error({ event: 'request-log.dropped', dropped: this.dropped });
      return;
    }
    this.pending.push(record);
    if (this.pending.length >= FLUSH_ROWS && !this.flushing) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  private async write(): Promise<void> {
    this.writing = this.pending;
    this.pending = [];
    try {
      // One statement with one parameter: the query builder took an eighth of this process under load for the same rows.
      const rows = JSON.stringify(this.writing.map(toRow));
      await this.prisma.$executeRaw`
        INSERT INTO flow_request (
          "requestId", "traceId", "tenantId", "callerId", "connectionId", "gatewayId", "memberId", "environmentId", operation,
          "startedAt", "finishedAt", status, code, hop, outcome, attempts, "requestBytes", "replyBytes", timings, client
        )
        SELECT
          "requestId", "traceId", "tenantId", "callerId", "connectionId", "gatewayId", "memberId", "environmentId", operation,
          "startedAt", "finishedAt", status, code, hop, outcome, attempts, "requestBytes", "replyBytes", timings, client
        FROM jsonb_populate_recordset(NULL::flow_request, ${rows}::jsonb)
        ON CONFLICT DO NOTHING`;
      this.news.written(this.writing.map(({ tenantId }) => tenantId));
    } catch (error) {
      this.log.warn({
        event: 'request-log.write-failed',
        rows: this.writing.length,
        reason: String(error).slice(0, 300),
      });
      this.putBack(this.writing);
    } finally {
      this.writing = [];
    }
  }

  private putBack(records: readonly FlowRecord[]): void {
    const kept = records.slice(0, Math.max(0, MAX_PENDING - this.pending.length));
    this.dropped += records.length - kept.length;
    this.pending = [...kept, ...this.pending];
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS * 10).unref();
  }
}

/** A row of the table as JSON; every row carries its tenant. */
function toRow(record: FlowRecord): Readonly<Record<keyof Prisma.FlowRequestCreateManyInput, unknown>> {
  const { finishedAt = new Date(), ...rest } = record.view();
  return { ...rest, tenantId: record.tenantId, finishedAt };
}
