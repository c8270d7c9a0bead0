import type { Operation } from '../../contract/operations.js';
import type { Target } from '../../contract/targets.js';
import type { CsvValue } from './csv-line.js';
import type { EndedRequest, ObservedRequest } from './request-observer.js';

/** A query beyond this is cut: one row must not fill a file. In bytes before base64. */
const MAX_QUERY_BYTES = 64 * 1024;

/** How long the parts of a request took, in milliseconds. Undefined where it did not come so far. */
export interface QueryDurations {
  /** From asking the source to its first answer, or to its failure. */
  readonly execution: number | undefined;
  /** From the first answer to the end of ours. */
  readonly processing: number | undefined;
}

export function durationsOf({ progress }: EndedRequest): QueryDurations {
  const { askedAt, answeredAt, endedAt } = progress;
  const sourceEnd = answeredAt ?? endedAt;
  return {
    execution: between(askedAt, sourceEnd),
    processing: between(answeredAt, endedAt),
  };
}

/** One row of QueryExecutionReport. */
export function executionRow(gatewayId: string, request: EndedRequest): CsvValue[] {
  const { envelope, progress, failure } = request;
  const { execution, processing } = durationsOf(request);
  return [
    gatewayId,
    envelope.traceId,
    sourceName(envelope.connection.target),
    envelope.requestId,
    timeText(progress.timeOf(progress.answeredAt ?? progress.endedAt ?? progress.startedAt)),
    execution,
    envelope.operation.name,
    timeText(progress.timeOf(progress.endedAt ?? progress.startedAt)),
    processing,
    failure === undefined,
    // The code and the place: a source's own words may hold values.
    failure && `${failure.code} (${failure.hop})`,
    // Answers are streamed: nothing is spooled to a disk, and what the disk does meanwhile is not the query's.
    0,
    0,
    0,
    processing,
    undefined,
    undefined,
  ];
}

/** One row of QueryStartReport. */
export function startRow(gatewayId: string, { envelope, progress }: ObservedRequest, withText: boolean): CsvValue[] {
  const { connection, operation, attempt } = envelope;
  return [
    gatewayId,
    envelope.traceId,
    sourceName(connection.target),
    envelope.requestId,
    timeText(progress.timeOf(progress.askedAt ?? progress.startedAt)),
    operation.name,
    withText ? queryText(operation) : undefined,
    JSON.stringify({ connectionId: connection.id, attempt }),
  ];
}

/** Kind and place of a source, as the reports name it. A target holds no secret; an address's query might. */
export function sourceName(target: Target): string {
  switch (target.kind) {
    case 'oracle':
      return `${target.kind}:${target.server}:${target.port}/${target.service}`;
    case 'sftp':
      return `${target.kind}:${target.server}:${target.port}${target.path}`;
    case 'filesystem':
      return `${target.kind}:${target.path}`;
    case 'http':
    case 'odata': {
      const { origin, pathname } = new URL(target.url);
      return `${target.kind}:${origin}${pathname}`;
    }
    default:
      return `${target.kind}:${target.server}:${target.port}/${target.database}`;
  }
}

export function timeText(time: number): string {
  return new Date(time).toISOString();
}

/** What holds the values that are written, or what a caller sends along. */
const UNSHOWN: ReadonlySet<string> = new Set(['row', 'parameters', 'headers']);

/** What was asked, without those. */
function queryText(operation: Operation): string {
  const asked = Object.entries(operation).filter(([name]) => !UNSHOWN.has(name));
  const text = operation.name === 'executeQuery' ? operation.query : JSON.stringify(Object.fromEntries(asked));
  return Buffer.from(text).subarray(0, MAX_QUERY_BYTES).toString('base64');
}

function between(from: number | undefined, to: number | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : rounded(to - from);
}

export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
