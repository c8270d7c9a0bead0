import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { AdministratorCountService } from '../../src/modules/administrators/administrator-count.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { DispatcherService } from '../../src/modules/flow-requests/dispatcher.service.js';
import { FlowRequestsModule } from '../../src/modules/flow-requests/flow-requests.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { atOnce } from '../support/at-once.js';
import { Given, sealedCredential, TEST_PAIRS, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { newSealingKey, testSealingKey } from '../support/test-member.js';
import { until } from '../support/until.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';

type Test = DispatcherService['test'];
type Trial = DispatcherService['trial'];

describe('connections in the shape of Fabric', () => {
  let test: Test = async () => undefined;
  let trial: Trial = async () => undefined;
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    const { module } = recordingRelay();
    const dispatcher = {
      test: (...args: Parameters<Test>) => test(...args),
      trial: (...args: Parameters<Trial>) => trial(...args),
    };
    @Module({ providers: [{ provide: DispatcherService, useValue: dispatcher }], exports: [DispatcherService] })
    class RecordingDispatcherModule {}
    app = await startTestApp({
      imports: [FabricApiModule],
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(module)
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
    trial = async () => undefined;
  });

  const call = (
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: string,
    caller: GivenCaller = admin,
  ): request.Test => request(app.url)[method](`/v1/${path}`).set('authorization', caller.authorization);
  const parameters = (values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => ({ dataType: 'Text', name, value }));
  const postgres = { server: 'db.site.example', database: 'sales' };
  const wanted = async (changes: Record<string, unknown> = {}) => ({
    connectivityType: 'OnPremisesGateway',
    gatewayId: gateway.id,
    displayName: `warehouse ${randomUUID()}`,
    connectionDetails: { type: 'PostgreSQL', creationMethod: 'PostgreSql', parameters: parameters(postgres) },
    credentialDetails: { credentials: await basic() },
    ...changes,
  });
  const basic = async () => ({
    credentialType: 'Basic',
    values: [{ gatewayId: gateway.id, encryptedCredentials: await sealedCredential() }],
  });
  const create = async (changes: Record<string, unknown> = {}, caller = admin) =>
    call('post', 'connections', caller).send(await wanted(changes));
  const created = async (changes: Record<string, unknown> = {}, caller = admin): Promise<string> => {
    const answer = await create(changes, caller);
    expect(answer.status, JSON.stringify(answer.body)).toBe(201);
    return answer.body.id as string;
  };

  describe('creating one', () => {
    it('answers as Fabric does, with a place to look and no credential', async () => {
      const answer = await create();
      expect(answer.status).toBe(201);
      expect(answer.headers['location']).toBe(`${app.config.publicUrl}/v1/connections/${answer.body.id}`);
      expect(answer.body).toMatchObject({
        connectivityType: 'OnPremisesGateway',
        gatewayId: gateway.id,
        connectionDetails: { type: 'PostgreSQL', path: 'db.site.example;sales' },
        privacyLevel: 'Organizational',
        credentialDetails: { credentialType: 'Basic', singleSignOnType: 'None', connectionEncryption: 'Any' },
        environmentIds: [],
      });
      const { body } = await call('get', `connections/${answer.body.id}`).expect(200);
      expect(body).toEqual(answer.body);
      expect(JSON.stringify(body)).not.toMatch(/encryptedCredentials|values/);
      const roles = await app.database.query(
        'SELECT "principalId", role FROM connection_role WHERE "connectionId" = $1',
        [body.id],
      );
      expect(roles).toEqual([{ principalId: admin.id, role: 'Owner' }]);
    });

    it.each([
      [
        'postgresql',
        'POSTGRESQL',
        { Server: 'db:6543', DATABASE: 'x' },
        'Basic',
        { type: 'PostgreSQL', path: 'db:6543;x' },
      ],
      [
        'PostgreSQL',
        'PostgreSql',
        { server: '[::1]:5433', database: 'x' },
        'Basic',
        { type: 'PostgreSQL', path: '[::1]:5433;x' },
      ],
      ['Web', 'Web', { url: 'http://api.site/v1' }, 'Anonymous', { type: 'Web', path: 'http://api.site/v1' }],
      ['Folder', 'Folder', { path: 'D:\\data' }, 'Anonymous', { type: 'Folder', path: 'D:\\data' }],
      ['File', 'File', { path: '/srv/a' }, 'Anonymous', { type: 'Folder', path: '/srv/a' }],
    ])('takes %s through %s with %j', async (type, creationMethod, values, credentialType, shown) => {
      const credentials = { ...(await basic()), credentialType };
      const { status, body } = await create({
        connectionDetails: { type, creationMethod, parameters: parameters(values) },
        credentialDetails: { credentials },
      });
      expect(status, JSON.stringify(body)).toBe(201);
      expect(body.connectionDetails).toEqual(shown);
    });

    it('drops what is sent as credential of an anonymous source', async () => {
      const connectionDetails = { type: 'Web', creationMethod: 'Web', parameters: parameters({ url: 'http://a/' }) };
      const credentials = { ...(await basic()), credentialType: 'Anonymous' };
      const id = await created({ connectionDetails, credentialDetails: { credentials } });
      const [row] = await app.database.query('SELECT credential, "credentialHash" FROM connection WHERE id = $1', [id]);
      expect(row).toEqual({ credential: null, credentialHash: null });
    });

    it.each<[string, Record<string, unknown>, string]>([
      ['an unknown field', { environmentId: 'x' }, 'environmentId'],
      ['another connectivity', { connectivityType: 'ShareableCloud' }, 'connectivityType'],
      [
        'an unknown type',
        { connectionDetails: { type: 'Db2', creationMethod: 'Db2', parameters: [] } },
        'connectionDetails.type',
      ],
      [
        'a missing parameter',
        { connectionDetails: { type: 'Web', creationMethod: 'Web', parameters: [] } },
        'connectionDetails.parameters',
      ],
      [
        'a password in the URL',
        {
          connectionDetails: {
            type: 'Web',
            creationMethod: 'Web',
            parameters: [{ name: 'url', value: 'http://a:b@c/' }],
          },
        },
        'connectionDetails.parameters.url',
      ],
      [
        'a URL that is none',
        {
          connectionDetails: {
            type: 'Web',
            creationMethod: 'Web',
            parameters: [{ name: 'url', value: 'file:///etc' }],
          },
        },
        'connectionDetails.parameters.url',
      ],
      [
        'a port out of range',
        {
          connectionDetails: {
            type: 'PostgreSQL',
            creationMethod: 'PostgreSql',
            parameters: [
              { name: 'server', value: 'db:99999' },
              { name: 'database', value: 'x' },
            ],
          },
        },
        'connectionDetails.parameters.port',
      ],
      [
        'a parameter of another type',
        {
          connectionDetails: {
            type: 'Web',
            creationMethod: 'Web',
            parameters: [{ dataType: 'Number', name: 'url', value: 'http://a/' }],
          },
        },
        'connectionDetails.parameters',
      ],
      [
        'a number for a text',
        { connectionDetails: { type: 'Web', creationMethod: 'Web', parameters: [{ name: 'url', value: 7 }] } },
        'connectionDetails.parameters',
      ],
      [
        'a method the type lacks',
        { connectionDetails: { type: 'Web', creationMethod: 'Sql', parameters: parameters({ url: 'http://a/' }) } },
        'connectionDetails.creationMethod',
      ],
      [
        'a credential type the kind lacks',
        { credentialDetails: { credentials: { credentialType: 'OAuth2' } } },
        'credentialDetails.credentials.credentialType',
      ],
      [
        'no credential',
        { credentialDetails: { credentials: { credentialType: 'Basic', values: [] } } },
        'credentialDetails.credentials.values',
      ],
    ])('refuses %s and names the field', async (_name, changes, path) => {
      const { status, body } = await create(changes);
      expect(status, JSON.stringify(body)).toBe(400);
      const [field] = path.split('.');
      const names = { connectionDetails: 'InvalidConnectionDetails', credentialDetails: 'InvalidCredentialDetails' };
      expect(body.errorCode).toBe(names[field as keyof typeof names] ?? 'BadRequest');
      expect(body.moreDetails).toContainEqual({
        errorCode: 'VALIDATION_FAILED',
        message: expect.any(String) as string,
      });
      expect(body.moreDetails).toContainEqual({ errorCode: 'path', message: path });
    });

    it.each<[string, () => Promise<string>]>([
      ['sealed to a key of another size', async () => sealCredential(newSealingKey(2048).publicKey, TEST_PAIRS)],
      ['in plain text', async () => JSON.stringify({ credentialData: TEST_PAIRS })],
      ['cut short', async () => (await sealedCredential()).slice(0, -8)],
      [
        'with a damaged header',
        async () => `${(await sealedCredential()).slice(0, 512)}AQ${(await sealedCredential()).slice(514)}`,
      ],
      ['empty', async () => ''],
    ])('refuses a credential %s', async (_name, sealed) => {
      const values = [{ gatewayId: gateway.id, encryptedCredentials: await sealed() }];
      const { status, body, headers } = await create({
        credentialDetails: { credentials: { credentialType: 'Basic', values } },
      });
      expect(status).toBe(400);
      expect(body.errorCode).toBe('InvalidCredentialDetails');
      expect(headers['x-ms-public-api-error-code']).toBe('InvalidCredentialDetails');
    });

    it('takes one value a member, and refuses one for a stranger', async () => {
      const encryptedCredentials = await sealedCredential();
      const values = [gateway.memberId, gateway.id].map((gatewayId) => ({ gatewayId, encryptedCredentials }));
      await created({ credentialDetails: { credentials: { credentialType: 'Basic', values } } });
      const strange = [...values, { gatewayId: randomUUID(), encryptedCredentials }];
      const { status } = await create({
        credentialDetails: { credentials: { credentialType: 'Basic', values: strange } },
      });
      expect(status).toBe(400);
    });

    it('refuses a name that is taken', async () => {
      const displayName = `once ${randomUUID()}`;
      await created({ displayName });
      const { status, body } = await create({ displayName });
      expect(status).toBe(409);
      expect(body.errorCode).toBe('DuplicateConnectionName');
    });

    describe('asks its questions in order', () => {
      const refusal = async (changes: Record<string, unknown>, caller: GivenCaller) => {
        const { status, body } = await create(changes, caller);
        return [status, body.errorCode] as const;
      };

      it('first whether the gateway can be seen: another tenant learns nothing', async () => {
        const stranger = await given.caller({ isLicensed: false });
        expect(await refusal({}, stranger)).toEqual([404, 'EntityNotFound']);
        expect(await refusal({ gatewayId: randomUUID() }, admin)).toEqual([404, 'EntityNotFound']);
        expect(await refusal({ gatewayId: 'nonsense' }, admin)).toEqual([404, 'EntityNotFound']);
      });

      it('then for the licence, then for the role', async () => {
        const { tenantId } = admin;
        expect(await refusal({}, await given.caller({ tenantId, isLicensed: false }))).toEqual([
          403,
          'LICENCE_REQUIRED',
        ]);
        expect(await refusal({}, await given.caller({ tenantId }))).toEqual([403, 'ROLE_MISSING']);
      });

      it('an administrator of the tenant connects only with a role at the gateway', async () => {
        const tenantAdmin = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
        expect(await refusal({}, tenantAdmin)).toEqual([403, 'ROLE_MISSING']);
      });

      it('then for what the tenant allows, the regions, and last for enough administrators', async () => {
        const founder = await given.caller();
        const { tenantId } = founder;
        await app.database.query(
          `INSERT INTO tenant_policy ("tenantId", "minimumAdministrators", "allowedKinds")
           VALUES ($1, 2, '{postgresql}')`,
          [tenantId],
        );
        const own = await given.gateway({ admin: founder });
        const web = { type: 'Web', creationMethod: 'Web', parameters: parameters({ url: 'http://a/' }) };
        const far = await given.environment({ tenantId, region: 'asia' });
        const attempt = (changes: Record<string, unknown>, caller = own.admin) =>
          refusal({ gatewayId: own.id, ...changes }, caller);
        const limited = await given.caller({ tenantId });
        await call('post', `gateways/${own.id}/roleAssignments`, own.admin)
          .send({
            principal: { id: limited.id, type: 'User' },
            role: 'ConnectionCreator',
            allowedKinds: ['filesystem'],
          })
          .expect(201);
        expect(await attempt({ connectionDetails: web }, limited)).toEqual([403, 'KIND_NOT_ALLOWED']);
        expect(await attempt({ connectionDetails: web })).toEqual([403, 'KIND_FORBIDDEN']);
        expect(await attempt({ environmentIds: [far.id] })).toEqual([409, 'REGION_MISMATCH']);
        const { status, body } = await create({ gatewayId: own.id }, own.admin);
        expect([status, body.errorCode]).toEqual([409, 'ADMINISTRATORS_TOO_FEW']);
        expect(body.moreDetails).toContainEqual({ errorCode: 'have', message: '1' });
        expect(body.moreDetails).toContainEqual({ errorCode: 'needed', message: '2' });
      });

      it('counts administrators who can sign in, each once, people of groups too', async () => {
        const own = await given.gateway();
        const { tenantId } = own.admin;
        const [colleague, nested] = [await given.caller({ tenantId }), randomUUID()];
        const group = randomUUID();
        app.graph.groups.set(`${tenantId}/${group}`, [own.admin.id, nested]);
        app.graph.groups.set(`${tenantId}/${nested}`, []);
        const counting = app.app.get(AdministratorCountService, { strict: false });
        const count = (gatewayId = own.id) => counting.count(tenantId, gatewayId, 3);
        const roles = `gateways/${own.id}/roleAssignments`;
        const give = (id: string, type: string) =>
          call('post', roles, own.admin).send({ principal: { id, type }, role: 'Admin' }).expect(201);
        expect(await count()).toBe(1);
        await give(group, 'Group');
        expect(await count()).toBe(1);
        await give(colleague.id, 'User');
        expect(await count()).toBe(2);
        await app.database.query(`UPDATE principal SET state = 'Disabled' WHERE id = $1`, [colleague.id]);
        expect(await count()).toBe(1);

        const second = await given.gateway({ admin: own.admin });
        const shift = randomUUID();
        const people = [randomUUID(), randomUUID()];
        app.graph.groups.set(`${tenantId}/${shift}`, people);
        app.graph.states.set(`${tenantId}/${people[0]}`, 'Disabled');
        await call('post', `gateways/${second.id}/roleAssignments`, own.admin)
          .send({ principal: { id: shift, type: 'Group' }, role: 'Admin' })
          .expect(201);
        expect(await count(second.id)).toBe(2);
      });

      it('lets a thousand connections through one gateway and no more', async () => {
        const own = await given.gateway();
        await app.database.query(
          `INSERT INTO connection (id, "tenantId", "gatewayId", "displayName", kind, target, "credentialType", encryption, "createdBy")
           SELECT gen_random_uuid(), $1, $2, 'c' || n, 'http', '{"kind":"http","url":"http://a/"}', 'Anonymous', 'Any', $3
           FROM generate_series(1, 999) n`,
          [own.admin.tenantId, own.id, own.admin.id],
        );
        const connectionDetails = { type: 'Web', creationMethod: 'Web', parameters: parameters({ url: 'http://a/' }) };
        const anonymous = { credentials: { credentialType: 'Anonymous' } };
        const next = { gatewayId: own.id, connectionDetails, credentialDetails: anonymous };
        await created(next, own.admin);
        const { status, body } = await create(next, own.admin);
        expect([status, body.errorCode]).toEqual([409, 'LIMIT_REACHED']);
        expect(body.moreDetails).toContainEqual({ errorCode: 'limit', message: '1000' });
      });

      it('then for the kind, and then for the region of each environment', async () => {
        const creator = await given.caller({ tenantId: admin.tenantId });
        await call('post', `gateways/${gateway.id}/roleAssignments`)
          .send({ principal: { id: creator.id, type: 'User' }, role: 'ConnectionCreator', allowedKinds: ['http'] })
          .expect(201);
        expect(await refusal({}, creator)).toEqual([403, 'KIND_NOT_ALLOWED']);

        const { id } = await given.environment({ tenantId: admin.tenantId, region: 'asia' });
        expect(await refusal({ environmentIds: [id] }, admin)).toEqual([409, 'REGION_MISMATCH']);
        expect(await refusal({ environmentIds: [randomUUID()] }, admin)).toEqual([404, 'EntityNotFound']);
      });
    });
  });

  describe('is tried before it is stored', () => {
    const count = async () =>
      (await app.database.query<{ n: number }>('SELECT count(*)::int AS n FROM connection'))[0]?.n;

    it('with what was sent, on the way it is to go', async () => {
      let seen: Awaited<ReturnType<Parameters<Trial>[1]>> | undefined;
      trial = async (_caller, read) => void (seen = await read());
      const id = await created();
      expect(seen).toMatchObject({
        connection: { id, kind: 'postgresql', target: { server: 'db.site.example', database: 'sales' } },
        gateway: { id: gateway.id, namespace: 'ns-europe', members: [{ id: gateway.memberId }] },
      });
      expect(seen?.connection.credential).toEqual(expect.any(String));
    });

    it.each([
      ['SOURCE_DENIED', 'IncorrectCredentials'],
      ['CREDENTIAL_UNREADABLE', 'IncorrectCredentials'],
      ['SOURCE_UNREACHABLE', 'InvalidConnectionDetails'],
      ['GATEWAY_OFFLINE', 'CreateGatewayConnectionFailed'],
      ['GATEWAY_TIMEOUT', 'CreateGatewayConnectionFailed'],
    ] as const)('and not made when the trial ends with %s: %s', async (code, name) => {
      const before = await count();
      trial = () => Promise.reject(new DomainError(code));
      const { status, body, headers } = await create();
      expect([status, body.errorCode, headers['x-ms-public-api-error-code']]).toEqual([400, name, name]);
      expect(body.moreDetails).toContainEqual({ errorCode: code, message: expect.any(String) as string });
      expect(await count()).toBe(before);
    });

    it('unless the client says not to', async () => {
      trial = () => Promise.reject(new DomainError('SOURCE_DENIED'));
      const id = await created({ credentialDetails: { skipTestConnection: true, credentials: await basic() } });
      const patch = (credentialDetails: object) =>
        call('patch', `connections/${id}`).send({ connectivityType: 'OnPremisesGateway', credentialDetails });
      await patch({ skipTestConnection: true, credentials: await basic() }).expect(200);
      expect((await patch({ credentials: await basic() }).expect(400)).body.errorCode).toBe('IncorrectCredentials');
    });

    it('and not changed when the new credential fails; a change of name alone is not tried', async () => {
      const id = await created();
      trial = () => Promise.reject(new DomainError('GATEWAY_OFFLINE'));
      const stored = () => app.database.query('SELECT "credentialHash" FROM connection WHERE id = $1', [id]);
      const before = await stored();
      const { body } = await call('patch', `connections/${id}`)
        .send({ credentialDetails: { credentials: await basic() } })
        .expect(400);
      expect(body.errorCode).toBe('UpdateGatewayConnectionFailed');
      expect(await stored()).toEqual(before);
      await call('patch', `connections/${id}`)
        .send({ displayName: `renamed ${randomUUID()}` })
        .expect(200);
    });

    it('and not changed when somebody else was faster, be it while it was tried', async () => {
      const id = await created();
      const read = async () => (await call('get', `connections/${id}`).expect(200)).body as Record<string, string>;
      const tagged = (tag: string | undefined, body: object) =>
        call('patch', `connections/${id}`)
          .set('if-match', `"${tag ?? ''}"`)
          .send(body);
      const first = await read();
      trial = () => Promise.resolve();
      await tagged(first['settingsTag'], { privacyLevel: 'Private' }).expect(200);
      const refused = await tagged(first['settingsTag'], { displayName: `late ${randomUUID()}` }).expect(412);
      expect(JSON.stringify(refused.body)).toContain('PRECONDITION_FAILED');

      const second = await read();
      const theirs = `theirs ${randomUUID()}`;
      trial = async () => void (await call('patch', `connections/${id}`).send({ displayName: theirs }).expect(200));
      await tagged(second['settingsTag'], {
        displayName: `mine ${randomUUID()}`,
        credentialDetails: { credentials: await basic() },
      }).expect(412);
      expect(await read()).toMatchObject({ displayName: theirs, privacyLevel: 'Private' });
      // Who says nothing means whatever it is.
      await call('patch', `connections/${id}`).send({ privacyLevel: 'Public' }).expect(200);
    });

    it('but a rule that refuses the trial answers for itself', async () => {
      trial = () => Promise.reject(new DomainError('LICENCE_UNAVAILABLE'));
      const { status, body } = await create();
      expect([status, body.errorCode]).toEqual([503, 'LICENCE_UNAVAILABLE']);
    });
  });

  describe('changing one', () => {
    const patch = (id: string, body: object, caller = admin) => call('patch', `connections/${id}`, caller).send(body);
    const elsewhere = {
      type: 'PostgreSQL',
      creationMethod: 'PostgreSql',
      parameters: parameters({ server: 'evil', database: 'sales' }),
    };

    it('renames without a credential', async () => {
      const id = await created();
      const displayName = `renamed ${randomUUID()}`;
      const { body } = await patch(id, { displayName, privacyLevel: 'Private' }).expect(200);
      expect(body).toMatchObject({ displayName, privacyLevel: 'Private' });
      await patch(await created(), { displayName }).expect(409);
    });

    it.each<[string, object]>([
      ['its place', { connectionDetails: elsewhere }],
      ['its encryption', { credentialDetails: { connectionEncryption: 'NotEncrypted' } }],
    ])('refuses to change %s under the stored credential', async (_name, change) => {
      const id = await created();
      const { body } = await patch(id, change).expect(422);
      expect(body.errorCode).toBe('RESEAL_REQUIRED');
    });

    it('takes a new place with a credential sealed anew, and not with the old one sent again', async () => {
      const old = await sealedCredential();
      const values = [{ gatewayId: gateway.id, encryptedCredentials: old }];
      const id = await created({ credentialDetails: { credentials: { credentialType: 'Basic', values } } });
      await patch(id, {
        connectionDetails: elsewhere,
        credentialDetails: { credentials: { credentialType: 'Basic', values } },
      }).expect(422);
      const { body } = await patch(id, {
        connectionDetails: elsewhere,
        credentialDetails: { credentials: await basic() },
      }).expect(200);
      expect(body.connectionDetails.path).toBe('evil;sales');
    });

    it('refuses to make another kind of it', async () => {
      const id = await created();
      const connectionDetails = { type: 'Web', creationMethod: 'Web', parameters: parameters({ url: 'http://a/' }) };
      await patch(id, { connectionDetails, credentialDetails: { credentials: await basic() } }).expect(400);
    });

    it('replaces the environments, all or none', async () => {
      const { tenantId } = admin;
      const [one, two] = await Promise.all([given.environment({ tenantId }), given.environment({ tenantId })]);
      const far = await given.environment({ tenantId, region: 'asia' });
      const id = await created({ environmentIds: [one.id] });
      await patch(id, { environmentIds: [two.id, far.id] }).expect(409);
      expect((await call('get', `connections/${id}`)).body.environmentIds).toEqual([one.id]);
      const { body } = await patch(id, { environmentIds: [two.id, two.id] }).expect(200);
      expect(body.environmentIds).toEqual([two.id]);
    });
  });

  describe('binding to environments', () => {
    it('checks the region first, and can be repeated', async () => {
      const { tenantId } = admin;
      const near = await given.environment({ tenantId });
      const far = await given.environment({ tenantId, region: 'asia' });
      const id = await created();
      const path = (environmentId: string) => `connections/${id}/environments/${environmentId}`;
      await call('put', path(near.id)).expect(200);
      await call('put', path(near.id)).expect(200);
      const refused = await call('put', path(far.id)).expect(409);
      expect(refused.body.errorCode).toBe('REGION_MISMATCH');
      expect((await call('get', `connections/${id}`)).body.environmentIds).toEqual([near.id]);
      await call('delete', path(near.id)).expect(200);
      await call('delete', path(near.id)).expect(200);
      await call('put', path(randomUUID())).expect(404);
      await call('put', path('nonsense')).expect(404);
    });

    it('does not know environments of another tenant', async () => {
      const { tenantId } = await given.caller();
      const foreign = await given.environment({ tenantId });
      await call('put', `connections/${await created()}/environments/${foreign.id}`).expect(404);
    });
  });

  describe('who may what', () => {
    it('a user sees it and changes nothing; a stranger of the tenant sees nothing; another tenant finds nothing', async () => {
      const connection = await given.connection({ gateway });
      const user = await given.userOf(connection);
      const outsider = await given.caller({ tenantId: admin.tenantId });
      const stranger = await given.caller({ isTenantAdministrator: true });
      const path = `connections/${connection.id}`;
      const answers = async (caller: GivenCaller) => [
        (await call('get', path, caller)).status,
        (await call('patch', path, caller).send({ displayName: 'mine' })).status,
        (await call('delete', path, caller)).status,
        (await call('get', `${path}/roleAssignments`, caller)).status,
      ];
      expect(await answers(user)).toEqual([200, 403, 403, 200]);
      expect(await answers(outsider)).toEqual([403, 403, 403, 403]);
      expect(await answers(stranger)).toEqual([404, 404, 404, 404]);
      const names = async (caller: GivenCaller) =>
        ((await call('get', 'connections', caller)).body.value as { id: string }[]).map(({ id }) => id);
      expect(await names(user)).toEqual([connection.id]);
      expect(await names(outsider)).toEqual([]);
      expect(await names(admin)).toContain(connection.id);
    });

    it('who may reshare gives plain use only; owners give anything; only owners take away', async () => {
      const connection = await given.connection({ gateway });
      const sharer = await given.userOf(connection, 'UserWithReshare');
      const [a, b] = [
        await given.caller({ tenantId: admin.tenantId }),
        await given.caller({ tenantId: admin.tenantId }),
      ];
      const path = `connections/${connection.id}/roleAssignments`;
      const share = (caller: GivenCaller, id: string, role: string) =>
        call('post', path, caller).send({ principal: { id, type: 'User' }, role });
      await share(sharer, a.id, 'Owner').expect(403);
      const answer = await share(sharer, a.id, 'User').expect(201);
      expect(answer.headers['location']).toBe(`${app.config.publicUrl}/v1/${path}/${a.id}`);
      expect(answer.body).toMatchObject({ id: a.id, role: 'User', principal: { displayName: a.displayName } });
      const twice = await share(sharer, a.id, 'User').expect(409);
      expect(twice.body.errorCode).toBe('ROLE_ASSIGNMENT_EXISTS');
      await share(a, b.id, 'User').expect(403);
      await share(admin, b.id, 'Owner').expect(201);
      await call('delete', `${path}/${a.id}`, sharer).expect(403);
      await call('delete', `${path}/${a.id}`, b).expect(200);
      await call('delete', `${path}/${a.id}`, b).expect(404);
      await share(admin, randomUUID(), 'User').expect(400);
    });

    it('roles change, and the last owner stays one, whoever asks', async () => {
      const connection = await given.connection({ gateway });
      const owner = await given.userOf(connection, 'User');
      const path = `connections/${connection.id}/roleAssignments`;
      const patch = (id: string, role: string, caller = admin) => call('patch', `${path}/${id}`, caller).send({ role });
      for (const refused of [
        await patch(admin.id, 'User').expect(409),
        await call('delete', `${path}/${admin.id}`).expect(409),
      ]) {
        expect(refused.body.errorCode).toBe('LAST_OWNER');
      }
      await patch(owner.id, 'Owner', owner).expect(403);
      const { body } = await patch(owner.id, 'Owner').expect(200);
      expect(body).toMatchObject({ id: owner.id, role: 'Owner', principal: { displayName: owner.displayName } });
      expect((await call('get', `${path}/${owner.id}`).expect(200)).body).toEqual(body);
      await patch(randomUUID(), 'Owner').expect(404);
      await patch(owner.id, 'Admin').expect(400);
      await patch(admin.id, 'User', owner).expect(200);
      await call('delete', `${path}/${owner.id}`, owner).expect(409);
    });

    it('of the last two owners who leave at once, one stays; of two who remove each other, one wins', async () => {
      const pair = async () => {
        const connection = await given.connection({
          gateway: await given.gateway({ admin: await given.caller({ tenantId: admin.tenantId }) }),
        });
        const { id, owner: gatewayAdmin } = connection;
        const owners = [await given.userOf(connection, 'Owner'), await given.userOf(connection, 'Owner')] as const;
        await call('delete', `connections/${id}/roleAssignments/${gatewayAdmin.id}`, gatewayAdmin).expect(200);
        return { id, owners };
      };
      const remove = (id: string, who: GivenCaller, by: GivenCaller) => () =>
        call('delete', `connections/${id}/roleAssignments/${who.id}`, by);
      for (const [isMutual, expected] of [
        [false, [200, 409]],
        [true, [200, 403]],
      ] as const) {
        const { id, owners } = await pair();
        const [one, two] = owners;
        const answers = await atOnce(app.database, { table: 'connection', id }, [
          remove(id, one, isMutual ? two : one),
          remove(id, two, isMutual ? one : two),
        ]);
        expect(answers.map(({ status }) => status).sort()).toEqual(expected);
      }
    });

    it('an administrator of the tenant gives an orphan a new owner, and gets no further', async () => {
      const connection = await given.connection({ gateway });
      const tenantAdmin = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
      const heir = await given.caller({ tenantId: admin.tenantId });
      const path = `connections/${connection.id}`;
      const { body } = await call('get', `${path}/roleAssignments`, tenantAdmin).expect(200);
      expect(body.value).toMatchObject([{ id: admin.id, role: 'Owner' }]);
      await call('post', `${path}/roleAssignments`, tenantAdmin)
        .send({ principal: { id: heir.id, type: 'User' }, role: 'User' })
        .expect(201);
      await call('patch', `${path}/roleAssignments/${heir.id}`, tenantAdmin).send({ role: 'Owner' }).expect(200);
      await call('delete', `${path}/roleAssignments/${admin.id}`, tenantAdmin).expect(200);
      await call('get', path, tenantAdmin).expect(403);
      await call('patch', path, tenantAdmin).send({ displayName: 'mine' }).expect(403);
      await call('delete', path, tenantAdmin).expect(403);
      await call('patch', path, heir).send({ privacyLevel: 'Private' }).expect(200);
      const trail = await app.database.query<{ action: string }>(
        `SELECT action FROM audit_entry WHERE "subjectId" = $1 AND "actorId" = $2 ORDER BY id`,
        [connection.id, tenantAdmin.id],
      );
      expect(trail.map(({ action }) => action).filter((action) => action.startsWith('connection-role.'))).toEqual([
        'connection-role.assigned',
        'connection-role.changed',
        'connection-role.revoked',
      ]);
    });

    it('a role given to a group is its people’s', async () => {
      const connection = await given.connection({ gateway });
      const { tenantId } = admin;
      const [group, worker] = [randomUUID(), await given.caller({ tenantId })];
      app.graph.groups.set(`${tenantId}/${group}`, [worker.id]);
      const path = `connections/${connection.id}`;
      await call('get', path, worker).expect(403);
      await call('post', `${path}/roleAssignments`)
        .send({ principal: { id: group, type: 'Group' }, role: 'Owner' })
        .expect(201);
      const get = () => call('get', path, worker);
      await until('the membership to count', async () => (await get()).status === 200, 2_000);
      await call('patch', path, worker).send({ privacyLevel: 'Private' }).expect(200);
      const { body } = await call('get', 'connections', worker).expect(200);
      expect(body.value).toMatchObject([{ id: connection.id }]);
    });

    it('deletes with an empty answer; the second time there is nothing', async () => {
      const id = await created();
      const { text } = await call('delete', `connections/${id}`).expect(200);
      expect(text).toBe('');
      await call('delete', `connections/${id}`).expect(404);
      await call('get', `connections/${id}`).expect(404);
    });
  });

  describe('testing one', () => {
    const run = async () => call('post', `connections/${await created()}/testConnection`);

    it('is Online without errors when it worked', async () => {
      const answer = await run();
      expect([answer.status, answer.body]).toEqual([200, { status: 'Online', errors: [] }]);
    });

    it.each([
      'SOURCE_DENIED',
      'SOURCE_UNREACHABLE',
      'GATEWAY_OFFLINE',
      'GATEWAY_TIMEOUT',
      'BROKER_UNAVAILABLE',
      'CREDENTIAL_UNREADABLE',
    ] as const)('is Offline with %s', async (code) => {
      test = () => Promise.reject(new DomainError(code));
      const answer = await run();
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ status: 'Offline', errors: [{ errorCode: code }] });
    });

    it.each([
      ['CONNECTION_NOT_FOUND', 404],
      ['LICENCE_REQUIRED', 403],
      ['ROLE_MISSING', 403],
      ['LICENCE_UNAVAILABLE', 503],
    ] as const)('stays an error when a rule refuses it: %s', async (code, status) => {
      test = () => Promise.reject(new DomainError(code));
      expect((await run()).status).toBe(status);
    });

    it('tells the dispatcher when the caller leaves', async () => {
      let started: (signal: AbortSignal) => void = () => undefined;
      const signal = new Promise<AbortSignal>((resolve) => (started = resolve));
      test = (_caller, _id, given) => {
        started(given);
        return new Promise((_resolve, reject) => given.addEventListener('abort', () => reject(given.reason as Error)));
      };
      const leaving = new AbortController();
      const answer = fetch(`${app.url}/v1/connections/${await created()}/testConnection`, {
        method: 'POST',
        headers: { authorization: admin.authorization },
        signal: leaving.signal,
      });
      const seen = await signal;
      leaving.abort();
      await expect(answer).rejects.toThrow();
      await new Promise<void>((resolve) =>
        seen.aborted ? resolve() : seen.addEventListener('abort', () => resolve()),
      );
      expect(seen.reason).toMatchObject({ code: 'REQUEST_CANCELLED' });
    });
  });

  it('shows the sealing key that credentials are sealed to', async () => {
    const { body } = await call('get', `gateways/${gateway.id}`).expect(200);
    expect(body.publicKey).toEqual(testSealingKey().publicKey);
  });
});
