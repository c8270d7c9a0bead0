import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArmApiModule } from '../../src/modules/arm-api/arm-api.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

type Method = 'get' | 'put' | 'patch' | 'delete';

const VERSION = 'api-version=2016-06-01';

describe('gateways as resources of Azure', () => {
  let app: TestApp;
  let given: Given;
  /** Only looked at by the tests that share it. */
  let gateway: GivenGateway;
  let admin: GivenCaller;
  const subscription = randomUUID();

  beforeAll(async () => {
    app = await startTestApp({
      imports: [ArmApiModule, FabricApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  });
  afterAll(() => app.stop());

  const raw = (method: Method, path: string, caller = admin): request.Test =>
    request(app.url)[method](path).set('authorization', caller.authorization);
  const call = (method: Method, path: string, caller = admin) => raw(method, `${path}?${VERSION}`, caller);
  const group = (name = 'rg', sub = subscription) =>
    `/subscriptions/${sub}/resourceGroups/${name}/providers/Microsoft.Web`;
  const resource = (name: string, inGroup = 'rg') => `${group(inGroup)}/connectionGateways/${name}`;
  const installations = (location = 'westeurope', sub = subscription) =>
    `/subscriptions/${sub}/providers/Microsoft.Web/locations/${location}/connectionGatewayInstallations`;
  const linkTo = ({ id, region }: GivenGateway) => ({
    location: region,
    properties: { connectionGatewayInstallation: { id: `${installations(region)}/${id}` } },
  });
  /** A gateway that is a resource of its own name. */
  async function linked(changes: { readonly region?: string } = {}) {
    const own = await given.gateway({ admin, ...changes });
    const path = resource(own.name);
    const { body } = await call('put', path).send(linkTo(own)).expect(201);
    return { own, path, etag: (body as { etag: string }).etag };
  }
  const holder = async (role: string, at: GivenGateway) => {
    const caller = await given.caller({ tenantId: at.admin.tenantId });
    await app.database.query(
      `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role, "allowedKinds")
       VALUES ($1, $2, $3, 'User', $4::gateway_role_name, '{}')`,
      [at.id, caller.id, caller.tenantId, role],
    );
    return caller;
  };

  it('are made, read, listed and deleted, in the shape of the specification', async () => {
    const path = resource('My-Gateway', 'My-Group');
    const link = linkTo(gateway);
    const made = await call('put', path)
      .send({ ...link, tags: { cost: 'centre 4' } })
      .expect(201);
    expect(made.body).toEqual({
      id: path,
      name: 'My-Gateway',
      type: 'Microsoft.Web/connectionGateways',
      location: 'westeurope',
      etag: expect.stringMatching(/^"[\w-]+"$/) as string,
      tags: { cost: 'centre 4' },
      properties: {
        displayName: gateway.name,
        machineName: 'test-machine',
        status: 'Installed',
        backendUri: app.config.publicUrl,
        connectionGatewayInstallation: {
          id: `${installations()}/${gateway.id}`,
          name: gateway.id,
          type: 'Microsoft.Web/locations/connectionGatewayInstallations',
          location: 'westeurope',
        },
      },
    });
    expect((await call('get', path).expect(200)).body).toEqual(made.body);
    expect((await call('get', `${group('MY-GROUP')}/connectionGateways`).expect(200)).body).toEqual([made.body]);
    const inSubscription = `/subscriptions/${subscription.toUpperCase()}/providers/Microsoft.Web/connectionGateways`;
    expect((await call('get', inSubscription).expect(200)).body).toContainEqual(made.body);
    expect((await call('get', `${group('other')}/connectionGateways`).expect(200)).body).toEqual([]);

    // What was read may be sent back as it is, and changes nothing.
    expect(
      (
        await call('put', path)
          .send(made.body as object)
          .expect(200)
      ).body,
    ).toEqual(made.body);
    const fewer = await call('put', path).send(link).expect(200);
    expect(fewer.body).toMatchObject({ tags: {} });
    expect(fewer.body.etag).not.toBe(made.body.etag);

    const installation = await call('get', `${installations()}/${gateway.id}`).expect(200);
    expect(installation.body).toEqual({
      id: `${installations()}/${gateway.id}`,
      name: gateway.id,
      type: 'Microsoft.Web/locations/connectionGatewayInstallations',
      location: 'westeurope',
      properties: {
        displayName: gateway.name,
        machineName: 'test-machine',
        status: 'Installed',
        backendUri: app.config.publicUrl,
        connectionGateway: { id: path, name: 'My-Gateway', type: 'Microsoft.Web/connectionGateways' },
      },
    });
    expect((await call('delete', path).expect(200)).text).toBe('');
    await call('delete', path).expect(204);
    await call('get', path).expect(404);
    expect((await call('get', `${installations()}/${gateway.id}`).expect(200)).body.properties).not.toHaveProperty(
      'connectionGateway',
    );
  });

  it('are found however their clients spell the words of an address, and the names in it', async () => {
    const { own, path } = await linked();
    const azureCli = `/subscriptions/${subscription}/resourcegroups/RG/providers/Microsoft.Web//connectionGateways/${own.name.toUpperCase()}`;
    const { body } = await raw('get', `${azureCli}?API-Version=2016-06-01`).expect(200);
    expect(body).toMatchObject({ id: path, name: own.name });
    await call('put', azureCli)
      .send({ ...linkTo(own), location: 'West Europe' })
      .expect(200);
    const upper = linkTo(own)
      .properties.connectionGatewayInstallation.id.toUpperCase()
      .replace('/SUBSCRIPTIONS/', '/Subscriptions/');
    await call('put', path)
      .send({ location: 'westeurope', properties: { connectionGatewayInstallation: { id: upper } } })
      .expect(200);
    expect(
      (await call('get', `${installations('West%20Europe').toLowerCase()}/${own.id.toUpperCase()}`).expect(200)).body
        .name,
    ).toBe(own.id);
  });

  it('can be made of the gateways of a location that the caller administers', async () => {
    const own = await given.gateway();
    const { admin: boss } = own;
    const north = await given.gateway({ admin: boss, region: 'northeurope' });
    const names = async (location: string, caller: GivenCaller) => {
      const { body } = await call('get', installations(location), caller).expect(200);
      return (body as { name: string }[]).map(({ name }) => name);
    };
    expect(await names('westeurope', boss)).toEqual([own.id]);
    expect(await names('northeurope', boss)).toEqual([north.id]);
    expect(await names('uksouth', boss)).toEqual([]);
    expect(await names('westeurope', await holder('ConnectionCreator', own))).toEqual([]);
    const tenantAdmin = await given.caller({ tenantId: boss.tenantId, isTenantAdministrator: true });
    expect(await names('westeurope', tenantAdmin)).toEqual([own.id]);
    await call('get', `${installations('northeurope')}/${own.id}`, boss).expect(404);
  });

  it.each([
    ['', 'MissingApiVersionParameter'],
    ['?api-version=', 'MissingApiVersionParameter'],
    ['?api-version=2018-07-01-preview', 'NoRegisteredProviderFound'],
    ['?api-version=latest', 'InvalidApiVersionParameter'],
    [`?${VERSION}&${VERSION}`, 'InvalidApiVersionParameter'],
  ])('answer only to the version of the API that is known: %s', async (query, code) => {
    for (const path of [`${group()}/connectionGateways`, installations()]) {
      const { body } = await raw('get', `${path}${query}`).expect(400);
      expect(body.error).toMatchObject({ code, message: expect.stringMatching(/api-version/) as string });
      expect(JSON.stringify(body)).toContain('2016-06-01');
    }
  });

  it('change only at the version that a request is for', async () => {
    const { path, own, etag } = await linked();
    const put = (headers: Record<string, string>, tags: object) =>
      call('put', path)
        .set(headers)
        .send({ ...linkTo(own), tags });
    expect((await put({ 'if-none-match': '*' }, {}).expect(412)).body.error.code).toBe('PreconditionFailed');
    await put({ 'if-match': '"another"' }, {}).expect(412);
    const { body } = await put({ 'if-match': `"another", W/${etag}` }, { a: '1' }).expect(200);
    await call('patch', path).set('if-match', etag).send({ tags: {} }).expect(412);
    await call('delete', path).set('if-match', etag).expect(412);
    await call('delete', path)
      .set('if-match', (body as { etag: string }).etag)
      .expect(200);
    await put({ 'if-match': '*' }, {}).expect(412);
    await call('delete', path).set('if-match', '*').expect(412);
    const anew = await put({ 'if-none-match': '*', 'if-match': '' }, {}).expect(201);
    expect(anew.body.etag).not.toBe(etag);
  });

  it('are changed in part: what is not sent stays, tags replace tags', async () => {
    const { path, own } = await linked();
    const tagged = await call('patch', path)
      .send({ tags: { a: '1', b: '2' } })
      .expect(200);
    expect(tagged.body.tags).toEqual({ a: '1', b: '2' });
    expect((await call('patch', path).send({}).expect(200)).body).toEqual(tagged.body);
    const other = await given.gateway({ admin });
    const { body } = await call('patch', path)
      .send({ properties: linkTo(other).properties })
      .expect(200);
    expect(body).toMatchObject({ tags: { a: '1', b: '2' }, properties: { displayName: other.name } });
    await call('put', resource('freed')).send(linkTo(own)).expect(201);
    await call('patch', resource('absent')).send({ tags: {} }).expect(404);
  });

  it('are where their gateways are, and one a gateway', async () => {
    const { path, own } = await linked();
    const second = await call('put', resource('second')).send(linkTo(own)).expect(409);
    expect(second.body.error).toMatchObject({ code: 'Conflict' });
    expect(JSON.stringify(second.body.error.details)).toContain(own.name);
    const north = await given.gateway({ admin, region: 'northeurope' });
    const wrong = await call('put', resource('north'))
      .send({ ...linkTo(north), location: 'westeurope' })
      .expect(400);
    expect(wrong.body.error.code).toBe('LocationNotAvailableForResourceType');
    expect((await call('put', path).send(linkTo(north)).expect(409)).body.error.code).toBe('InvalidResourceLocation');

    const fresh = await given.gateway({ admin });
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => call('put', resource(`${fresh.name}-${name}`)).send(linkTo(fresh))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('go with their gateway, and leave it behind when they go', async () => {
    const { path, own } = await linked();
    await call('delete', path).expect(200);
    await raw('get', `/v1/gateways/${own.id}`).expect(200);
    await call('put', path).send(linkTo(own)).expect(201);
    await raw('delete', `/v1/gateways/${own.id}`).expect(200);
    await call('get', path).expect(404);
  });

  it('are read by whoever holds a role at the gateway and changed by its administrators', async () => {
    const { path, own } = await linked();
    const [creator, nobody] = [
      await holder('ConnectionCreator', own),
      await given.caller({ tenantId: admin.tenantId }),
    ];
    const inGroup = `${group()}/connectionGateways`;
    const listed = async (caller: GivenCaller) =>
      ((await call('get', inGroup, caller).expect(200)).body as { name: string }[]).map(({ name }) => name);
    await call('get', path, creator).expect(200);
    expect(await listed(creator)).toEqual([own.name]);
    expect((await call('get', path, nobody).expect(403)).body.error.code).toBe('AuthorizationFailed');
    expect(await listed(nobody)).toEqual([]);
    for (const caller of [creator, nobody]) {
      await call('put', path, caller).send(linkTo(own)).expect(403);
      await call('patch', path, caller)
        .send({ tags: { x: 'y' } })
        .expect(403);
      await call('delete', path, caller).expect(403);
      await call('get', `${installations()}/${own.id}`, caller).expect(403);
    }
    // Who administers one of two gateways does not take the resource away from the other.
    const rival = await given.gateway({ admin: creator });
    await call('put', path, creator).send(linkTo(rival)).expect(403);
    expect((await call('get', path).expect(200)).body).toMatchObject({
      tags: {},
      properties: { displayName: own.name },
    });
  });

  it('are another tenant’s business where the same subscription is named there', async () => {
    const { path, own } = await linked();
    const foreign = await given.gateway();
    const { admin: stranger } = foreign;
    await call('get', path, stranger).expect(404);
    expect((await call('put', path, stranger).send(linkTo(own)).expect(404)).body.error.code).toBe('ResourceNotFound');
    await call('delete', path, stranger).expect(204);
    await call('put', path, stranger).send(linkTo(foreign)).expect(201);
    expect((await call('get', path).expect(200)).body.properties.displayName).toBe(own.name);
  });

  it('leave a trace of who changed them', async () => {
    const { path, own } = await linked();
    await call('patch', path)
      .send({ tags: { a: '1' } })
      .expect(200);
    await call('patch', path)
      .send({ tags: { a: '1' } })
      .expect(200);
    await call('delete', path).expect(200);
    await call('delete', path).expect(204);
    const rows = await app.database.query<{ action: string; actor: string }>(
      `SELECT action, "actorId" AS actor FROM audit_entry WHERE "gatewayId" = $1 AND action LIKE 'azure-%' ORDER BY seq`,
      [own.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'azure-resource.created',
      'azure-resource.updated',
      'azure-resource.deleted',
    ]);
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([admin.id]));
  });

  describe('refuse what is wrong in the words of Resource Manager', () => {
    const link = (id: unknown) => ({ location: 'westeurope', properties: { connectionGatewayInstallation: { id } } });
    it.each([
      [
        'get',
        '/subscriptions/none/providers/Microsoft.Web/connectionGateways',
        undefined,
        400,
        'InvalidSubscriptionId',
      ],
      ['get', installations('atlantis'), undefined, 400, 'LocationNotAvailableForResourceType'],
      ['get', `${installations()}/none`, undefined, 404, 'ResourceNotFound'],
      ['get', resource('absent'), undefined, 404, 'ResourceNotFound'],
      ['get', `${group()}/serverfarms`, undefined, 404, 'InvalidResourceType'],
      ['put', resource('x'), {}, 400, 'LocationRequired'],
      ['put', resource('x'), { location: 'westeurope' }, 400, 'InvalidRequestContent'],
      ['put', resource('x'), link('/subscriptions/x'), 400, 'InvalidRequestContent'],
      ['put', resource('x'), link(7), 400, 'InvalidRequestContent'],
      ['put', resource('x'), link(`${installations()}/${randomUUID()}`), 404, 'ResourceNotFound'],
      [
        'put',
        resource('x'),
        link(`${installations('northeurope')}/${randomUUID()}`),
        400,
        'LocationNotAvailableForResourceType',
      ],
      ['put', resource('x'), { ...link('x'), name: 'y' }, 400, 'InvalidRequestContent'],
      ['put', resource('x'), { ...link('x'), type: 'Microsoft.Web/sites' }, 400, 'InvalidRequestContent'],
      ['put', resource('x'), { ...link('x'), tags: { a: 1 } }, 400, 'InvalidRequestContent'],
      ['put', resource('x'), { ...link('x'), tags: { '<a>': '1' } }, 400, 'InvalidRequestContent'],
      [
        'put',
        resource('x'),
        { ...link('x'), tags: Object.fromEntries([...Array(51).keys()].map((i) => [`t${i}`, ''])) },
        400,
        'InvalidRequestContent',
      ],
      ['put', resource('x'), '[1,', 400, 'InvalidRequestContent'],
      ['put', resource('a%2Fb'), link(`${installations()}/${randomUUID()}`), 400, 'InvalidResourceName'],
      ['put', resource('x', 'g.'), link(`${installations()}/${randomUUID()}`), 400, 'InvalidResourceGroup'],
    ] as const)('%s %s %j: %i %s', async (method, path, body, status, code) => {
      const sent = call(method, path).set('content-type', 'application/json');
      const answer = await (body === undefined ? sent : sent.send(body));
      expect([answer.status, answer.body.error?.code], answer.text).toEqual([status, code]);
      expect(Object.keys(answer.body as object)).toEqual(['error']);
      expect(answer.body.error.details).toBeInstanceOf(Array);
    });

    it('also who nobody knows, and content of another kind', async () => {
      const unknown = await request(app.url)
        .get(`${resource('x')}?${VERSION}`)
        .expect(401);
      expect(unknown.body.error.code).toBe('InvalidAuthenticationToken');
      const form = await call('put', resource('x')).type('form').send('a=b').expect(415);
      expect(form.body.error.code).toBe('UnsupportedMediaType');
    });
  });
});
