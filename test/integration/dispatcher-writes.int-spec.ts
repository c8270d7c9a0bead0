import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlowReply } from '../../src/modules/flow-requests/dispatcher.service.js';
import { DispatcherFixture } from '../support/dispatcher.js';
import { RecordingBroker } from '../support/recording-broker.js';
import { bytesOf } from '../support/relay.js';
import { until } from '../support/until.js';

const operation = { name: 'createItem', table: 't', row: { a: 1 } } as const;

describe('writes with an idempotency key', () => {
  let its: DispatcherFixture;
  beforeAll(async () => {
    its = await DispatcherFixture.start();
  });
  afterAll(() => its.stop());
  beforeEach(() => its.reset());

  const send = (wish: Parameters<DispatcherFixture['request']>[0] = {}): Promise<FlowReply> =>
    its.dispatcher.dispatch(its.caller, its.request({ operation, idempotencyKey: 'k1', ...wish }));
  const states = async (): Promise<string[]> => {
    const connectionId = its.route!.connection.id;
    const rows = await its.prisma.writeRecord.findMany({
      where: { tenantId: its.caller.tenantId, connectionId },
      select: { state: true },
    });
    return rows.map(({ state }) => state);
  };

  it('are recorded before they are sent', async () => {
    let before: string[] = [];
    its.broker.script = async () => {
      before = await states();
      return { chunks: [Buffer.from('{}')] };
    };
    await bytesOf((await send()).body);
    expect(before).toEqual(['sent']);
    expect(await states()).toEqual(['executed']);
  });

  it('go to the same member again, which knows them by a hash', async () => {
    const [one, two] = [its.member(), its.member()];
    its.change({ gateway: { members: [one, two] } });
    for (let round = 0; round < 6; round += 1) await bytesOf((await send()).body);
    expect(new Set(its.broker.sent.map(({ memberId }) => memberId)).size).toBe(1);
    const hashes = new Set(its.broker.sent.map(({ envelope }) => envelope.idempotencyHash));
    expect(hashes.size).toBe(1);
    expect([...hashes][0]).toMatch(/^[\w-]{43}$/);
  });

  it('are refused under the key of another request, whatever differs', async () => {
    await bytesOf((await send({ body: Buffer.from('a') })).body);
    await expect(send({ body: Buffer.from('b') })).rejects.toMatchObject({ code: 'KEY_REUSED', status: 422 });
    const other = { ...operation, row: { a: 2 } };
    await expect(send({ operation: other, body: Buffer.from('a') })).rejects.toMatchObject({ code: 'KEY_REUSED' });
    expect(its.broker.sent).toHaveLength(1);
  });

  it('are refused with Retry-After while the first is running', async () => {
    its.broker.script = RecordingBroker.silent();
    const caller = new AbortController();
    const first = send({ signal: caller.signal });
    await until('the first is sent', () => its.broker.sent.length === 1);
    await expect(send()).rejects.toMatchObject({ code: 'REQUEST_REPEATED', status: 409, retryAfterSeconds: 5 });
    caller.abort();
    await expect(first).rejects.toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'unknown' });
    expect(await states()).toEqual(['unknown']);
  });

  it('may go to any member again when the first surely did not run', async () => {
    const error = { code: 'REQUEST_DECLINED', hop: 'member', outcome: 'not-executed', message: 'no' } as const;
    its.broker.script = () => ({ head: { status: 'error', error } });
    await expect(send()).rejects.toMatchObject({ code: 'REQUEST_DECLINED' });
    expect(await states()).toEqual(['not-executed']);
    const other = its.member();
    its.change({ gateway: { members: [other] } });
    its.broker.script = () => ({ chunks: [] });
    await bytesOf((await send()).body);
    expect(its.broker.sent[1]?.memberId).toBe(other.id);
    expect(await states()).toEqual(['executed']);
  });

  it('tell what is known when the member that has the result is gone', async () => {
    await bytesOf((await send()).body);
    its.change({ gateway: { members: [its.member()] } });
    await expect(send()).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE', outcome: 'executed' });
    expect(its.broker.sent).toHaveLength(1);
  });

  it('keep their outcome when a repeat fails', async () => {
    await bytesOf((await send()).body);
    const error = { code: 'GATEWAY_BUSY', hop: 'member', outcome: 'not-executed', message: 'busy' } as const;
    its.broker.script = () => ({ head: { status: 'error', error } });
    await expect(send()).rejects.toMatchObject({ code: 'GATEWAY_BUSY' });
    expect(await states()).toEqual(['executed']);
  });

  it('are the business of their caller: another one has the key for himself', async () => {
    await bytesOf((await send({ body: Buffer.from('a') })).body);
    const other = { ...its.caller, id: crypto.randomUUID() };
    const request = its.request({ operation, idempotencyKey: 'k1', body: Buffer.from('b') });
    await bytesOf((await its.dispatcher.dispatch(other, request)).body);
    expect(its.broker.sent).toHaveLength(2);
  });

  it('of two that arrive together one is sent', async () => {
    its.broker.script = RecordingBroker.silent();
    const caller = new AbortController();
    const all = Array.from({ length: 8 }, () =>
      send({ signal: caller.signal }).catch((error: { code: string }) => error.code),
    );
    let settled = 0;
    for (const one of all) void one.then(() => (settled += 1));
    await until('all but one are refused', () => settled === 7);
    caller.abort();
    const codes = await Promise.all(all);
    expect(codes.filter((code) => code === 'REQUEST_REPEATED')).toHaveLength(7);
    expect(its.broker.sent).toHaveLength(1);
  });

  it('with a stream as their body must fit one frame', async () => {
    async function* stream(bytes: number): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < bytes; at += 1024) yield Buffer.alloc(1024);
    }
    await expect(send({ body: stream(300 * 1024) })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(its.broker.sent).toEqual([]);
    await bytesOf((await send({ idempotencyKey: 'k2', body: stream(2048) })).body);
    expect((its.broker.sent[0]?.body as Uint8Array).length).toBe(2048);
  });
});
