import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isIdentifier } from '../../src/common/identifier.js';
import { Changes } from '../../src/common/prisma/changes.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { atOnce } from '../support/at-once.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat, testSealingKey } from '../support/test-member.js';
import { until } from '../support/until.js';

describe('gateways in the shape of Fabric', () => {
  const relay = recordingRelay();
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [FabricApiModule, ManagementApiModule, AgentApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    ({ admin } = gateway);
  });
  afterAll(() => app.stop());

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, caller: GivenCaller = admin): request.Test =>
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
    expect(members.value).toMatchObject([
      {
        id: gateway.memberId,
        displayName: 'test-machine',
        publicKey: testSealingKey().publicKey,
        version: body.version,
        enabled: true,
        state: 'online',
        conditions: [],
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

  it('takes a change for the settings that were read, and refuses it once somebody else changed them', async () => {
    const { id, admin: owner } = await given.gateway();
    const path = `gateways/${id}`;
    const { body: read } = await call('get', path, owner).expect(200);
    expect(read).toMatchObject({ description: null, department: null, contactInformation: [] });
    const told = { description: 'Plant 7', department: 'Works', contactInformation: ['ops@contoso.com'] };
    const tagged = (tag: string, body: object) => call('patch', path, owner).set('if-match', tag).send(body);

    const { body: mine } = await tagged(`"${read.settingsTag}"`, told).expect(200);
    expect(mine).toMatchObject(told);
    const { body: refusal } = await tagged(`"${read.settingsTag}"`, { department: 'Others' }).expect(412);
    expect(JSON.stringify(refusal)).toContain('PRECONDITION_FAILED');
    expect((await call('get', path, owner).expect(200)).body).toMatchObject(told);

    await tagged(`W/"${mine.settingsTag}"`, { cpuThreshold: 80 }).expect(200);
    await call('patch', path, owner).send({ department: 'Anybody' }).expect(200);
    await tagged(String((await call('get', path, owner)).body.settingsTag), { description: 'x'.repeat(4_001) }).expect(
      400,
    );
  });

  it('lets one of two changes for the same settings through', async () => {
    const { id, admin: owner } = await given.gateway();
    const { settingsTag } = (await call('get', `gateways/${id}`, owner).expect(200)).body;
    const changes = ['North', 'South'].map((department) =>
      call('patch', `gateways/${id}`, owner).set('if-match', `"${settingsTag}"`).send({ department }),
    );
    expect((await Promise.all(changes)).map(({ status }) => status).sort()).toEqual([200, 412]);
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
    const first = (await call('get', 'gateways?region=westeurope', owner).expect(200)).body;
    expect(first.value).toHaveLength(100);
    const { pathname, search } = new URL(first.continuationUri as string);
    expect(search).toContain('region=westeurope');
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

    it('of more than a page come each once, those without a name too', async () => {
      const crowd = await given.gateway();
      await app.database.query(
        `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role, "allowedKinds")
         SELECT $2, gen_random_uuid(), $1, 'User', 'ConnectionCreator', '{}' FROM generate_series(1, 101)`,
        [crowd.admin.tenantId, crowd.id],
      );
      const list = `gateways/${crowd.id}/roleAssignments`;
      const first = (await call('get', list, crowd.admin).expect(200)).body;
      expect(first.value).toHaveLength(100);
      const { search } = new URL(first.continuationUri as string);
      const second = (await call('get', `${list}${search}`, crowd.admin).expect(200)).body;
      const ids = [...first.value, ...second.value].map(({ id }: { id: string }) => id);
      expect(new Set(ids).size).toBe(102);
      expect(ids).toHaveLength(102);
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

    const statuses = (answers: readonly request.Response[]) => answers.map(({ status }) => status).sort();
    const errorCodes = (answers: readonly request.Response[]) =>
      answers.flatMap(({ body }) => (body as { errorCode?: string }).errorCode ?? []);

    it('change: a role rises and falls, kinds are set and lifted, by administrators only', async () => {
      const creator = await colleague();
      await assign(admin, creator, 'ConnectionCreator', { allowedKinds: ['http'] }).expect(201);
      const patch = (body: object, caller = admin) => call('patch', `${path()}/${creator.id}`, caller).send(body);
      const risen = await patch({ role: 'ConnectionCreatorWithResharing' }).expect(200);
      expect(risen.body).toMatchObject({
        id: creator.id,
        role: 'ConnectionCreatorWithResharing',
        allowedKinds: ['http'],
      });
      expect((await call('get', `${path()}/${creator.id}`).expect(200)).body).toEqual(risen.body);
      expect((await patch({ allowedKinds: null }).expect(200)).body).not.toHaveProperty('allowedKinds');
      await patch({ allowedKinds: ['filesystem'] }).expect(200);
      expect((await patch({ role: 'Admin' }).expect(200)).body).not.toHaveProperty('allowedKinds');
      expect((await patch({ role: 'ConnectionCreator' }).expect(200)).body.role).toBe('ConnectionCreator');
      expect((await patch({ role: 'Admin' }, creator).expect(403)).body.errorCode).toBe('NOT_ADMINISTRATOR');
      await call('patch', `${path()}/${randomUUID()}`).send({ role: 'Admin' }).expect(404);
      await call('patch', `${path()}/nonsense`).send({ role: 'Admin' }).expect(404);
      const trail = await app.database.query<{ details: Record<string, string> }>(
        `SELECT details FROM audit_entry WHERE action = 'gateway-role.changed' AND "gatewayId" = $1 ORDER BY id`,
        [gateway.id],
      );
      expect(trail.at(-1)?.details).toEqual({ principalId: creator.id, before: 'Admin', role: 'ConnectionCreator' });
    });

    it.each<[string, object]>([
      ['kinds for an administrator', { role: 'Admin', allowedKinds: ['http'] }],
      ['an empty list of kinds', { role: 'ConnectionCreator', allowedKinds: [] }],
      ['an unknown kind', { role: 'ConnectionCreator', allowedKinds: ['SQL'] }],
    ])('are refused with %s, given or changed', async (_name, grant) => {
      const somebody = await colleague();
      const given400 = await call('post', path())
        .send({ principal: { id: somebody.id, type: 'User' }, ...grant })
        .expect(400);
      await assign(admin, somebody, 'ConnectionCreator').expect(201);
      const changed400 = await call('patch', `${path()}/${somebody.id}`).send(grant).expect(400);
      for (const { body } of [given400, changed400]) {
        expect(body.errorCode).toBe('BadRequest');
        expect(body.moreDetails).toContainEqual({
          errorCode: 'path',
          message: expect.stringMatching(/^allowedKinds/) as string,
        });
      }
      await call('patch', `${path()}/${somebody.id}`).send({}).expect(400);
    });

    it('of one principal that come at once: one is made, the other told', async () => {
      const somebody = await colleague();
      const answers = await atOnce(app.database, { table: 'gateway', id: gateway.id }, [
        () => assign(admin, somebody, 'ConnectionCreator'),
        () => assign(admin, somebody, 'Admin'),
      ]);
      expect(statuses(answers)).toEqual([201, 409]);
      expect(errorCodes(answers)).toEqual(['ROLE_ASSIGNMENT_EXISTS']);
      await call('delete', `${path()}/${somebody.id}`).expect(200);
    });

    it('never leave a gateway without an administrator, even when the last two leave at once', async () => {
      const { id, admin: first } = await given.gateway();
      const second = await given.caller({ tenantId: first.tenantId });
      const roles = `gateways/${id}/roleAssignments`;
      const demote = (who: GivenCaller, by: GivenCaller) =>
        call('patch', `${roles}/${who.id}`, by).send({ role: 'ConnectionCreator' });
      for (const leave of [() => call('delete', `${roles}/${first.id}`, first), () => demote(first, first)]) {
        expect((await leave().expect(409)).body.errorCode).toBe('LAST_ADMINISTRATOR');
      }
      const body = { principal: { id: second.id, type: 'User' }, role: 'Admin' };
      await call('post', roles, first).send(body).expect(201);
      const leaving = await atOnce(app.database, { table: 'gateway', id }, [
        () => call('delete', `${roles}/${first.id}`, first),
        () => demote(second, second),
      ]);
      expect(statuses(leaving)).toEqual([200, 409]);
      expect(errorCodes(leaving)).toEqual(['LAST_ADMINISTRATOR']);
    });

    it('of two administrators who demote each other at once, one stays, also with a third looking on', async () => {
      const { id, admin: first } = await given.gateway();
      const roles = `gateways/${id}/roleAssignments`;
      const others = await Promise.all([1, 2].map(() => given.caller({ tenantId: first.tenantId })));
      for (const other of others) {
        const body = { principal: { id: other.id, type: 'User' }, role: 'Admin' };
        await call('post', roles, first).send(body).expect(201);
      }
      const [second = first] = others;
      const demote = (who: GivenCaller, by: GivenCaller) => () =>
        call('patch', `${roles}/${who.id}`, by).send({ role: 'ConnectionCreator' });
      const answers = await atOnce(app.database, { table: 'gateway', id }, [
        demote(first, second),
        demote(second, first),
      ]);
      expect(statuses(answers)).toEqual([200, 403]);
      expect(errorCodes(answers)).toEqual(['NOT_ADMINISTRATOR']);
    });

    it('take people the directory knows though they were never seen, and nobody else', async () => {
      const id = randomUUID();
      const entry = { id, displayName: 'Ada', upn: 'ada@test.example', appId: undefined };
      app.graph.entries.set(`${admin.tenantId}/${id}`, entry);
      const give = (principalId: string, type = 'User') =>
        call('post', path()).send({ principal: { id: principalId, type }, role: 'ConnectionCreator' });
      const { body } = await give(id).expect(201);
      expect(body.principal).toEqual({
        id,
        type: 'User',
        displayName: 'Ada',
        userDetails: { userPrincipalName: 'ada@test.example' },
      });
      const unknown = await give(randomUUID()).expect(400);
      expect(unknown.body.errorCode).toBe('UnknownError');
      expect(unknown.headers['x-ms-public-api-error-code']).toBe('UnknownError');
      expect(unknown.body.moreDetails).toContainEqual(expect.objectContaining({ errorCode: 'PRINCIPAL_UNKNOWN' }));
      await give(id, 'Group').expect(400);
      await give(id, 'EntireTenant').expect(400);
    });

    it('given to a group count for its people, those of nested groups too, and add up with their own', async () => {
      const { tenantId } = admin;
      const [outer, inner] = [randomUUID(), randomUUID()];
      const worker = await colleague();
      app.graph.groups.set(`${tenantId}/${outer}`, [inner]);
      app.graph.groups.set(`${tenantId}/${inner}`, [worker.id]);
      const get = () => call('get', `gateways/${gateway.id}`, worker);
      await get().expect(403);
      const give = (id: string, role: string, allowedKinds: string[]) =>
        call('post', path()).send({ principal: { id, type: 'Group' }, role, allowedKinds });
      const { body } = await give(outer, 'ConnectionCreatorWithResharing', ['http']).expect(201);
      expect(body.principal).toMatchObject({ id: outer, type: 'Group' });
      await until('the membership to count', async () => (await get()).status === 200, 2_000);
      expect((await call('get', 'gateways', worker)).body.value).toMatchObject([{ id: gateway.id }]);

      await assign(admin, worker, 'ConnectionCreator', { allowedKinds: ['filesystem'] }).expect(201);
      const friend = await colleague();
      const shared = await assign(worker, friend, 'ConnectionCreator').expect(201);
      expect((shared.body.allowedKinds as string[]).sort()).toEqual(['filesystem', 'http']);

      const foreign = randomUUID();
      app.graph.groups.set(`${randomUUID()}/${foreign}`, []);
      expect((await give(foreign, 'ConnectionCreator', ['http']).expect(400)).body.errorCode).toBe('UnknownError');
    });

    it('are not denied while the directory cannot tell the groups, and not assumed either', async () => {
      const outsider = await colleague();
      app.graph.isDown = true;
      try {
        for (const answer of [
          await call('get', `gateways/${gateway.id}`, outsider).expect(503),
          await call('delete', `gateways/${gateway.id}`, outsider).expect(503),
          await assign(outsider, admin, 'Admin').expect(503),
        ]) {
          expect(answer.body).toMatchObject({ errorCode: 'IDENTITY_UNAVAILABLE', isRetriable: true });
        }
        await call('get', `gateways/${gateway.id}`).expect(200);
      } finally {
        app.graph.isDown = false;
      }
    });

    it('end at five hundred, and are listed page by page with their names', async () => {
      const { id, admin: owner } = await given.gateway();
      await app.database.query(
        `WITH made AS (INSERT INTO principal (id, "tenantId", type, "displayName", "lastSeenAt")
           SELECT gen_random_uuid(), $2, 'ServicePrincipal', 'robot ' || n, now() FROM generate_series(1, 499) n RETURNING id)
         INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role, "allowedKinds")
         SELECT $1, id, $2, 'ServicePrincipal', 'ConnectionCreator', '{}' FROM made`,
        [id, owner.tenantId],
      );
      const roles = `gateways/${id}/roleAssignments`;
      const next = await given.caller({ tenantId: owner.tenantId });
      const { body } = await call('post', roles, owner)
        .send({ principal: { id: next.id, type: 'User' }, role: 'ConnectionCreator' })
        .expect(409);
      expect(body.errorCode).toBe('LIMIT_REACHED');
      expect(body.moreDetails).toContainEqual({ errorCode: 'limit', message: '500' });
      const page = (await call('get', roles, owner).expect(200)).body;
      expect(page.value).toHaveLength(100);
      for (const { principal } of page.value as { principal: { displayName?: string } }[]) {
        expect(principal.displayName).toMatch(/^(robot|user-)/);
      }
    });
  });

  describe('changing one', () => {
    it('takes what Fabric takes, tells other replicas and leaves a trace', async () => {
      const { id } = await given.gateway({ admin });
      const heard: string[] = [];
      app.app.get(Changes, { strict: false }).on('gateway', (changed) => void heard.push(changed));
      const displayName = `renamed ${randomUUID()}`;
      const wanted = { displayName, loadBalancingSetting: 'DistributeEvenly', allowCloudConnectionRefresh: true };
      const patch = (body: object) => call('patch', `gateways/${id}`).send({ type: 'OnPremises', ...body });
      const { body } = await patch({ ...wanted, allowCustomConnectors: false }).expect(200);
      expect(body).toMatchObject({ id, ...wanted, allowCustomConnectors: false });
      expect((await call('get', `gateways/${id}`).expect(200)).body).toEqual(body);
      await until('the change to be told', () => heard.includes(id), 2_000);
      const [entry] = await app.database.query<{ details: object }>(
        `SELECT details FROM audit_entry WHERE action = 'gateway.updated' AND "gatewayId" = $1`,
        [id],
      );
      expect(entry?.details).toMatchObject({ name: displayName, allowCustomConnectors: false });

      const taken = await patch({ displayName: gateway.name }).expect(409);
      expect(taken.body.errorCode).toBe('DuplicateGatewayName');
      await patch({ displayName: 'x'.repeat(201) }).expect(400);
      await patch({ type: 'VirtualNetwork' }).expect(400);
      await patch({ region: 'eastasia' }).expect(400);
      expect((await patch({}).expect(200)).body).toEqual(body);
      await call('patch', `gateways/${randomUUID()}`).send(wanted).expect(404);
    });
  });

  describe('deleting one', () => {
    it('is refused while connections use it, and then takes everything along', async () => {
      const connection = await given.connection({ gateway: await given.gateway({ admin }) });
      const { id, memberId, member } = connection.gateway;
      const tokens = await request(app.url)
        .post('/agent/v1/tokens')
        .send(await member.tokenRequest(memberId));
      const beat = () =>
        request(app.url)
          .post('/agent/v1/heartbeats')
          .set('authorization', `Bearer ${tokens.body.access_token as string}`)
          .send(heartbeat());
      await beat().expect(200);
      const remove = (caller = admin) => call('delete', `gateways/${id}`, caller);

      const refused = await remove().expect(409);
      expect(refused.body.errorCode).toBe('CONNECTIONS_EXIST');
      expect(refused.body.moreDetails).toContainEqual({ errorCode: 'connections', message: '1' });
      await call('delete', `connections/${connection.id}`).expect(200);
      expect([...relay.provisioner.places].filter((place) => place.includes(id))).toHaveLength(1);

      expect((await remove(await colleague({ isTenantAdministrator: true })).expect(200)).text).toBe('');
      expect([...relay.provisioner.places].filter((place) => place.includes(id))).toEqual([]);
      await beat().expect(401);
      await remove().expect(404);
      for (const table of ['member', 'gateway_role', 'session_key']) {
        expect(await app.database.query(`SELECT 1 FROM ${table} WHERE "gatewayId" = $1`, [id])).toEqual([]);
      }
      const trail = await app.database.query(
        `SELECT 1 FROM audit_entry WHERE action = 'gateway.deleted' AND "gatewayId" = $1`,
        [id],
      );
      expect(trail).toHaveLength(1);
    });

    it('and making a connection at the same moment do not both succeed', async () => {
      const doomed = await given.gateway({ admin });
      const create = async () => {
        const connection = await given.connection({ gateway: doomed });
        return connection.id;
      };
      const remove = async () => (await call('delete', `gateways/${doomed.id}`)).status;
      const [made, removed] = await atOnce<string | number>(app.database, { table: 'gateway', id: doomed.id }, [
        () => create().catch((error: { code: string }) => error.code),
        remove,
      ]);
      if (removed === 200) expect(made).toBe('GATEWAY_NOT_FOUND');
      else expect([removed, isIdentifier(String(made))]).toEqual([409, true]);
    });

    it('succeeds though the relay is away: the rows decide', async () => {
      const { id } = await given.gateway({ admin });
      relay.provisioner.isDown = true;
      try {
        await call('delete', `gateways/${id}`).expect(200);
      } finally {
        relay.provisioner.isDown = false;
      }
      await call('get', `gateways/${id}`).expect(404);
      expect(app.logs.some((line) => line.includes('gateway.leftover') && line.includes(id))).toBe(true);
    });
  });

  describe('listing them for a tenant', () => {
    it('crosses regions unless one is asked for, and shows all only to those who administer the tenant', async () => {
      const mine = await given.gateway();
      const { tenantId } = mine.admin;
      const other = await given.caller({ tenantId });
      const far = await given.gateway({ admin: other, region: 'eastasia' });
      const tenantAdmin = await given.caller({ tenantId, isTenantAdministrator: true });
      const ids = async (query: string, caller = tenantAdmin) =>
        ((await call('get', `gateways${query}`, caller).expect(200)).body.value as { id: string }[])
          .map(({ id }) => id)
          .sort();
      const both = [mine.id, far.id].sort();
      expect(await ids('')).toEqual(both);
      expect(await ids('?scope=organization')).toEqual(both);
      expect(await ids('?scope=individual')).toEqual([]);
      expect(await ids('?region=eastasia')).toEqual([far.id]);
      expect(await ids('?region=westeurope&scope=individual', mine.admin)).toEqual([mine.id]);
      expect(await ids('?region=eastasia', mine.admin)).toEqual([]);
      const { body } = await call('get', 'gateways?scope=organization', mine.admin).expect(403);
      expect(body.errorCode).toBe('NOT_ADMINISTRATOR');
      await call('get', 'gateways?scope=everything', mine.admin).expect(400);
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
