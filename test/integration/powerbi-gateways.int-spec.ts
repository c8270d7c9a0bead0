import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { DispatcherService } from '../../src/modules/flow-requests/dispatcher.service.js';
import { FlowRequestsModule } from '../../src/modules/flow-requests/flow-requests.module.js';
import { PowerbiApiModule } from '../../src/modules/powerbi-api/powerbi-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

type Test = DispatcherService['test'];
type Method = 'get' | 'post' | 'patch' | 'delete';

describe('gateways in the shape of Power BI v1.0', () => {
  let test: Test = async () => undefined;
  let trials = 0;
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    const dispatcher = {
      test: (...args: Parameters<Test>) => test(...args),
      trial: async () => void (trials += 1),
    };
    @Module({ providers: [{ provide: DispatcherService, useValue: dispatcher }], exports: [DispatcherService] })
    class RecordingDispatcherModule {}
    app = await startTestApp({
      imports: [PowerbiApiModule],
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(recordingRelay().module)
          .overrideModule(FlowRequestsModule)
          .useModule(RecordingDispatcherModule),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    test = async () => undefined;
    trials = 0;
  });

  const call = (method: Method, path: string, caller: GivenCaller = admin): request.Test =>
    request(app.url)[method](`/v1.0/myorg/${path}`).set('authorization', caller.authorization);
  const datasources = () => `gateways/${gateway.id}/datasources`;
  const details = async (changes: object = {}) => ({
    credentialType: 'Basic',
    credentials: await sealedCredential(),
    encryptedConnection: 'Encrypted',
    encryptionAlgorithm: 'RSA-OAEP',
    privacyLevel: 'None',
    ...changes,
  });
  const wanted = async (changes: object = {}, credential: object = {}) => ({
    dataSourceType: 'PostgreSql',
    connectionDetails: JSON.stringify({ server: 'db.site.example', database: 'sales' }),
    dataSourceName: `warehouse ${randomUUID()}`,
    credentialDetails: await details(credential),
    ...changes,
  });
  const create = async (changes: object = {}, credential: object = {}, caller = admin) =>
    call('post', datasources(), caller).send(await wanted(changes, credential));
  const created = async (): Promise<string> => {
    const answer = await create();
    expect(answer.status, answer.text).toBe(201);
    return (answer.body as { id: string }).id;
  };
  const expectEmpty = (answer: request.Response) => {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toBe('');
  };
  const rolesOf = (id: string) =>
    app.database.query<{ principalId: string; role: string }>(
      'SELECT "principalId", role FROM connection_role WHERE "connectionId" = $1 ORDER BY role',
      [id],
    );

  describe('a data source', () => {
    it('is stored untried and read back with details as text, never with its credential', async () => {
      const answer = await create();
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body).toMatchObject({
        gatewayId: gateway.id,
        datasourceType: 'PostgreSql',
        connectionDetails: '{"server":"db.site.example","database":"sales"}',
        credentialType: 'Basic',
      });
      const { body } = await call('get', `${datasources()}/${answer.body.id}`).expect(200);
      expect(body).toEqual(answer.body);
      expect(JSON.stringify(body)).not.toContain('credentials');
      expect(trials).toBe(0);
      const list = await call('get', datasources()).expect(200);
      expect(list.body['@odata.context']).toBe(`${app.config.publicUrl}/v1.0/myorg/$metadata#datasources`);
      expect(list.body.value).toContainEqual(body);
    });

    it('is taken however its names are written, with text for "no"', async () => {
      const { dataSourceName: name, credentialDetails, connectionDetails } = await wanted();
      const answer = await call('post', datasources()).send({
        DatasourceType: 'POSTGRESQL',
        datasourceName: name,
        ConnectionDetails: connectionDetails,
        credentialDetails: {
          ...Object.fromEntries(Object.entries(credentialDetails).map(([key, value]) => [key.toUpperCase(), value])),
          useEndUserOAuth2Credentials: 'False',
          useCallerAADIdentity: null,
        },
      });
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body).toMatchObject({ datasourceType: 'PostgreSql', datasourceName: name });
    });

    it.each(['{"credentialData":[]}', '{"credentialData":""}'])('takes %s for nobody', async (credentials) => {
      const web = { dataSourceType: 'Web', connectionDetails: '{"url":"http://api.site/v1"}' };
      const open = { credentialType: 'Anonymous', encryptionAlgorithm: 'None', credentials };
      const answer = await create(web, open);
      expect(answer.status, answer.text).toBe(201);
      expect(answer.body).toMatchObject({
        connectionDetails: '{"url":"http://api.site/v1"}',
        credentialType: 'Anonymous',
      });
      const [row] = await app.database.query('SELECT credential FROM connection WHERE id = $1', [answer.body.id]);
      expect(row).toEqual({ credential: null });
    });

    it('gets another credential and goes, each answered with 200 and nothing else', async () => {
      const id = await created();
      const hash = () => app.database.query('SELECT "credentialHash" FROM connection WHERE id = $1', [id]);
      const before = await hash();
      expectEmpty(await call('patch', `${datasources()}/${id}`).send({ credentialDetails: await details() }));
      expect(await hash()).not.toEqual(before);
      expect(trials).toBe(0);
      expectEmpty(await call('delete', `${datasources()}/${id}`));
      await call('get', `${datasources()}/${id}`).expect(404);
    });

    it.each([
      ['no credential', {}, { credentialDetails: undefined }, 'InvalidCredentialDetails'],
      ['no name', {}, { dataSourceName: ' ' }, 'BadRequest'],
      ['a secret in plain', { encryptionAlgorithm: 'None' }, {}, 'InvalidCredentialDetails'],
      ['a broken envelope', { credentials: 'AAAA' }, {}, 'InvalidCredentialDetails'],
      ['an unknown sign-in', { credentialType: 'Magic' }, {}, 'InvalidCredentialDetails'],
      ['a sign-in that is not served', { credentialType: 'SAS' }, {}, 'InvalidCredentialDetails'],
      ['single sign-on', { useCallerAADIdentity: true }, {}, 'InvalidCredentialDetails'],
      ['details that are no JSON', {}, { connectionDetails: 'server=db' }, 'InvalidConnectionDetails'],
      ['details that are a list', {}, { connectionDetails: '[]' }, 'InvalidConnectionDetails'],
      ['details that nest', {}, { connectionDetails: '{"server":{}}' }, 'InvalidConnectionDetails'],
      ['details of another type', {}, { connectionDetails: '{"url":"http://a/"}' }, 'InvalidConnectionDetails'],
      ['a type that is not served', {}, { dataSourceType: 'SAPHana' }, 'InvalidConnectionDetails'],
      ['one name twice', {}, { DATASOURCENAME: 'x' }, 'BadRequest'],
    ])('is not made of %s', async (_what, credential, changes, code) => {
      const answer = await create(changes, credential);
      expect(answer.status, answer.text).toBe(400);
      expect(answer.body.error.code, answer.text).toBe(code);
      if (code !== 'BadRequest') expect(answer.body.error.message).toMatch(/: .+|layout/);
    });

    it('has a name of its own', async () => {
      const body = await wanted();
      await call('post', datasources()).send(body).expect(201);
      const answer = await call('post', datasources()).send(body).expect(409);
      expect(answer.body.error.code).toBe('DuplicateConnectionName');
    });

    it('is found at its own gateway only', async () => {
      const id = await created();
      const other = await given.gateway({ admin });
      for (const [method, path] of [
        ['get', ''],
        ['get', '/status'],
        ['get', '/users'],
        ['delete', ''],
        ['delete', `/users/${admin.id}`],
      ] as const) {
        const answer = await call(method, `gateways/${other.id}/datasources/${id}${path}`);
        expect(answer.status, `${method} ${path}: ${answer.text}`).toBe(404);
        expect(answer.body.error.code).toBe('EntityNotFound');
      }
      await call('get', `${datasources()}/${id}`).expect(200);
    });
  });

  describe('its status', () => {
    it('is nothing to say while it works', async () => {
      expectEmpty(await call('get', `${datasources()}/${await created()}/status`));
    });

    it.each([
      ['GATEWAY_OFFLINE', 'DM_GWPipeline_Client_GatewayUnreachable'],
      ['GATEWAY_TIMEOUT', 'DM_GWPipeline_Client_GatewayUnreachable'],
      ['SOURCE_UNREACHABLE', 'DM_GWPipeline_Gateway_ServerUnreachable'],
      ['SOURCE_DENIED', 'DM_GWPipeline_Gateway_InvalidConnectionCredentials'],
      ['SOURCE_FAILED', 'DM_GWPipeline_Gateway_DataSourceAccessError'],
    ] as const)('is 400 for %s, called %s', async (code, name) => {
      const id = await created();
      test = async () => Promise.reject(new DomainError(code));
      const answer = await call('get', `${datasources()}/${id}/status`);
      expect(answer.status, answer.text).toBe(400);
      const { error } = answer.body;
      expect(error.code).toBe(name);
      expect(error.message).toMatch(/\.$/);
      expect(error['pbi.error']).toMatchObject({ code: name, exceptionCulprit: 1 });
      expect(error['pbi.error'].details[0].detail.value).toBe(code);
    });
  });

  describe('its users', () => {
    const users = async (id: string) => {
      const { body } = await call('get', `${datasources()}/${id}/users`).expect(200);
      return (body as { value: object[] }).value;
    };
    const add = (id: string, body: object) => call('post', `${datasources()}/${id}/users`).send(body);

    it('are listed with what they may: reading', async () => {
      expect(await users(await created())).toEqual([
        {
          datasourceAccessRight: 'Read',
          emailAddress: admin.upn,
          displayName: admin.displayName,
          identifier: admin.id,
          principalType: 'User',
        },
      ]);
    });

    it('are added by address or id and taken away by either', async () => {
      const id = await created();
      const [ann, bob] = [
        await given.caller({ tenantId: admin.tenantId }),
        await given.caller({ tenantId: admin.tenantId }),
      ];
      expectEmpty(await add(id, { emailAddress: ann.upn?.toUpperCase(), datasourceAccessRight: 'read' }));
      expectEmpty(await add(id, { identifier: bob.id, principalType: 'User', datasourceAccessRight: 'Read' }));
      expect((await rolesOf(id)).filter(({ role }) => role === 'User')).toHaveLength(2);
      expectEmpty(await call('delete', `${datasources()}/${id}/users/${ann.upn}`));
      expectEmpty(await add(id, { identifier: bob.id, datasourceAccessRight: 'None' }));
      expect(await rolesOf(id)).toEqual([{ principalId: admin.id, role: 'Owner' }]);
    });

    it('keep the higher role they hold', async () => {
      const id = await created();
      expectEmpty(await add(id, { identifier: admin.id, datasourceAccessRight: 'Read' }));
      expect(await rolesOf(id)).toEqual([{ principalId: admin.id, role: 'Owner' }]);
    });

    it('are somebody: patterns and strangers are not', async () => {
      const id = await created();
      const stranger = await given.caller();
      for (const emailAddress of ['%', 'user_%', 'nobody@test.example', stranger.upn]) {
        const answer = await add(id, { emailAddress, datasourceAccessRight: 'Read' }).expect(400);
        expect(answer.body.error.code).toBe('PRINCIPAL_UNKNOWN');
      }
      await add(id, { identifier: stranger.id, principalType: 'App', datasourceAccessRight: 'Read' }).expect(400);
      const gone = await call('delete', `${datasources()}/${id}/users/%25`).expect(404);
      expect(gone.body.error.code).toBe('EntityNotFound');
      expect(await rolesOf(id)).toHaveLength(1);
    });

    it.each([
      [{ datasourceAccessRight: 'Read' }],
      [{ datasourceAccessRight: 'ReadOverrideEffectiveIdentity', emailAddress: 'a@test.example' }],
      [{ datasourceAccessRight: 'Admin', emailAddress: 'a@test.example' }],
      [{ datasourceAccessRight: 'Read', emailAddress: 'a@test.example', profile: { id: randomUUID() } }],
    ])('are not made of %j', async (body) => {
      const answer = await add(await created(), body).expect(400);
      expect(answer.body.error.code).toBe('BadRequest');
    });

    it('always number an owner', async () => {
      const id = await created();
      const answer = await call('delete', `${datasources()}/${id}/users/${admin.id}`).expect(409);
      expect(answer.body.error.code).toBe('LAST_OWNER');
      await call('delete', `${datasources()}/${id}/users/${admin.id}?profileId=${randomUUID()}`).expect(400);
    });
  });

  describe('the gateway', () => {
    it('says who and how it is', async () => {
      const { body } = await call('get', `gateways/${gateway.id}`).expect(200);
      expect(body).toMatchObject({ id: gateway.id, name: gateway.name, type: 'Resource', gatewayStatus: 'Live' });
      expect(JSON.parse(body.gatewayAnnotation)).toMatchObject({ gatewayContactInformation: [] });
      const list = await call('get', 'gateways').expect(200);
      expect(list.body.value).toContainEqual(body);
      const silent = await given.gateway({ isOnline: false });
      const away = await call('get', `gateways/${silent.id}`, silent.admin).expect(200);
      expect(away.body.gatewayStatus).toBe('Unreachable');
    });

    it.each([
      ['get', 'gateways?$top=1', 400, 'BadRequest'],
      ['get', 'gateways/x', 404, 'GatewayNotFound'],
      ['get', `gateways/${randomUUID()}/datasources`, 404, 'GatewayNotFound'],
      ['post', `gateways/${randomUUID()}/datasources`, 400, 'BadRequest'],
      ['get', 'datasets/x/Default.DiscoverGateways', 404, 'EntityNotFound'],
      ['post', `groups/${randomUUID()}/datasets/x/Default.BindToGateway`, 404, 'EntityNotFound'],
      ['get', 'reports', 404, 'EntityNotFound'],
    ] as const)('is not what %s %s asks for', async (method, path, status, code) => {
      const answer = await call(method, path);
      expect(answer.status, answer.text).toBe(status);
      expect(answer.body.error.code).toBe(code);
      expect(answer.body.error.message).toEqual(expect.any(String));
      expect(Object.keys(answer.body)).toEqual(['error']);
    });

    it('refuses bodies that are none in words of its own', async () => {
      const post = () => call('post', datasources());
      for (const [answer, status] of [
        [await post().set('content-type', 'application/json').send('{'), 400],
        [await post().set('content-type', 'application/xml').send('<a/>'), 415],
        [
          await post()
            .set('content-type', 'application/json')
            .send(JSON.stringify('x'.repeat(3_000_000))),
          413,
        ],
        [await request(app.url).get('/v1.0/myorg/gateways'), 401],
      ] as const) {
        expect(answer.status, answer.text).toBe(status);
        expect(answer.body).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
      }
    });

    it('is reached however its address is written', async () => {
      await request(app.url).get('/V1.0//MyOrg/Gateways/').set('authorization', admin.authorization).expect(200);
    });
  });
});
