import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RefusedReply } from '../../src/relay-broker/relay-broker.js';
import type { ServiceBusBroker } from '../../src/relay-broker/service-bus.broker.js';
import { bytesOf, dispatchOf, RelayFixture } from '../support/relay.js';
import { until } from '../support/until.js';

describe('the relay, when members go', () => {
  const refused: RefusedReply[] = [];
  let relay: RelayFixture;
  let broker: ServiceBusBroker;
  beforeAll(async () => {
    relay = await RelayFixture.start();
    broker = await relay.broker();
    broker.onRefused((reply) => refused.push(reply));
  });
  afterAll(() => relay.stop());

  it('takes no answer of somebody whose key the epoch does not have, and says who it was', async () => {
    const { link, members } = await relay.gateway();
    const memberId = String(members[0]?.options.memberId);
    const stop = new AbortController();
    const stranger = { ...link, replyKeys: new Map([[randomUUID(), new Uint8Array(32)]]) };
    const waiting = broker.dispatch(dispatchOf(stranger, { signal: stop.signal }));
    await until('the answer', () => refused.some((reply) => reply.memberId === memberId));
    expect(refused.at(-1)).toEqual({ gatewayId: link.gatewayId, memberId, epoch: 1, reason: 'stranger' });
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('says at once that nothing was sent when the epoch is taken down, also where it sent before', async () => {
    const { link } = await relay.gateway();
    await bytesOf((await broker.dispatch(dispatchOf(link))).body);
    await relay.provisioner.remove({ gatewayId: link.gatewayId, epoch: 1 });
    const began = Date.now();
    await expect(broker.dispatch(dispatchOf(link))).rejects.toMatchObject({
      code: 'GATEWAY_OFFLINE',
      outcome: 'not-sent',
    });
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('lets an answer go on over a change of epoch, and takes nothing more of a member that is none any more', async () => {
    const { link, members } = await relay.gateway(2, ['member']);
    const [stays, leaves] = members as [(typeof members)[0], (typeof members)[0]];
    const content = randomBytes(12 * 1024 * 1024);
    const begun = await Promise.all(
      [stays, leaves].map(async (member) => {
        member.behaviour = async (request) => member.answer(request, content);
        const dispatch = dispatchOf(link, { memberId: member.options.memberId });
        const reply = await broker.dispatch(dispatch);
        return {
          reply,
          requestId: dispatch.envelope.requestId,
          first: await reply.body[Symbol.asyncIterator]().next(),
        };
      }),
    );
    const [standing, broken] = begun as [(typeof begun)[0], (typeof begun)[0]];
    const next = await relay.nextEpoch(link, [stays]);
    for (const { requestId } of begun) broker.follow(requestId, next);
    const whole = Buffer.concat([standing.first.value as Uint8Array, await bytesOf(standing.reply.body)]);
    expect(whole.equals(content)).toBe(true);

    const past = refused.length;
    const { requestId } = broken;
    await leaves.send(
      leaves.requests[0]?.replyTo ?? '',
      leaves.seal({ requestId, attempt: 1, frame: { frame: 32, last: true, body: Buffer.from('!') } }),
    );
    await until('the late frame', () => refused.length > past);
    const { gatewayId } = link;
    expect(refused.at(-1)).toEqual({ gatewayId, memberId: leaves.options.memberId, epoch: 1, reason: 'stranger' });
    await broken.reply.body[Symbol.asyncIterator]().return?.();
    expect(broker.pending).toBe(0);
  });

  it('has a member stop whose request went to another one while its epoch ended', async () => {
    const { link, members } = await relay.gateway(2, ['member']);
    const [slow, other] = members as [(typeof members)[0], (typeof members)[0]];
    for (const member of members) member.behaviour = async () => undefined;
    slow.listen(['work']);
    const stops = [new AbortController(), new AbortController()] as const;
    const first = dispatchOf(link, { signal: stops[0].signal });
    const lost = broker.dispatch(first);
    const held = await until('it is taken', () => slow.requests[0]);
    const next = await relay.nextEpoch(link, members);
    stops[0].abort();
    await expect(lost).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
    const { requestId } = first.envelope;
    const again = dispatchOf(next, {
      requestId,
      attempt: 2,
      memberId: other.options.memberId,
      signal: stops[1].signal,
    });
    const waiting = broker.dispatch(again);
    await until('the other is asked', () => other.requests.length === 1);
    // More than may be on its way at once: unless it is told, it waits for room until the request's end.
    const answering = slow.answer(held, randomBytes(12 * 1024 * 1024));
    await until('it is told to stop', () => slow.isCancelled(requestId));
    await answering;
    expect(other.isCancelled(requestId)).toBe(false);
    stops[1].abort();
    await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('brings a read that a dead member holds to another one, and hears the dead no more', async () => {
    const { link, members } = await relay.gateway(2, ['member']);
    const [dead, alive] = members as [(typeof members)[0], (typeof members)[0]];
    dead.behaviour = async () => undefined;
    dead.isAlive = false;
    dead.listen(['work']);
    const stop = new AbortController();
    const first = dispatchOf(link, { signal: stop.signal });
    const lost = broker.dispatch(first);
    await until('the dead one to hold it', () => dead.requests.length === 1);
    const ids = members.map(({ options }) => options.memberId);
    expect(await broker.probe(link, ids, 500)).toEqual(new Set([alive.options.memberId]));
    const known = Date.now();
    stop.abort();
    await expect(lost).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
    const { requestId } = first.envelope;
    const again = dispatchOf(link, { requestId, attempt: 2, memberId: alive.options.memberId });
    const reply = await broker.dispatch(again);
    expect(reply).toMatchObject({ memberId: alive.options.memberId, attempt: 2 });
    expect((await bytesOf(reply.body)).toString()).toBe('[]');
    expect(Date.now() - known).toBeLessThan(3_000);

    const held = dead.requests[0];
    if (held) await dead.answer(held, Buffer.from('late'));
    const { gatewayId } = link;
    await until('the late answer', () => refused.some((one) => one.memberId === dead.options.memberId));
    expect(refused.at(-1)).toEqual({ gatewayId, memberId: dead.options.memberId, epoch: 1, reason: 'unknown-request' });
    // Whoever may send to the replica can name anybody: what is for no request that is known counts for nobody.
    const told = refused.length;
    const stray = dead.seal({ requestId: randomUUID(), attempt: 1, frame: { frame: 0, last: true } });
    const before = broker.dropped.get('unknown-request') ?? 0;
    await dead.send(held?.replyTo ?? '', stray);
    await until('the stray frame', () => (broker.dropped.get('unknown-request') ?? 0) > before);
    expect(refused).toHaveLength(told);
    expect(broker.pending).toBe(0);
  });
});
