import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAME_WINDOW } from '../../src/contract/frames.js';
import type { ServiceBusBroker } from '../../src/relay-broker/service-bus.broker.js';
import { bytesOf, dispatchOf, RelayFixture } from '../support/relay.js';
import { until } from '../support/until.js';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the relay, over the real client', () => {
  let relay: RelayFixture;
  let broker: ServiceBusBroker;
  beforeAll(async () => {
    relay = await RelayFixture.start();
    broker = await relay.broker();
  });
  afterAll(() => relay.stop());

  it('is ready once its reply queue is listened to', () => {
    expect(broker.isReady('weu')).toBe(true);
    expect(broker.isReady('nowhere')).toBe(false);
  });

  it('brings a request to a member and the answer back', async () => {
    const { link, members } = await relay.gateway();
    const reply = await broker.dispatch(dispatchOf(link));
    expect(reply).toMatchObject({ memberId: members[0]?.options.memberId, attempt: 1, head: { status: 'ok' } });
    expect((await bytesOf(reply.body)).toString()).toBe('[]');
    expect(await reply.trailer).toEqual({ timings: { totalMs: 1 } });
    expect(broker.pending).toBe(0);
  });

  it('passes on an error head with its answer ended', async () => {
    const { link, members } = await relay.gateway();
    const error = { code: 'TABLE_NOT_FOUND', hop: 'connector', outcome: 'not-executed', message: 'no' } as const;
    members[0]!.behaviour = (request) =>
      request.member.reply(request, { frame: 0, last: true, head: { status: 'error', error } });
    const reply = await broker.dispatch(dispatchOf(link));
    expect(reply.head).toEqual({ status: 'error', error });
    expect(await bytesOf(reply.body)).toHaveLength(0);
  });

  it('carries a body of one frame with the request, signed', async () => {
    const { link, members } = await relay.gateway();
    const memberId = members[0]!.options.memberId;
    const prove = (bytes: Uint8Array) => ({ certificate: 'c', signature: sha(bytes) });
    const operation = { name: 'writeFile', path: '/a', mode: 'create' } as const;
    await broker.dispatch(dispatchOf(link, { memberId, operation, body: Buffer.from('hello'), prove }));
    const [received] = members[0]!.requests;
    expect(received?.frame.body.toString()).toBe('hello');
    expect(received?.frame.header).toMatchObject({ memberId, last: true });
    expect(JSON.parse(received!.frame.extra.toString())).toEqual({
      certificate: 'c',
      signature: sha(received!.frame.head),
    });
  });

  it('streams 20 MB to a slow reader and never lets more than a window wait', async () => {
    const { link, members } = await relay.gateway();
    const body = randomBytes(20 * 1024 * 1024);
    let sent = 0;
    const member = members[0]!;
    const reply = member.reply.bind(member);
    member.reply = async (request, frame) => {
      sent = frame.frame + 1;
      await reply(request, frame);
    };
    member.behaviour = (request) => member.answer(request, body);
    const answer = await broker.dispatch(dispatchOf(link));
    const hash = createHash('sha256');
    let read = 0;
    for await (const chunk of answer.body) {
      hash.update(chunk);
      read += 1;
      if (read !== 1 && read !== 40) continue;
      await until('a full window', () => sent >= read + FRAME_WINDOW / 2);
      await sleep(400);
      expect(sent - read).toBeLessThanOrEqual(FRAME_WINDOW);
    }
    expect(hash.digest('hex')).toBe(sha(body));
    await answer.trailer;
  });

  it('brings a body of 5 MB to the member that accepted it, within the credit it gives', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    const body = randomBytes(5 * 1024 * 1024 + 17);
    member.behaviour = async (request) => {
      const chunks = [request.frame.body];
      expect(request.frame.header.last).toBe(false);
      const whole = new Promise<void>((resolve) =>
        member.onParts(request.envelope.requestId, (part) => {
          expect(part.header.frame).toBe(chunks.length);
          chunks.push(part.body);
          if (part.header.frame % 8 === 0) void member.bodyCredit(request, part.header.frame + FRAME_WINDOW);
          if (part.header.last) resolve();
        }),
      );
      await member.reply(request, { frame: 0, last: false, head: { status: 'accepted' } });
      await whole;
      await member.answer(request, Buffer.from(sha(Buffer.concat(chunks))), { from: 1 });
    };
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536);
    }
    const operation = { name: 'writeFile', path: '/big', mode: 'create' } as const;
    const { memberId } = member.options;
    const reply = await broker.dispatch(dispatchOf(link, { memberId, operation, body: source() }));
    expect((await bytesOf(reply.body)).toString()).toBe(sha(body));
  });

  it('stops sending a body when the member gives no credit', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    member.behaviour = (request) => member.reply(request, { frame: 0, last: false, head: { status: 'accepted' } });
    const controller = new AbortController();
    const body = randomBytes(12 * 1024 * 1024);
    const operation = { name: 'writeFile', path: '/big', mode: 'create' } as const;
    const { memberId } = member.options;
    const dispatched = broker.dispatch(dispatchOf(link, { memberId, operation, body, signal: controller.signal }));
    await until('a window of parts', () => member.parts.length >= FRAME_WINDOW - 1);
    await sleep(100);
    expect(member.parts).toHaveLength(FRAME_WINDOW - 1);
    controller.abort();
    await expect(dispatched).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('refuses an envelope that no message can hold before anything is sent', async () => {
    const { link, members } = await relay.gateway();
    const operation = { name: 'createItem', table: 't', row: { text: 'x'.repeat(260_000) } } as const;
    await expect(broker.dispatch(dispatchOf(link, { operation }))).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(members[0]?.requests).toEqual([]);
  });

  it('takes a full credential and a full frame of body in one request', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    const seen: number[] = [];
    member.behaviour = async (request) => {
      seen.push(request.frame.body.length);
      member.onParts(request.envelope.requestId, (part) => {
        seen.push(part.body.length);
        if (part.header.last) void member.answer(request, Buffer.from('ok'), { from: 1 });
      });
      await member.reply(request, { frame: 0, last: false, head: { status: 'accepted' } });
    };
    const { memberId } = member.options;
    const operation = { name: 'writeFile', path: '/f', mode: 'create' } as const;
    const body = randomBytes(192 * 1024);
    const wish = { memberId, operation, body, credential: 'A'.repeat(65_536) };
    await bytesOf((await broker.dispatch(dispatchOf(link, wish))).body);
    expect(seen.reduce((sum, bytes) => sum + bytes, 0)).toBe(body.length);
  });

  it('tells the member to stop when the caller goes away, before and after the answer began', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    const { memberId } = member.options;
    member.behaviour = async () => undefined;
    const early = new AbortController();
    const first = dispatchOf(link, { memberId, signal: early.signal });
    const waiting = broker.dispatch(first);
    await until('the request', () => member.requests.length === 1);
    early.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });

    member.behaviour = (request) => member.answer(request, randomBytes(10 * 1024 * 1024));
    const second = dispatchOf(link);
    const reply = await broker.dispatch(second);
    for await (const chunk of reply.body) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await until('both cancels', () => [first, second].every((one) => member.isCancelled(one.envelope.requestId)));
    await expect(reply.trailer).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
    expect(broker.pending).toBe(0);
  });

  it('stops a member that answers a competing read nobody waits for any more', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    const gone = new AbortController();
    member.behaviour = async (request) => {
      gone.abort();
      await sleep(50);
      await member.answer(request, randomBytes(8 * 1024 * 1024));
    };
    const dispatch = dispatchOf(link, { signal: gone.signal });
    await expect(broker.dispatch(dispatch)).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
    await until('the cancel', () => member.isCancelled(dispatch.envelope.requestId));
  });

  it('ends at the deadline with GATEWAY_TIMEOUT and says so to the member', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    member.behaviour = async () => undefined;
    const { memberId } = member.options;
    const waiting = broker.dispatch(dispatchOf(link, { memberId, signal: AbortSignal.timeout(300) }));
    await expect(waiting).rejects.toMatchObject({ code: 'GATEWAY_TIMEOUT' });
    await until('the cancel', () =>
      member.controls.some(({ control }) => control.type === 'cancel' && control.reason === 'deadline'),
    );
  });

  it('fails an answer with a gap and cancels it', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    member.behaviour = async (request) => {
      await member.reply(request, { frame: 0, last: false, head: { status: 'ok' }, body: Buffer.from('a') });
      await member.reply(request, { frame: 2, last: true, body: Buffer.from('c') });
    };
    const dispatch = dispatchOf(link);
    const reply = await broker.dispatch(dispatch);
    await expect(bytesOf(reply.body)).rejects.toMatchObject({
      code: 'REPLY_INVALID',
      details: { frame: 2, expected: 1 },
    });
    await until('the cancel', () => member.isCancelled(dispatch.envelope.requestId));
  });

  it('fails an answer that ignores the window', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    member.behaviour = async (request) => {
      for (let frame = 0; frame <= FRAME_WINDOW; frame += 1) {
        const head = frame === 0 ? { head: { status: 'ok' } as const } : {};
        await member.reply(request, { frame, last: false, ...head, body: Buffer.from('a') });
      }
    };
    const reply = await broker.dispatch(dispatchOf(link));
    await expect(reply.trailer).rejects.toMatchObject({ code: 'REPLY_INVALID' });
  });

  it('takes the bare end of an answer even without room', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    const error = { code: 'SOURCE_FAILED', hop: 'source', outcome: 'not-executed', message: 'broke' } as const;
    member.behaviour = async (request) => {
      for (let frame = 0; frame < FRAME_WINDOW; frame += 1) {
        const head = frame === 0 ? { head: { status: 'ok' } as const } : {};
        await member.reply(request, { frame, last: false, ...head, body: Buffer.from('a') });
      }
      await member.reply(request, { frame: FRAME_WINDOW, last: true, trailer: { error } });
    };
    const reply = await broker.dispatch(dispatchOf(link));
    expect(await reply.trailer).toEqual({ error });
  });

  it('drops frames that are repeated, forged, of another member, attempt, epoch or request', async () => {
    const { link, members } = await relay.gateway(2, ['member']);
    const [member, other] = members;
    const before = new Map(broker.dropped);
    member!.behaviour = async (request) => {
      const { requestId } = request.envelope;
      const evil = { frame: 0, last: true, head: { status: 'ok' } as const, body: Buffer.from('evil') };
      const one = { requestId, attempt: 1, frame: evil };
      const { memberId, replyKey } = member!.options;
      const frames = [
        member!.seal(one, randomBytes(32)),
        member!.seal(one, other!.options.replyKey),
        other!.seal(one),
        member!.seal({ ...one, attempt: 2 }),
        member!.seal({ ...one, requestId: randomUUID() }),
        member!.seal(one, replyKey, randomUUID()),
        Buffer.from('nonsense'),
      ];
      for (const frame of frames) await member!.send(request.replyTo, frame);
      const first = { frame: 0, last: false, head: { status: 'ok' } as const, body: Buffer.from('go') };
      await member!.reply(request, first);
      await member!.reply(request, first);
      await member!.reply(request, { frame: 1, last: true, body: Buffer.from('od') });
      expect(memberId).toBeDefined();
    };
    const reply = await broker.dispatch(dispatchOf(link, { memberId: member!.options.memberId }));
    expect((await bytesOf(reply.body)).toString()).toBe('good');
    const grown = (reason: string): number => (broker.dropped.get(reason) ?? 0) - (before.get(reason) ?? 0);
    expect(
      ['forged', 'other-member', 'attempt', 'unknown-request', 'stranger', 'unreadable', 'duplicate'].map(grown),
    ).toEqual([2, 1, 1, 1, 1, 1, 1]);
  });

  it('does not take the answer to one request for that to another', async () => {
    const { link, members } = await relay.gateway();
    const member = members[0]!;
    let recorded: Buffer | undefined;
    member.behaviour = async (request) => {
      recorded = member.seal({
        requestId: request.envelope.requestId,
        attempt: 1,
        frame: { frame: 0, last: true, head: { status: 'ok' }, body: Buffer.from('old') },
      });
      await member.send(request.replyTo, recorded);
    };
    await bytesOf((await broker.dispatch(dispatchOf(link))).body);
    member.behaviour = async (request) => {
      // The request id of the new request over the sealed rest of the old one.
      const forged = Buffer.from(recorded!);
      Buffer.from(request.envelope.requestId.replaceAll('-', ''), 'hex').copy(forged, 12);
      await member.send(request.replyTo, forged);
      await member.send(request.replyTo, recorded!);
      await member.answer(request, Buffer.from('new'));
    };
    const reply = await broker.dispatch(dispatchOf(link));
    expect((await bytesOf(reply.body)).toString()).toBe('new');
  });

  it('says GATEWAY_OFFLINE when the queue is gone', async () => {
    const { link, members } = await relay.gateway(1, []);
    const { gatewayId, epoch, namespace } = link;
    await relay.provisioner.remove({ gatewayId, epoch });
    expect(relay.bus.queueNames().filter((name) => name.includes(gatewayId))).toEqual([]);
    const expected = { code: 'GATEWAY_OFFLINE', hop: 'broker', outcome: 'not-sent' };
    await expect(broker.dispatch(dispatchOf(link))).rejects.toMatchObject(expected);
    const { memberId } = members[0]!.options;
    await expect(broker.dispatch(dispatchOf(link, { memberId }))).rejects.toMatchObject(expected);
    await expect(broker.dispatch(dispatchOf({ ...link, namespace: `${namespace}x` }))).rejects.toMatchObject({
      code: 'BROKER_UNAVAILABLE',
    });
  });

  it('knows which members answer a probe', async () => {
    const { link, members } = await relay.gateway(2);
    members[1]!.isAlive = false;
    const ids = members.map(({ options }) => options.memberId);
    expect([...(await broker.probe(link, ids, 500))]).toEqual([ids[0]]);
    members[0]!.isAlive = false;
    expect([...(await broker.probe(link, ids, 300))]).toEqual([]);
  });

  it('asks members to fetch their state', async () => {
    const { link, members } = await relay.gateway(2);
    await broker.notify(
      link,
      members.map(({ options }) => options.memberId),
    );
    await until('both', () =>
      members.every(({ controls }) => controls.some(({ control }) => control.type === 'refresh')),
    );
  });

  it('answers 2,000 interleaved requests of two replicas and two members, none at the wrong place', async () => {
    const second = await relay.broker();
    const { link, members } = await relay.gateway(2);
    for (const member of members) {
      member.behaviour = (request) => member.answer(request, Buffer.from(request.envelope.requestId));
    }
    const one = async (index: number): Promise<void> => {
      const dispatch = dispatchOf(link);
      const reply = await (index % 2 === 0 ? broker : second).dispatch(dispatch);
      expect((await bytesOf(reply.body)).toString()).toBe(dispatch.envelope.requestId);
    };
    const dropped = broker.dropped.get('unknown-request');
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 100 }, (_none, index) => one(index)));
    expect(broker.dropped.get('unknown-request')).toBe(dropped);
    expect(members.map(({ requests }) => requests.length > 100)).toEqual([true, true]);
  });
});
