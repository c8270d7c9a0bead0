import type { CsvValue } from './csv-line.js';
import { durationsOf, sourceName, timeText } from './report-rows.js';
import type { EndedRequest } from './request-observer.js';
import { Spread } from './spread.js';

/** Groups that one window may have: beyond, what comes is counted under one name for all. */
const MAX_GROUPS = 5_000;

interface Group {
  readonly source: string;
  readonly success: boolean;
  readonly type: string;
  readonly execution: Spread;
  readonly processing: Spread;
  count: number;
}

/** One window of QueryExecutionAggregationReport: requests by source, success and type. */
export class QueryAggregation {
  private groups = new Map<string, Group>();
  private startedAt: number;

  constructor(private readonly now: () => number = Date.now) {
    this.startedAt = now();
  }

  add(request: EndedRequest): void {
    const { execution, processing } = durationsOf(request);
    const group = this.groupOf(request);
    group.execution.add(execution);
    group.processing.add(processing);
    group.count += 1;
  }

  /** Ends the window. @returns its rows */
  take(gatewayId: string): CsvValue[][] {
    const { groups, startedAt } = this;
    this.groups = new Map();
    this.startedAt = this.now();
    const [from, to] = [timeText(startedAt), timeText(this.startedAt)];
    return [...groups.values()].map(({ source, success, type, execution, processing, count }) => [
      gatewayId,
      from,
      to,
      source,
      success,
      ...[execution.average, execution.max, execution.min],
      type,
      ...[processing.average, processing.max, processing.min],
      count,
    ]);
  }

  private groupOf({ envelope, failure }: EndedRequest): Group {
    const success = failure === undefined;
    const type = envelope.operation.name;
    const named = sourceName(envelope.connection.target);
    const isFull = this.groups.size >= MAX_GROUPS && !this.groups.has(keyOf(named, success, type));
    const source = isFull ? 'others' : named;
    const key = keyOf(source, success, type);
    const known = this.groups.get(key);
    if (known) return known;
    const group = { source, success, type, execution: new Spread(), processing: new Spread(), count: 0 };
    this.groups.set(key, group);
    return group;
  }
}

function keyOf(source: string, success: boolean, type: string): string {
  return `${success} ${type} ${source}`;
}
