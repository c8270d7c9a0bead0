import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPolicy, type MachinePolicy } from '../../src/gateway-agent/policy/machine-policy.js';
import { AgentUnderTest, hanging, stream, text } from '../support/agent-under-test.js';
import { until } from '../support/until.js';

const silent = pino({ level: 'silent' });

describe('an agent on a machine with a policy', () => {
  let test: AgentUnderTest;
  let policy: MachinePolicy;

  const change = async (rules: string) => {
    await writeFile(
      test.folder.file('policy.yaml'),
      `version: 1\nhosts: ['*', localhost]\n# ${randomUUID()}\n${rules}`,
    );
    const ended = new Promise<void>((done) => { policy.file.onChange(done); }); // prettier-ignore
    await ended;
  };
  const ask = async (change: Parameters<AgentUnderTest['replica']['ask']>[0] = {}) =>
    (await test.replica.answer(await test.replica.ask(change))).head;
  const denied = (rule: string) => ({ status: 'error', error: { code: 'POLICY_DENIED', hop: 'connector', outcome: 'not-executed', details: { rule } } }); // prettier-ignore

  beforeAll(async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    await writeFile(test.folder.file('policy.yaml'), "version: 1\nhosts: ['*', localhost]\n");
    policy = await openPolicy({ stateDir: test.folder.path }, silent);
    await test.run({ policy });
  });
  afterEach(() => {
    test.connector.script = () => Promise.resolve(text('ok'));
    test.connector.requests.length = 0;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it('asks it before anything is opened, from one request to the next', async () => {
    expect(await ask()).toMatchObject({ status: 'ok' });
    test.connector.requests.length = 0;
    await change('operations: [test]\n');
    expect(await ask()).toMatchObject(denied('operations'));
    expect(test.connector.requests).toHaveLength(0);
    // A change is told at once, and with it what was refused.
    await change('');
    await until('the refusal to be counted', () =>
      test.plane.heartbeats.some(({ refusals }) => (refusals?.operations ?? 0) > 0),
    );
    expect(JSON.stringify(test.plane.heartbeats)).not.toContain('localhost');
  });

  it('hands on the bound for rows, and stops an answer with too many bytes', async () => {
    await change('maxRows: 7\nmaxBytes: 1000\n');
    expect(await ask()).toMatchObject({ status: 'ok' });
    expect(test.connector.requests[0]?.limits).toEqual({ rows: 7 });
    test.connector.script = () => Promise.resolve({ body: stream([Buffer.alloc(1000), Buffer.alloc(1)]) });
    const id = await test.replica.ask();
    const answer = await test.replica.answer(id);
    expect(JSON.stringify([answer.head, answer.trailer])).toContain('"rule":"maxBytes"');
    test.connector.script = () => Promise.resolve({ body: stream([Buffer.alloc(1000)]) });
    expect(await ask()).toMatchObject({ status: 'ok' });
  });

  it('keeps the last one that was valid, and tells the cloud that the file is not', async () => {
    await change('readOnly: true\n');
    await change('nonsense\n');
    await until('the notice', () => test.plane.heartbeats.at(-1)?.notices?.includes('policy-invalid'));
    expect(policy.file.current.text.readOnly).toBe(true);
    await change('readOnly: false\n');
    await until('the notice to go', () => test.plane.heartbeats.at(-1)?.notices === undefined);
  });
});

describe('an agent with one connection that floods it', () => {
  it('still serves the others, and answers what is too much at once', async () => {
    await using test = await AgentUnderTest.start({ maxInFlight: 6, maxPerConnection: 4 });
    const flooding = randomUUID();
    const isFlood = (id: string) => id === flooding;
    test.connector.script = (request) =>
      isFlood(request.connectionId) ? hanging(request) : Promise.resolve(text('served'));
    const flood = await Promise.all(
      Array.from({ length: 60 }, () => test.replica.ask({ connection: { id: flooding }, operation: { name: 'test' } })),
    );
    await until('the flood to have its share', () => test.connector.requests.length >= 4);
    const startedAt = performance.now();
    for (let turn = 0; turn < 5; turn += 1) {
      const { head } = await test.replica.answer(await test.replica.ask());
      expect(head).toMatchObject({ status: 'ok' });
    }
    // Far below the time that anything of the flood takes.
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(test.connector.requests.filter(({ connectionId }) => isFlood(connectionId))).toHaveLength(4);
    const ids = new Set(flood);
    const busy = await Promise.all([...ids].slice(4).map(async (id) => (await test.replica.answer(id)).head));
    for (const head of busy)
      expect(head).toMatchObject({ status: 'error', error: { code: 'GATEWAY_BUSY', outcome: 'not-executed' } });
    for (const id of flood.slice(0, 4)) await test.replica.control(id, { type: 'cancel', reason: 'caller-gone' });
  });
});
