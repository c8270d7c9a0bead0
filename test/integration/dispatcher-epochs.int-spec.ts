import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import type { AgentError } from '../../src/contract/errors.js';
import type { FlowReply } from '../../src/modules/flow-requests/dispatcher.service.js';
import { DispatcherFixture } from '../support/dispatcher.js';
import { RecordingBroker } from '../support/recording-broker.js';
import { bytesOf } from '../support/relay.js';
import { until } from '../support/until.js';

const WRITE = { name: 'deleteItem', table: 't', key: '1' } as const;

describe('a request that meets a change of members', () => {
  let its: DispatcherFixture;
  beforeAll(async () => {
    its = await DispatcherFixture.start();
  });
  afterAll(() => its.stop());
  beforeEach(() => its.reset());

  const read = async (reply: FlowReply): Promise<string> => (await bytesOf(reply.body)).toString();
  const send = (wish: Parameters<DispatcherFixture['request']>[0] = {}): Promise<FlowReply> =>
    its.dispatcher.dispatch(its.caller, its.request(wish));
  const sent = () => its.broker.sent.map(({ link, envelope, memberId }) => [link.epoch, envelope.attempt, memberId]);
  /** The gateway is in epoch 2, with these members there. */
  const begin = (members = its.route?.gateway.members ?? []): void => {
    its.change({ gateway: { epoch: 2, members: members.map((member) => ({ ...member, connectedEpoch: 2 })) } });
    its.tellChanged();
  };
  const gone = (): never => {
    throw new DomainError('GATEWAY_OFFLINE', {}, { hop: 'broker', outcome: 'not-sent' });
  };

  it('is sent again in the new epoch when it is a read that nobody answered', async () => {
    its.broker.script = (dispatch) =>
      dispatch.link.epoch === 1 ? RecordingBroker.silent()(dispatch) : { chunks: [Buffer.from('ok')] };
    const waiting = send();
    await until('it is sent', () => its.broker.sent.length === 1);
    begin();
    expect(await read(await waiting)).toBe('ok');
    expect(sent()).toEqual([
      [1, 1, undefined],
      [2, 2, undefined],
    ]);
    expect(its.broker.sent[0]?.signal.aborted).toBe(true);
  });

  it('is sent again to where the route leads now when its place is gone', async () => {
    its.broker.script = ({ link }) => {
      if (link.epoch === 2) return { chunks: [Buffer.from('ok')] };
      begin();
      return gone();
    };
    expect(await read(await send())).toBe('ok');
    its.reset();
    its.broker.script = ({ link }) => {
      if (link.epoch === 2) return { chunks: [Buffer.from('done')] };
      begin();
      return gone();
    };
    const member = its.route?.gateway.members[0]?.id;
    expect(await read(await send({ operation: WRITE }))).toBe('done');
    expect(sent()).toEqual([
      [1, 1, member],
      [2, 2, member],
    ]);
  });

  it('is sent again when it is a write that its member could not take off the old queue, and only then', async () => {
    const declined: AgentError = {
      code: 'REQUEST_DECLINED',
      hop: 'member',
      outcome: 'not-executed',
      message: 'not ours alone',
    };
    its.broker.script = () => ({ head: { status: 'error', error: declined } });
    await expect(send({ operation: WRITE })).rejects.toMatchObject({ code: 'REQUEST_DECLINED' });
    expect(its.broker.sent).toHaveLength(1);
    its.broker.sent.length = 0;
    its.broker.script = ({ link }) => {
      if (link.epoch === 2) return { chunks: [Buffer.from('done')] };
      begin();
      return { head: { status: 'error', error: declined } };
    };
    const member = its.route?.gateway.members[0]?.id;
    expect(await read(await send({ operation: WRITE }))).toBe('done');
    expect(sent()).toEqual([
      [1, 1, member],
      [2, 2, member],
    ]);
  });

  it('gives up after one more try when the place stays gone, and does not repeat a body that was read', async () => {
    its.broker.script = gone;
    const body = (async function* () {
      yield Buffer.from('x');
    })();
    await Promise.all([
      expect(send()).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' }),
      expect(send({ body })).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' }),
    ]);
    expect(its.broker.sent).toHaveLength(3);

    its.broker.sent.length = 0;
    its.broker.script = () => {
      throw new DomainError('BROKER_UNAVAILABLE');
    };
    const began = Date.now();
    await expect(send()).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect([its.broker.sent.length, Date.now() - began < 1_000]).toEqual([1, true]);
  });

  it('is unknown when it is a write whose member was removed, and waits for one that stays', async () => {
    its.broker.script = RecordingBroker.silent();
    const [leaves, stays] = [its.member({ createdAt: new Date(0) }), its.member()];
    its.change({ gateway: { loadBalancing: 'Failover', members: [leaves] } });
    const lost = send({ operation: WRITE });
    await until('the first is sent', () => its.broker.sent.length === 1);
    its.change({ gateway: { members: [stays] } });
    const caller = new AbortController();
    const standing = send({ operation: WRITE, signal: caller.signal });
    let isOver = false;
    standing.catch(() => (isOver = true));
    await until('both are sent', () => its.broker.sent.length === 2);
    begin([stays]);
    await expect(lost).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', outcome: 'unknown' });
    expect([isOver, its.broker.sent.length]).toEqual([false, 2]);
    caller.abort();
    await expect(standing).rejects.toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'unknown' });
  });

  it('does not go on with an answer of a member that was removed, but with that of one that stays', async () => {
    const [leaves, stays] = [its.member({ createdAt: new Date(0) }), its.member()];
    its.change({ gateway: { loadBalancing: 'Failover', members: [leaves] } });
    its.broker.script = () => ({ chunks: [Buffer.from('[')], hangs: true });
    const broken = read(await send());
    const isBroken = expect(broken).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', outcome: 'not-executed' });
    its.change({ gateway: { members: [stays] } });
    const caller = new AbortController();
    const whole = read(await send({ signal: caller.signal }));
    let isOver = false;
    whole.catch(() => (isOver = true));
    begin([stays]);
    await isBroken;
    expect(isOver).toBe(false);
    // Its member is reached in the new epoch from now on: also to be asked whether it is there.
    const { requestId } = its.broker.sent[1]?.envelope ?? {};
    await until('it is taken over', () =>
      its.broker.followed.some((one) => one.requestId === requestId && one.link.epoch === 2),
    );
    its.broker.alive = new Set([stays.id]);
    await until('it is asked', () => its.broker.probed.length > 0);
    expect(its.broker.probed).toEqual([{ epoch: 2, memberIds: [stays.id] }]);
    caller.abort();
    await expect(whole).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('is held while members come over, for five seconds at most', async () => {
    const members = its.route?.gateway.members ?? [];
    its.change({ gateway: { epoch: 2 } });
    const began = Date.now();
    await expect(send()).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
    const held = Date.now() - began;
    expect([held >= 4_900, held < 7_000]).toEqual([true, true]);

    const waiting = send();
    begin(members);
    expect(await read(await waiting)).toBe('[]');
    expect(sent()).toEqual([[2, 1, undefined]]);
  });

  it('is not held for members that are away', async () => {
    its.change({ gateway: { members: [its.member({ lastHeartbeatAt: new Date(0) })] } });
    const began = Date.now();
    await expect(send()).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  it('reaches no member that was disabled or told to drain a moment ago and still reads', async () => {
    const able = its.member();
    for (const change of [{ enabled: false }, { draining: true }, { conditions: ['cpu-high'] }]) {
      its.broker.sent.length = 0;
      its.change({ gateway: { members: [its.member({ createdAt: new Date(0), ...change }), able] } });
      await read(await send());
      expect(sent()).toEqual([[1, 1, able.id]]);
      its.change({ gateway: { members: [its.member({ ...change, receiving: false }), able] } });
      await read(await send());
      expect(sent()[1]).toEqual([1, 1, undefined]);
    }
  });

  it('does not wait for its own silence once another found the member dead, and later ones pass the member over', async () => {
    const [dead, alive] = [its.member({ createdAt: new Date(0) }), its.member()];
    its.change({ gateway: { loadBalancing: 'Failover', members: [dead, alive] } });
    its.broker.alive = new Set([alive.id]);
    its.broker.script = (dispatch) =>
      dispatch.memberId === undefined ? RecordingBroker.silent()(dispatch) : { chunks: [Buffer.from('ok')] };
    const first = send();
    let second: Promise<FlowReply> | undefined;
    // The probe begins after four seconds; this one is then a second old.
    const late = setTimeout(() => {
      second = send();
    }, 3_000);
    expect(await read(await first)).toBe('ok');
    const known = Date.now();
    clearTimeout(late);
    expect(await read(await (second as unknown as Promise<FlowReply>))).toBe('ok');
    expect(Date.now() - known).toBeLessThan(1_000);

    its.broker.sent.length = 0;
    expect(await read(await send())).toBe('ok');
    expect(await read(await send({ operation: WRITE }))).toBe('ok');
    expect(sent()).toEqual([
      [1, 1, alive.id],
      [1, 1, alive.id],
    ]);
    // Heard again, it is the first again.
    const back = { ...dead, lastHeartbeatAt: new Date(Date.now() + 1) };
    its.change({ gateway: { members: [back, alive] } });
    its.broker.script = () => ({ chunks: [Buffer.from('ok')] });
    await read(await send({ operation: WRITE }));
    expect(sent()[2]).toEqual([1, 1, dead.id]);
  });
});
