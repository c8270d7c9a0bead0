import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newRequestContext, runInContext } from '../../src/common/request-context.js';
import type { AppConfig } from '../../src/config/env.js';
import { RetentionService } from '../../src/modules/flow-requests/retention.service.js';
import { DispatcherFixture } from '../support/dispatcher.js';
import { RecordingBroker } from '../support/recording-broker.js';
import { bytesOf } from '../support/relay.js';
import { until } from '../support/until.js';

describe('what became of requests', () => {
  let its: DispatcherFixture;
  beforeAll(async () => {
    its = await DispatcherFixture.start();
  });
  afterAll(() => its.stop());
  beforeEach(() => its.reset());

  const traced = async <T>(work: (traceId: string) => Promise<T>): Promise<T> => {
    const traceId = randomBytes(16).toString('hex');
    return runInContext(newRequestContext(`00-${traceId}-0123456789abcdef-01`), () => work(traceId));
  };
  const send = (wish: Parameters<DispatcherFixture['request']>[0] = {}) =>
    its.dispatcher.dispatch(its.caller, its.request(wish));

  it('is told at once, and the same from the table', async () => {
    await traced(async (traceId) => {
      its.broker.script = () => ({ chunks: [Buffer.from('12345')], trailer: { timings: { totalMs: 3 } } });
      await bytesOf((await send({ client: { flowRunId: 'run-1' } })).body);
      // The member hangs its own spans below the caller's.
      expect(its.broker.sent[0]?.envelope).toMatchObject({
        traceId,
        parentSpan: { id: '0123456789abcdef', sampled: true },
      });
      const soon = await its.requests.get(its.caller, traceId);
      expect(soon).toMatchObject({
        status: 'succeeded',
        replyBytes: 5,
        attempts: 1,
        client: { flowRunId: 'run-1' },
        timings: { 'member.totalMs': 3 },
      });
      await its.log.flush();
      expect(its.log.find(its.caller.tenantId, traceId)).toBeUndefined();
      expect(await its.requests.get(its.caller, traceId)).toEqual(soon);
    });
  });

  it('is told while it is running', async () => {
    await traced(async (traceId) => {
      its.broker.script = RecordingBroker.silent();
      const caller = new AbortController();
      const waiting = send({ signal: caller.signal });
      await until('it is sent', () => its.broker.sent.length === 1);
      expect(await its.requests.get(its.caller, traceId)).toMatchObject({ status: 'running', finishedAt: null });
      caller.abort();
      await expect(waiting).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
      expect(await its.requests.get(its.caller, traceId)).toMatchObject({
        status: 'failed',
        code: 'REQUEST_CANCELLED',
      });
    });
  });

  it('says aborted of an answer that broke after it began, even when nobody reads on', async () => {
    await traced(async (traceId) => {
      its.broker.script = () => ({ chunks: [Buffer.from('1')], hangs: true });
      const caller = new AbortController();
      const body = (await send({ signal: caller.signal })).body[Symbol.asyncIterator]();
      await body.next();
      caller.abort();
      await until('the end', async () => (await its.requests.get(its.caller, traceId)).status === 'aborted');
    });
  });

  it('keeps refusals too', async () => {
    await traced(async (traceId) => {
      its.isLicensed = false;
      await expect(send()).rejects.toMatchObject({ code: 'LICENCE_REQUIRED' });
      await its.log.flush();
      const view = await its.requests.get(its.caller, traceId);
      expect(view).toMatchObject({
        status: 'failed',
        code: 'LICENCE_REQUIRED',
        hop: 'control-plane',
        outcome: 'not-sent',
        attempts: 0,
      });
    });
  });

  it('is for who asked, administrators of the gateway and of the tenant, and nobody else', async () => {
    await traced(async (traceId) => {
      await bytesOf((await send()).body);
      const colleague = { ...its.caller, id: randomUUID() };
      const missing = { code: 'REQUEST_NOT_FOUND' };
      await expect(its.requests.get(colleague, traceId)).rejects.toMatchObject(missing);
      await expect(its.requests.get({ ...its.caller, tenantId: randomUUID() }, traceId)).rejects.toMatchObject(missing);
      await expect(its.requests.get(its.caller, 'no trace')).rejects.toMatchObject(missing);
      expect((await its.requests.get({ ...colleague, isTenantAdministrator: true }, traceId)).traceId).toBe(traceId);
      its.gatewayRole = 'Admin';
      expect((await its.requests.get(colleague, traceId)).traceId).toBe(traceId);
    });
  });

  it('is kept while the database is away, and written when it is back', async () => {
    await traced(async (traceId) => {
      await its.log.flush();
      await its.database.cut();
      await bytesOf((await send()).body);
      await its.log.flush();
      expect(await its.requests.get(its.caller, traceId)).toMatchObject({ status: 'succeeded' });
      await its.database.restore();
      await its.log.flush();
      expect(its.log.find(its.caller.tenantId, traceId)).toBeUndefined();
      expect(await its.requests.get(its.caller, traceId)).toMatchObject({ status: 'succeeded' });
    });
  });

  it('is forgotten after a month', async () => {
    await traced(async (traceId) => {
      await bytesOf((await send()).body);
      await its.log.flush();
      await its.database.query(
        `UPDATE flow_request SET "startedAt" = now() - interval '31 days' WHERE "traceId" = $1`,
        [traceId],
      );
      expect(await new RetentionService({ requestRetentionDays: 30 } as AppConfig, its.prisma).sweep()).toBe(1);
      await expect(its.requests.get(its.caller, traceId)).rejects.toMatchObject({ code: 'REQUEST_NOT_FOUND' });
    });
  });
});
