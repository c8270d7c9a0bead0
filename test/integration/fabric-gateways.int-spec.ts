import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import pg from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { DispatcherService } from '../../src/modules/flow-requests/dispatcher.service.js';
import { FlowRequestsModule } from '../../src/modules/flow-requests/flow-requests.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { testSealingKey } from '../support/test-member.js';
import { until } from '../support/until.js';

describe('gateways in the shape of Fabric', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    @Module({ providers: [{ provide: DispatcherService, useValue: {} }], exports: [DispatcherService] })
    class NoDispatcherModule {}
    app = await startTestApp({
      imports: [FabricApiModule],
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(recordingRelay().module)
          .overrideModule(FlowRequestsModule)
          .useModule(NoDispatcherModule),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  });
  afterAll(() => app.stop());

  const call = (method: 'get' | 'post' | 'delete', path: string, caller: GivenCaller = admin): request.Test =>
    request(app.url)[method](`/v1/${path}`).set('authorization', caller.authorization);
  const colleague = (changes: { isTenantAdministrator?: boolean } = {}) =>
    given.caller({ tenantId: admin.tenantId, ...changes });

  it('shows a gateway with every field that Fabric requires', async () => {
    const { body } = await call('get', `gateways/${gateway.id}`).expect(200);
    expect(body).toMatchObject({
      id: gateway.id,
      type: 'OnPremises',
      displayName: gateway.name,
      publicKey: testSealingKey().publicKey,
      numberOfMemberGateways: 1,
      loadBalancingSetting: 'Failover',
      allowCloudConnectionRefresh: false,
      allowCustomConnectors: true,
      region: 'westeurope',
    });
    expect(body.version).toMatch(/^3000\./);
    const { body: members } = await call('get', `gateways/${gateway.id}/members`).expect(200);
    expect(members.value).toEqual([
      {
        id: gateway.memberId,
        displayName: 'test-machine',
        publicKey: testSealingKey().publicKey,
        version: body.version,
        enabled: true,
      },
    ]);
  });

  it('shows gateways to those with a role, all of the tenant to its administrators, and none to other tenants', async () => {
    const ids = async (caller: GivenCaller) =>
      ((await call('get', 'gateways', caller).expect(200)).body.value as { id: string }[]).map(({ id }) => id);
    const outsider = await colleague();
    const tenantAdmin = await colleague({ isTenantAdministrator: true });
    const stranger = await given.caller({ isTenantAdministrator: true });
    expect(await ids(admin)).toEqual([gateway.id]);
    expect(await ids(outsider)).toEqual([]);
    expect(await ids(tenantAdmin)).toContain(gateway.id);
    expect(await ids(stranger)).toEqual([]);

    for (const path of [
      `gateways/${gateway.id}`,
      `gateways/${gateway.id}/members`,
      `gateways/${gateway.id}/roleAssignments`,
    ]) {
      await call('get', path, outsider).expect(403);
      await call('get', path, tenantAdmin).expect(200);
      const { body } = await call('get', path, stranger).expect(404);
      expect(body.errorCode).toBe('EntityNotFound');
    }
    await call('get', `gateways/${randomUUID()}`).expect(404);
    await call('get', 'gateways/nonsense').expect(404);
  });

  it('pages, and says where the next page is', async () => {
    const owner = await given.caller();
    await app.database.query(
      `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
       SELECT gen_random_uuid(), $1, 'g' || lpad(n::text, 3, '0'), 'westeurope', 'ns-europe', $2, 'k', ''
       FROM generate_series(1, 101) n`,
      [owner.tenantId, JSON.stringify(testSealingKey().publicKey)],
    );
    await app.database.query(
      `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role, "allowedKinds")
       SELECT id, $2, "tenantId", 'User', 'Admin', '{}' FROM gateway WHERE "tenantId" = $1`,
      [owner.tenantId, owner.id],
    );
    const first = (await call('get', 'gateways', owner).expect(200)).body;
    expect(first.value).toHaveLength(100);
    const { pathname, search } = new URL(first.continuationUri as string);
    const second = (await call('get', `${pathname.replace('/v1/', '')}${search}`, owner).expect(200)).body;
    expect(second.value).toMatchObject([{ displayName: 'g101' }]);
    expect(second).not.toHaveProperty('continuationToken');
    await call('get', 'gateways?continuationToken=nonsense', owner).expect(400);
  });

  describe('role assignments', () => {
    const path = () => `gateways/${gateway.id}/roleAssignments`;
    const assign = (caller: GivenCaller, principal: GivenCaller, role: string, extra: object = {}) =>
      call('post', path(), caller).send({ principal: { id: principal.id, type: 'User' }, role, ...extra });

    it('are named by their principal, given once and taken again', async () => {
      const creator = await colleague();
      const answer = await assign(admin, creator, 'ConnectionCreator').expect(201);
      expect(answer.headers['location']).toBe(`${app.config.publicUrl}/v1/${path()}/${creator.id}`);
      const shown = await call('get', `${path()}/${creator.id}`).expect(200);
      expect(shown.body).toEqual(answer.body);
      const twice = await assign(admin, creator, 'Admin').expect(409);
      expect(twice.body.errorCode).toBe('ROLE_ASSIGNMENT_EXISTS');
      const { body } = await call('get', path(), creator).expect(200);
      expect((body.value as { id: string }[]).map(({ id }) => id)).toContain(creator.id);
      await call('delete', `${path()}/${creator.id}`, creator).expect(403);
      await call('delete', `${path()}/${creator.id}`).expect(200);
      await call('delete', `${path()}/${creator.id}`).expect(404);
    });

    it('a creator who may reshare adds plain creators, limited as it is itself, and removes nobody', async () => {
      const sharer = await colleague();
      await assign(admin, sharer, 'ConnectionCreatorWithResharing', { allowedKinds: ['http'] }).expect(201);
      const [a, b, c] = [await colleague(), await colleague(), await colleague()];
      await assign(sharer, a, 'Admin').expect(403);
      await assign(sharer, b, 'ConnectionCreator', { allowedKinds: ['postgresql'] }).expect(403);
      const { body } = await assign(sharer, c, 'ConnectionCreator').expect(201);
      expect(body.allowedKinds).toEqual(['http']);
      await assign(c, a, 'ConnectionCreator').expect(403);
      await call('delete', `${path()}/${c.id}`, sharer).expect(403);
    });

    it('never leave a gateway without an administrator, even when two remove each other at once', async () => {
      const refused = await call('delete', `${path()}/${admin.id}`).expect(409);
      expect(refused.body.errorCode).toBe('LAST_ADMINISTRATOR');
      const second = await colleague();
      await assign(admin, second, 'Admin').expect(201);
      // Both are held at the gateway's row until both have been found to be administrators: the worst moment, every time.
      const blocker = new pg.Client({ connectionString: app.database.url });
      await blocker.connect();
      await blocker.query('BEGIN');
      await blocker.query('SELECT 1 FROM gateway WHERE id = $1 FOR UPDATE', [gateway.id]);
      const pending = [
        call('delete', `${path()}/${admin.id}`, second),
        call('delete', `${path()}/${second.id}`, admin),
      ];
      const answering = Promise.all(pending.map((one) => one.then(({ status }) => status)));
      try {
        // Asked over another connection: inside a transaction the view of activity stands still.
        await until('both to wait for the row', async () => {
          const waiting = await app.database.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return waiting.length === 2;
        });
      } finally {
        await blocker.query('COMMIT');
        await blocker.end();
      }
      expect((await answering).sort()).toEqual([200, 409]);
      const left = await app.database.query<{ principalId: string }>(
        `SELECT "principalId" FROM gateway_role WHERE "gatewayId" = $1 AND role = 'Admin'`,
        [gateway.id],
      );
      expect(left).toHaveLength(1);
      const tenantAdmin = await colleague({ isTenantAdministrator: true });
      if (left[0]?.principalId !== admin.id) await assign(tenantAdmin, admin, 'Admin').expect(201);
    });

    it('take people the directory knows though they were never seen, and nobody else', async () => {
      const id = randomUUID();
      app.graph.entries.set(`${admin.tenantId}/${id}`, {
        id,
        displayName: 'Ada',
        upn: 'ada@test.example',
        appId: undefined,
      });
      const give = (principalId: string, type = 'User') =>
        call('post', path()).send({ principal: { id: principalId, type }, role: 'ConnectionCreator' });
      const { body } = await give(id).expect(201);
      expect(body.principal).toEqual({ id, type: 'User', displayName: 'Ada' });
      const unknown = await give(randomUUID()).expect(400);
      expect(unknown.body.errorCode).toBe('PRINCIPAL_UNKNOWN');
      await give(id, 'Group').expect(400);
    });
  });

  describe('join tokens', () => {
    const wanted = { region: 'westeurope', gatewayName: 'plant' };

    it('show their text once', async () => {
      const { body } = await call('post', 'joinTokens').send(wanted).expect(201);
      expect(body).toMatchObject({ ...wanted, token: expect.stringMatching(/^tgj_[\w-]{43}\.[\w-]{43}$/) });
      const lifeMs = Date.parse(body.expiresAt as string) - Date.parse(body.createdAt as string);
      expect(lifeMs).toBe(15 * 60_000);
      const list = await call('get', 'joinTokens').expect(200);
      expect(list.body.value).toMatchObject([{ id: body.id }]);
      expect(JSON.stringify(list.body)).not.toContain('tgj_');
      expect(app.logs.join('\n')).not.toContain('tgj_');
    });

    it('belong to who made them; an administrator of the tenant sees and revokes all', async () => {
      const [maker, other] = [await colleague(), await colleague()];
      const { body } = await call('post', 'joinTokens', maker)
        .send({ ...wanted, gatewayName: 'other' })
        .expect(201);
      const path = `joinTokens/${body.id}`;
      await call('delete', path, other).expect(404);
      await call('delete', path, await given.caller({ isTenantAdministrator: true })).expect(404);
      await call('delete', path, await colleague({ isTenantAdministrator: true })).expect(200);
      await call('delete', path, maker).expect(404);
      await call('delete', 'joinTokens/nonsense', maker).expect(404);
    });

    it('are refused for a region without a relay and a name that is taken', async () => {
      await call('post', 'joinTokens')
        .send({ ...wanted, region: 'atlantis' })
        .expect(422);
      await call('post', 'joinTokens')
        .send({ ...wanted, gatewayName: gateway.name })
        .expect(409);
      await call('post', 'joinTokens')
        .send({ ...wanted, extra: 1 })
        .expect(400);
    });
  });

  describe('environments', () => {
    it('are made by administrators of the tenant and seen by all of it', async () => {
      const tenantAdmin = await colleague({ isTenantAdministrator: true });
      const wanted = { id: randomUUID(), displayName: 'Contoso Europe', region: 'europe' };
      const { body, headers } = await call('post', 'environments', tenantAdmin).send(wanted).expect(201);
      expect(body).toEqual(wanted);
      expect(headers['location']).toBe(`${app.config.publicUrl}/v1/environments/${wanted.id}`);
      const list = await call('get', 'environments', await colleague()).expect(200);
      expect(list.body.value).toEqual([wanted]);
      expect((await call('get', `environments/${wanted.id}`).expect(200)).body).toEqual(wanted);
      await call('get', `environments/${wanted.id}`, await given.caller()).expect(404);
      await call('post', 'environments', await colleague())
        .send({ displayName: 'x', region: 'europe' })
        .expect(403);
      await call('post', 'environments', tenantAdmin).send(wanted).expect(409);
      await call('post', 'environments', tenantAdmin).send({ displayName: 'x', region: 'westeurope' }).expect(400);
    });
  });

  it('lets nobody in without a token', async () => {
    for (const path of ['gateways', 'connections', 'environments', 'joinTokens']) {
      const { body, headers } = await request(app.url).get(`/v1/${path}`).expect(401);
      expect(body.errorCode).toBe('TOKEN_INVALID');
      expect(headers['www-authenticate']).toContain('Bearer');
    }
  });
});
