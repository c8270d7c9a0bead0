import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PowerbiApiModule } from '../../src/modules/powerbi-api/powerbi-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { expectShape, type Shape } from '../support/shapes.js';

type Method = 'get' | 'post' | 'patch' | 'delete';

const LIST: Shape = { '@odata.context?': 'string', value: 'array' };
const KEY: Shape = { exponent: 'string', modulus: 'string' };
const GATEWAY: Shape = {
  id: 'string',
  'name?': 'string',
  'type?': 'string',
  'publicKey?': 'object',
  'gatewayAnnotation?': 'string',
  'gatewayStatus?': 'string',
};
const DATASOURCE: Shape = {
  id: 'string',
  gatewayId: 'string',
  credentialType: 'string',
  'datasourceName?': 'string',
  'datasourceType?': 'string',
  'connectionDetails?': 'string',
  'credentialDetails?': 'object',
};
const USER: Shape = {
  datasourceAccessRight: 'string',
  'emailAddress?': 'string',
  'displayName?': 'string',
  'identifier?': 'string',
  'principalType?': 'string',
};
const ERROR: Shape = { code: 'string', message: 'string', 'pbi.error?': 'object' };
const ERROR_OURS = ['hop', 'outcome', 'retryable', 'remedy', 'traceId'];
const PBI_ERROR: Shape = { code: 'string', parameters: 'object', details: 'array', exceptionCulprit: 'number' };

const CLUSTER: Shape = {
  id: 'string',
  name: 'string',
  'description?': 'string|null',
  'status?': 'string',
  'region?': 'string',
  'type?': 'string',
  dataSourceIds: 'array',
  'permissions?': 'array',
  'memberGateways?': 'array',
};
const PERMISSION: Shape = {
  id: 'string',
  principalType: 'string',
  tenantId: 'string',
  role: 'string',
  allowedDataSources: 'array',
  clusterId: 'string',
};
const MEMBER: Shape = {
  id: 'string',
  name: 'string',
  'description?': 'string|null',
  'status?': 'string',
  'region?': 'string',
  type: 'string',
  version: 'string',
  'annotation?': 'string',
  'clusterId?': 'string',
  'publicKey?': 'string',
};
const STATUS: Shape = {
  '@odata.context?': 'string',
  clusterStatus: 'string',
  gatewayStaticCapabilities: 'string',
  gatewayVersion: 'string',
  gatewayUpgradeState: 'string',
};
const CLUSTER_DATASOURCE: Shape = {
  id: 'string',
  clusterId: 'string',
  datasourceType: 'string',
  connectionDetails: 'string',
  credentialType: 'string',
  datasourceName: 'string',
  'users?': 'array',
  datasourceErrorDetails: 'array',
};
const POLICY: Shape = { '@odata.context?': 'string', id: 'string', policy: 'string' };
const INSTALLER: Shape = { id: 'string', type: 'string' };

