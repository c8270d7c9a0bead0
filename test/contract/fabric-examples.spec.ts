import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

/** Types by key; a key with a question mark may be absent. What is not named is ours, and listed as such. */
type Shape = Readonly<Record<string, string>>;

const GATEWAY: Shape = {
  id: 'string',
  type: 'string',
  displayName: 'string',
  publicKey: 'object',
  version: 'string',
  numberOfMemberGateways: 'number',
  loadBalancingSetting: 'string',
  allowCloudConnectionRefresh: 'boolean',
  allowCustomConnectors: 'boolean',
};
const GATEWAY_OURS = [
  'cpuThreshold',
  'memoryThreshold',
  'region',
  'keyId',
  'upgradeState',
  'description',
  'department',
  'contactInformation',
  'settingsTag',
];
const KEY: Shape = { exponent: 'string', modulus: 'string' };
const MEMBER: Shape = {
  id: 'string',
  displayName: 'string',
  publicKey: 'object',
  version: 'string',
  enabled: 'boolean',
};
const MEMBER_OURS = [
  'state',
  'lastHeartbeatAt',
  'inFlight',
  'load',
  'conditions',
  'refusals',
  'drainDeadline',
  'upgradeState',
];
const STATUS: Shape = {
  status: 'string',
  'gatewayVersion?': 'string',
  'gatewayUpgradeState?': 'string',
  'errorDetails?': 'array',
};
const ASSIGNMENT: Shape = { id: 'string', principal: 'object', role: 'string' };
const CONNECTION: Shape = {
  id: 'string',
  connectivityType: 'string',
  'displayName?': 'string',
  'gatewayId?': 'string',
  connectionDetails: 'object',
  'privacyLevel?': 'string',
  'credentialDetails?': 'object',
  'connectionRecency?': 'object',
};
const OPERATION: Shape = {
  status: 'string',
  createdTimeUtc: 'string',
  lastUpdatedTimeUtc: 'string',
  'percentComplete?': 'number',
  'error?': 'object',
};
const TYPE: Shape = {
  type: 'string',
  creationMethods: 'array',
  supportedCredentialTypes: 'array',
  supportedConnectionEncryptionTypes: 'array',
  supportsSkipTestConnection: 'boolean',
};
const ERROR: Shape = {
  requestId: 'string',
  errorCode: 'string',
  message: 'string',
  'moreDetails?': 'array',
  'isRetriable?': 'boolean',
  'relatedResource?': 'object',
};
const ERROR_OURS = ['hop', 'outcome', 'remedy'];

const typeOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

function expectShape(value: unknown, shape: Shape, ours: readonly string[] = []): void {
  const body = value as Readonly<Record<string, unknown>>;
  const expected = Object.entries(shape).filter(([key]) => !key.endsWith('?') || key.slice(0, -1) in body);
  const keys = expected.map(([key]) => key.replace('?', ''));
  expect(
    Object.keys(body)
      .filter((key) => !ours.includes(key))
      .sort(),
  ).toEqual(keys.sort());
  for (const [key, type] of expected) expect(typeOf(body[key.replace('?', '')]), key).toBe(type);
}

