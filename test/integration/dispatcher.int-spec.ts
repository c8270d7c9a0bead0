import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlowReply } from '../../src/modules/flow-requests/dispatcher.service.js';
import { DispatcherFixture } from '../support/dispatcher.js';
import { RecordingBroker } from '../support/recording-broker.js';
import { bytesOf } from '../support/relay.js';
import { until } from '../support/until.js';

describe('the dispatcher', () => {
  let its: DispatcherFixture;
  beforeAll(async () => {
    its = await DispatcherFixture.start();
  });
  afterAll(() => its.stop());
  beforeEach(() => its.reset());

  const read = async (reply: FlowReply): Promise<string> => (await bytesOf(reply.body)).toString();
  const send = (wish: Parameters<DispatcherFixture['request']>[0] = {}): Promise<FlowReply> =>
    its.dispatcher.dispatch(its.caller, its.request(wish));

  it('sends an admitted read to the members that compete for it', async () => {
    expect(await read(await send())).toBe('[]');
    const [sent] = its.broker.sent;
    expect(sent?.memberId).toBeUndefined();
    expect(sent?.prove).toBeUndefined();
    expect(sent?.envelope).toMatchObject({
      operation: { name: 'listTables' },
      attempt: 1,
      connection: { credential: 'sealed', sealedTo: { keyId: 'key-1', currentKeyId: 'key-1' } },
    });
  });

  it('refuses in one order, and nothing reaches the relay', async () => {
    const member = its.member({ lastHeartbeatAt: new Date(0) });
    its.change({
      gateway: { members: [member] },
      grant: { connectionRole: null, gatewayRole: null, isComplete: true },
      environments: [],
    });
    its.isLicensed = false;
    const { route } = its;
    its.route = undefined;
    const codes: string[] = [];
    const next = async (repair: () => void): Promise<void> => {
      await send({ environmentId: randomUUID() }).catch((error: { code: string }) => codes.push(error.code));
      repair();
    };
    await next(() => (its.route = route));
    await next(() => (its.isLicensed = true));
    await next(() => its.change({ grant: { connectionRole: 'User', gatewayRole: null, isComplete: true } }));
    await next(() => undefined);
    await send().catch((error: { code: string }) => codes.push(error.code));
    await send({ environmentId: its.us.id }).catch((error: { code: string }) => codes.push(error.code));
    await send({ environmentId: its.europe.id }).catch((error: { code: string }) => codes.push(error.code));
    expect(codes).toEqual([
      'CONNECTION_NOT_FOUND',
      'LICENCE_REQUIRED',
      'ROLE_MISSING',
      'ENVIRONMENT_NOT_FOUND',
      'ENVIRONMENT_REQUIRED',
      'REGION_MISMATCH',
      'GATEWAY_OFFLINE',
    ]);
    expect(its.broker.sent).toEqual([]);
  });

  it('does not find a connection of another kind', async () => {
    await expect(send({ kind: 'http' })).rejects.toMatchObject({ code: 'CONNECTION_NOT_FOUND' });
  });

  it('takes the only binding for the environment, and asks when there are two', async () => {
    its.change({ environments: [its.europe, its.us] });
    await expect(send()).rejects.toMatchObject({ code: 'ENVIRONMENT_REQUIRED', details: { bound: 2 } });
    await expect(send({ environmentId: 'Default-x' })).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
  });

  it('refuses an operation that the kind does not have, and members that are too old for it', async () => {
    await expect(send({ operation: { name: 'readFile', path: '/a' } })).rejects.toMatchObject({
      code: 'OPERATION_UNSUPPORTED',
    });
    const capabilities = { contractVersions: [1], operations: { postgresql: ['test'] }, features: [] };
    its.change({ gateway: { members: [its.member({ capabilities })] } });
    await expect(send()).rejects.toMatchObject({ code: 'GATEWAY_TOO_OLD' });
    expect(its.broker.sent).toEqual([]);
  });

  it('addresses a read to a member that can do it when another reader cannot', async () => {
    const capabilities = { contractVersions: [1], operations: { postgresql: ['test'] }, features: [] };
    const able = its.member();
    its.change({ gateway: { members: [its.member({ capabilities }), able] } });
    await read(await send());
    expect(its.broker.sent[0]?.memberId).toBe(able.id);
  });

  it('addresses writes to one member, signed: the first under Failover', async () => {
    const first = its.member({ createdAt: new Date(0) });
    its.change({ gateway: { loadBalancing: 'Failover', members: [its.member(), first] } });
    await read(await send({ operation: { name: 'deleteItem', table: 't', key: '1' } }));
    const [sent] = its.broker.sent;
    expect(sent).toMatchObject({ memberId: first.id, envelope: { memberId: first.id } });
    expect(sent?.prove?.(Buffer.from('x'))).toEqual({ certificate: 'c', signature: 's' });
  });

  it('spreads writes over members under DistributeEvenly', async () => {
    const members = [its.member(), its.member()];
    its.change({ gateway: { members } });
    its.broker.script = () => ({ hangs: true });
    const caller = new AbortController();
    const operation = { name: 'deleteItem', table: 't', key: '1' } as const;
    await send({ operation, signal: caller.signal });
    await send({ operation, signal: caller.signal });
    expect(new Set(its.broker.sent.map(({ memberId }) => memberId))).toEqual(new Set(members.map(({ id }) => id)));
    caller.abort();
  });

  it("passes on the member's error with hop, outcome and details", async () => {
    const error = {
      code: 'COLUMN_UNKNOWN',
      hop: 'connector',
      outcome: 'not-executed',
      message: 'No column x.',
      details: { column: 'x' },
    } as const;
    its.broker.script = () => ({ head: { status: 'error', error } });
    await expect(send()).rejects.toMatchObject({ ...error, status: 400 });
  });

  it('breaks the body when the trailer says that it is not whole', async () => {
    const error = { code: 'SOURCE_FAILED', hop: 'source', outcome: 'not-executed', message: 'Broke.' } as const;
    its.broker.script = () => ({ chunks: [Buffer.from('[{')], trailer: { error } });
    const reply = await send();
    await expect(bytesOf(reply.body)).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    await expect(reply.trailer).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  it('ends with the caller, and tells the relay', async () => {
    its.broker.script = RecordingBroker.silent();
    const caller = new AbortController();
    const waiting = send({ signal: caller.signal });
    await until('it is sent', () => its.broker.sent.length === 1);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
    expect(its.broker.sent[0]?.signal.aborted).toBe(true);
  });

  it('sends a read again, to another member, when the one that may have it died', async () => {
    const [dead, alive] = [its.member({ createdAt: new Date(0) }), its.member()];
    its.change({ gateway: { members: [dead, alive] } });
    its.broker.alive = new Set([alive.id]);
    its.broker.script = (dispatch) =>
      dispatch.envelope.attempt === 1 ? RecordingBroker.silent()(dispatch) : { chunks: [Buffer.from('ok')] };
    expect(await read(await send())).toBe('ok');
    expect(its.broker.sent.map(({ memberId, envelope }) => [memberId, envelope.attempt])).toEqual([
      [undefined, 1],
      [alive.id, 2],
    ]);
    expect(its.broker.sent[0]?.signal.aborted).toBe(true);
    expect(new Set(its.broker.sent.map(({ envelope }) => envelope.requestId)).size).toBe(1);
  });

  it('ends with GATEWAY_OFFLINE within 20 s when the only member died: reads were not executed, of writes nothing is known', async () => {
    its.broker.script = RecordingBroker.silent();
    const began = Date.now();
    const operation = { name: 'deleteItem', table: 't', key: '1' } as const;
    await Promise.all([
      expect(send()).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', hop: 'member', outcome: 'not-executed' }),
      expect(send({ operation })).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', hop: 'member', outcome: 'unknown' }),
    ]);
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(its.broker.sent).toHaveLength(2);
  });

  it('breaks the body within 20 s when the member dies in the middle, and waits for one that lives', async () => {
    its.broker.script = () => ({ chunks: [Buffer.from('[')], hangs: true });
    const alive = its.member();
    const began = Date.now();
    const dying = read(await send());
    const dead = expect(dying).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', hop: 'member' });
    its.change({ gateway: { members: [alive] } });
    its.broker.alive = new Set([alive.id]);
    const caller = new AbortController();
    const living = read(await send({ signal: caller.signal }));
    let isOver = false;
    living.catch(() => (isOver = true));
    await dead;
    expect(Date.now() - began).toBeLessThan(20_000);
    expect(isOver).toBe(false);
    caller.abort();
    await expect(living).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('tests a connection without an environment and throws what the test found', async () => {
    its.change({ environments: [] });
    const { id } = its.route!.connection;
    const { signal } = new AbortController();
    await its.dispatcher.test(its.caller, id, signal);
    expect(its.broker.sent[0]?.envelope.operation).toEqual({ name: 'test' });
    const error = { code: 'SOURCE_DENIED', hop: 'source', outcome: 'not-executed', message: 'no' } as const;
    its.broker.script = () => ({ head: { status: 'error', error } });
    await expect(its.dispatcher.test(its.caller, id, signal)).rejects.toMatchObject({ code: 'SOURCE_DENIED' });
  });
});
