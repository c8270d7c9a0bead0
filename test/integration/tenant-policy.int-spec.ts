import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { TenantPolicyService } from '../../src/modules/tenant-policy/tenant-policy.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { TestMember } from '../support/test-member.js';
import { until } from '../support/until.js';

describe('the policy of a tenant', () => {
  const { module } = recordingRelay();
  const options = {
    imports: [ManagementApiModule, AgentApiModule],
    override: (builder: Parameters<NonNullable<NonNullable<Parameters<typeof startTestApp>[0]>['override']>>[0]) =>
      builder.overrideModule(RelayBrokerModule).useModule(module),
  };
  let app: TestApp;
  let replica: TestApp;
  let given: Given;
  let names = 0;

  beforeAll(async () => {
    app = await startTestApp(options);
    replica = await startTestApp({ ...options, database: app.database, vault: app.vault });
    given = new Given(app);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  const administrator = () => given.caller({ isTenantAdministrator: true });
  const read = (caller: GivenCaller) =>
    request(app.url).get('/v1/tenantPolicy').set('authorization', caller.authorization);
  const change = (caller: GivenCaller, body: object) =>
    request(app.url).patch('/v1/tenantPolicy').set('authorization', caller.authorization).send(body);
  const detail = (body: { moreDetails?: { errorCode: string; message: string }[] }, name: string) =>
    body.moreDetails?.find(({ errorCode }) => errorCode === name)?.message;
  const register = (authorization: string, gateway: { name: string; region: string }) =>
    request(app.url)
      .post('/agent/v1/registrations')
      .set('authorization', authorization)
      .send(new TestMember(app.config.publicUrl).registration(gateway));
  const wanted = () => ({ name: `site ${(names += 1)}`, region: 'westeurope' });
  const records = (tenantId: string) =>
    app.database.query<{ details: Record<string, unknown> }>(
      `SELECT details FROM audit_entry WHERE "tenantId" = $1 AND action = 'tenant-policy.changed' ORDER BY seq`,
      [tenantId],
    );
  const groupOf = (caller: GivenCaller, members: readonly string[]) => {
    const id = randomUUID();
    app.graph.groups.set(`${caller.tenantId}/${id}`, members);
    app.graph.entries.set(`${caller.tenantId}/${id}`, {
      id,
      displayName: 'Installers',
      upn: undefined,
      appId: undefined,
    });
    return { id, type: 'Group' };
  };

  it('is open and leaves everything to the service until an administrator decides', async () => {
    const user = await given.caller();
    const { body } = await read(user).expect(200);
    expect(body).toEqual({
      version: 0,
      installers: 'Open',
      joinTokenCreators: 'Installers',
      minimumAdministrators: 1,
      licenceRules: app.config.licenceRules,
      allowedKinds: null,
      limits: app.config.defaultLimits,
    });
    expect((await change(user, { version: 0, minimumAdministrators: 2 }).expect(403)).body.errorCode).toBe(
      'NOT_ADMINISTRATOR',
    );
  });

  it('changes what is named and nothing else, takes defaults back by null, and leaves a trace of each value', async () => {
    const admin = await administrator();
    const first = await change(admin, {
      version: 0,
      minimumAdministrators: 2,
      licenceRules: 'current',
      allowedKinds: ['postgresql'],
      limits: { callerRequestsPerMinute: 30 },
    }).expect(200);
    expect(first.body).toMatchObject({
      version: 1,
      minimumAdministrators: 2,
      licenceRules: 'current',
      allowedKinds: ['postgresql'],
      installers: 'Open',
      listedInstallers: [],
      limits: { ...app.config.defaultLimits, callerRequestsPerMinute: 30 },
    });
    const second = await change(admin, {
      version: 1,
      licenceRules: null,
      allowedKinds: null,
      limits: { callerRequestsPerMinute: null },
    }).expect(200);
    expect(second.body).toMatchObject({
      version: 2,
      minimumAdministrators: 2,
      licenceRules: app.config.licenceRules,
      allowedKinds: null,
      limits: app.config.defaultLimits,
    });
    const [record] = await records(admin.tenantId);
    expect(record?.details).toMatchObject({
      minimumAdministrators: 2,
      minimumAdministratorsBefore: 1,
      licenceRules: 'current',
      allowedKinds: 'postgresql',
      allowedKindsBefore: 'all',
      callerRequestsPerMinute: 30,
    });
  });

  it.each([
    [{ minimumAdministrators: 0 }, 'minimumAdministrators'],
    [{ minimumAdministrators: 11 }, 'minimumAdministrators'],
    [{ allowedKinds: [] }, 'allowedKinds'],
    [{ allowedKinds: ['abacus'] }, 'allowedKinds.0'],
    [{ licenceRules: 'free' }, 'licenceRules'],
    [{ limits: { tenantRequestsPerMinute: 0 } }, 'limits.tenantRequestsPerMinute'],
    [{ installer: 'Open' }, 'installer'],
    [{ listedInstallers: [{ id: 'me', type: 'User' }] }, 'listedInstallers.0.id'],
  ])('refuses %j and names the field', async (body, path) => {
    const admin = await administrator();
    const refused = await change(admin, { version: 0, ...body }).expect(400);
    expect(detail(refused.body, 'path')).toBe(path);
  });

  it('refuses a change of what somebody else changed meanwhile; of two at once one wins', async () => {
    const admin = await administrator();
    const answers = await Promise.all([2, 3, 4].map((n) => change(admin, { version: 0, minimumAdministrators: n })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const refused = await change(admin, { version: 0, minimumAdministrators: 5 }).expect(409);
    expect(refused.body.errorCode).toBe('VERSION_CONFLICT');
    expect(await records(admin.tenantId)).toHaveLength(1);
  });

  it('refuses an unknown installer by name and changes nothing, not even the rest of the request', async () => {
    const admin = await administrator();
    const stranger = randomUUID();
    const refused = await change(admin, {
      version: 0,
      minimumAdministrators: 3,
      installers: 'Restricted',
      listedInstallers: [
        { id: admin.id, type: 'User' },
        { id: stranger, type: 'User' },
      ],
    }).expect(400);
    expect(detail(refused.body, 'principalId')).toBe(stranger);
    expect((await read(admin)).body).toMatchObject({ version: 0, minimumAdministrators: 1, installers: 'Open' });
  });

  it('refuses a restriction that leaves nobody: an empty list, or only people who are disabled or gone', async () => {
    const admin = await administrator();
    const leaver = await given.caller({ tenantId: admin.tenantId });
    const empty = await change(admin, { version: 0, installers: 'Restricted' }).expect(409);
    expect(empty.body.errorCode).toBe('POLICY_LOCKS_OUT');

    app.graph.states.set(`${admin.tenantId}/${leaver.id}`, 'Disabled');
    const away = { version: 0, installers: 'Restricted', listedInstallers: [{ id: leaver.id, type: 'User' }] };
    const refused = await change(admin, away).expect(409);
    expect(detail(refused.body, 'principals')).toBe(`${leaver.id} (disabled)`);

    await change(admin, {
      ...away,
      listedInstallers: [...away.listedInstallers, { id: admin.id, type: 'User' }],
    }).expect(200);
    const emptied = await change(admin, { version: 1, listedInstallers: [] }).expect(409);
    expect(emptied.body.errorCode).toBe('POLICY_LOCKS_OUT');
  });

  it('lets only those listed install, themselves or through a group; administrators of the tenant are no exception', async () => {
    const admin = await administrator();
    const { tenantId } = admin;
    const listed = await given.caller({ tenantId });
    const inGroup = await given.caller({ tenantId });
    const other = await given.caller({ tenantId });
    const nested = groupOf(admin, [inGroup.id]);
    const group = groupOf(admin, [nested.id]);
    const body = { version: 0, installers: 'Restricted', listedInstallers: [{ id: listed.id, type: 'User' }, group] };
    await change(admin, body).expect(200);

    await register(listed.authorization, wanted()).expect(201);
    await register(inGroup.authorization, wanted()).expect(201);
    for (const refused of [other, admin]) {
      expect((await register(refused.authorization, wanted()).expect(403)).body.code).toBe('INSTALLER_NOT_ALLOWED');
    }
    expect((await read(other)).body.listedInstallers).toBeUndefined();
  });

  it('tells nobody "no" while the directory cannot say who is in the groups', async () => {
    const admin = await administrator();
    const member = await given.caller({ tenantId: admin.tenantId });
    const listedInstallers = [groupOf(admin, [member.id])];
    await change(admin, { version: 0, installers: 'Restricted', listedInstallers }).expect(200);
    app.graph.isDown = true;
    try {
      const refused = await register(member.authorization, wanted()).expect(503);
      expect(refused.body).toMatchObject({ code: 'IDENTITY_UNAVAILABLE', retryable: true });
    } finally {
      app.graph.isDown = false;
    }
  });

  describe('for join tokens', () => {
    const create = (caller: GivenCaller, gateway: { name: string; region: string }) =>
      request(app.url)
        .post('/v1/joinTokens')
        .set('authorization', caller.authorization)
        .send({ region: gateway.region, gatewayName: gateway.name });

    it('may leave them to administrators of the tenant', async () => {
      const admin = await administrator();
      const user = await given.caller({ tenantId: admin.tenantId });
      await create(user, wanted()).expect(201);
      await change(admin, { version: 0, joinTokenCreators: 'TenantAdministrators' }).expect(200);
      expect((await create(user, wanted()).expect(403)).body.errorCode).toBe('NOT_ADMINISTRATOR');
      await create(admin, wanted()).expect(201);
    });

    it('refuses them to those who may not install, and checks the creator again when the token is used', async () => {
      const admin = await administrator();
      const user = await given.caller({ tenantId: admin.tenantId });
      const gateway = wanted();
      const { body } = await create(user, gateway).expect(201);
      await change(admin, {
        version: 0,
        installers: 'Restricted',
        listedInstallers: [{ id: admin.id, type: 'User' }],
      }).expect(200);

      expect((await create(user, wanted()).expect(403)).body.errorCode).toBe('INSTALLER_NOT_ALLOWED');
      const late = await register(`Tidegate-Join ${body.token}`, gateway).expect(403);
      expect(late.body.code).toBe('INSTALLER_NOT_ALLOWED');
      await change(admin, { version: 1, listedInstallers: [{ id: user.id, type: 'User' }] }).expect(200);
      await register(`Tidegate-Join ${body.token}`, gateway).expect(201);
    });

    it('refuses one whose creator was disabled since', async () => {
      const user = await given.caller();
      const gateway = wanted();
      const { body } = await create(user, gateway).expect(201);
      app.graph.states.set(`${user.tenantId}/${user.id}`, 'Disabled');
      await register(`Tidegate-Join ${body.token}`, gateway).expect(401);
    });
  });

  it('holds at the other replica at once, though it had looked a moment before', async () => {
    const admin = await administrator();
    const other = replica.app.get(TenantPolicyService, { strict: false });
    expect((await other.get(admin.tenantId)).minimumAdministrators).toBe(1);
    await change(admin, { version: 0, minimumAdministrators: 4 }).expect(200);
    const told = async () => (await other.get(admin.tenantId)).minimumAdministrators === 4;
    await until('the other replica heard', told, 1_500);
  });
});