describe('Power BI as its clients know it', () => {
  let app: TestApp;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [PowerbiApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    const given = new Given(app);
    admin = await given.caller({ isTenantAdministrator: true });
    gateway = await given.gateway({ admin });
  }, 60_000);
  afterAll(() => app.stop(), 60_000);

  const call = (method: Method, path: string): request.Test =>
    request(app.url)[method](`/${path}`).set('authorization', admin.authorization);
  /** Status and body exactly as documented: 200 with nothing, never 204. */
  const empty = (answer: request.Response) =>
    expect([answer.status, answer.text, answer.headers['content-type']]).toEqual([200, '', undefined]);
  const listed = (answer: request.Response, shape: Shape): Record<string, unknown>[] => {
    expect(answer.status, answer.text).toBe(200);
    expectShape(answer.body, LIST);
    const { value } = answer.body as { value: Record<string, unknown>[] };
    for (const item of value) expectShape(item, shape);
    return value;
  };
  const failed = (answer: request.Response, status: number, code: string) => {
    expect(answer.status, answer.text).toBe(status);
    expect(Object.keys(answer.body)).toEqual(['error']);
    expectShape(answer.body.error, ERROR, ERROR_OURS);
    expectShape(answer.body.error['pbi.error'], PBI_ERROR);
    expect(answer.body.error.code).toBe(code);
  };
  const details = async () => ({
    credentialType: 'Basic',
    credentials: await sealedCredential(),
    encryptedConnection: 'Encrypted',
    encryptionAlgorithm: 'RSA-OAEP',
    privacyLevel: 'None',
  });

  it('answers the eleven operations of v1.0', async () => {
    const root = 'v1.0/myorg/gateways';
    const [shown] = listed(await call('get', root), GATEWAY);
    expectShape(shown?.['publicKey'], KEY);
    expectShape((await call('get', `${root}/${gateway.id}`).expect(200)).body, GATEWAY);

    const datasources = `${root}/${gateway.id}/datasources`;
    const made = await call('post', datasources)
      .send({
        dataSourceType: 'PostgreSql',
        connectionDetails: '{"server":"MyServer.microsoft.com","database":"MyDatabase"}',
        datasourceName: 'Sample Datasource',
        credentialDetails: await details(),
      })
      .expect(201);
    expectShape(made.body, DATASOURCE);
    const one = `${datasources}/${made.body.id}`;
    expect(listed(await call('get', datasources), DATASOURCE)).toEqual([made.body]);
    expect((await call('get', one).expect(200)).body).toEqual(made.body);
    empty(await call('patch', one).send({ credentialDetails: await details() }));
    failed(await call('get', `${one}/status`), 503, 'BROKER_UNAVAILABLE');

    empty(await call('post', `${one}/users`).send({ emailAddress: admin.upn, datasourceAccessRight: 'Read' }));
    expect(listed(await call('get', `${one}/users`), USER)).toHaveLength(1);
    failed(await call('delete', `${one}/users/${randomUUID()}`), 404, 'EntityNotFound');
    empty(await call('delete', one));
  });

  it.each(['v2.0/myorg', 'v2.0/myorg/me'])('answers the operations of %s', async (root) => {
    const one = `${root}/gatewayClusters/${gateway.id}`;
    const expand = '$expand=permissions,memberGateways';
    const [shown] = listed(await call('get', `${root}/gatewayClusters?${expand}&$skip=0&$top=5000`), CLUSTER);
    for (const permission of shown?.['permissions'] as object[]) expectShape(permission, PERMISSION);
    for (const member of shown?.['memberGateways'] as object[]) expectShape(member, MEMBER);
    expectShape((await call('get', `${one}?${expand}`).expect(200)).body, { ...CLUSTER, '@odata.context': 'string' });
    expectShape((await call('get', `${one}/status?${expand}`).expect(200)).body, STATUS);
    empty(await call('patch', one).send({ name: null, department: 'IT', description: null, contactInformation: null }));
    empty(await call('post', `${one}/permissions`).send({ id: admin.id, role: 'Admin', allowedDataSourceTypes: null }));
    failed(await call('delete', `${one}/permissions/${randomUUID()}`), 404, 'EntityNotFound');

    const made = await call('post', `v2.0/myorg/me/gatewayClusters/${gateway.id}/datasources`).send({
      datasourceType: 'PostgreSql',
      connectionDetails: '{"server":"MyServer.microsoft.com","database":"MyDatabase"}',
      datasourceName: `Sample ${randomUUID()}`,
      credentialDetails: { [gateway.memberId]: { ...(await details()), skipTestConnection: true } },
      singleSignOnType: 'None',
      datasourceAnnotation: null,
      mashupTestConnectionDetails: null,
    });
    expectShape(made.body, { ...CLUSTER_DATASOURCE, '@odata.context': 'string' });
    const datasource = `${one}/datasources/${made.body.id}`;
    expect(listed(await call('get', `${one}/datasources`), CLUSTER_DATASOURCE)).toHaveLength(1);
    expect((await call('get', datasource).expect(200)).body.id).toBe(made.body.id);
    empty(await call('patch', datasource).send({ datasourceName: 'Renamed', singleSignOnType: 'None' }));
    const changed = await call('patch', `${datasource}/credentials`).send({
      ...(await details()),
      skipTestConnection: true,
    });
    expect(listed(changed, {})).toEqual([]);
    listed(await call('get', `${datasource}/users`), USER);
    empty(await call('delete', datasource));
  });

  it('answers for the policy of the tenant', async () => {
    expectShape((await call('get', 'v2.0/myorg/gatewayPolicy').expect(200)).body, POLICY);
    empty(await call('post', 'v2.0/myorg/gatewayPolicy').send({ resourceGatewayInstallPolicy: 'Open' }));
    const change = { ids: [admin.id], operation: 'Add', gatewayType: 'Resource' };
    empty(await call('post', 'v2.0/myorg/gatewayInstallers').send(change));
    const found = await call('get', "v2.0/myorg/gatewayInstallers?$filter=type eq 'Resource'");
    expect(listed(found, INSTALLER)).toEqual([{ id: admin.id, type: 'Resource' }]);
  });

  it.each([
    ['get', 'v1.0/myorg/gateways/x', 404, 'GatewayNotFound'],
    ['get', 'v1.0/myorg/datasets/x/Default.GetBoundGatewayDatasources', 404, 'EntityNotFound'],
    ['post', 'v1.0/myorg/reports/x/Default.BindToGateway', 404, 'EntityNotFound'],
    ['get', 'v2.0/myorg/gatewayClusters?$count=true', 400, 'BadRequest'],
    ['patch', 'v2.0/myorg/me/gatewayClusters/x', 404, 'GatewayNotFound'],
  ] as const)('refuses %s %s in its own words', async (method, path, status, code) => {
    failed(await (method === 'get' ? call(method, path) : call(method, path).send({})), status, code);
  });
});
