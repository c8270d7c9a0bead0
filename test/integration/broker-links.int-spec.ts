import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScopedCredential } from '../../src/relay-broker/scoped-credential.js';
import { bytesOf, dispatchOf, RelayFixture } from '../support/relay.js';
import { until } from '../support/until.js';

describe('links to the broker', () => {
  let relay: RelayFixture;
  beforeEach(async () => {
    relay = await RelayFixture.start();
  });
  afterEach(() => relay.stop());

  it('are found again after the broker cut them, and the next request is served', async () => {
    const broker = await relay.broker();
    const { link } = await relay.gateway();
    await bytesOf((await broker.dispatch(dispatchOf(link))).body);
    relay.bus.dropConnections();
    const answer = await until('an answer after the cut', async () => {
      const signal = AbortSignal.timeout(8_000);
      return broker.dispatch(dispatchOf(link, { signal })).then(
        ({ body }) => bytesOf(body),
        () => false as const,
      );
    });
    expect(answer.toString()).toBe('[]');
    expect(broker.isReady('weu')).toBe(true);
  });

  it('fail what may have been lost with them: a read may be sent again, of a write nothing is known', async () => {
    const broker = await relay.broker();
    const { link, members } = await relay.gateway();
    const { memberId } = members[0]!.options;
    members[0]!.behaviour = async () => undefined;
    const operation = { name: 'deleteItem', table: 't', key: '1' } as const;
    const read = broker.dispatch(dispatchOf(link));
    const write = broker.dispatch(dispatchOf(link, { memberId, operation }));
    await until('both requests', () => members[0]!.requests.length === 2);
    relay.bus.dropConnections();
    await Promise.all([
      expect(read).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', outcome: 'not-executed' }),
      expect(write).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE', outcome: 'unknown' }),
    ]);
    expect(broker.pending).toBe(0);
  });

  it('that stay away fail requests within seconds, and new ones at once', async () => {
    const broker = await relay.broker();
    const { link, members } = await relay.gateway();
    members[0]!.behaviour = async () => undefined;
    const waiting = broker.dispatch(dispatchOf(link));
    const failed = expect(waiting).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await until('the request', () => members[0]!.requests.length === 1);
    await relay.bus.stop();
    const began = Date.now();
    await failed;
    expect(Date.now() - began).toBeLessThan(15_000);
    await until('the loss', () => !broker.isReady('weu'));
    await expect(broker.dispatch(dispatchOf(link))).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
      outcome: 'not-sent',
    });
    await expect(broker.probe(link, [members[0]!.options.memberId], 300)).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
    });
  });

  it('get a new reply queue when theirs was deleted', async () => {
    const replicaId = randomUUID();
    const broker = await relay.broker(replicaId);
    const { link } = await relay.gateway();
    await relay.provisioner.releaseReplyPlace(replicaId);
    const isBack = (): boolean => relay.bus.queueNames().includes(`rp/c1.00000001/${replicaId}`);
    await until('a new queue', () => isBack() && broker.isReady('weu'));
    expect((await bytesOf((await broker.dispatch(dispatchOf(link))).body)).toString()).toBe('[]');
  });

  it('go with their reply queue at the end', async () => {
    const replicaId = randomUUID();
    const broker = await relay.broker(replicaId);
    const { connections } = relay.bus;
    await broker.stop();
    expect(broker.isReady('weu')).toBe(false);
    expect(relay.bus.queueNames()).toEqual([]);
    await until('no connection', () => relay.bus.connections < connections);
  });
});

describe('what links carry', () => {
  let relay: RelayFixture;
  beforeAll(async () => {
    relay = await RelayFixture.start();
  });
  afterAll(() => relay.stop());

  it('is never held back by Nagle: every socket to the broker has it off, once it is connected', async () => {
    const set: boolean[] = [];
    const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay').mockImplementation(function (this: Socket, on) {
      if (this.remotePort === relay.bus.port) set.push(on === true && !this.connecting);
      return this;
    });
    const broker = await relay.broker();
    setNoDelay.mockRestore();
    expect(broker.isReady('weu')).toBe(true);
    expect(set).toContain(true);
  });

  it('leaves in one batch when it was sent within one turn of the event loop', async () => {
    let batches = 0;
    const counting = await RelayFixture.start({
      tap: (direction, queue) => void (direction === 'in' && queue.endsWith('/work') && (batches += 1)),
    });
    try {
      const broker = await counting.broker();
      const { link, members } = await counting.gateway();
      await bytesOf((await broker.dispatch(dispatchOf(link))).body);
      await Promise.all(
        Array.from({ length: 50 }, async () => bytesOf((await broker.dispatch(dispatchOf(link))).body)),
      );
      expect(members[0]!.requests).toHaveLength(51);
      expect(batches).toBe(2);
    } finally {
      await counting.stop();
    }
  });

  it('needs no right beyond a replica: its tokens open neither another reply queue nor a work queue to read', async () => {
    const replyPlace = 'rp/c1.00000001/me';
    const { endpoint, keys } = relay.namespace;
    const credential = new ScopedCredential(endpoint, keys.controlPlane, replyPlace);
    const scope = async (path: string): Promise<string | undefined> =>
      decodeURIComponent(/sr=([^&]+)/.exec((await credential.getToken(`${endpoint}/${path}`)).token)?.[1] ?? '');
    expect(await scope(replyPlace)).toBe(`${endpoint}/${replyPlace}`);
    expect(await scope('gw/1/2/work')).toBe(`${endpoint}/gw/`);
    await expect(scope('rp/c1.00000001/other')).rejects.toThrow('no token');
  });

  it('drains dead letters and says how many', async () => {
    const { link, members } = await relay.gateway(1, []);
    const { gatewayId, epoch } = link;
    const { memberId, queues } = members[0]!.options;
    const address = { namespace: 'weu', gatewayId, epoch, memberId };
    const broker = await relay.broker();
    const waiting = broker.dispatch(dispatchOf(link, { signal: AbortSignal.timeout(1_500) })).catch(() => undefined);
    const receiver = (await relay.memberClient(address)).createReceiver(queues.work);
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5_000 });
    await receiver.deadLetterMessage(message!, { deadLetterReason: 'UNREADABLE', deadLetterErrorDescription: '' });
    await receiver.close();
    await until('the dead letter', () => relay.bus.queue(queues.work)?.deadLettered === 1);
    expect(await relay.provisioner.drainDeadLetters([address])).toBe(1);
    expect(relay.bus.queue(queues.work)).toMatchObject({ active: 0, deadLettered: 0 });
    expect(await relay.provisioner.drainDeadLetters()).toBe(0);
    await waiting;
  });

  it('can be WebSockets on the same port', async () => {
    const sockets = await RelayFixture.start({}, 'websockets');
    try {
      const broker = await sockets.broker();
      const { link } = await sockets.gateway();
      expect((await bytesOf((await broker.dispatch(dispatchOf(link))).body)).toString()).toBe('[]');
    } finally {
      await sockets.stop();
    }
  });
});
