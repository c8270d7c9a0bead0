import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Envelope } from '../../src/contract/envelope.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { readActivity } from '../../src/gateway-agent/observability/activity-file.js';
import { REPORT_COLUMNS } from '../../src/gateway-agent/observability/report-columns.js';
import { top } from '../../src/gateway-agent/observability/top.js';
import type { TopReport } from '../../src/gateway-agent/observability/top-view.js';
import { freePort } from '../../src/dev-stack/free-port.js';
import { AgentUnderTest, text } from '../support/agent-under-test.js';
import { TraceCollector } from '../support/trace-collector.js';
import { until } from '../support/until.js';

const TRACE = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', parentSpan: { id: '00f067aa0ba902b7', sampled: true } };
const SECRET = 'hunter2-and-a-row';

describe('what the operator sees of an agent', () => {
  let test: AgentUnderTest;
  let collector: TraceCollector;
  let port: number;
  let reports: string;
  const asked: { id: string; traceId: string }[] = [];

  const ask = async (change: Partial<Envelope>, operation: Envelope['operation'] = { name: 'listTables' }) => {
    const traceId = change.traceId ?? randomUUID().replaceAll('-', '');
    const id = await test.replica.ask({ operation, change: (envelope) => ({ ...envelope, ...change, traceId }) });
    asked.push({ id, traceId });
    return { id, traceId };
  };

  beforeAll(async () => {
    collector = await TraceCollector.start();
    port = await freePort();
    test = await AgentUnderTest.prepare();
    await test.register();
    reports = test.folder.file('reports');
    const settings = { folder: reports, fileBytes: 2 ** 20, files: 10, intervalMs: 600_000, queryText: false };
    await test.run({ observability: { metricsPort: port, reports: settings, traces: collector.url } });
    Object.assign(test.connector, { heldSessions: () => ({ open: 3, idle: 1, waiting: 0 }) });

    const good = await ask(TRACE);
    await test.replica.answer(good.id);
    test.connector.script = () =>
      Promise.reject(new SourceError('SOURCE_DENIED', `no entry: ${SECRET}`, { hop: 'source' }));
    await test.replica.answer((await ask({}, { name: 'getTable', table: SECRET })).id);
    test.connector.script = () => Promise.reject(new SourceError('POLICY_DENIED', 'The operator does not allow it.'));
    await test.replica.answer((await ask({})).id);
    test.connector.script = () => Promise.resolve(text('ok'));
    const unsampled = await ask({ parentSpan: { id: '00f067aa0ba902b8', sampled: false } });
    await test.replica.answer(unsampled.id);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    await collector[Symbol.asyncDispose]();
    await rm(reports, { recursive: true, force: true });
  });

  it('hangs its spans below the caller’s, and keeps the trace of a request without one', async () => {
    const of = (index: number) => collector.of(asked[index]?.traceId ?? '');
    const own = await until('the spans', () => (of(2)['gateway listTables'] ? of(0) : undefined));
    const root = own['gateway listTables'];
    expect(root?.parentSpanId).toBe(TRACE.parentSpan.id);
    const names = ['open credential', 'prepare', 'ask postgresql', 'send answer'];
    for (const name of names) expect(own[name]?.parentSpanId, name).toBe(root?.spanId);
    const times = names.map((name) =>
      [own[name]?.startTimeUnixNano, own[name]?.endTimeUnixNano].map((time) => BigInt(time ?? 0)),
    );
    for (const [begun = 0n, ended = 0n] of times) {
      expect(begun).toBeGreaterThanOrEqual(BigInt(root?.startTimeUnixNano ?? 0));
      expect(ended).toBeGreaterThanOrEqual(begun);
      expect(ended).toBeLessThanOrEqual(BigInt(root?.endTimeUnixNano ?? 0));
    }
    const failed = of(1)['gateway getTable'];
    expect(failed?.parentSpanId ?? '').toBe('');
    expect(failed?.status).toEqual({ code: 2, message: 'SOURCE_DENIED' });
    expect(of(1)['ask postgresql']?.status.code).toBe(2);
    // Its caller did not want the trace to be kept.
    expect(of(3)).toEqual({});
    expect([...collector.paths]).toEqual(['/v1/traces']);
    expect(JSON.stringify(collector.spans)).not.toContain(SECRET);
  });

  it('goes on without its collector, and says so once', async () => {
    collector.status = 400;
    await test.replica.answer((await ask({})).id);
    await until('the word of it', () => test.logged('traces-not-sent'));
    collector.status = 200;
    await test.replica.answer((await ask({})).id);
    await until('the word of its return', () => test.logged('traces-sent-again'));
    expect(test.logs.filter((line) => line.includes('traces-not-sent'))).toHaveLength(1);
  });

  it('answers Prometheus with names that have an end', async () => {
    const { status, body } = await get(port, '/metrics');
    expect(status).toBe(200);
    const requests = 'tidegate_agent_requests_total{kind="postgresql"';
    expect(body).toContain(`${requests},operation="getTable",outcome="failed"} 1`);
    expect(body).toMatch(/requests_total\{kind="postgresql",operation="listTables",outcome="succeeded"\} [4-9]/);
    expect(body).toContain('tidegate_agent_failures_total{kind="postgresql",code="SOURCE_DENIED",hop="source"} 1');
    expect(body).toContain('tidegate_agent_policy_refusals_total 1');
    expect(body).toContain('tidegate_agent_link_up{transport="websockets"} 1');
    expect(body).toContain('tidegate_agent_pool_sessions{kind="postgresql",state="busy"} 2');
    expect(body).toMatch(/tidegate_agent_heartbeats_total\{outcome="answered"\} [1-9]/);
    expect(body).toMatch(/tidegate_agent_memory_bytes\{part="rss"\} \d{7,}/);
    expect(body).toMatch(/request_duration_seconds_count\{kind="postgresql",operation="getTable"\} 1/);
    // Nothing of what stands in a request or names a place.
    for (const word of [SECRET, 'a3c4f0f2', test.plane.gatewayId, '"db"']) expect(body).not.toContain(word);
  });

  it('shows nothing to other names, other paths and other methods', async () => {
    expect((await get(port, '/metrics', { host: 'attacker.example' })).status).toBe(403);
    expect((await get(port, '/')).status).toBe(404);
    expect((await get(port, '/metrics', {}, 'POST')).status).toBe(405);
  });

  it('lets top see the figures of a running agent', async () => {
    const written = await until('the figures', async () => {
      const activity = await readActivity(test.folder);
      return (activity?.kinds[0]?.requests ?? 0) >= 6 ? activity : undefined;
    });
    expect(written.kinds[0]).toMatchObject({ kind: 'postgresql', failed: 2, sessions: { open: 3, idle: 1 } });
    expect(written.member).toMatchObject({ connected: true, transport: 'websockets', receiving: true });
    expect(written.policyDenied).toBe(1);
    const printed: string[] = [];
    expect(await top(test.folder.path, { once: true, json: false }, (page) => void printed.push(page))).toBe(0);
    expect(await top(test.folder.path, { once: false, json: true }, (page) => void printed.push(page))).toBe(0);
    expect(printed[0]).toMatch(/State +connected over websockets, takes work\n/);
    expect((JSON.parse(printed[1] ?? '') as TopReport).activity?.kinds[0]?.requests).toBeGreaterThanOrEqual(6);
  });

  it('leaves four reports that a reader understands, with what was measured until the stop', async () => {
    await test.agent.stop();
    const files = (await readdir(reports)).sort();
    const read = async (name: string) => {
      const [file = ''] = files.filter((each) => each.startsWith(`${name}-`));
      return parse<Record<string, string>>(await readFile(join(reports, file), 'utf8'), { columns: true });
    };
    expect(files).toHaveLength(Object.keys(REPORT_COLUMNS).length);
    const executions = await read('QueryExecutionReport');
    expect(Object.keys(executions[0] ?? {})).toEqual(REPORT_COLUMNS.QueryExecutionReport);
    expect(executions.map(({ Success, ErrorMessage }) => `${Success}${ErrorMessage}`).slice(0, 4)).toEqual([
      'True',
      'FalseSOURCE_DENIED (source)',
      'FalsePOLICY_DENIED (connector)',
      'True',
    ]);
    expect(executions[0]).toMatchObject({ RequestId: TRACE.traceId, DataSource: 'postgresql:db:5432/d', QueryType: 'listTables' }); // prettier-ignore
    expect((await read('QueryStartReport')).map((row) => row['QueryText(base64)']).join('')).toBe('');
    const counted = await read('QueryExecutionAggregationReport');
    expect(counted.find(({ Success, QueryType }) => Success === 'True' && QueryType === 'listTables')?.['Count']).toBe(
      '4',
    );
    const counters = await read('SystemCounterAggregationReport');
    expect(counters.map(({ CounterName }) => CounterName)).toEqual(['SystemCPUPercent', 'SystemMEMUsedPercent', 'GatewayCPUPercent', 'GatewayMEMKb']); // prettier-ignore
    expect(Number(counters[3]?.['Average'])).toBeGreaterThan(10_000);
    expect(await readActivity(test.folder)).toBeUndefined();
    const everything = await Promise.all(files.map((file) => readFile(join(reports, file), 'utf8')));
    expect(everything.join('')).not.toContain(SECRET);
    await expect(get(port, '/metrics')).rejects.toThrow(/ECONNREFUSED/);
  });
});

function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    asking.on('error', reject).end();
  });
}