describe('Fabric v1 as its clients know it', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    const relay = recordingRelay();
    app = await startTestApp({
      imports: [FabricApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  }, 60_000);
  afterAll(() => app.stop(), 60_000);

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, caller = admin): request.Test =>
    request(app.url)[method](`/v1/${path}`).set('authorization', caller.authorization);
  const wanted = async (credentialDetails: object = {}, changes: object = {}) => ({
    connectivityType: 'OnPremisesGateway',
    gatewayId: gateway.id,
    displayName: `warehouse ${randomUUID()}`,
    privacyLevel: 'Organizational',
    connectionDetails: {
      type: 'PostgreSQL',
      creationMethod: 'PostgreSql',
      parameters: [
        { dataType: 'Text', name: 'server', value: 'db.site.example' },
        { dataType: 'Text', name: 'database', value: 'sales' },
      ],
    },
    credentialDetails: {
      singleSignOnType: 'None',
      connectionEncryption: 'NotEncrypted',
      skipTestConnection: true,
      credentials: {
        credentialType: 'Basic',
        values: [{ gatewayId: gateway.id, encryptedCredentials: await sealedCredential() }],
      },
      ...credentialDetails,
    },
    ...changes,
  });
  const connected = async () =>
    (
      await call('post', 'connections')
        .send(await wanted())
        .expect(201)
    ).body.id as string;

  it('gateways: list, get, patch', async () => {
    const { body: page } = await call('get', 'gateways').expect(200);
    expectShape(page, { value: 'array' });
    expectShape(page.value[0], GATEWAY, GATEWAY_OURS);
    const { body } = await call('get', `gateways/${gateway.id}`).expect(200);
    expectShape(body, GATEWAY, GATEWAY_OURS);
    expectShape(body.publicKey, KEY);
    expect(body.type).toBe('OnPremises');
    const change = { type: 'OnPremises', loadBalancingSetting: 'DistributeEvenly', allowCloudConnectionRefresh: true };
    const patched = await call('patch', `gateways/${gateway.id}`).send(change).expect(200);
    expect(patched.body).toEqual({ ...body, ...change, settingsTag: expect.not.stringMatching(body.settingsTag) });
  });

  it('gateways: delete is 200 and empty; create is for other types; names are unique', async () => {
    const own = await given.gateway({ admin });
    const taken = { type: 'OnPremises', displayName: gateway.name };
    const { body } = await call('patch', `gateways/${own.id}`).send(taken).expect(409);
    expect(body.errorCode).toBe('DuplicateGatewayName');
    const gone = await call('delete', `gateways/${own.id}`).expect(200);
    expect([gone.text ?? '', gone.headers['content-length']]).toEqual(['', '0']);
    for (const type of ['OnPremises', 'VirtualNetwork', 'StreamingVirtualNetwork']) {
      const refused = await call('post', 'gateways').send({ type, displayName: 'x', capacityId: randomUUID() });
      expect([refused.status, refused.body.errorCode]).toEqual([400, 'UnsupportedGatewayType']);
    }
    for (const path of [`gateways/${gateway.id}/restart`, `gateways/${gateway.id}/shutdown`]) {
      expect((await call('post', path).expect(400)).body.errorCode).toBe('UnsupportedGatewayType');
    }
    const patched = await call('patch', `gateways/${gateway.id}`).send({ type: 'VirtualNetwork' }).expect(400);
    expect(patched.body.errorCode).toBe('UnsupportedGatewayType');
  });

  it('members: list, patch, delete', async () => {
    const own = await given.gateway({ admin });
    const { body } = await call('get', `gateways/${own.id}/members`).expect(200);
    expectShape(body, { value: 'array' });
    expectShape(body.value[0], MEMBER, MEMBER_OURS);
    const path = `gateways/${own.id}/members/${own.memberId}`;
    const patched = await call('patch', path).send({ displayName: 'second', enabled: false }).expect(200);
    expectShape(patched.body, MEMBER, MEMBER_OURS);
    expect(patched.body).toMatchObject({ displayName: 'second', enabled: false });
    expect((await call('delete', path).expect(200)).text ?? '').toBe('');
    expect((await call('get', `gateways/${own.id}/members`)).body).toEqual({ value: [] });
  });

  it('checkStatus: 200 with a status, or 202 and polling until there is one', async () => {
    for (const path of ['checkStatus', `members/${gateway.memberId}/checkStatus`]) {
      const { body } = await call('post', `gateways/${gateway.id}/${path}`).expect(200);
      expectShape(body, STATUS);
    }
    const { headers } = await call('post', `gateways/${gateway.id}/checkStatus`)
      .set('prefer', 'respond-async')
      .expect(202);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const { pathname } = new URL(headers['location'] ?? '');
    expect(pathname).toBe(`/v1/operations/${headers['x-ms-operation-id']}`);
    const poll = () => call('get', pathname.slice('/v1/'.length)).expect(200);
    let state = await poll();
    while (state.body.status === 'Running') state = await poll();
    expectShape(state.body, OPERATION);
    expect(state.body.status).toBe('Succeeded');
    const result = new URL(state.headers['location'] ?? '').pathname.slice('/v1/'.length);
    expectShape((await call('get', result).expect(200)).body, STATUS);
  });

  it.each(['gateways', 'connections'])('role assignments of %s: add, list, get, update, delete', async (kind) => {
    const roles =
      kind === 'gateways' ? ['ConnectionCreator', 'ConnectionCreatorWithResharing'] : ['User', 'UserWithReshare'];
    const somebody = await given.caller({ tenantId: admin.tenantId });
    const path = `${kind}/${kind === 'gateways' ? gateway.id : await connected()}/roleAssignments`;
    const principal = { id: somebody.id, type: 'User' };
    const added = await call('post', path).send({ principal, role: roles[0] }).expect(201);
    expectShape(added.body, ASSIGNMENT);
    expect(added.body.id).toBe(somebody.id);
    expect(added.headers['location']).toBe(`${app.config.publicUrl}/v1/${path}/${somebody.id}`);
    const { body: page } = await call('get', path).expect(200);
    expectShape(page, { value: 'array' });
    expect(page.value).toContainEqual(added.body);
    expect((await call('get', `${path}/${somebody.id}`).expect(200)).body).toEqual(added.body);
    const updated = await call('patch', `${path}/${somebody.id}`).send({ role: roles[1] }).expect(200);
    expect(updated.body).toEqual({ ...added.body, role: roles[1] });
    expect((await call('delete', `${path}/${somebody.id}`).expect(200)).text ?? '').toBe('');
    const missing = await call('get', `${path}/${somebody.id}`).expect(404);
    expect(missing.body.errorCode).toBe('EntityNotFound');
    const unknown = await call('post', path).send({ principal: { id: randomUUID(), type: 'User' }, role: roles[0] });
    expect([unknown.status, unknown.body.errorCode]).toEqual([400, 'UnknownError']);
  });

  it('connections: create, get, list, patch, test, delete', async () => {
    const made = await call('post', 'connections')
      .send(await wanted())
      .expect(201);
    expectShape(made.body, CONNECTION, ['environmentIds', 'settingsTag']);
    const path = `connections/${made.body.id}`;
    expect(made.headers['location']).toBe(`${app.config.publicUrl}/v1/${path}`);
    expect(made.body.connectionDetails).toEqual({ type: 'PostgreSQL', path: 'db.site.example;sales' });
    expect((await call('get', path).expect(200)).body).toEqual(made.body);
    const { body: page } = await call('get', 'connections').expect(200);
    expect(page.value).toContainEqual(made.body);
    const change = { connectivityType: 'OnPremisesGateway', displayName: `x ${randomUUID()}`, privacyLevel: 'Private' };
    const patched = await call('patch', path).send(change).expect(200);
    const settingsTag: unknown = expect.not.stringMatching(made.body.settingsTag as string);
    expect(patched.body).toEqual({ ...made.body, ...change, settingsTag });
    const { body } = await call('post', `${path}/testConnection`).expect(200);
    expectShape(body, { status: 'string', 'errors?': 'array' });
    expectShape(body.errors[0], { errorCode: 'string', message: 'string' });
    expect((await call('delete', path).expect(200)).text ?? '').toBe('');
    expect((await call('get', path).expect(404)).body.errorCode).toBe('EntityNotFound');
  });

  it('connections: refused in Fabric’s names', async () => {
    const post = async (...changes: Parameters<typeof wanted>) => {
      const { status, body } = await call('post', 'connections').send(await wanted(...changes));
      expectShape(body, ERROR, ERROR_OURS);
      return [status, body.errorCode] as const;
    };
    const { displayName } = (await call('get', `connections/${await connected()}`)).body;
    expect(await post({}, { displayName })).toEqual([409, 'DuplicateConnectionName']);
    expect(await post({}, { connectionDetails: { type: 'Nothing', creationMethod: 'x', parameters: [] } })).toEqual([
      400,
      'InvalidConnectionDetails',
    ]);
    const plain = [{ gatewayId: gateway.id, encryptedCredentials: 'not sealed' }];
    expect(await post({ credentials: { credentialType: 'Basic', values: plain } })).toEqual([
      400,
      'InvalidCredentialDetails',
    ]);
    // The recording relay carries nothing: the test that Fabric makes before it stores fails.
    expect(await post({ skipTestConnection: false })).toEqual([400, 'CreateGatewayConnectionFailed']);
    const id = await connected();
    const { credentialDetails } = await wanted({ skipTestConnection: false });
    const { status, body } = await call('patch', `connections/${id}`).send({ credentialDetails });
    expect([status, body.errorCode]).toEqual([400, 'UpdateGatewayConnectionFailed']);
    expect(body.moreDetails).toContainEqual({ errorCode: 'BROKER_UNAVAILABLE', message: expect.any(String) as string });
  });

  it('supportedConnectionTypes: of all, and of one gateway', async () => {
    const path = 'connections/supportedConnectionTypes';
    const { body: page } = await call('get', path).expect(200);
    expectShape(page, { value: 'array' });
    const types = page.value as { type: string; creationMethods: { parameters: unknown[] }[] }[];
    const names = ['CustomConnector', 'File', 'Folder', 'MySql', 'OData', 'Oracle', 'PostgreSQL', 'SFTP', 'SQL', 'Web'];
    expect(types.map(({ type }) => type)).toEqual(names);
    for (const one of types) {
      expectShape(one, TYPE);
      expectShape(one.creationMethods[0], { name: 'string', parameters: 'array' });
      expectShape(one.creationMethods[0]?.parameters[0], {
        name: 'string',
        dataType: 'string',
        required: 'boolean',
        allowedValues: 'null',
      });
    }
    expect(types.find(({ type }) => type === 'PostgreSQL')?.creationMethods).toEqual([
      {
        name: 'PostgreSql',
        parameters: ['server', 'database'].map((name) => ({
          ...{ name, dataType: 'Text', required: true, allowedValues: null },
        })),
      },
    ]);
    const own = `${path}?gatewayId=${gateway.id}&showAllCreationMethods=true`;
    expect((await call('get', own).expect(200)).body).toEqual(page);
    // A gateway whose members are older than a kind of source does not offer it.
    const older = await given.gateway({ admin });
    await app.database.query(
      `UPDATE member SET capabilities = jsonb_set(capabilities, '{operations}', '{"http": ["test"], "sftp": ["test"]}') WHERE id = $1`,
      [older.memberId],
    );
    const { body: offered } = await call('get', `${path}?gatewayId=${older.id}`).expect(200);
    expect((offered.value as typeof types).map(({ type }) => type)).toEqual(['CustomConnector', 'SFTP', 'Web']);
    for (const wrong of ['gatewayId=nonsense', `gatewayId=${randomUUID()}`]) {
      expect((await call('get', `${path}?${wrong}`).expect(404)).body.errorCode).toBe('EntityNotFound');
    }
    for (const wrong of ['showAllCreationMethods=maybe', 'continuationToken=%7B']) {
      expect((await call('get', `${path}?${wrong}`).expect(400)).body.errorCode).toBe('BadRequest');
    }
  });

  it('pages: a token and an address, both gone on the last', async () => {
    const own = await given.gateway();
    await app.database.query(
      `INSERT INTO connection (id, "tenantId", "gatewayId", "displayName", kind, target, "credentialType", encryption, "createdBy")
       SELECT gen_random_uuid(), $1, $2, 'c' || n, 'http', '{"kind":"http","url":"http://a/"}', 'Anonymous', 'Any', $3
       FROM generate_series(1, 150) n`,
      [own.admin.tenantId, own.id, own.admin.id],
    );
    const first = await call('get', 'connections', own.admin).expect(200);
    expectShape(first.body, { value: 'array', continuationToken: 'string', continuationUri: 'string' });
    const next = new URL(first.body.continuationUri as string);
    expect(next.searchParams.get('continuationToken')).toBe(first.body.continuationToken);
    const last = await call('get', `${next.pathname.slice(4)}${next.search}`, own.admin).expect(200);
    expectShape(last.body, { value: 'array' });
    const ids = [...first.body.value, ...last.body.value].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(150);
  });

  it.each([
    ['gateways/nonsense', 404, 'EntityNotFound'],
    [`connections/${randomUUID()}`, 404, 'EntityNotFound'],
    ['gateways?continuationToken=broken', 400, 'BadRequest'],
    ['connections?continuationToken=W10', 400, 'BadRequest'],
    ['nothing/here', 404, 'EntityNotFound'],
  ])('errors: %s is %i %s, with the code in a header too', async (path, status, code) => {
    const answer = await call('get', path).expect(status);
    expectShape(answer.body, ERROR, ERROR_OURS);
    expect(answer.body.errorCode).toBe(code);
    expect(answer.headers['x-ms-public-api-error-code']).toBe(code);
    expect(answer.headers['requestid']).toBe(answer.body.requestId);
  });

  it('errors: who may not manage is told what they may not', async () => {
    const creator = await given.caller({ tenantId: admin.tenantId });
    const id = await connected();
    const grant = (path: string, role: string) =>
      call('post', `${path}/roleAssignments`)
        .send({ principal: { id: creator.id, type: 'User' }, role })
        .expect(201);
    await grant(`gateways/${gateway.id}`, 'ConnectionCreator');
    await grant(`connections/${id}`, 'User');
    for (const [method, path, code] of [
      ['patch', `gateways/${gateway.id}`, 'InsufficientPermissionsToManageGateway'],
      ['delete', `gateways/${gateway.id}`, 'InsufficientPermissionsToManageGateway'],
      ['patch', `gateways/${gateway.id}/members/${gateway.memberId}`, 'InsufficientPermissionsToManageGateway'],
      ['delete', `gateways/${gateway.id}/members/${gateway.memberId}`, 'InsufficientPermissionsToManageGateway'],
      ['patch', `connections/${id}`, 'InsufficientPermissionsToManageConnection'],
      ['delete', `connections/${id}`, 'InsufficientPermissionsToManageConnection'],
    ] as const) {
      const { body } = await call(method, path, creator).send({}).expect(403);
      expect(body.errorCode, `${method} ${path}`).toBe(code);
    }
  });

  it('headers: those that Fabric sets on every answer, good or bad', async () => {
    for (const path of ['gateways', 'gateways/nonsense', 'nothing']) {
      const { headers } = await call('get', path);
      expect(headers).toMatchObject({
        requestid: headers['x-ms-request-id'],
        'home-cluster-uri': `${app.config.publicUrl}/`,
        'request-redirected': 'false',
        'cache-control': 'no-store, must-revalidate, no-cache',
        'x-content-type-options': 'nosniff',
      });
    }
  });
});
