import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FrameKind, sealFrame } from '../../src/contract/frames.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { AgentUnderTest, hanging, text } from '../support/agent-under-test.js';
import type { AskOptions } from '../support/agent-replica.js';
import { until } from '../support/until.js';

describe('writes', () => {
  let test: AgentUnderTest;
  beforeAll(async () => {
    test = await AgentUnderTest.start();
  });
  afterAll(() => test[Symbol.asyncDispose]());
  beforeEach(() => {
    test.connector.requests.length = 0;
    test.connector.script = () => Promise.resolve(text(`run ${test.connector.requests.length}`));
  });

  const write: AskOptions = { operation: { name: 'deleteItem', table: 't', key: '1' }, addressed: true };
  const ask = async (options: AskOptions = {}) => test.replica.answer(await test.replica.ask({ ...write, ...options }));
  const memberQueueIsEmpty = () =>
    until('the message to be completed', () => test.fixture.bus.queue(test.plane.queues.member)?.active === 0);

  it('run once when a replica signed them, off the bus before they run', async () => {
    let activeWhileRunning = -1;
    test.connector.script = () => {
      activeWhileRunning = test.fixture.bus.queue(test.plane.queues.member)?.active ?? -1;
      return Promise.resolve(text('done'));
    };
    expect((await ask()).head).toMatchObject({ status: 'ok' });
    expect(activeWhileRunning).toBe(0);
    expect(test.connector.requests).toHaveLength(1);
  });

  it('are not run without a signature, nor from the shared queue', async () => {
    const unsigned = { status: 'error', error: { code: 'REQUEST_UNSIGNED', outcome: 'not-executed' } };
    expect((await ask({ signed: false })).head).toMatchObject(unsigned);
    expect((await ask({ addressed: false })).head).toMatchObject(unsigned);
    expect(test.connector.requests).toHaveLength(0);
    await memberQueueIsEmpty();
  });

  it('are not run with the signature of another write', async () => {
    const { plane } = test;
    const requestId = randomUUID();
    const stolen = await plane.prove(Buffer.from('another envelope'));
    const head = JSON.stringify({
      contractVersion: 1,
      requestId,
      attempt: 1,
      traceId: 'a'.repeat(32),
      tenantId: plane.tenantId,
      gatewayId: plane.gatewayId,
      memberId: plane.memberId,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      connection: {
        id: randomUUID(),
        target: { kind: 'postgresql', server: 'db', port: 5432, database: 'd' },
        credentialType: 'Anonymous',
        encryption: 'Any',
      },
      operation: write.operation,
    });
    const header = {
      kind: FrameKind.Request,
      attempt: 1,
      frame: 0,
      last: true,
      epoch: plane.keys.epoch,
      requestId,
      memberId: plane.memberId,
    };
    const bytes = sealFrame(plane.keys.requestKey, plane.gatewayId, header, { head, extra: JSON.stringify(stolen) });
    await test.replica.send(plane.queues.member, requestId, requestId, bytes);
    expect((await test.replica.answer(requestId)).head).toMatchObject({ error: { code: 'REQUEST_UNSIGNED' } });
    expect(test.connector.requests).toHaveLength(0);
  });

  it('run once when their message comes twice, at once or later', async () => {
    const requestId = randomUUID();
    await Promise.all([test.replica.ask({ ...write, requestId }), test.replica.ask({ ...write, requestId })]);
    await test.replica.answer(requestId);
    await memberQueueIsEmpty();
    expect(test.connector.requests).toHaveLength(1);
    test.replica.frames.delete(requestId);
    expect((await ask({ requestId })).head).toMatchObject({
      status: 'error',
      error: { code: 'REQUEST_REPEATED', outcome: 'executed' },
    });
    expect(test.connector.requests).toHaveLength(1);
  });

  it('give the same answer again under the same idempotency key, and run once', async () => {
    const idempotencyHash = randomUUID();
    const first = await ask({ idempotencyHash });
    await until('the answer to be kept', async () => (await ask({ idempotencyHash })).head.status === 'ok');
    const second = await ask({ idempotencyHash });
    expect(second.body.toString()).toBe(first.body.toString());
    expect(second.trailer).toEqual(first.trailer);
    expect(test.connector.requests).toHaveLength(1);
    await ask({ idempotencyHash: randomUUID() });
    expect(test.connector.requests).toHaveLength(2);
  });

  it('give it again after a restart, and no plaintext of it lies on the disk', async () => {
    const idempotencyHash = randomUUID();
    const requestId = randomUUID();
    test.connector.script = () => Promise.resolve(text('row-needle-77'));
    await ask({ idempotencyHash, requestId });
    await test.agent.stop();
    const stored = await readFile(test.folder.file(`results/${requestId}`));
    expect(stored.includes('row-needle')).toBe(false);
    await test.run();
    const again = await ask({ idempotencyHash });
    expect(again.body.toString()).toBe('row-needle-77');
    expect(test.connector.requests).toHaveLength(1);
  });

  it('that run while the agent is told to end are finished and answered before it does', async () => {
    const order: string[] = [];
    test.connector.script = async () => {
      await until('the agent to be told', () => order.includes('told'));
      // What the source takes for it.
      await sleep(300);
      order.push('written');
      return text('written');
    };
    const answer = ask();
    await until('the write to run', () => test.connector.requests.length === 1);
    const ended = test.agent.stop().then(() => order.push('ended'));
    order.push('told');
    expect((await answer).body.toString()).toBe('written');
    await ended;
    expect(order).toEqual(['told', 'written', 'ended']);
    await test.run();
  });

  it('may be tried again under the same key when they had no effect', async () => {
    const idempotencyHash = randomUUID();
    test.connector.script = () =>
      Promise.reject(new SourceError('SOURCE_UNREACHABLE', 'down', { outcome: 'not-executed' }));
    expect((await ask({ idempotencyHash })).head).toMatchObject({ error: { code: 'SOURCE_UNREACHABLE' } });
    test.connector.script = () => Promise.resolve(text('now'));
    await until('the second try to run', async () => (await ask({ idempotencyHash })).head.status === 'ok');
  });

  it('say what is known while the first is still running', async () => {
    const idempotencyHash = randomUUID();
    test.connector.script = hanging;
    const first = await test.replica.ask({ ...write, idempotencyHash });
    await until('the first to run', () => test.connector.requests.length === 1);
    expect((await ask({ idempotencyHash })).head).toMatchObject({
      error: { code: 'REQUEST_REPEATED', outcome: 'unknown', details: { state: 'running', requestId: first } },
    });
    await test.replica.control(first, { type: 'cancel', reason: 'caller-gone' });
    await test.replica.answer(first);
  });

  it('that an end of the agent interrupted are unknown, and never run again', async () => {
    const idempotencyHash = randomUUID();
    const requestId = randomUUID();
    const journal = test.folder.file('journal.log');
    let whileRunning: Buffer | undefined;
    test.connector.script = async () => {
      whileRunning = await readFile(journal);
      return text('done');
    };
    await ask({ idempotencyHash, requestId });
    await test.agent.stop();
    // What a kill would have left: the journal as it was while the write ran.
    await writeFile(journal, whileRunning ?? Buffer.alloc(0));
    await test.run();
    test.connector.requests.length = 0;
    expect((await ask({ idempotencyHash })).head).toMatchObject({
      error: { code: 'REQUEST_REPEATED', outcome: 'unknown', details: { state: 'interrupted', requestId } },
    });
    test.replica.frames.delete(requestId);
    expect((await ask({ requestId })).head).toMatchObject({ error: { code: 'REQUEST_REPEATED', outcome: 'unknown' } });
    expect(test.connector.requests).toHaveLength(0);
  });

  it('are refused by an agent whose journal is damaged, which does not start', async () => {
    await ask();
    await ask();
    await test.agent.stop();
    const journal = test.folder.file('journal.log');
    const whole = await readFile(journal);
    const damaged = Buffer.from(whole);
    damaged.writeUInt8(damaged.readUInt8(20) ^ 1, 20);
    await writeFile(journal, damaged);
    await expect(test.run()).rejects.toMatchObject({ reason: 'state' });
    await writeFile(journal, whole);
    await test.run();
    expect((await ask()).head).toMatchObject({ status: 'ok' });
  });
});
