import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { PrincipalsService } from '../../src/modules/identity/principals.service.js';
import { LicencesModule } from '../../src/modules/licences/licences.module.js';
import { LicencesController } from '../../src/modules/management-api/licences.controller.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { PREMIUM, startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenConnection } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

const E1 = {
  servicePlanId: '0f9b09cb-62d1-4ff4-9129-43f4996f83f4',
  servicePlanName: 'FLOW_O365_P1',
  skuPartNumber: 'STANDARDPACK',
};

interface Listed {
  readonly value: readonly { readonly user: { readonly id: string }; readonly isEligible: boolean }[];
  readonly continuationToken?: string;
  readonly continuationUri?: string;
}

describe('the licence API', () => {
  let app: TestApp;
  let given: Given;
  let connection: GivenConnection;
  let owner: GivenCaller;
  let user: GivenCaller;
  let admin: GivenCaller;

  beforeAll(async () => {
    const { module } = recordingRelay();
    app = await startTestApp({
      imports: [ConnectionsModule, LicencesModule],
      controllers: [LicencesController],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    connection = await given.connection();
    ({ owner } = connection);
    user = await given.userOf(connection);
    admin = await given.caller({ tenantId: owner.tenantId, isTenantAdministrator: true });
    app.graph.plans.set(`${user.tenantId}/${user.id}`, [E1]);
  });
  afterAll(() => app.stop());

  const get = (path: string, caller: GivenCaller) =>
    request(app.url).get(path).set('authorization', caller.authorization);
  const listed = async (path: string, caller: GivenCaller) => (await get(path, caller).expect(200)).body as Listed;

  it('tells everybody their own verdict and which plan decided, by id or name', async () => {
    for (const name of [user.id, user.upn?.toUpperCase()]) {
      const { body } = await get(`/v1/licences/users/${name}`, user).expect(200);
      expect(body).toEqual({
        user: { id: user.id, upn: user.upn, displayName: user.displayName },
        isEligible: false,
        ruleSet: 'classic',
        plan: 'Office 365 E1 (FLOW_O365_P1)',
        plans: [{ ...E1, isSufficient: false }],
      });
    }
  });

  it('tells others only to administrators of the tenant, and to nobody else whether there is such a person', async () => {
    for (const name of [owner.id, randomUUID(), 'nobody@test.example']) {
      expect((await get(`/v1/licences/users/${name}`, user).expect(403)).body).toMatchObject({
        errorCode: 'NOT_ADMINISTRATOR',
      });
    }
    const { body } = await get(`/v1/licences/users/${owner.upn}`, admin).expect(200);
    expect(body).toMatchObject({ user: { id: owner.id }, isEligible: true, plans: [{ isSufficient: true }] });
    expect((await get('/v1/licences/users/nobody@test.example', admin).expect(404)).body).toMatchObject({
      errorCode: 'EntityNotFound',
    });
    const foreign = await given.caller();
    await get(`/v1/licences/users/${foreign.id}`, admin).expect(404);
  });

  it('reports all people of a tenant page by page, to its administrators only', async () => {
    const tenantAdmin = await given.caller({ isTenantAdministrator: true });
    const { tenantId } = tenantAdmin;
    const people = Array.from({ length: 119 }, () => randomUUID());
    await app.database.query(
      `INSERT INTO principal (id, "tenantId", type, "displayName", "lastSeenAt")
       SELECT id, $1, 'User', '=1+1', now() FROM unnest($2::uuid[]) AS id`,
      [tenantId, people],
    );
    for (const [at, id] of people.entries()) app.graph.plans.set(`${tenantId}/${id}`, [at % 2 === 0 ? PREMIUM : E1]);
    const first = await listed('/v1/licences/report', tenantAdmin);
    const second = await listed(`/v1/licences/report?continuationToken=${first.continuationToken}`, tenantAdmin);
    expect([first.value.length, second.value.length, second.continuationToken]).toEqual([100, 20, undefined]);
    const shown = [...first.value, ...second.value].map((row) => row.user.id);
    expect(shown).toEqual([...people, tenantAdmin.id].sort());

    const refused = await listed('/v1/licences/report?isEligible=false', tenantAdmin);
    expect(new Set(refused.value.map(({ isEligible }) => isEligible))).toEqual(new Set([false]));
    const address = new URL(refused.continuationUri ?? '');
    expect(address.searchParams.get('isEligible')).toBe('false');
    const rest = await listed(address.pathname + address.search, tenantAdmin);
    expect(refused.value.length + rest.value.length).toBe(59);

    const csv = await get('/v1/licences/report', tenantAdmin).set('accept', 'text/csv').expect(200);
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.headers['link']).toMatch(/^<http.*continuationToken=.*>; rel="next"$/);
    const lines = csv.text.split('\r\n');
    expect(lines).toHaveLength(102);
    expect(lines[0]).toBe('id,upn,displayName,isEligible,ruleSet,plan');
    expect(csv.text).toContain(",'=1+1,false,classic,Office 365 E1 (FLOW_O365_P1)");

    await get('/v1/licences/report', user).expect(403);
    await get('/v1/licences/report?isEligible=perhaps', tenantAdmin).expect(400);
    await get('/v1/licences/report?continuationToken=WyJ4Il0', tenantAdmin).expect(400);
  });

  it('says which users of a connection will be refused and why, those of groups included', async () => {
    const { tenantId } = owner;
    const [group, nested] = [randomUUID(), randomUUID()];
    const [licensed, unlicensed] = [randomUUID(), randomUUID()];
    app.graph.groups
      .set(`${tenantId}/${group}`, [nested, user.id])
      .set(`${tenantId}/${nested}`, [licensed, unlicensed]);
    app.graph.entries.set(`${tenantId}/${group}`, {
      id: group,
      displayName: 'Night shift',
      upn: undefined,
      appId: undefined,
    });
    app.graph.plans.set(`${tenantId}/${licensed}`, [PREMIUM]);
    await app.app.get(PrincipalsService).resolve(tenantId, group, 'Group');
    await app.database.query(
      `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
       VALUES ($1, $2, $3, 'Group', 'User'), ($1, $4, $3, 'ServicePrincipal', 'User')`,
      [connection.id, group, tenantId, randomUUID()],
    );
    const { body } = await get(`/v1/connections/${connection.id}/licences`, owner).expect(200);
    const rows = body.value as { user: { id: string }; via: string; isEligible: boolean; plan: string }[];
    expect(new Map(rows.map(({ user: { id }, via, isEligible, plan }) => [id, [via, isEligible, plan]]))).toEqual(
      new Map([
        [owner.id, ['direct', true, 'Power Apps Premium (POWERAPPS_PER_USER)']],
        [user.id, ['direct', false, 'Office 365 E1 (FLOW_O365_P1)']],
        [licensed, ['Night shift', true, 'Power Apps Premium (POWERAPPS_PER_USER)']],
        [unlicensed, ['Night shift', false, 'none']],
      ]),
    );
    expect(body).toMatchObject({ refused: 2, isCut: false });
    await get(`/v1/connections/${connection.id}/licences`, admin).expect(200);
    expect((await get(`/v1/connections/${connection.id}/licences`, user).expect(403)).body).toMatchObject({
      errorCode: 'ROLE_MISSING',
    });
    const foreign = await given.caller({ isTenantAdministrator: true });
    await get(`/v1/connections/${connection.id}/licences`, foreign).expect(404);
  });

  it('cuts the list of a connection at a thousand people and says so', async () => {
    const large = await given.connection();
    const { tenantId } = large.owner;
    const group = randomUUID();
    const people = Array.from({ length: 1_200 }, () => randomUUID());
    app.graph.groups.set(`${tenantId}/${group}`, people);
    await app.database.query(
      `INSERT INTO licence_record ("tenantId", "userId", plans, "fetchedAt")
       SELECT $1, id, '[]', now() FROM unnest($2::uuid[]) AS id`,
      [tenantId, people],
    );
    await app.app.get(PrincipalsService).resolve(tenantId, group, 'Group');
    await app.database.query(
      `INSERT INTO connection_role ("connectionId", "principalId", "tenantId", "principalType", role)
       VALUES ($1, $2, $3, 'Group', 'User')`,
      [large.id, group, tenantId],
    );
    const { body } = await get(`/v1/connections/${large.id}/licences`, large.owner).expect(200);
    expect([body.value.length, body.refused, body.isCut]).toEqual([1_000, 999, true]);
  });

  it('answers 503 where licences cannot be known, not an empty or friendly report', async () => {
    const stranger = await given.caller({ isTenantAdministrator: true });
    app.graph.isDown = true;
    try {
      for (const path of [`/v1/licences/users/${stranger.id}`, '/v1/licences/report']) {
        expect((await get(path, stranger).expect(503)).body).toMatchObject({ errorCode: 'LICENCE_UNAVAILABLE' });
      }
    } finally {
      app.graph.isDown = false;
    }
  });
});
