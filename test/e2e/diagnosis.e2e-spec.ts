import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiagnosisReport } from '../../src/contract/diagnosis.js';
import { E2eStack } from '../support/e2e-stack.js';
import { until } from '../support/until.js';

/** Control plane, relay, agent process and sources, all real: an administrator looks at a machine from afar. */
describe('a member that is looked at', () => {
  let stack: E2eStack;
  let member: string;
  beforeAll(async () => {
    stack = await E2eStack.start();
    const gateway = `/v1/gateways/${stack.description.gateways['contoso.hq']?.id ?? ''}`;
    const { body } = await stack.ask('contoso.admin', 'GET', `${gateway}/members`);
    member = `${gateway}/members/${(body as { value: { id: string }[] }).value[0]?.id ?? ''}`;
  });
  afterAll(() => stack?.stop());

  it('tells how it and every source of its gateway are', async () => {
    expect((await stack.ask('contoso.maker', 'POST', `${member}/diagnosis`)).status).toBe(403);
    const started = await stack.ask('contoso.admin', 'POST', `${member}/diagnosis`);
    expect(started.status, JSON.stringify(started.body)).toBe(202);
    const report = await until('the report', async () => {
      const { body } = await stack.ask('contoso.admin', 'GET', `${member}/diagnosis`);
      const { state, report } = body as { state: string; report?: DiagnosisReport };
      return state === 'Finished' && report;
    });
    const faults = report.findings.filter(({ verdict }) => verdict === 'fail');
    expect(faults, JSON.stringify(faults)).toEqual([]);
    const sources = report.findings.filter(({ check }) => check === 'source').map(({ seen }) => seen);
    expect(sources.length).toBeGreaterThan(1);
    for (const seen of sources) expect(seen).toMatch(/^answers; (?:good|fair|slow)$/);
    expect(report.findings.find(({ check }) => check === 'relay')?.seen).toMatch(/^answers this member/);
  });

  it('shows its log while it is written, as its operator allows', async () => {
    expect((await stack.ask('contoso.maker', 'POST', `${member}/logTail`, { json: {} })).status).toBe(403);
    const started = await stack.ask('contoso.admin', 'POST', `${member}/logTail`, { json: { durationSeconds: 30 } });
    expect(started.status, JSON.stringify(started.body)).toBe(202);
    const look = async () => {
      const { body } = await stack.ask('contoso.admin', 'GET', `${member}/logTail`);
      return body as { state: string; reason?: string; lines: string[] };
    };
    await until('the member to begin', async () => (await look()).state === 'open');
    // What makes the agent write a line: something asked for that it tells of.
    await until('a line', async () => (await look()).lines.some((line) => line.includes('"log-tail-started"')));
    const stopped = await stack.ask('contoso.admin', 'DELETE', `${member}/logTail`);
    expect(stopped.status).toBe(200);
    expect(await look()).toMatchObject({ state: 'ended', reason: 'stopped' });
  });
});
