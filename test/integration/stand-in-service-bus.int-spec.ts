import { randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CreateQueueOptions, ServiceBusClient, ServiceBusReceivedMessage } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signToken } from '../../src/dev-stack/service-bus/token.js';
import { RawPeer } from '../support/raw-amqp-peer.js';
import { LISTEN, MANAGE, SEND, ServiceBusFixture } from '../support/service-bus-fixture.js';
import { until as untilNamed } from '../support/until.js';

const WAIT = { maxWaitTimeInMs: 3000 };
const SHORT_WAIT = { maxWaitTimeInMs: 200 };

let fixture: ServiceBusFixture;
let client: ServiceBusClient;
const crossed: { direction: string; queue: string; raw: Buffer }[] = [];

beforeAll(async () => {
  fixture = await ServiceBusFixture.start({
    emulatorPort: 0,
    emulatorQueues: ['jobs', 'replies', 'drained'],
    tap: (direction, queue, raw) => crossed.push({ direction, queue, raw }),
  });
  client = fixture.client();
});
afterAll(() => fixture.stop());

/** A wait whose failure is told by the test's own name. */
const until = (ask: () => boolean, timeoutMs = 20_000) => untilNamed('the stand-in to get there', ask, timeoutMs);

async function makeQueue(options?: CreateQueueOptions): Promise<string> {
  const name = `test/${randomUUID()}`;
  await fixture.admin().createQueue(name, options);
  return name;
}

async function send(queue: string, ...bodies: string[]): Promise<void> {
  const sender = client.createSender(queue);
  await sender.sendMessages(bodies.map((body) => ({ body })));
  await sender.close();
}

async function receiveOne(
  queue: string,
): Promise<{ message: ServiceBusReceivedMessage; receiver: ReturnType<ServiceBusClient['createReceiver']> }> {
  const receiver = client.createReceiver(queue);
  const [message] = await receiver.receiveMessages(1, WAIT);
  if (!message) throw new Error(`nothing to receive on ${queue}`);
  return { message, receiver };
}

function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function tokenFor(rule: typeof MANAGE, path: string, expiresAt = inSeconds(3600)): string {
  return signToken(rule, `sb://localhost:${fixture.bus.port}/${path}`, expiresAt);
}

