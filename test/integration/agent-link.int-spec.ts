import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { workQueue } from '../../src/contract/queues.js';
import { AgentReplica } from '../support/agent-replica.js';
import { AgentUnderTest, hanging, text } from '../support/agent-under-test.js';
import { until } from '../support/until.js';

describe('the link to the relay', () => {
  let test: AgentUnderTest | undefined;
  afterEach(() => test?.[Symbol.asyncDispose]());

  const answers = async (agent: AgentUnderTest) =>
    (await agent.replica.answer(await agent.replica.ask())).body.toString() === 'ok';

  it('comes back by itself when the broker cuts every connection', async () => {
    test = await AgentUnderTest.start();
    for (let round = 0; round < 3; round += 1) {
      test.fixture.bus.dropConnections();
      await sleep(300);
      await test.replica.stop();
      test.replica = await AgentReplica.start(test.plane, test.fixture);
      expect(await answers(test)).toBe(true);
    }
  });

  it('falls back to AMQP over TLS when asked, with the installation’s own certificate authority', async () => {
    test = await AgentUnderTest.start({ transport: 'amqp' });
    expect(await answers(test)).toBe(true);
    expect(test.logs.some((line) => line.includes('"transport":"amqp"'))).toBe(true);
  });

  it('moves when its epoch is over, and takes nothing under the old keys any more', async () => {
    test = await AgentUnderTest.start();
    const { plane } = test;
    const old = plane.keys;
    await plane.moveEpoch();
    await until(
      'a heartbeat of the new epoch',
      () => plane.heartbeats.at(-1)?.epoch === 2 && plane.heartbeats.at(-1)?.receiving,
    );
    expect(await answers(test)).toBe(true);
    const requestId = await test.replica.ask({ requestKey: old.requestKey });
    await until('the old key to be refused', () => test?.fixture.bus.queue(plane.queues.work)?.deadLettered === 1);
    expect(test.replica.frames.get(requestId)).toEqual([]);
  });

  it('hears of a new epoch by its heartbeat too, while the old queues are still there', async () => {
    test = await AgentUnderTest.start();
    const { plane } = test;
    plane.keys = { ...plane.keys, epoch: 2 };
    await plane.provision();
    await until(
      'a heartbeat of the new epoch',
      () => plane.heartbeats.at(-1)?.epoch === 2 && plane.heartbeats.at(-1)?.receiving,
    );
    expect(await answers(test)).toBe(true);
    expect(test.fixture.bus.queueNames()).toContain(workQueue(plane.gatewayId, 1));
  }, 40_000);

  it('takes shared work only while the control plane wants it, and control all the same', async () => {
    test = await AgentUnderTest.start();
    const { plane, replica } = test;
    plane.receiveReads = false;
    await replica.control(crypto.randomUUID(), { type: 'refresh' });
    await until('the agent to step back', () => plane.heartbeats.at(-1)?.receiving === false);
    const waiting = await replica.ask();
    const probe = crypto.randomUUID();
    await replica.control(probe, { type: 'probe' });
    expect((await replica.answer(probe)).head).toEqual({ status: 'ok' });
    expect(test.connector.requests).toHaveLength(0);
    plane.receiveReads = true;
    await replica.control(crypto.randomUUID(), { type: 'refresh' });
    expect((await replica.answer(waiting)).body.toString()).toBe('ok');
  });

  it('stays, and the agent with it, while the control plane is away', async () => {
    test = await AgentUnderTest.start();
    for (const path of ['heartbeats', 'session', 'tokens']) {
      test.plane.refusals.set(path, { status: 503, code: 'DATABASE_UNAVAILABLE' });
    }
    await test.replica.control(crypto.randomUUID(), { type: 'refresh' });
    await until('the agent to notice', () => test?.logged('control-plane-failing'));
    expect(await answers(test)).toBe(true);
    test.plane.refusals.clear();
    await test.replica.control(crypto.randomUUID(), { type: 'refresh' });
    await until('the agent to notice', () => test?.logged('control-plane-back'));
  });

  it('is found once the control plane is there, however late', async () => {
    test = await AgentUnderTest.prepare();
    await test.register();
    test.plane.refusals.set('tokens', { status: 503, code: 'DATABASE_UNAVAILABLE' });
    const running = test.run();
    await until('the agent to say so', () => test?.logged('not-connected'));
    test.plane.refusals.clear();
    await running;
    expect(await answers(test)).toBe(true);
  });

  it('ends for good when a newer start of the same agent took over', async () => {
    test = await AgentUnderTest.start();
    test.plane.refusals.set('heartbeats', { status: 409, code: 'INSTANCE_SUPERSEDED' });
    await test.replica.control(crypto.randomUUID(), { type: 'refresh' });
    await until('the agent to give way', () => test?.logged('superseded'));
    await test.replica.ask();
    await sleep(500);
    expect(test.connector.requests).toHaveLength(0);
  });

  it('finishes what is under way when it is stopped, and takes no more', async () => {
    test = await AgentUnderTest.start();
    let finish: () => void = () => undefined;
    test.connector.script = async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return text('finished');
    };
    const requestId = await test.replica.ask();
    await until('the read to be under way', () => test?.connector.requests.length === 1);
    const stopping = test.agent.stop();
    await until('the agent to say that it drains', () => test?.plane.heartbeats.at(-1)?.draining);
    await test.replica.ask();
    finish();
    expect((await test.replica.answer(requestId)).body.toString()).toBe('finished');
    await stopping;
    expect(test.connector.requests).toHaveLength(1);
    expect(await test.folder.read('agent.lock')).toBeUndefined();
    expect(await test.folder.read('status.json')).toBeUndefined();
  });

  it('does not wait for ever for what is under way', async () => {
    test = await AgentUnderTest.start();
    test.connector.script = hanging;
    const requestId = await test.replica.ask();
    await until('the read to be under way', () => test?.connector.requests.length === 1);
    const before = Date.now();
    await test.agent.stop();
    expect(Date.now() - before).toBeLessThan(10_000);
    expect((await test.replica.answer(requestId)).head).toMatchObject({ error: { code: 'AGENT_FAILED' } });
  }, 30_000);
});

describe('on Microsoft’s emulator', () => {
  it('works over plain TCP with its connection string, on the queues it is given', async () => {
    await using test = await AgentUnderTest.prepare({ emulator: true });
    await test.register();
    await test.run();
    expect((await test.replica.answer(await test.replica.ask())).body.toString()).toBe('ok');
    expect(test.logs.some((line) => line.includes('"transport":"emulator"'))).toBe(true);
  });
});
