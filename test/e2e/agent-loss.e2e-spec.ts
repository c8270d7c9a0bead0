import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack } from '../support/e2e-stack.js';
import { until } from '../support/until.js';

/** The promise: an end within this time, in milliseconds, whenever the agent dies. */
const PROMISED_MS = 20_000;

describe('when the agent is killed', () => {
  let stack: E2eStack;
  const native = (): string =>
    `/apim/postgresql/${stack.connection('contoso.warehouse')}/v2/datasets/default/query/sql`;
  const kill = (): void =>
    void process.kill(stack.description.processes.agents['contoso.hq']?.pid ?? Number.NaN, 'SIGKILL');

  beforeAll(async () => {
    stack = await E2eStack.start();
  });
  afterAll(() => stack?.stop());

  const serves = async (): Promise<void> => {
    const { table } = stack.sample;
    await until(
      'the gateway serves again',
      async () => (await stack.ask('contoso.maker', 'GET', stack.items(table, '?$top=1'))).status === 200,
      30_000,
    );
  };

  it('answers a read that had not begun with hop and outcome', async () => {
    await serves();
    // A table lock held outside keeps the read from its first row.
    const release = await stack.lockSampleTable();
    const { table } = stack.sample;
    const startedAt = Date.now();
    const reading = stack.ask('contoso.maker', 'GET', stack.items(table, '?$top=5'));
    await until('the read waits at the source', async () => (await stack.waitingStatements()) > 0);
    kill();
    const { status, body } = await reading;
    await release();
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);
    expect({ status, body }).toMatchObject({
      status: 503,
      body: { code: 'GATEWAY_OFFLINE', hop: 'member', outcome: 'not-executed', retryable: true },
    });
    expect((body as { remedy: string }).remedy).not.toBe('');

    await stack.stack.startAgent('contoso.hq');
    await serves();
  });

  it('says unknown of a write that was being executed', async () => {
    const { table, key } = stack.sample;
    const release = await stack.lockSampleTable();
    const writing = stack.ask('contoso.maker', 'POST', native(), {
      json: { query: `DELETE FROM ${table} WHERE ${key} = -1` },
    });
    await until('the write waits at the source', async () => (await stack.waitingStatements()) > 0);
    kill();
    const { status, body } = await writing;
    await release();
    expect(status).toBeGreaterThanOrEqual(500);
    expect(body).toMatchObject({ outcome: 'unknown' });

    await stack.stack.startAgent('contoso.hq');
    await serves();
  });

  it('aborts an answer that had begun, never closes it as if complete, and tells afterwards', async () => {
    const answer = await stack.fetch('contoso.maker', 'POST', native(), {
      json: { query: `SELECT n, repeat('x', 10000) AS filler FROM generate_series(1, 200000) n` },
    });
    expect(answer.status).toBe(200);
    const traceId = answer.headers.get('x-ms-request-id') ?? '';
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    const reader = answer.body?.getReader();
    await reader?.read();
    const startedAt = Date.now();
    kill();
    const readOn = async (): Promise<void> => {
      for (;;) if ((await reader?.read())?.done === true) return;
    };
    await expect(readOn()).rejects.toThrow(/terminated|aborted|closed/);
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);

    const record = await until('the request is recorded', async () => {
      const found = await stack.ask('contoso.maker', 'GET', `/v1/requests/${traceId}`);
      return found.status === 200 ? found.body : undefined;
    });
    expect(record).toMatchObject({ traceId, status: 'aborted' });

    await stack.stack.startAgent('contoso.hq');
    await serves();
  });

  it('refuses at once while no member is online, naming the gateway', async () => {
    kill();
    const { table } = stack.sample;
    const startedAt = Date.now();
    const { status, body } = await stack.ask('contoso.maker', 'GET', stack.items(table, '?$top=1'));
    expect({ status, body }).toMatchObject({ status: 503, body: { code: 'GATEWAY_OFFLINE' } });
    expect(Date.now() - startedAt).toBeLessThan(PROMISED_MS);
    await stack.stack.startAgent('contoso.hq');
    await serves();
  });
});
