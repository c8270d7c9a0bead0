import { describe, expect, it } from 'vitest';
import type { MessageContent } from './amqp-codec.js';
import { Queue } from './queue.js';
import type { QueueOptions } from './queue-options.js';
import { DEFAULT_QUEUE_OPTIONS } from './queue-options.js';
import type { MessageLock } from './stored-message.js';

const LIMITS = { maxBytes: 10_000, maxMessages: 100 };

/** A queue whose clock the test moves. */
function makeQueue(options: Partial<QueueOptions> = {}, limits = LIMITS) {
  const time = { now: 1_000_000 };
  const queue = new Queue('work', { ...DEFAULT_QUEUE_OPTIONS, ...options }, limits, () => time.now);
  return { queue, pass: (ms: number) => ((time.now += ms), queue.sweep()) };
}

function message(id: string, more: Partial<MessageContent> = {}): MessageContent {
  const none = Buffer.alloc(0);
  return {
    durable: false,
    priority: undefined,
    ttlMs: undefined,
    annotations: none,
    annotationItems: 0,
    properties: none,
    applicationProperties: none,
    body: none,
    messageId: id,
    sessionId: undefined,
    scheduledAt: undefined,
    size: 100,
    ...more,
  };
}

function drain(queue: Queue): string[] {
  const ids: string[] = [];
  for (let next = queue.removeNext(); next; next = queue.removeNext()) ids.push(next.content.messageId);
  return ids;
}

function lockOf(queue: Queue): MessageLock {
  const lock = queue.lockNext();
  if (!lock) throw new Error('nothing to lock');
  return lock;
}

describe('order', () => {
  it('is kept, and an abandoned message goes back to its place', () => {
    const { queue } = makeQueue();
    queue.enqueue(['a', 'b', 'c', 'd'].map((id) => message(id)));
    const [a, b, c] = [lockOf(queue), lockOf(queue), lockOf(queue)];
    for (const lock of [c, a]) queue.settle(lock.token, { kind: 'abandon', properties: {} });
    queue.settle(b.token, { kind: 'complete' });
    expect(drain(queue)).toEqual(['a', 'c', 'd']);
  });

  it('survives the loss of many locks at once', () => {
    const { queue, pass } = makeQueue();
    const ids = Array.from({ length: 100 }, (_, i) => `m${i}`);
    queue.enqueue(ids.map((id) => message(id)));
    for (let i = 0; i < 90; i++) lockOf(queue);
    pass(60_100);
    expect(drain(queue)).toEqual(ids);
  });
});

describe('locks', () => {
  it('end on time, count a delivery, and their token is worth nothing afterwards', () => {
    const { queue, pass } = makeQueue({ lockDurationMs: 1000 });
    queue.enqueue([message('a')]);
    const lock = lockOf(queue);
    pass(900);
    expect(queue.lockNext()).toBeUndefined();
    pass(200);
    expect(() => queue.settle(lock.token, { kind: 'complete' })).toThrow('lock-lost');
    expect(lockOf(queue).message.deliveryCount).toBe(1);
  });

  it('are lost at their end even before anybody swept', () => {
    const time = { now: 0 };
    const queue = new Queue('q', { ...DEFAULT_QUEUE_OPTIONS, lockDurationMs: 1000 }, LIMITS, () => time.now);
    queue.enqueue([message('a')]);
    const lock = lockOf(queue);
    time.now = 1000;
    expect(() => queue.settle(lock.token, { kind: 'complete' })).toThrow('lock-lost');
  });

  it('are prolonged by renewal', () => {
    const { queue, pass } = makeQueue({ lockDurationMs: 1000 });
    queue.enqueue([message('a')]);
    const lock = lockOf(queue);
    pass(900);
    queue.renew(lock.token);
    pass(900);
    expect(() => queue.settle(lock.token, { kind: 'complete' })).not.toThrow();
    expect(queue.size).toBe(0);
  });
});

