import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FRAME_WINDOW, MAX_FRAME_BODY_BYTES } from '../../src/contract/frames.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { AgentUnderTest, hanging, stream, text } from '../support/agent-under-test.js';
import { until } from '../support/until.js';

const PIECE = 64 * 1024;

describe('an agent at work', () => {
  let test: AgentUnderTest;
  beforeAll(async () => {
    test = await AgentUnderTest.start();
  });
  afterAll(() => test[Symbol.asyncDispose]());
  beforeEach(() => {
    test.connector.requests.length = 0;
    test.connector.script = () => Promise.resolve(text('ok'));
  });

  const ask = async (options: Parameters<typeof test.replica.ask>[0] = {}) =>
    test.replica.answer(await test.replica.ask(options));
  const write = { operation: { name: 'executeQuery', query: 'update t' } as const, addressed: true };

  describe('answers', () => {
    it('a read from the shared queue, and completes its message', async () => {
      const { head, body, trailer } = await ask();
      expect(head).toEqual({ status: 'ok', mediaType: 'text/plain' });
      expect(body.toString()).toBe('ok');
      expect(trailer.timings?.totalMs).toBeGreaterThan(0);
      await until('the message to be completed', () => test.fixture.bus.queue(test.plane.queues.work)?.active === 0);
    });

    it('500 reads at once, each with its own answer', async () => {
      test.connector.script = ({ operation }) => Promise.resolve(text(JSON.stringify(operation)));
      const tables = Array.from({ length: 500 }, (_, index) => `t${index}`);
      const answers = await Promise.all(tables.map((table) => ask({ operation: { name: 'getTable', table } })));
      expect(answers.map(({ body }) => (JSON.parse(body.toString()) as { table: string }).table)).toEqual(tables);
    });

    it('20 MB as frames without a gap', async () => {
      const pieces = Array.from({ length: 320 }, () => randomBytes(PIECE));
      test.connector.script = () =>
        Promise.resolve({ body: stream(pieces), trailer: () => ({ count: 7, hasMore: true }) });
      const requestId = await test.replica.ask();
      const { body, trailer } = await test.replica.answer(requestId);
      expect(body.equals(Buffer.concat(pieces))).toBe(true);
      expect(trailer).toMatchObject({ count: 7, hasMore: true });
      const numbers = test.replica.frames.get(requestId)?.map(({ header }) => header.frame) ?? [];
      expect(numbers).toEqual(numbers.map((_, index) => index));
    });

    it('no more than a window ahead of a replica that gives no credit', async () => {
      let pulled = 0;
      test.connector.script = () =>
        Promise.resolve({
          body: (async function* () {
            for (let i = 0; i < 200; i += 1) {
              pulled += 1;
              yield Buffer.alloc(MAX_FRAME_BODY_BYTES, i);
              await Promise.resolve();
            }
          })(),
        });
      const requestId = await test.replica.ask({ stingy: true });
      await until('a window of frames', () => test.replica.frames.get(requestId)?.length === FRAME_WINDOW);
      await sleep(200);
      expect(test.replica.frames.get(requestId)).toHaveLength(FRAME_WINDOW);
      expect(pulled).toBeLessThanOrEqual(FRAME_WINDOW + 2);
      await test.replica.control(requestId, { type: 'credit', upTo: 1000 });
      expect((await test.replica.answer(requestId)).body).toHaveLength(200 * MAX_FRAME_BODY_BYTES);
    });

    it('12 MB over a change of epoch, what its source says while there is no link included', async () => {
      const [frames, beforeMove] = [64, 20];
      let pulled = 0;
      test.connector.script = () =>
        Promise.resolve({
          body: (async function* () {
            for (; pulled < frames; pulled += 1) {
              if (pulled === beforeMove) {
                await test.plane.moveEpoch();
                await until('the link to end', () => test.logged('moved'));
              }
              yield Buffer.alloc(MAX_FRAME_BODY_BYTES, pulled);
            }
          })(),
        });
      const requestId = await test.replica.ask({ stingy: true });
      await until('the agent to come over', () => test.plane.heartbeats.at(-1)?.epoch === 2);
      await until('a window of frames', () => test.replica.frames.get(requestId)?.length === FRAME_WINDOW);
      expect(pulled).toBeLessThan(frames);
      await test.replica.control(requestId, { type: 'credit', upTo: frames + 1 });
      const { body, trailer } = await test.replica.answer(requestId);
      expect([body.length, trailer.error]).toEqual([frames * MAX_FRAME_BODY_BYTES, undefined]);
      for (let frame = 0; frame < frames; frame += 1) expect(body[frame * MAX_FRAME_BODY_BYTES]).toBe(frame);
    });

    it('a probe at once, with an empty ok, also while it works', async () => {
      test.connector.script = hanging;
      const busy = await test.replica.ask();
      await until('the read to be under way', () => test.connector.requests.length === 1);
      const probe = randomUUID();
      await test.replica.control(probe, { type: 'probe' });
      expect((await test.replica.answer(probe, 2_000)).head).toEqual({ status: 'ok' });
      await test.replica.control(busy, { type: 'cancel', reason: 'caller-gone' });
      await test.replica.answer(busy);
    });
  });

  describe('takes bodies', () => {
    const received = async (body: AsyncIterable<Uint8Array> | undefined) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of body ?? []) chunks.push(chunk);
      return Buffer.concat(chunks);
    };

    it('of one frame with the request itself', async () => {
      let got = Buffer.alloc(0);
      test.connector.script = async ({ body }) => {
        got = await received(body);
        return text('written');
      };
      const body = randomBytes(1000);
      const requestId = await test.replica.ask({ ...write, body });
      await test.replica.answer(requestId);
      expect(got.equals(body)).toBe(true);
      expect(test.replica.frames.get(requestId)).toHaveLength(1);
    });

    it('of 15 MB, more than a window, piece by piece', async () => {
      let got = Buffer.alloc(0);
      test.connector.script = async ({ body }) => {
        got = await received(body);
        return text('written');
      };
      const body = randomBytes(15 * 1024 * 1024);
      const answer = await ask({ ...write, body });
      expect(answer.body.toString()).toBe('written');
      expect(got.equals(body)).toBe(true);
    });
  });

  describe('stops the work at the source', () => {
    it('when the caller goes away', async () => {
      test.connector.script = hanging;
      const requestId = await test.replica.ask();
      await until('the read to be under way', () => test.connector.requests.length === 1);
      await test.replica.control(requestId, { type: 'cancel', reason: 'caller-gone' });
      const { head } = await test.replica.answer(requestId, 2_000);
      expect(head).toMatchObject({ status: 'error', error: { code: 'REQUEST_CANCELLED', outcome: 'not-executed' } });
      expect(test.connector.requests[0]?.signal.aborted).toBe(true);
    });

    it('at the deadline, saying of a write that its outcome is unknown', async () => {
      test.connector.script = hanging;
      const { head } = await ask({ ...write, expiresInMs: 800 });
      expect(head).toMatchObject({ status: 'error', error: { code: 'REQUEST_EXPIRED', outcome: 'unknown' } });
      expect(test.connector.requests[0]?.signal.aborted).toBe(true);
    });

    it('when the same read was sent again', async () => {
      test.connector.script = hanging;
      const requestId = await test.replica.ask();
      await until('the first attempt', () => test.connector.requests.length === 1);
      test.connector.script = () => Promise.resolve(text('second'));
      await test.replica.ask({ requestId, attempt: 2 });
      await until('the second attempt', () => test.connector.requests.length === 2);
      expect(test.connector.requests[0]?.signal.aborted).toBe(true);
      await until('its answer', () =>
        test.replica.frames
          .get(requestId)
          ?.some(({ header, body }) => header.attempt === 2 && body.toString() === 'second'),
      );
    });
  });

  describe('tells failures', () => {
    it('of the source as the connector says', async () => {
      test.connector.script = () =>
        Promise.reject(
          new SourceError('SOURCE_DENIED', 'The login failed.', { hop: 'source', details: { sqlstate: '28P01' } }),
        );
      const { head } = await ask();
      expect(head).toEqual({
        status: 'error',
        error: {
          code: 'SOURCE_DENIED',
          hop: 'source',
          outcome: 'not-executed',
          message: 'The login failed.',
          details: { sqlstate: '28P01' },
        },
      });
    });

    it('that nobody foresaw without their text, and logs them', async () => {
      test.connector.script = () => Promise.reject(new Error('password is hunter2'));
      const { head } = await ask();
      expect(head).toMatchObject({ error: { code: 'AGENT_FAILED', hop: 'member' } });
      expect(JSON.stringify(head)).not.toContain('hunter2');
      expect(test.logged('request-failed')).toBe(true);
    });

    it('after the first byte in the trailer', async () => {
      test.connector.script = () =>
        Promise.resolve({
          body: (async function* () {
            yield Buffer.alloc(MAX_FRAME_BODY_BYTES * 2);
            await sleep(1);
            throw new SourceError('SOURCE_FAILED', 'The link to the source broke.', { hop: 'source' });
          })(),
        });
      const { head, trailer } = await ask();
      expect(head).toMatchObject({ status: 'ok' });
      expect(trailer.error).toMatchObject({ code: 'SOURCE_FAILED' });
    });

    it.each([
      [
        'a kind of source it has no connector for',
        { connection: { target: { kind: 'http', url: 'http://x/' } } },
        'OPERATION_UNSUPPORTED',
      ],
      [
        'an operation that its source does not have',
        { operation: { name: 'listFolder', path: '/' } },
        'OPERATION_UNSUPPORTED',
      ],
      [
        'an operation it has never heard of',
        { change: (e: object) => ({ ...e, operation: { name: 'teleport' } }) },
        'OPERATION_UNSUPPORTED',
      ],
      [
        'an envelope that breaks the contract',
        { change: (e: object) => ({ ...e, connection: {} }) },
        'VALIDATION_FAILED',
      ],
      ['a newer contract', { change: (e: object) => ({ ...e, contractVersion: 2 }) }, 'CONTRACT_UNSUPPORTED'],
      ['a request that came too late', { expiresInMs: -61_000 }, 'REQUEST_EXPIRED'],
      ['a request that claims to live for hours', { expiresInMs: 3_600_000 }, 'VALIDATION_FAILED'],
    ] as const)('of %s', async (_, options, code) => {
      const { head } = await ask(options);
      expect(head).toMatchObject({ status: 'error', error: { code, hop: 'member', outcome: 'not-executed' } });
      expect(test.connector.requests).toHaveLength(0);
    });
  });

  describe('sets aside without an answer', () => {
    const deadLetters = () => test.fixture.bus.queue(test.plane.queues.work)?.deadLettered ?? 0;

    it.each([
      ['a frame under another key', { requestKey: randomBytes(32) }],
      ['an envelope of another gateway', { change: (e: object) => ({ ...e, gatewayId: randomUUID() }) }],
      ['an envelope of another tenant', { change: (e: object) => ({ ...e, tenantId: randomUUID() }) }],
      ['an envelope of another request', { change: (e: object) => ({ ...e, requestId: randomUUID() }) }],
      ['an envelope of another attempt', { change: (e: object) => ({ ...e, attempt: 9 }) }],
    ] as const)('%s', async (_, options) => {
      const before = deadLetters();
      const requestId = await test.replica.ask(options);
      await until('the message to be set aside', () => deadLetters() === before + 1);
      expect(test.connector.requests).toHaveLength(0);
      expect(test.replica.frames.get(requestId)).toEqual([]);
    });

    it('what is no frame at all', async () => {
      const before = deadLetters();
      await test.replica.send(test.plane.queues.work, randomUUID(), randomUUID(), Buffer.from('hello'));
      await until('the message to be set aside', () => deadLetters() === before + 1);
    });
  });

  describe('opens credentials', () => {
    const seal = () => {
      const sealingKey = test.plane.registration?.sealingKey;
      if (!sealingKey) throw new Error('not registered');
      return sealCredential(sealingKey, [
        { name: 'username', value: 'reader' },
        { name: 'password', value: 's3cret-needle' },
      ]);
    };
    const basic = (credential: string, database = 'd', id = randomUUID()) => ({
      connection: {
        id,
        credential,
        credentialType: 'Basic' as const,
        target: { kind: 'postgresql' as const, server: 'db', port: 5432, database },
      },
    });

    it('with the key that never left the machine, for the connector alone', async () => {
      let seen: unknown;
      test.connector.script = ({ secret }) => {
        seen = [secret.get('username'), secret.get('password')];
        return Promise.resolve(text('ok'));
      };
      await ask(basic(await seal()));
      expect(seen).toEqual(['reader', 's3cret-needle']);
      expect(test.connector.requests[0]?.secret.get('password')).toBeUndefined();
      expect(test.logs.join('\n')).not.toContain('s3cret-needle');
    });

    it('but not for another target than the first, not even after a restart or for another connection', async () => {
      const credential = await seal();
      expect((await ask(basic(credential))).head).toMatchObject({ status: 'ok' });
      const rebound = { status: 'error', error: { code: 'CREDENTIAL_REBOUND', outcome: 'not-executed' } };
      expect((await ask(basic(credential, 'elsewhere'))).head).toMatchObject(rebound);
      await test.agent.stop();
      await test.run();
      expect((await ask(basic(credential, 'elsewhere'))).head).toMatchObject(rebound);
      expect((await ask(basic(credential))).head).toMatchObject({ status: 'ok' });
    });

    it('and says when one does not open', async () => {
      const damaged = (await seal()).replace(/.{8}$/, 'AAAAAAA=');
      const { head } = await ask(basic(damaged));
      expect(head).toMatchObject({ status: 'error', error: { code: 'CREDENTIAL_UNREADABLE' } });
      expect(test.connector.requests).toHaveLength(0);
    });

    it('and tells the connector when a connection has a new one', async () => {
      const id = randomUUID();
      await ask(basic(await seal(), 'd', id));
      expect(test.connector.forgotten).not.toContain(id);
      await ask(basic(await seal(), 'd', id));
      expect(test.connector.forgotten).toContain(id);
    });
  });
});

describe('an agent that has enough to do', () => {
  it('says so instead of taking more, and has not run it', async () => {
    await using test = await AgentUnderTest.start({ maxInFlight: 2 });
    test.connector.script = hanging;
    const first = [await test.replica.ask(), await test.replica.ask()];
    await until('two under way', () => test.connector.requests.length === 2);
    const { head } = await test.replica.answer(await test.replica.ask());
    expect(head).toMatchObject({ status: 'error', error: { code: 'GATEWAY_BUSY', outcome: 'not-executed' } });
    expect(test.connector.requests).toHaveLength(2);
    for (const id of first) await test.replica.control(id, { type: 'cancel', reason: 'caller-gone' });
  });
});