describe('each transport', () => {
  it.each(['WebSockets', 'plain TCP of the emulator'])('carries both receive modes over %s', async (transport) => {
    const plain = transport !== 'WebSockets';
    const bus = plain ? fixture.emulatorClient() : client;
    const queue = plain ? 'jobs' : await makeQueue();
    const sender = bus.createSender(queue);
    await sender.sendMessages({
      body: Buffer.from('one'),
      correlationId: 'c-1',
      applicationProperties: { hop: 'agent' },
    });
    await sender.sendMessages({ body: Buffer.from('two') });

    const locking = bus.createReceiver(queue, { skipParsingBodyAsJson: true });
    const [first] = await locking.receiveMessages(1, WAIT);
    expect(first).toMatchObject({ correlationId: 'c-1', applicationProperties: { hop: 'agent' }, deliveryCount: 0 });
    expect(Buffer.from(first?.body as Buffer).toString()).toBe('one');
    if (first) await locking.completeMessage(first);

    const [second] = await bus.createReceiver(queue, { receiveMode: 'receiveAndDelete' }).receiveMessages(1, WAIT);
    expect(Buffer.from(second?.body as Buffer).toString()).toBe('two');
    await until(() => fixture.bus.queue(queue)?.active === 0);
  });

  /** rhea's client has no option for a CA, and Node 20 reads extra ones only at process start: hence a process of its own. */
  it('carries AMQP over TLS, with the CA from NODE_EXTRA_CA_CERTS', async () => {
    const queue = await makeQueue();
    const folder = await mkdtemp(join(tmpdir(), 'stand-in-'));
    try {
      await writeFile(join(folder, 'ca.pem'), fixture.certificates.ca);
      const script = `
        import { ServiceBusClient } from '@azure/service-bus';
        const client = new ServiceBusClient(process.env.BUS);
        await client.createSender(process.env.QUEUE).sendMessages({ body: 'over TLS' });
        const receiver = client.createReceiver(process.env.QUEUE);
        const [message] = await receiver.receiveMessages(1);
        await receiver.completeMessage(message);
        process.stdout.write(message.body);
        await client.close();`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
        env: {
          ...process.env,
          NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
          BUS: fixture.connectionString(),
          QUEUE: queue,
        },
        timeout: 20_000,
      });
      expect(stdout).toBe('over TLS');
      expect(fixture.bus.queue(queue)?.active).toBe(0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('shows every message that crosses to the tap, both ways', async () => {
    const queue = await makeQueue();
    await send(queue, 'needle-41c7');
    await receiveOne(queue);
    const seen = crossed.filter((message) => message.queue === queue && message.raw.includes('needle-41c7'));
    expect(seen.map(({ direction }) => direction)).toEqual(['in', 'out']);
  });
});

describe('the emulator port', () => {
  it('takes ten connections and refuses the eleventh', async () => {
    const before = fixture.bus.connections;
    const clients = Array.from({ length: 12 }, () => fixture.emulatorClient());
    const results = await Promise.allSettled(
      clients.map((bus) => bus.createSender('replies').sendMessages({ body: 'x' })),
    );
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThanOrEqual(2);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(8);
    // One emulator client of an earlier test may still be connected.
    expect(fixture.bus.connections - before).toBeLessThanOrEqual(10);
    await Promise.all(clients.map((bus) => bus.close()));
  });

  it('knows one key, and none of the queues of the namespace', async () => {
    const queue = await makeQueue();
    await expect(
      fixture.emulatorClient('wrong').createSender('jobs').sendMessages({ body: 'x' }),
    ).rejects.toMatchObject({
      code: 'UnauthorizedAccess',
    });
    await expect(fixture.emulatorClient().createSender(queue).sendMessages({ body: 'x' })).rejects.toMatchObject({
      code: 'MessagingEntityNotFound',
    });
  });
});

describe('sending', () => {
  it('takes batches, and keeps their order', async () => {
    const queue = await makeQueue();
    const sender = client.createSender(queue);
    const batch = await sender.createMessageBatch();
    expect(batch.maxSizeInBytes).toBe(262_144);
    for (let i = 0; i < 50; i++) expect(batch.tryAddMessage({ body: i })).toBe(true);
    await sender.sendMessages(batch);
    const messages = await client.createReceiver(queue).receiveMessages(50, WAIT);
    expect(messages.map(({ body }) => body as number)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(50);
  });

  it('refuses a message above 256 KB and serves the link on', async () => {
    const queue = await makeQueue();
    const sender = client.createSender(queue);
    await expect(sender.sendMessages({ body: Buffer.alloc(300_000) })).rejects.toMatchObject({
      code: 'MessageSizeExceeded',
    });
    await sender.sendMessages({ body: Buffer.alloc(250_000, 7) });
    const { message } = await receiveOne(queue);
    expect(Buffer.alloc(250_000, 7).equals(message.body as Buffer)).toBe(true);
  });

  it('drops a message whose id it has seen within the window', async () => {
    const queue = await makeQueue({ requiresDuplicateDetection: true });
    const sender = client.createSender(queue);
    for (const body of ['first', 'again']) await sender.sendMessages({ body, messageId: 'same' });
    await sender.sendMessages({ body: 'other', messageId: 'different' });
    const messages = await client.createReceiver(queue).receiveMessages(3, { maxWaitTimeInMs: 500 });
    expect(messages.map(({ body }) => body as string)).toEqual(['first', 'other']);
  });

  it('schedules for later and lets the schedule be cancelled', async () => {
    const queue = await makeQueue();
    const sender = client.createSender(queue);
    const [kept, cancelled] = await sender.scheduleMessages(
      [{ body: 'kept' }, { body: 'cancelled' }],
      new Date(Date.now() + 700),
    );
    if (cancelled) await sender.cancelScheduledMessages(cancelled);
    const receiver = client.createReceiver(queue);
    expect(await receiver.receiveMessages(1, SHORT_WAIT)).toEqual([]);
    const [peeked] = await receiver.peekMessages(5);
    expect(peeked).toMatchObject({ state: 'scheduled', sequenceNumber: kept });
    const messages = await receiver.receiveMessages(2, WAIT);
    expect(messages.map(({ body }) => body as string)).toEqual(['kept']);
  });
});

describe('receiving', () => {
  it('gives an abandoned message again, with its changed properties and a higher count', async () => {
    const queue = await makeQueue();
    await send(queue, 'try me');
    const { message, receiver } = await receiveOne(queue);
    await receiver.abandonMessage(message, { attempt: 'first' });
    const [again] = await receiver.receiveMessages(1, WAIT);
    expect(again).toMatchObject({ body: 'try me', deliveryCount: 1, applicationProperties: { attempt: 'first' } });
  });

  it('moves a message that failed too often to the dead-letter queue', async () => {
    const queue = await makeQueue({ maxDeliveryCount: 2 });
    await send(queue, 'poison');
    const receiver = client.createReceiver(queue);
    for (let i = 0; i < 2; i++)
      for (const message of await receiver.receiveMessages(1, WAIT)) await receiver.abandonMessage(message);
    const dead = client.createReceiver(queue, { subQueueType: 'deadLetter' });
    const [message] = await dead.receiveMessages(1, WAIT);
    expect(message).toMatchObject({
      body: 'poison',
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deadLetterSource: queue,
    });
  });

  it('dead-letters on request, with reason and properties, and lets the dead letter be completed', async () => {
    const queue = await makeQueue();
    await send(queue, 'unreadable');
    const { message, receiver } = await receiveOne(queue);
    const details = { deadLetterReason: 'REPLY_INVALID', deadLetterErrorDescription: 'no envelope', size: 42 };
    await receiver.deadLetterMessage(message, details);
    expect(fixture.bus.queue(queue)).toMatchObject({ active: 0, deadLettered: 1 });
    const dead = client.createReceiver(queue, { subQueueType: 'deadLetter' });
    const [letter] = await dead.receiveMessages(1, WAIT);
    expect(letter).toMatchObject({
      deadLetterReason: 'REPLY_INVALID',
      deadLetterErrorDescription: 'no envelope',
      applicationProperties: { size: 42 },
    });
    if (letter) await dead.completeMessage(letter);
    await until(() => fixture.bus.queue(queue)?.deadLettered === 0);
  });

  it('keeps a deferred message until it is asked for by number', async () => {
    const queue = await makeQueue();
    await send(queue, 'later');
    const { message, receiver } = await receiveOne(queue);
    await receiver.deferMessage(message);
    expect(await receiver.receiveMessages(1, SHORT_WAIT)).toEqual([]);
    if (!message.sequenceNumber) throw new Error('no sequence number');
    const [deferred] = await receiver.receiveDeferredMessages(message.sequenceNumber);
    expect(deferred?.body).toBe('later');
    if (deferred) await receiver.completeMessage(deferred);
    expect(fixture.bus.queue(queue)).toMatchObject({ active: 0, bytes: 0 });
  });

  it('renews a lock, and lets it run out otherwise: redelivery, and the late settlement is refused', async () => {
    const queue = await makeQueue({ lockDuration: 'PT1S' });
    await send(queue, 'slow work');
    const receiver = client.createReceiver(queue, { maxAutoLockRenewalDurationInMs: 0 });
    const [message] = await receiver.receiveMessages(1, WAIT);
    if (!message?.lockedUntilUtc) throw new Error('no lock');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const first = message.lockedUntilUtc.getTime();
    const renewed = await receiver.renewMessageLock(message);
    expect(renewed.getTime()).toBeGreaterThan(first);
    const [again] = await receiver.receiveMessages(1, WAIT);
    expect(Date.now()).toBeGreaterThanOrEqual(renewed.getTime());
    expect(again).toMatchObject({ body: 'slow work', deliveryCount: 1 });
    await expect(receiver.completeMessage(message)).rejects.toMatchObject({ code: 'MessageLockLost' });
    if (again) await receiver.completeMessage(again);
  });

  it('subscribes in both modes, and shares the work among two', async () => {
    const queue = await makeQueue();
    const seen: string[][] = [[], []];
    const receivers = [client.createReceiver(queue), client.createReceiver(queue, { receiveMode: 'receiveAndDelete' })];
    receivers.forEach((receiver, i) =>
      receiver.subscribe(
        {
          processMessage: (message) => Promise.resolve(void seen[i]?.push(message.body as string)),
          processError: () => Promise.resolve(),
        },
        { maxConcurrentCalls: 5 },
      ),
    );
    const bodies = Array.from({ length: 200 }, (_, i) => `m${i}`);
    await send(queue, ...bodies);
    await until(() => seen.flat().length === 200);
    expect(seen.flat().sort()).toEqual(bodies.sort());
    expect(seen.every((own) => own.length > 0)).toBe(true);
    await until(() => fixture.bus.queue(queue)?.active === 0);
    await Promise.all(receivers.map((receiver) => receiver.close()));
  });

  /** rhea has 2048 places for deliveries of a session; one that is not given back after its outcome stops the link. */
  it('keeps a link going past 2048 messages', async () => {
    const queue = await makeQueue();
    const total = 2600;
    let seen = 0;
    const subscription = client
      .createReceiver(queue)
      .subscribe(
        { processMessage: () => Promise.resolve(void seen++), processError: () => Promise.resolve() },
        { maxConcurrentCalls: 100 },
      );
    for (let sent = 0; sent < total; sent += 200) await send(queue, ...Array.from({ length: 200 }, () => 'x'));
    await until(() => seen === total && fixture.bus.queue(queue)?.active === 0);
    await subscription.close();
  });

  it('peeks without taking', async () => {
    const queue = await makeQueue();
    await send(queue, 'a', 'b', 'c');
    const receiver = client.createReceiver(queue);
    const peeked = await receiver.peekMessages(2);
    expect(peeked.map(({ body }) => body as string)).toEqual(['a', 'b']);
    expect((await receiver.peekMessages(5)).map(({ body }) => body as string)).toEqual(['c']);
    expect(fixture.bus.queue(queue)?.active).toBe(3);
  });

  it('drops what has expired, or dead-letters it where the queue says so', async () => {
    const [dropping, keeping] = [await makeQueue(), await makeQueue({ deadLetteringOnMessageExpiration: true })];
    for (const queue of [dropping, keeping])
      await client.createSender(queue).sendMessages({ body: 'stale', timeToLive: 100 });
    await until(() => fixture.bus.queue(keeping)?.deadLettered === 1 && fixture.bus.queue(dropping)?.active === 0);
    expect(fixture.bus.queue(dropping)?.deadLettered).toBe(0);
    const [letter] = await client.createReceiver(keeping, { subQueueType: 'deadLetter' }).receiveMessages(1, WAIT);
    expect(letter?.deadLetterReason).toBe('TTLExpiredException');
  });

  it('answers a drain at once, so that one link serves many short waits', async () => {
    const queue = await makeQueue();
    const receiver = client.createReceiver(queue);
    for (let i = 0; i < 5; i++) {
      const started = Date.now();
      expect(await receiver.receiveMessages(10, { maxWaitTimeInMs: 20 })).toEqual([]);
      // The client waits 200 ms for an answer before it gives the link up.
      if (i > 0) expect(Date.now() - started).toBeLessThan(180);
      await send(queue, `round ${i}`);
      const messages = await receiver.receiveMessages(1, WAIT);
      expect(messages.map(({ body }) => body as string)).toEqual([`round ${i}`]);
      for (const message of messages) await receiver.completeMessage(message);
    }
  });
});

describe('sessions', () => {
  it('gives each session to one receiver, in order and with its state', async () => {
    const queue = await makeQueue({ requiresSession: true });
    const sender = client.createSender(queue);
    for (const [sessionId, body] of [
      ['blue', 'b1'],
      ['red', 'r1'],
      ['blue', 'b2'],
    ] as const)
      await sender.sendMessages({ body, sessionId });
    const blue = await client.acceptSession(queue, 'blue');
    await expect(client.acceptSession(queue, 'blue')).rejects.toMatchObject({ code: 'SessionCannotBeLocked' });
    const next = await client.acceptNextSession(queue);
    expect(next.sessionId).toBe('red');

    const messages = await blue.receiveMessages(2, WAIT);
    expect(messages.map(({ body }) => body as string)).toEqual(['b1', 'b2']);
    await blue.setSessionState('half way');
    for (const message of messages) await blue.completeMessage(message);
    expect((await blue.renewSessionLock()).getTime()).toBeGreaterThan(Date.now());
    await blue.close();
    const later = await client.acceptSession(queue, 'blue');
    expect(await later.getSessionState()).toBe('half way');
  });

  it('holds "the next session" open until a message comes, and says when none came', async () => {
    const queue = await makeQueue({ requiresSession: true });
    const waiting = client.acceptNextSession(queue);
    await client.createSender(queue).sendMessages({ body: 'x', sessionId: 'late' });
    expect((await waiting).sessionId).toBe('late');
    const hurried = fixture.client(MANAGE, { retryOptions: { maxRetries: 0, timeoutInMs: 500 } });
    await expect(hurried.acceptNextSession(queue)).rejects.toMatchObject({ code: 'ServiceTimeout' });
  });

  it('takes a session away when its lock runs out, and gives its messages to the next holder', async () => {
    const queue = await makeQueue({ requiresSession: true, lockDuration: 'PT1S' });
    await client.createSender(queue).sendMessages([{ body: 'x', sessionId: 's' }]);
    const first = await client.acceptNextSession(queue, { maxAutoLockRenewalDurationInMs: 0 });
    expect(await first.receiveMessages(1, WAIT)).toHaveLength(1);
    const second = await client.acceptNextSession(queue);
    const [message] = await second.receiveMessages(1, WAIT);
    expect(message).toMatchObject({ body: 'x', deliveryCount: 1 });
    expect(first.isClosed || (await first.receiveMessages(1, SHORT_WAIT).catch(() => []))).toBeTruthy();
  });

  it('refuses messages without a session, and receivers of the other kind', async () => {
    const queue = await makeQueue({ requiresSession: true });
    await expect(client.createSender(queue).sendMessages({ body: 'x' })).rejects.toThrow(/session id/);
    await expect(client.createReceiver(queue).receiveMessages(1, SHORT_WAIT)).rejects.toThrow(/session/);
    await expect(client.acceptSession(await makeQueue(), 's')).rejects.toThrow(/session/);
  });
});

describe('shared access signatures', () => {
  const unauthorised = { code: 'UnauthorizedAccess' };
  const text = (body: string) => ({ body });

  it('refuses a wrong key, an unknown rule and an expired token', async () => {
    const queue = await makeQueue();
    const refused = [
      fixture.client({ name: MANAGE.name, key: 'd3Jvbmc=' }),
      fixture.client({ name: 'nobody', key: MANAGE.key }),
      fixture.clientWithTokens(() => tokenFor(MANAGE, queue, inSeconds(-5))),
      fixture.clientWithTokens(() => 'SharedAccessSignature nonsense'),
    ];
    for (const bus of refused)
      await expect(bus.createSender(queue).sendMessages(text('x'))).rejects.toMatchObject(unauthorised);
    expect(fixture.bus.queue(queue)?.active).toBe(0);
  });

  it('keeps rights apart: Listen cannot send, Send cannot receive, Manage does both', async () => {
    const queue = await makeQueue();
    const [listener, writer] = [fixture.client(LISTEN), fixture.client(SEND)];
    await expect(listener.createSender(queue).sendMessages(text('x'))).rejects.toMatchObject(unauthorised);
    await expect(writer.createReceiver(queue).receiveMessages(1, WAIT)).rejects.toMatchObject(unauthorised);
    await expect(writer.createReceiver(queue).peekMessages(1)).rejects.toMatchObject(unauthorised);
    await expect(listener.createSender(queue).scheduleMessages(text('x'), new Date())).rejects.toMatchObject(
      unauthorised,
    );
    await writer.createSender(queue).sendMessages(text('fine'));
    const [message] = await listener.createReceiver(queue).receiveMessages(1, WAIT);
    expect(message?.body).toBe('fine');
  });

  it('matches paths by whole segments: a token for gw/7/ opens gw/7/work and never gw/70/work', async () => {
    for (const queue of ['gw/7/work', 'gw/70/work']) await fixture.admin().createQueue(queue);
    const agent = fixture.clientWithTokens(() => tokenFor(SEND, 'gw/7/'));
    await agent.createSender('gw/7/work').sendMessages(text('mine'));
    await agent.createSender('GW/7/Work').sendMessages(text('mine, loudly'));
    await expect(agent.createSender('gw/70/work').sendMessages(text('theirs'))).rejects.toMatchObject(unauthorised);
    expect(fixture.bus.queue('gw/7/work')?.active).toBe(2);
    expect(fixture.bus.queue('gw/70/work')?.active).toBe(0);
  });

  it('does not tell a stranger whether a queue exists', async () => {
    const agent = fixture.clientWithTokens(() => tokenFor(LISTEN, 'gw/7/'));
    await expect(agent.createReceiver('gw/7/missing').receiveMessages(1, WAIT)).rejects.toMatchObject({
      code: 'MessagingEntityNotFound',
    });
    await expect(agent.createReceiver('gw/8/missing').receiveMessages(1, WAIT)).rejects.toMatchObject(unauthorised);
  });

  it('cuts a link when its token expires', async () => {
    const queue = await makeQueue();
    const agent = fixture.clientWithTokens(() => tokenFor(LISTEN, queue, inSeconds(2)));
    const errors: string[] = [];
    const subscription = agent.createReceiver(queue).subscribe({
      processMessage: () => Promise.resolve(),
      processError: ({ error }) => Promise.resolve(void errors.push('code' in error ? error.code : error.message)),
    });
    await until(() => errors.includes('UnauthorizedAccess'));
    await subscription.close();
  });

  /** The client's undocumented credential shape on which the agent relies. */
  it('lets one client carry a Listen token and a Send token, chosen by audience', async () => {
    const [work, replies] = [await makeQueue(), await makeQueue()];
    await send(work, 'request');
    const audiences: string[] = [];
    const agent = fixture.clientWithTokens((audience) => {
      audiences.push(audience);
      return audience.includes(work) ? tokenFor(LISTEN, `${work}/`) : tokenFor(SEND, `${replies}/`);
    });
    const [request] = await agent.createReceiver(work).receiveMessages(1, WAIT);
    await agent.createSender(replies).sendMessages({ body: `reply to ${request?.body as string}` });
    await expect(agent.createSender(work).sendMessages(text('x'))).rejects.toMatchObject(unauthorised);
    expect((await receiveOne(replies)).message.body).toBe('reply to request');
    const host = `sb://localhost:${fixture.bus.port}/`;
    expect(new Set(audiences)).toEqual(new Set([host + work, host + replies]));
  });
});

/** What the Azure client never does, or not on purpose. */
describe('a peer of another make', () => {
  it('hears of a token put for a resource beyond it at once', async () => {
    const peer = await RawPeer.connect(fixture.bus.emulatorPort ?? 0);
    const token = (path: string) =>
      signToken({ name: 'RootManageSharedAccessKey', key: 'SAS_KEY_VALUE' }, `sb://host/${path}`, inSeconds(60));
    expect(await peer.putToken('sb://host/jobs', token('jobs'))).toBe(202);
    expect(await peer.putToken('sb://host/jobs2', token('jobs'))).toBe(401);
    expect(await peer.putToken('sb://host/jobs', 'nonsense')).toBe(401);
    peer.close();
  });

  it('gets its drain answered when the last message has used up the credit', async () => {
    const emulator = fixture.emulatorClient();
    await emulator.createSender('drained').sendMessages([{ body: 'one' }, { body: 'two' }]);
    const peer = await RawPeer.connect(fixture.bus.emulatorPort ?? 0);
    const token = signToken(
      { name: 'RootManageSharedAccessKey', key: 'SAS_KEY_VALUE' },
      'sb://host/drained',
      inSeconds(60),
    );
    await peer.putToken('sb://host/drained', token);
    expect(await peer.drain('drained', 1)).toBe(1);
    expect(await peer.drain('drained', 5)).toBe(1);
    expect(await peer.drain('drained', 5)).toBe(0);
    peer.close();
  });

  it('is cut off when it sends what is no AMQP, and the broker lives on', async () => {
    for (const bytes of [
      Buffer.from('AMQP\x00\x01\x00\x00\xff\xff\xff\xff\x02\x00\x00\x00', 'latin1'),
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    ]) {
      const socket = connect(fixture.bus.emulatorPort ?? 0, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write(bytes);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await fixture.emulatorClient().createSender('jobs').sendMessages({ body: 'still there' });
  });
});

describe('administration', () => {
  it('makes a queue with its options, tells them, and refuses a second one of the name', async () => {
    const admin = fixture.admin();
    const name = `test/${randomUUID()}`;
    const options = {
      lockDuration: 'PT30S',
      defaultMessageTimeToLive: 'PT2M',
      maxDeliveryCount: 3,
      autoDeleteOnIdle: 'PT1H',
      deadLetteringOnMessageExpiration: true,
      requiresSession: false,
      requiresDuplicateDetection: true,
    };
    expect(await admin.createQueue(name, options)).toMatchObject({ name, maxDeliveryCount: 3 });
    expect(await admin.getQueue(name)).toMatchObject({
      name,
      lockDuration: 'PT30S',
      defaultMessageTimeToLive: 'PT120S',
      autoDeleteOnIdle: 'PT3600S',
      deadLetteringOnMessageExpiration: true,
      requiresDuplicateDetection: true,
    });
    await expect(admin.createQueue(name)).rejects.toMatchObject({ code: 'MessageEntityAlreadyExistsError' });
    expect(await admin.queueExists(name)).toBe(true);
    await admin.deleteQueue(name);
    expect(await admin.queueExists(name)).toBe(false);
    await expect(admin.getQueue(name)).rejects.toMatchObject({ code: 'MessageEntityNotFoundError' });
    await expect(admin.deleteQueue(name)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('counts messages and dead letters, one queue or all', async () => {
    const queue = await makeQueue();
    await send(queue, 'a', 'b');
    const { message, receiver } = await receiveOne(queue);
    await receiver.deadLetterMessage(message);
    const admin = fixture.admin();
    const counts = { name: queue, activeMessageCount: 1, deadLetterMessageCount: 1 };
    expect(await admin.getQueueRuntimeProperties(queue)).toMatchObject(counts);
    const all = [];
    for await (const properties of admin.listQueuesRuntimeProperties()) all.push(properties);
    expect(all).toContainEqual(expect.objectContaining(counts));
    expect(all.map(({ name }) => name).sort()).toEqual(
      fixture.bus
        .queueNames()
        .filter((name) => name.includes('/'))
        .sort(),
    );
  });

  it('changes the options of a queue that exists', async () => {
    const admin = fixture.admin();
    const queue = await admin.getQueue(await makeQueue());
    const changed = await admin.updateQueue({ ...queue, maxDeliveryCount: 7 });
    expect(changed.maxDeliveryCount).toBe(7);
  });

  it('pages through many queues', async () => {
    const admin = fixture.admin();
    for (let i = 0; i < 105; i++) await admin.createQueue(`paged/${i}`);
    const names: string[] = [];
    for await (const { name } of admin.listQueues()) if (name.startsWith('paged/')) names.push(name);
    expect(names).toHaveLength(105);
  });

  it('needs Manage, sane options and a sane name', async () => {
    const queue = await makeQueue();
    for (const rule of [LISTEN, SEND, { name: MANAGE.name, key: 'd3Jvbmc=' }])
      await expect(fixture.admin(rule).deleteQueue(queue)).rejects.toMatchObject({ statusCode: 401 });
    const admin = fixture.admin();
    for (const options of [{ autoDeleteOnIdle: 'PT1M' }, { lockDuration: 'PT10M' }, { forwardTo: 'elsewhere' }])
      await expect(admin.createQueue(`test/${randomUUID()}`, options)).rejects.toMatchObject({ statusCode: 400 });
    await expect(admin.createQueue('a//b')).rejects.toMatchObject({ statusCode: 400 });
    expect(fixture.bus.queueNames()).toContain(queue);
  });

  it('detaches the receivers of a queue that is deleted, with not-found', async () => {
    const queue = await makeQueue();
    const errors: string[] = [];
    const subscription = client.createReceiver(queue).subscribe({
      processMessage: () => Promise.resolve(),
      processError: ({ error }) => Promise.resolve(void errors.push('code' in error ? error.code : error.message)),
    });
    const sender = client.createSender(queue);
    await sender.sendMessages({ body: 'x' });
    await fixture.admin().deleteQueue(queue);
    await until(() => errors.includes('MessagingEntityNotFound'));
    await expect(sender.sendMessages({ body: 'y' })).rejects.toMatchObject({ code: 'MessagingEntityNotFound' });
    await subscription.close();
  });
});

describe('limits', () => {
  it('refuses messages beyond the bytes or the number a queue may hold', async () => {
    const small = await ServiceBusFixture.start({ maxQueueBytes: 5000, maxQueueMessages: 10 });
    try {
      for (const name of ['bytes', 'count']) await small.admin().createQueue(name);
      const bus = small.client();
      const quota = { code: 'QuotaExceeded' };
      await expect(bus.createSender('bytes').sendMessages({ body: Buffer.alloc(6000) })).rejects.toMatchObject(quota);
      const many = Array.from({ length: 10 }, () => ({ body: 'x' }));
      await bus.createSender('count').sendMessages(many);
      await expect(bus.createSender('count').sendMessages({ body: 'x' })).rejects.toMatchObject(quota);
      expect(small.bus.queue('count')?.active).toBe(10);
    } finally {
      await small.stop();
    }
  });

  it(
    'goes away and comes back: connections are cut, queues stay, the client goes on by itself',
    { timeout: 40_000 },
    async () => {
      const queue = await makeQueue({ lockDuration: 'PT3S' });
      const patient = fixture.client(MANAGE, {
        retryOptions: { maxRetries: 5, retryDelayInMs: 50, timeoutInMs: 5_000 },
      });
      const received: string[] = [];
      const subscription = patient.createReceiver(queue).subscribe({
        processMessage: (message) => Promise.resolve(void received.push(message.body as string)),
        processError: () => Promise.resolve(),
      });
      const sender = patient.createSender(queue);
      await sender.sendMessages({ body: 'before' });
      await until(() => received.length === 1);
      fixture.bus.dropConnections();
      await sender.sendMessages({ body: 'after' });
      // What was on its way to the old link stays locked for it.
      await until(() => received.includes('after'), 30_000);
      await subscription.close();
    },
  );
});