describe('deadlines', () => {
  it('drop expired messages, the shorter of queue and message deciding', () => {
    const { queue, pass } = makeQueue({ defaultTimeToLiveMs: 5000 });
    queue.enqueue([message('short', { ttlMs: 1000 }), message('default'), message('capped', { ttlMs: 60_000 })]);
    pass(2000);
    expect(queue.size).toBe(2);
    pass(4000);
    expect(queue.size).toBe(0);
    expect(queue.bytes).toBe(0);
  });

  it('let a locked message outlive its time, until the lock is given up', () => {
    const { queue, pass } = makeQueue({ deadLetterOnExpiration: true });
    queue.enqueue([message('a', { ttlMs: 1000 })]);
    const lock = lockOf(queue);
    pass(2000);
    expect(queue.size).toBe(1);
    queue.settle(lock.token, { kind: 'abandon', properties: {} });
    expect(queue.size).toBe(0);
    expect(queue.deadLetters?.size).toBe(1);
  });

  it('activate scheduled messages, whose time to live starts then', () => {
    const { queue, pass } = makeQueue();
    queue.enqueue([message('later', { scheduledAt: 1_005_000, ttlMs: 3000 }), message('now')]);
    expect(drain(queue)).toEqual(['now']);
    pass(5100);
    pass(2000);
    expect(drain(queue)).toEqual(['later']);
  });

  it('count a queue as idle only after its last use', () => {
    const { queue, pass } = makeQueue({ autoDeleteOnIdleMs: 300_000 });
    pass(299_000);
    queue.enqueue([message('a')]);
    pass(299_000);
    expect(queue.isIdle()).toBe(false);
    pass(1000);
    expect(queue.isIdle()).toBe(true);
  });

  it('forget message ids after the duplicate window', () => {
    const { queue, pass } = makeQueue({ requiresDuplicateDetection: true, duplicateWindowMs: 1000 });
    queue.enqueue([message('a'), message('a')]);
    expect(queue.size).toBe(1);
    pass(1001);
    queue.enqueue([message('a')]);
    expect(queue.size).toBe(2);
  });
});

describe('limits', () => {
  it('take a batch whole or not at all', () => {
    const { queue } = makeQueue({}, { maxBytes: 10_000, maxMessages: 3 });
    queue.enqueue([message('a'), message('b')]);
    expect(() => queue.enqueue([message('c'), message('d')])).toThrow('full');
    expect(queue.size).toBe(2);
    expect(() => queue.enqueue([message('big', { size: 9900 })])).toThrow('full');
  });

  it('count dead letters too, which otherwise would pile up without end', () => {
    const { queue } = makeQueue({ maxDeliveryCount: 1 }, { maxBytes: 10_000, maxMessages: 1 });
    queue.enqueue([message('a')]);
    queue.settle(lockOf(queue).token, { kind: 'abandon', properties: {} });
    expect(queue.deadLetters?.size).toBe(1);
    expect(() => queue.enqueue([message('b')])).toThrow('full');
  });
});

describe('sessions', () => {
  it('are forgotten when nothing is left in them', () => {
    const { queue } = makeQueue({ requiresSession: true });
    queue.enqueue([message('a', { sessionId: 's' })]);
    const session = queue.acquireSession(undefined, {});
    if (!session) throw new Error('no session');
    const lock = queue.lockNext(session);
    if (lock) queue.settle(lock.token, { kind: 'complete' });
    expect(queue.sessions.ids()).toEqual(['s']);
    queue.releaseSession(session);
    expect(queue.sessions.ids()).toEqual([]);
  });

  it('give their messages back in order when they are lost', () => {
    const { queue, pass } = makeQueue({ requiresSession: true, lockDurationMs: 1000 });
    queue.enqueue(['a', 'b', 'c'].map((id) => message(id, { sessionId: 's' })));
    const holder = {};
    const session = queue.acquireSession('s', holder);
    for (let i = 0; i < 2; i++) queue.lockNext(session);
    expect(queue.acquireSession('s', {})).toBeUndefined();
    expect(pass(1100)).toEqual([holder]);
    const next = queue.acquireSession('s', {});
    expect([1, 2, 3].map(() => queue.removeNext(next)?.content.messageId)).toEqual(['a', 'b', 'c']);
  });

  it('serve the next holder, and never the last one, only once all its messages are back', () => {
    const { queue } = makeQueue({ requiresSession: true });
    queue.enqueue(['a', 'b', 'c'].map((id) => message(id, { sessionId: 's' })));
    const session = queue.acquireSession('s', {});
    if (!session) throw new Error('no session');
    for (let i = 0; i < 2; i++) queue.lockNext(session);
    const taken: (string | undefined)[] = [];
    queue.onAvailable = (available) => {
      expect(available?.holder).toBeUndefined();
      const next = queue.acquireSession(undefined, {});
      for (let i = 0; next && i < 3; i++) taken.push(queue.removeNext(next)?.content.messageId);
    };
    queue.releaseSession(session);
    expect(taken).toEqual(['a', 'b', 'c']);
  });
});
