import { createPublicKey, randomUUID } from 'node:crypto';
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
import { testSealingKey } from '../support/test-member.js';

type Trial = DispatcherService['trial'];
type Method = 'get' | 'post' | 'patch' | 'delete';

describe('gateway clusters in the shape of Power BI v2.0', () => {
  let trial: Trial = async () => undefined;
  let tried = 0;
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;
  let tenantAdmin: GivenCaller;

  beforeAll(async () => {
    const dispatcher = {
      test: async () => Promise.reject(new DomainError('GATEWAY_OFFLINE')),
      trial: (...args: Parameters<Trial>) => {
        tried += 1;
        return trial(...args);
      },
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
    tenantAdmin = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    trial = async () => undefined;
    tried = 0;
  });

  const call = (method: Method, path: string, caller: GivenCaller = admin): request.Test =>
    request(app.url)[method](`/v2.0/myorg/${path}`).set('authorization', caller.authorization);
  const listed = async (path: string, caller = admin) => {
    const { body } = await call('get', path, caller).expect(200);
    return (body as { value: { id: string; name: string; memberGateways?: object[] }[] }).value;
  };
  const colleague = () => given.caller({ tenantId: admin.tenantId });
  const cluster = () => `me/gatewayClusters/${gateway.id}`;
  const expectEmpty = (answer: request.Response) => {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toBe('');
  };
  const expectRefused = (answer: request.Response, status: number, code: string) => {
    expect(answer.status, answer.text).toBe(status);
    expect(answer.body.error.code, answer.text).toBe(code);
  };
  const details = async (changes: object = {}) => ({
    credentialType: 'Basic',
    credentials: await sealedCredential(),
    encryptedConnection: 'Any',
    encryptionAlgorithm: 'RSA-OAEP',
    privacyLevel: 'Private',
    isCredentialEncrypted: true,
    ...changes,
  });
  const wanted = async (changes: object = {}) => ({
    datasourceType: 'PostgreSql',
    connectionDetails: '{"server":"db.site.example","database":"sales"}',
    datasourceName: `warehouse ${randomUUID()}`,
    credentialDetails: { [gateway.memberId]: await details() },
    singleSignOnType: 'None',
    datasourceAnnotation: null,
    ...changes,
  });
  const created = async (changes: object = {}): Promise<string> => {
    const answer = await call('post', `${cluster()}/datasources`).send(await wanted(changes));
    expect(answer.status, answer.text).toBe(201);
    return (answer.body as { id: string }).id;
  };

  describe('the list', () => {
    it('shows everybody their own gateways, administrators of the tenant all of them', async () => {
      const ids = async (path: string, caller: GivenCaller) => (await listed(path, caller)).map(({ id }) => id);
      expect(await ids('me/gatewayClusters', admin)).toContain(gateway.id);
      expect(await ids('me/gatewayClusters', await colleague())).toEqual([]);
      expect(await ids('me/gatewayClusters', tenantAdmin)).toEqual([]);
      expect(await ids('gatewayClusters', tenantAdmin)).toContain(gateway.id);
      expectRefused(await call('get', 'gatewayClusters'), 403, 'NOT_ADMINISTRATOR');
      expectRefused(await call('get', `gatewayClusters/${gateway.id}`), 403, 'NOT_ADMINISTRATOR');
      const elsewhere = await given.caller({ isTenantAdministrator: true });
      expect(await ids('gatewayClusters', elsewhere)).toEqual([]);
      expectRefused(await call('get', `gatewayClusters/${gateway.id}`, elsewhere), 404, 'GatewayNotFound');
    });

    it('shows roles and members beside them when asked to', async () => {
      const datasourceId = await created();
      const bare = (await call('get', cluster()).expect(200)).body;
      expect(bare).not.toHaveProperty('permissions');
      expect(bare.dataSourceIds).toContain(datasourceId);
      const { body } = await call('get', `${cluster()}?$expand=permissions,memberGateways`).expect(200);
      expect(body['@odata.context']).toMatch(/\/v2\.0\/myorg\/me\/\$metadata#gatewayClusters/);
      expect(body.permissions).toEqual([
        {
          id: admin.id,
          principalType: 'User',
          tenantId: admin.tenantId,
          role: 'Admin',
          allowedDataSources: [],
          clusterId: gateway.id,
        },
      ]);
      const [member] = body.memberGateways;
      expect(member).toMatchObject({ id: gateway.memberId, status: 'Live', clusterId: gateway.id, type: 'Resource' });
      expect(JSON.parse(member.annotation)).toMatchObject({
        gatewayMachine: member.name,
        gatewayVersion: member.version,
      });
      const [one] = (await listed('me/gatewayClusters?$expand=memberGateways')).filter(({ id }) => id === gateway.id);
      expect(one?.memberGateways).toEqual(body.memberGateways);
      expect(one).not.toHaveProperty('permissions');
    });

    it('gives the public key as .NET writes it', async () => {
      const { body } = await call('get', `${cluster()}?$expand=memberGateways`).expect(200);
      const xml = Buffer.from(body.memberGateways[0].publicKey, 'base64').toString('utf8');
      const part = (name: string) => new RegExp(`<${name}>(.*)</${name}>`).exec(xml)?.[1] ?? '';
      const url = (text: string) => Buffer.from(text, 'base64').toString('base64url');
      const key = createPublicKey({
        key: { kty: 'RSA', n: url(part('Modulus')), e: url(part('Exponent')) },
        format: 'jwk',
      });
      expect(xml).toMatch(/^<RSAParameters>.*<\/RSAParameters>$/);
      expect(key.export({ format: 'jwk' }).n).toBe(url(testSealingKey().publicKey.modulus));
    });

    it('goes by numbers, and says where it goes on', async () => {
      const owner = await given.caller();
      for (const name of ['a', 'b', 'c']) await given.gateway({ admin: owner, name });
      const names = async (path: string) => (await listed(path, owner)).map(({ name }) => name).join('');
      expect(await names('me/gatewayClusters')).toBe('abc');
      expect(await names('me/gatewayClusters?$skip=0&$top=5000')).toBe('abc');
      expect(await names('me/gatewayClusters?$skip=1&$top=1')).toBe('b');
      expect(await names('me/gatewayClusters?$skip=5')).toBe('');
      const part = await call('get', 'me/gatewayClusters?$top=2', owner).expect(200);
      expect(part.body).not.toHaveProperty('@odata.nextLink');
    });

    it.each([
      '$filter=name eq x',
      '$orderby=name',
      '$expand=users',
      '$skip=-1',
      '$top=x',
      '$top=99999',
      '$expand=permissions&$expand=permissions',
    ])('refuses %s', async (query) => {
      expectRefused(await call('get', `me/gatewayClusters?${query}`), 400, 'BadRequest');
    });

    it.each(['me/gatewayclusters', 'ME/GATEWAYCLUSTERS', 'me//gatewayClusters/'])('is found at %s', async (path) => {
      await call('get', path).expect(200);
      await call('get', `me/gatewayclusters(${gateway.id})?$expand=permissions`).expect(200);
    });
  });

  describe('a cluster', () => {
    it('says how it is, asked just now', async () => {
      const { body } = await call('get', `${cluster()}/status?$expand=permissions,memberGateways`).expect(200);
      expect(body).toMatchObject({ clusterStatus: 'Live', gatewayVersion: expect.any(String) });
      expect(JSON.parse(body.gatewayStaticCapabilities).datasourceTypes).toContain('PostgreSql');
      const silent = await given.gateway({ admin, isOnline: false });
      const away = await call('get', `me/gatewayClusters/${silent.id}/status`).expect(200);
      expect(away.body.clusterStatus).toBe('Unreachable');
    });

    it('is changed, and what is null stays', async () => {
      const own = await given.gateway({ admin });
      const path = `me/gatewayClusters/${own.id}`;
      const name = `renamed ${randomUUID()}`;
      expectEmpty(
        await call('patch', path).send({
          ...{ name, Description: 'finance', department: null, contactInformation: 'ann@test.example' },
          ...{ allowCloudDatasourceRefresh: true, loadBalancingSelectorType: 'Random' },
        }),
      );
      expectEmpty(await call('patch', path).send({ name: null, description: null }));
      const { body } = await call('get', `${path}?$expand=memberGateways`).expect(200);
      expect(body).toMatchObject({ name, description: 'finance' });
      expect(JSON.parse(body.memberGateways[0].annotation)).toMatchObject({
        gatewayContactInformation: ['ann@test.example'],
        gatewayDepartment: null,
      });
      const [row] = await app.database.query(
        'SELECT "loadBalancing", "allowCloudConnectionRefresh" FROM gateway WHERE id = $1',
        [own.id],
      );
      expect(row).toEqual({ loadBalancing: 'DistributeEvenly', allowCloudConnectionRefresh: true });
      const [entry] = await app.database.query<{ action: string }>(
        `SELECT action FROM audit_entry WHERE "gatewayId" = $1 ORDER BY id DESC LIMIT 1`,
        [own.id],
      );
      expect(entry?.action).toBe('gateway.updated');
      expectRefused(await call('patch', path).send({ name: gateway.name }), 409, 'DuplicateGatewayName');
      expectRefused(await call('patch', path).send({ loadBalancingSelectorType: 'Best' }), 400, 'BadRequest');
      expectRefused(await call('patch', path).send([]), 400, 'BadRequest');
    });

    it('loses members and goes', async () => {
      const own = await given.gateway({ admin });
      const path = `me/gatewayClusters/${own.id}`;
      expectRefused(await call('delete', `${path}/memberGateways/${randomUUID()}`), 404, 'EntityNotFound');
      expectEmpty(await call('delete', `${path}/memberGateways/${own.memberId}`));
      expectEmpty(await call('delete', path));
      expectRefused(await call('get', path), 404, 'GatewayNotFound');
    });
  });

  describe('permissions', () => {
    const rolesOf = async (gatewayId: string) => {
      const { body } = await call('get', `gatewayClusters/${gatewayId}?$expand=permissions`, tenantAdmin).expect(200);
      return body.permissions as { id: string; role: string; allowedDataSources: string[]; principalType: string }[];
    };

    it('are given to people and groups, limited to types, changed and taken', async () => {
      const own = await given.gateway({ admin });
      const path = `me/gatewayClusters/${own.id}/permissions`;
      const ann = await colleague();
      const groupId = randomUUID();
      app.graph.groups.set(`${admin.tenantId}/${groupId}`, []);
      const limited = { id: ann.id, role: 'connectioncreator', allowedDataSourceTypes: ['web', 'Folder', 'File'] };
      expectEmpty(await call('post', path).send(limited));
      expectEmpty(await call('post', path).send({ id: groupId, role: 'ConnectionCreatorWithReshare' }));
      const roles = await rolesOf(own.id);
      expect(roles).toContainEqual(
        expect.objectContaining({ id: ann.id, role: 'ConnectionCreator', allowedDataSources: ['Web', 'Folder'] }),
      );
      expect(roles).toContainEqual(
        expect.objectContaining({ id: groupId, role: 'ConnectionCreatorWithReshare', principalType: 'Group' }),
      );
      expectEmpty(
        await call('post', path).send({ id: ann.id, role: 'ConnectionCreator', allowedDataSourceTypes: null }),
      );
      expect(await rolesOf(own.id)).toContainEqual(
        expect.objectContaining({ id: ann.id, role: 'ConnectionCreator', allowedDataSources: [] }),
      );
      expectEmpty(await call('post', path).send({ id: ann.id, role: 'Admin', allowedDataSourceTypes: null }));
      expect(await rolesOf(own.id)).toContainEqual(
        expect.objectContaining({ id: ann.id, role: 'Admin', allowedDataSources: [] }),
      );
      expectEmpty(await call('delete', `${path}/${ann.id}`));
      expectRefused(await call('delete', `${path}/${ann.id}`), 404, 'EntityNotFound');
    });

    it.each([
      [{ role: 'Owner' }, 400, 'BadRequest'],
      [{ role: 'Admin', allowedDataSourceTypes: ['Web'] }, 400, 'BadRequest'],
      [{ role: 'ConnectionCreator', allowedDataSourceTypes: ['SAPHana'] }, 400, 'BadRequest'],
      [{ role: 'ConnectionCreator', allowedDataSourceTypes: [] }, 400, 'BadRequest'],
      [{ role: 'ConnectionCreator', id: randomUUID() }, 400, 'PRINCIPAL_UNKNOWN'],
      [{ role: 'ConnectionCreator', id: 'ann@test.example' }, 400, 'BadRequest'],
    ])('are not given as %j', async (body, status, code) => {
      const { id } = await colleague();
      expectRefused(await call('post', `${cluster()}/permissions`).send({ id, ...body }), status, code);
    });

    it('are the business of those who may', async () => {
      const ann = await colleague();
      expectRefused(
        await call('post', `${cluster()}/permissions`, ann).send({ id: ann.id, role: 'Admin' }),
        403,
        'ROLE_MISSING',
      );
      expectRefused(await call('delete', `${cluster()}/permissions/${admin.id}`), 409, 'LAST_ADMINISTRATOR');
    });
  });

  describe('a data source', () => {
    const path = (id: string) => `${cluster()}/datasources/${id}`;

    it('is tried, stored, shown, renamed and removed', async () => {
      const answer = await call('post', `${cluster()}/datasources`).send(
        await wanted({ datasourceAnnotation: 'mine' }),
      );
      expect(answer.status, answer.text).toBe(201);
      expect(tried).toBe(1);
      const { id } = answer.body;
      expect(answer.body).toMatchObject({
        ...{ clusterId: gateway.id, datasourceType: 'PostgreSql', credentialType: 'Basic', datasourceErrorDetails: [] },
        ...{ connectionDetails: '{"server":"db.site.example","database":"sales"}', datasourceAnnotation: 'mine' },
      });
      const name = `renamed ${randomUUID()}`;
      expectEmpty(await call('patch', path(id)).send({ datasourceName: name, singleSignOnType: 'None' }));
      expect((await call('get', path(id)).expect(200)).body).toMatchObject({
        datasourceName: name,
        datasourceAnnotation: 'mine',
      });
      expectEmpty(await call('patch', path(id)).send({ datasourceAnnotation: '' }));
      const list = await call('get', `${cluster()}/datasources`).expect(200);
      expect(list.body.value).toContainEqual(expect.objectContaining({ id, datasourceAnnotation: '' }));
      expectRefused(await call('get', `${path(id)}/status`), 400, 'DM_GWPipeline_Client_GatewayUnreachable');
      expectEmpty(await call('delete', path(id)));
      expectRefused(await call('get', path(id)), 404, 'EntityNotFound');
    });

    it('is not stored when its trial fails, unless the trial is waived', async () => {
      trial = async () => Promise.reject(new DomainError('SOURCE_DENIED'));
      const body = await wanted();
      expectRefused(
        await call('post', `${cluster()}/datasources`).send(body),
        400,
        'DMTS_PublishDatasourceToClusterErrorCode',
      );
      const waived = { [gateway.id]: await details({ skipTestConnection: true }) };
      await call('post', `${cluster()}/datasources`)
        .send({ ...body, credentialDetails: waived })
        .expect(201);
    });

    it('gets a credential for all members or one each, and tells what members say against it', async () => {
      const id = await created();
      const change = (body: object) => call('patch', `${path(id)}/credentials`).send(body);
      const hash = () => app.database.query('SELECT "credentialHash" FROM connection WHERE id = $1', [id]);
      const stored = await hash();
      trial = async () => Promise.reject(new DomainError('SOURCE_DENIED'));
      const refused = await change(await details()).expect(200);
      expect(refused.body.value).toEqual([
        {
          gatewayName: gateway.name,
          errorCode: 'DM_GWPipeline_Gateway_InvalidConnectionCredentials',
          errorMessage: expect.any(String),
        },
      ]);
      expect(await hash()).toEqual(stored);
      const waived = await change(await details({ skipTestConnection: true })).expect(200);
      expect(waived.body.value).toEqual([]);
      const second = await hash();
      expect(second).not.toEqual(stored);
      trial = async () => undefined;
      expect((await change({ [gateway.memberId]: await details() }).expect(200)).body.value).toEqual([]);
      expect(await hash()).not.toEqual(second);
      expectRefused(await change({ [randomUUID()]: await details() }), 400, 'InvalidCredentialDetails');
      expectRefused(await change({}), 400, 'BadRequest');
    });

    it.each([
      ['members that nobody knows', async () => ({ [randomUUID()]: await details() })],
      ['nothing', async () => ({})],
      ['a secret in plain', async () => ({ [gateway.id]: await details({ encryptionAlgorithm: 'NONE' }) })],
      ['a secret sealed otherwise', async () => ({ [gateway.id]: await details({ encryptionAlgorithm: 'AES' }) })],
      [
        'members that differ',
        async () => ({
          [gateway.id]: await details(),
          [gateway.id.toUpperCase()]: await details({ privacyLevel: 'Public' }),
        }),
      ],
    ])('is not made of %s', async (_what, credentialDetails) => {
      const body = await wanted({ credentialDetails: await credentialDetails() });
      expectRefused(await call('post', `${cluster()}/datasources`).send(body), 400, 'InvalidCredentialDetails');
      expectRefused(
        await call('post', `${cluster()}/datasources`).send(await wanted({ singleSignOnType: 'Kerberos' })),
        400,
        'BadRequest',
      );
    });

    it('has users whose rights are roles', async () => {
      const id = await created();
      const ann = await colleague();
      const users = () => listed(`${path(id)}/users`);
      const give = (datasourceAccessRight: string, identifier = ann.id) =>
        call('post', `${path(id)}/users`).send({ identifier, datasourceAccessRight, groupUserAccessRight: 'None' });
      for (const right of ['Read', 'ReadWrite', 'Admin', 'Read']) {
        expectEmpty(await give(right));
        expect(await users()).toContainEqual(
          expect.objectContaining({ identifier: ann.id, datasourceAccessRight: right }),
        );
      }
      expectRefused(await give('Read', admin.id), 409, 'LAST_OWNER');
      expectRefused(await give('OverrideEffectiveIdentity'), 400, 'BadRequest');
      expectEmpty(await call('delete', `${path(id)}/users/${ann.upn}`));
      expect(await users()).toHaveLength(1);
      const byTenant = `gatewayClusters/${gateway.id}/datasources/${id}/users`;
      expectEmpty(
        await call('post', byTenant, tenantAdmin).send({ identifier: ann.id, datasourceAccessRight: 'Admin' }),
      );
      expectRefused(await call('get', byTenant), 403, 'NOT_ADMINISTRATOR');
    });
  });

  describe('the policy of the tenant', () => {
    const policy = async () => (await call('get', 'gatewayPolicy', tenantAdmin).expect(200)).body.policy as string;
    const installers = async (filter = '') =>
      (await call('get', `gatewayInstallers${filter}`, tenantAdmin).expect(200)).body.value as object[];
    const change = (operation: string, ids: readonly (string | undefined)[], gatewayType = 'Resource') =>
      call('post', 'gatewayInstallers', tenantAdmin).send({ ids, operation, gatewayType });

    it('lets everybody install gateways or those listed, and personal ones nobody', async () => {
      const restrict = (body: object) => call('post', 'gatewayPolicy', tenantAdmin).send(body);
      expect(await policy()).toBe('PersonalInstallRestricted');
      expectEmpty(await restrict({ resourceGatewayInstallPolicy: 'Restricted' }));
      expect(await installers()).toEqual([{ id: tenantAdmin.id, type: 'Resource' }]);
      expectEmpty(await restrict({ resourceGatewayInstallPolicy: 'Open' }));
      expectEmpty(await change('Remove', [tenantAdmin.id]));

      const ann = await colleague();
      expectEmpty(await change('Add', [admin.id, ann.upn]));
      expectEmpty(await change('Add', [admin.id]));
      const listed = await installers("?$filter=type eq 'Resource'");
      expect(listed).toHaveLength(2);
      expect(listed).toContainEqual({ id: ann.id, type: 'Resource' });
      expect(await installers()).toEqual(listed);
      expect(await installers("?$filter=type%20eq%20'Personal'")).toEqual([]);

      expectEmpty(await restrict({ resourceGatewayInstallPolicy: 'Restricted', personalGatewayInstallPolicy: null }));
      expect(await policy()).toBe('PersonalInstallRestricted, EnterpriseInstallRestricted');
      expectEmpty(await change('Remove', [ann.id, randomUUID().toUpperCase()].slice(0, 1)));
      expect(await installers()).toEqual([{ id: admin.id, type: 'Resource' }]);
      expectRefused(await change('Remove', [admin.id]), 409, 'POLICY_LOCKS_OUT');
      expectEmpty(await restrict({ resourceGatewayInstallPolicy: 'Open', personalGatewayInstallPolicy: 'Restricted' }));
      expect(await policy()).toBe('PersonalInstallRestricted');
    });

    it('refuses what does not exist here, and those who do not administer the tenant', async () => {
      const personal = { personalGatewayInstallPolicy: 'Open' };
      expectRefused(await call('post', 'gatewayPolicy', tenantAdmin).send(personal), 400, 'UnsupportedGatewayType');
      expectRefused(await change('Add', [admin.id], 'Personal'), 400, 'UnsupportedGatewayType');
      expectEmpty(await change('None', [randomUUID()]));
      expectEmpty(await change('Remove', [randomUUID()], 'Personal'));
      expectRefused(await change('Add', [randomUUID()]), 400, 'PRINCIPAL_UNKNOWN');
      expectRefused(await change('Replace', []), 400, 'BadRequest');
      expectRefused(await call('get', 'gatewayInstallers?$filter=id eq 1', tenantAdmin), 400, 'BadRequest');
      for (const path of ['gatewayPolicy', 'gatewayInstallers']) {
        expectRefused(await call('get', path), 403, 'NOT_ADMINISTRATOR');
        expectRefused(await call('post', path).send({}), 403, 'NOT_ADMINISTRATOR');
      }
    });
  });
});
