import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../contract/envelope.js';
import type { Target } from '../../contract/targets.js';
import { csvLine } from './csv-line.js';
import { QueryAggregation } from './query-aggregation.js';
import { REPORT_COLUMNS } from './report-columns.js';
import { executionRow, sourceName, startRow } from './report-rows.js';
import type { EndedRequest } from './request-observer.js';
import { RequestProgress } from './request-progress.js';

const GATEWAY = '7b1f6a52-6c0b-4f7e-8a5a-2b64d9f0c102';

function request(
  change: Partial<EndedRequest> = {},
  operation: unknown = { name: 'executeQuery', query: 'SELECT "é"\n' },
): EndedRequest {
  const progress = new RequestProgress();
  progress.askedAt = progress.startedAt + 2;
  progress.answeredAt = progress.startedAt + 12;
  progress.endedAt = progress.startedAt + 52;
  const envelope = {
    traceId: 'f'.repeat(32),
    requestId: 'r1',
    attempt: 2,
    operation,
    connection: { id: 'c1', target: { kind: 'postgresql', server: 'd,b"\r\n', port: 5432, database: 'x' } },
  } as unknown as Envelope;
  return { envelope, progress, failure: undefined, bytesIn: 0, bytesOut: 9, ...change };
}

function read(columns: readonly string[], row: Parameters<typeof csvLine>[0]): Record<string, string> {
  const [record] = parse<Record<string, string>>(csvLine(columns) + csvLine(row), { columns: true });
  return record ?? {};
}

describe('the rows of the performance reports', () => {
  it('have the names, quoting and figures that a reader of CSV understands', () => {
    const row = read(REPORT_COLUMNS.QueryExecutionReport, executionRow(GATEWAY, request()));
    expect(Object.keys(row)).toHaveLength(17);
    expect(row).toMatchObject({
      GatewayObjectId: GATEWAY,
      RequestId: 'f'.repeat(32),
      QueryTrackingId: 'r1',
      DataSource: 'postgresql:d,b"\r\n:5432/x',
      'QueryExecutionDuration(ms)': '10',
      'DataProcessingDuration(ms)': '40',
      QueryType: 'executeQuery',
      Success: 'True',
      ErrorMessage: '',
      'SpoolingTotalDataSize(bytes)': '0',
    });
    expect(Date.parse(row['DataProcessingEndTimeUTC'] ?? '')).toBeGreaterThanOrEqual(Date.parse(row['QueryExecutionEndTimeUTC'] ?? '')); // prettier-ignore
  });

  it('name the code of a failure and not the words of the source', () => {
    const message = 'duplicate key (secret value)';
    const failure = { code: 'SOURCE_CONFLICT', hop: 'source', outcome: 'not-executed', message } as const;
    const row = read(REPORT_COLUMNS.QueryExecutionReport, executionRow(GATEWAY, request({ failure })));
    expect(row).toMatchObject({ Success: 'False', ErrorMessage: 'SOURCE_CONFLICT (source)' });
  });

  it('say what was asked only where that was switched on, and never what was written', () => {
    const columns = REPORT_COLUMNS.QueryStartReport;
    expect(read(columns, startRow(GATEWAY, request(), false))['QueryText(base64)']).toBe('');
    const text = (row: Record<string, string>) => Buffer.from(row['QueryText(base64)'] ?? '', 'base64').toString();
    expect(text(read(columns, startRow(GATEWAY, request(), true)))).toBe('SELECT "é"\n');
    const written = request({}, { name: 'createItem', table: 't', row: { password: 'secret value' } });
    expect(text(read(columns, startRow(GATEWAY, written, true)))).toBe('{"name":"createItem","table":"t"}');
    expect(read(columns, startRow(GATEWAY, request(), true))['EvaluationContext']).toBe(
      '{"connectionId":"c1","attempt":2}',
    );
  });

  it('count by source, success and type', () => {
    const failure = { code: 'SOURCE_FAILED', hop: 'source', outcome: 'unknown', message: '' } as const;
    const window = new QueryAggregation();
    for (const each of [request(), request(), request({ failure })]) window.add(each);
    const rows = window.take(GATEWAY).map((row) => read(REPORT_COLUMNS.QueryExecutionAggregationReport, row));
    expect(rows.map(({ Success, Count }) => [Success, Count])).toEqual([['True', '2'], ['False', '1']]); // prettier-ignore
    expect(rows[0]).toMatchObject({ 'AverageQueryExecutionDuration(ms)': '10', 'MaxDataProcessingDuration(ms)': '40' });
    expect(window.take(GATEWAY)).toEqual([]);
  });

  it('name an address without its query, which may hold a key', () => {
    const target: Target = { kind: 'http', url: 'https://api.contoso.example/v1?key=secret' };
    expect(sourceName(target)).toBe('http:https://api.contoso.example/v1');
  });
});
