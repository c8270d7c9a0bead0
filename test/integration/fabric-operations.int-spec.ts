import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { OperationSweepService } from '../../src/modules/operations/operation-sweep.service.js';
import { OperationsService } from '../../src/modules/operations/operations.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

describe('the status of gateways, and operations, in the shape of Fabric', () => {
  const relay = recordingRelay();
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [FabricApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  });
  afterAll(() => app.stop());
  afterEach(() => vi.restoreAllMocks());

  const call = (method: 'get' | 'post', path: string, caller: GivenCaller = admin): request.Test =>
    request(app.url)[method](`/v1/${path}`).set('authorization', caller.authorization);
  const check = (of = gateway, path = 'checkStatus') => call('post', `gateways/${of.id}/${path}`, of.admin);
  const started = async () => {
    const answer = await check().set('prefer', 'respond-async').expect(202);
    return { answer, id: answer.headers['x-ms-operation-id'] as string };
  };
  const over = (id: string) =>
    until('the end of the operation', async () => {
      const answer = await call('get', `operations/${id}`).expect(200);
      return answer.body.status === 'Running' ? undefined : answer;
    });

  it('is told at once when the members answer at once', async () => {
    const { body } = await check().expect(200);
    expect(body).toEqual({
      status: 'Online',
      gatewayVersion: expect.stringMatching(/^3000\./) as string,
      gatewayUpgradeState: 'Unknown',
    });
    await check(gateway, `members/${gateway.memberId.toUpperCase()}/checkStatus`).expect(200, body);
  });

  it('names members that are disabled or silent; one that answers keeps the gateway online', async () => {
    const own = await given.gateway();
    const second = randomUUID();
    await app.database.query(
      `INSERT INTO member SELECT (jsonb_populate_record(m, jsonb_build_object('id', $2::text, 'name', 'second',
         'enabled', false, 'machine', '\\x' || encode(sha256($2::text::bytea), 'hex')))).* FROM member m WHERE id = $1`,
      [own.memberId, second],
    );
    const disabled = {
      errorCode: 'DMTS_GatewayIsDisabled',
      message: 'The member second is disabled.',
      relatedResource: { resourceId: second, resourceType: 'Gateway' },
    };
    expect((await check(own).expect(200)).body).toMatchObject({ status: 'Online', errorDetails: [disabled] });
    const alone = await check(own, `members/${second}/checkStatus`).expect(200);
    expect(alone.body).toMatchObject({ status: 'Offline', errorDetails: [disabled] });

    vi.spyOn(relay.broker, 'probe').mockResolvedValue(new Set());
    const { body } = await check(own).expect(200);
    expect(body.status).toBe('Offline');
    expect(body.errorDetails).toHaveLength(2);
    expect(body.errorDetails).toContainEqual({
      errorCode: 'DM_GWPipeline_Client_GatewayUnreachable',
      message: 'The member test-machine cannot be reached.',
      relatedResource: { resourceId: own.memberId, resourceType: 'Gateway' },
    });
  });

  it('asks nobody who was not heard of lately', async () => {
    const silent = await given.gateway({ isOnline: false });
    const probe = vi.spyOn(relay.broker, 'probe');
    expect((await check(silent).expect(200)).body.status).toBe('Offline');
    expect(probe).not.toHaveBeenCalled();
  });

  it('is an operation when it takes long, with a place to ask, a state and a result', async () => {
    let answer: (there: Set<string>) => void = () => undefined;
    vi.spyOn(relay.broker, 'probe').mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const accepted = await check().expect(202);
    const id = accepted.headers['x-ms-operation-id'] as string;
    const state = `${app.config.publicUrl}/v1/operations/${id}`;
    expect(accepted.headers).toMatchObject({ location: state, 'retry-after': '1' });
    const running = await call('get', `operations/${id}`).expect(200);
    expect(running.body).toEqual({
      status: 'Running',
      createdTimeUtc: expect.any(String) as string,
      lastUpdatedTimeUtc: expect.any(String) as string,
    });
    expect(running.headers).toMatchObject({ location: state, 'retry-after': '1', 'x-ms-operation-id': id });
    const early = await call('get', `operations/${id}/result`).expect(400);
    expect(early.body.errorCode).toBe('OperationHasNoResult');

    answer(new Set([gateway.memberId]));
    const done = await over(id);
    expect(done.body).toMatchObject({ status: 'Succeeded', percentComplete: 100 });
    expect(done.headers['location']).toBe(`${state}/result`);
    expect((await call('get', `operations/${id}/result`).expect(200)).body.status).toBe('Online');
  });

  it('tells of an operation that failed, in the catalogue’s words', async () => {
    vi.spyOn(relay.broker, 'probe').mockRejectedValue(new DomainError('BROKER_UNAVAILABLE'));
    expect((await check().expect(503)).body.errorCode).toBe('BROKER_UNAVAILABLE');
    const { id } = await started();
    const { body } = await over(id);
    expect(body).toMatchObject({ status: 'Failed', error: { errorCode: 'BROKER_UNAVAILABLE' } });
    await call('get', `operations/${id}/result`).expect(400);
  });

  it('shows an operation to its creator and to nobody else, and to nobody once it has expired', async () => {
    const { id } = await started();
    await over(id);
    const colleague = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
    for (const [path, caller] of [
      [id, colleague],
      [id, await given.caller()],
      [randomUUID(), admin],
      ['nonsense', admin],
    ] as const) {
      const { body } = await call('get', `operations/${path}`, caller).expect(404);
      expect(body.errorCode).toBe('EntityNotFound');
      await call('get', `operations/${path}/result`, caller).expect(404);
    }
    await app.database.query(`UPDATE operation SET "expiresAt" = now() - interval '1 s' WHERE id = $1`, [id]);
    await call('get', `operations/${id}`).expect(404);
    expect(await app.app.get(OperationSweepService, { strict: false }).sweep()).toBe(1);
  });

  it('takes an operation of a replica that is gone for failed', async () => {
    const { id } = await started();
    await over(id);
    await app.database.query(
      `UPDATE operation SET status = 'Running', "createdAt" = now() - interval '3 minutes' WHERE id = $1`,
      [id],
    );
    const { body } = await call('get', `operations/${id}`).expect(200);
    expect(body).toMatchObject({ status: 'Failed', error: { errorCode: 'REQUEST_CANCELLED' } });
  });

  it('keeps 200 operations of one caller and no more', async () => {
    const busy = await given.caller();
    await app.database.query(
      `INSERT INTO operation (id, "tenantId", "createdBy", kind, status, "expiresAt")
       SELECT gen_random_uuid(), $1, $2, 'x', 'Succeeded', now() + interval '1 h' FROM generate_series(1, 200)`,
      [busy.tenantId, busy.id],
    );
    const operations = app.app.get(OperationsService, { strict: false });
    const work = { kind: 'x', run: async () => ({}) };
    await expect(operations.run(busy, work, 0)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(operations.run(busy, work, 1_000)).resolves.toEqual({ result: {} });
  });

  it.each(['restart', 'shutdown'])('cannot be changed by %s: the machine is not ours', async (verb) => {
    const { body } = await check(gateway, verb).expect(400);
    expect(body.errorCode).toBe('UnsupportedGatewayType');
    const outsider = await given.caller({ tenantId: admin.tenantId });
    await call('post', `gateways/${gateway.id}/${verb}`, outsider).expect(403);
    await call('post', `gateways/${gateway.id}/${verb}`, await given.caller()).expect(404);
  });

  it('is for those who may see the gateway', async () => {
    const outsider = await given.caller({ tenantId: admin.tenantId });
    const paths = [
      `gateways/${gateway.id}/checkStatus`,
      `gateways/${gateway.id}/members/${gateway.memberId}/checkStatus`,
    ];
    for (const path of paths) {
      await call('post', path, outsider).expect(403);
      await call('post', path, await given.caller()).expect(404);
    }
    await check(gateway, `members/${randomUUID()}/checkStatus`).expect(404);
    await check(gateway, 'members/nonsense/checkStatus').expect(404);
  });
});
