import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogTap } from '../../src/gateway-agent/support/log-tap.js';
import { localContext } from '../../src/gateway-agent/doctor/local-context.js';
import { diagnose } from '../../src/gateway-agent/doctor/diagnose.js';
import { AgentUnderTest, text } from '../support/agent-under-test.js';
import { until } from '../support/until.js';

describe('a running agent that is looked at', () => {
  const tap = new LogTap();
  let test: AgentUnderTest;
  let revision = 0;
  beforeAll(async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    const log = pino({ level: 'info' }, tap.over({ write: (line: string) => void test.logs.push(line) }));
    await test.run({ log, logTap: tap });
  });
  afterAll(() => test[Symbol.asyncDispose]());

  const want = async (wanted: object) => {
    revision += 1;
    await test.plane.want({ revision, ...wanted });
    await test.replica.control(randomUUID(), { type: 'refresh' });
  };

  it('makes a diagnosis when the control plane wants one, once, with its own connections', async () => {
    test.connector.script = () => Promise.resolve(text('fine'));
    const target = { kind: 'postgresql', server: '127.0.0.1', port: test.fixture.bus.port, database: 'd' } as const;
    const connection = { id: randomUUID(), displayName: 'orders', target, encryption: 'Any', credentialType: 'Anonymous' } as const; // prettier-ignore
    test.plane.connections = [connection];
    const id = randomUUID();
    await want({ diagnosis: { id } });
    const report = await until('the report', () => test.plane.diagnoses.get(id));
    expect(report.findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(report.findings.find(({ check }) => check === 'agent')?.seen).toMatch(/^it runs, connected over websockets/);
    expect(report.findings.find(({ check }) => check === 'source')).toMatchObject({ subject: `orders (${connection.id})`, seen: expect.stringMatching(/^answers/) }); // prettier-ignore
    expect(test.connector.requests.at(-1)).toMatchObject({ operation: { name: 'test' }, connectionId: connection.id });
    const asked = test.connector.requests.length;
    // What a heartbeat's answer wants is taken up before the next heartbeat but one.
    for (let round = 0; round < 2; round += 1) {
      const beats = test.plane.heartbeats.length;
      await want({ diagnosis: { id } });
      await until('another heartbeat', () => test.plane.heartbeats.length > beats);
    }
    expect(test.connector.requests).toHaveLength(asked);
  });

  it('keeps its link and its number while somebody runs doctor beside it', async () => {
    const before = test.plane.startsOf(test.plane.memberId);
    await using local = await localContext({
      stateDir: test.folder.path,
      logLevel: 'silent',
      machine: test.machine,
      isProduction: false,
      controlPlane: undefined,
      caFile: undefined,
    });
    test.plane.connections = [];
    const report = await diagnose(local.context);
    expect(report.findings.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(report.findings.find(({ check }) => check === 'relay')?.seen).toMatch(/^answers this member/);
    expect(test.plane.startsOf(test.plane.memberId)).toBe(before);
    expect(test.logged('superseded')).toBe(false);
    expect((await test.replica.answer(await test.replica.ask())).body.toString()).toBe('fine');
  });

  it('shows its log to nobody whom its operator did not allow', async () => {
    const id = randomUUID();
    await want({ logTail: { id, requestedBy: randomUUID(), until: new Date(Date.now() + 60_000).toISOString() } });
    await until('an answer', () => test.plane.logTails.some((told) => told.id === id));
    expect(test.plane.logTails.map(({ body }) => body)).toEqual([{ state: 'refused', reason: 'policy' }]);
    expect(test.logged('log-tail-refused')).toBe(true);
  });
});
