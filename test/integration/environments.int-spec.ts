import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { ConnectionBindingsService } from '../../src/modules/connections/connection-bindings.service.js';
import { EnvironmentsService } from '../../src/modules/environments/environments.service.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

const administrator = (tenantId: string) => ({
  id: randomUUID(),
  type: 'User' as const,
  tenantId,
  upn: 'a@b.example',
  displayName: 'A',
  isTenantAdministrator: true,
  scopes: [],
});

describe('environments', () => {
  let app: TestApp;
  let replica: TestApp;
  let environments: EnvironmentsService;
  let given: Given;
  const { module } = recordingRelay();
  beforeAll(async () => {
    const options: Parameters<typeof startTestApp>[0] = {
      imports: [ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    };
    app = await startTestApp(options);
    replica = await startTestApp({ ...options, database: app.database, vault: app.vault });
    environments = app.app.get(EnvironmentsService, { strict: false });
    given = new Given(app);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  it('are made by tenant administrators only, with an audit line', async () => {
    const admin = administrator(randomUUID());
    const denied = environments.create(
      { ...admin, isTenantAdministrator: false },
      { displayName: 'Europe', region: 'europe' },
    );
    await expect(denied).rejects.toMatchObject({ code: 'NOT_ADMINISTRATOR' });
    const row = await environments.create(admin, { displayName: 'Europe', region: 'europe' });
    expect(await environments.get(admin.tenantId, row.id)).toEqual(row);
    const lines = await app.database.query('SELECT action, "subjectId"::text FROM audit_entry WHERE "tenantId" = $1', [
      admin.tenantId,
    ]);
    expect(lines).toEqual([{ action: 'environment.created', subjectId: row.id }]);
  });

  it.each(['sweden', 'europa', 'Europe', '', 'westeurope'])(
    'refuse the region %j, which is not in the map',
    async (region) => {
      const making = environments.create(administrator(randomUUID()), { displayName: 'X', region });
      await expect(making).rejects.toMatchObject({ code: 'VALIDATION_FAILED', details: { path: 'region' } });
    },
  );

  it('refuse a name or id that is taken, and leave nothing behind', async () => {
    const admin = administrator(randomUUID());
    const { id } = await environments.create(admin, { displayName: 'Same', region: 'asia' });
    const sameName = environments.create(admin, { displayName: 'Same', region: 'europe' });
    await expect(sameName).rejects.toMatchObject({ code: 'ENVIRONMENT_NAME_TAKEN' });
    const sameId = environments.create(admin, { id, displayName: 'Other', region: 'europe' });
    await expect(sameId).rejects.toMatchObject({ code: 'ENVIRONMENT_NAME_TAKEN' });
    const [count] = await app.database.query<{ count: string }>(
      'SELECT count(*) FROM audit_entry WHERE "tenantId" = $1',
      [admin.tenantId],
    );
    expect(count?.count).toBe('1');
    await environments.create(administrator(randomUUID()), { displayName: 'Same', region: 'asia' });
  });

  it("do not show another tenant's", async () => {
    const { id } = await environments.create(administrator(randomUUID()), { displayName: 'Mine', region: 'asia' });
    const stranger = administrator(randomUUID());
    await expect(environments.get(stranger.tenantId, id)).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
    expect((await environments.list(stranger, {})).value).toEqual([]);
  });

  it('are listed in pages that miss and repeat nothing', async () => {
    const admin = administrator(randomUUID());
    const names = Array.from({ length: 205 }, (_, n) => `e ${String(n).padStart(3, '0')}`);
    await app.database.query(
      `INSERT INTO environment (id, "tenantId", "displayName", region)
       SELECT gen_random_uuid(), $1, name, 'asia' FROM unnest($2::text[]) AS name`,
      [admin.tenantId, names],
    );
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = await environments.list(admin, token === undefined ? {} : { continuationToken: token });
      expect(page.value.length).toBeLessThanOrEqual(100);
      seen.push(...page.value.map(({ displayName }) => displayName));
      token = page.continuationToken;
    } while (token !== undefined);
    expect(seen).toEqual(names);
    await expect(environments.list(admin, { continuationToken: 'bm8' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it('made at one replica are known at the other at once, though it had looked before', async () => {
    const admin = administrator(randomUUID());
    const other = replica.app.get(EnvironmentsService, { strict: false });
    const id = randomUUID();
    expect(await other.find(admin.tenantId, id)).toBeNull();
    await environments.create(admin, { id, displayName: 'New', region: 'asia' });
    const startedAt = Date.now();
    await until('the other replica forgot', async () => (await other.find(admin.tenantId, id)) !== null, 1_500);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  it('of two tenants may have the same id', async () => {
    const [one, two] = [administrator(randomUUID()), administrator(randomUUID())];
    const { id } = await environments.create(one, { displayName: 'One', region: 'asia' });
    await environments.create(two, { id, displayName: 'Two', region: 'europe' });
    expect(await environments.get(one.tenantId, id)).toMatchObject({ displayName: 'One', region: 'asia' });
    expect(await environments.get(two.tenantId, id)).toMatchObject({ displayName: 'Two', region: 'europe' });
  });

  const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string, caller: GivenCaller) =>
    request(app.url)[method](path).set('authorization', caller.authorization);
  const detail = (body: { moreDetails?: { errorCode: string; message: string }[] }, name: string) =>
    body.moreDetails?.find(({ errorCode }) => errorCode === name)?.message;
  const tenantAdministrator = () => given.caller({ isTenantAdministrator: true });
  /** A connection of the administrator's tenant, bound to an environment in Europe. */
  const bound = async (admin: GivenCaller) => {
    const owner = await given.caller({ tenantId: admin.tenantId });
    const environment = await given.environment({ tenantId: admin.tenantId, region: 'europe' });
    const gateway = await given.gateway({ admin: owner });
    const connection = await given.connection({ gateway, environmentIds: [environment.id], displayName: 'Ledger' });
    return { owner, environment, connection };
  };

  it('are renamed and moved by tenant administrators only, and each change leaves a trace', async () => {
    const admin = await tenantAdministrator();
    const user = await given.caller({ tenantId: admin.tenantId });
    const { id } = await given.environment({ tenantId: admin.tenantId, displayName: 'Old' });
    const path = `/v1/environments/${id}`;
    await call('patch', path, user).send({ displayName: 'New' }).expect(403);
    const { body } = await call('patch', path, admin).send({ displayName: 'New', region: 'asia' }).expect(200);
    expect(body).toEqual({ id, displayName: 'New', region: 'asia' });
    expect((await call('get', path, user).expect(200)).body).toEqual(body);
    await call('patch', path, admin).send({ region: 'sweden' }).expect(400);
    const stranger = await tenantAdministrator();
    await call('patch', path, stranger).send({ displayName: 'Mine' }).expect(404);

    await given.environment({ tenantId: admin.tenantId, displayName: 'Taken' });
    const taken = await call('patch', path, admin).send({ displayName: 'Taken' }).expect(409);
    expect(taken.body.errorCode).toBe('ENVIRONMENT_NAME_TAKEN');
    const lines = await app.database.query('SELECT details FROM audit_entry WHERE action = $1 AND "tenantId" = $2', [
      'environment.changed',
      admin.tenantId,
    ]);
    const details = { displayName: 'New', displayNameBefore: 'Old', region: 'asia', regionBefore: 'europe' };
    expect(lines).toEqual([{ details }]);
  });

  it('do not move where a bound connection cannot follow, and are not deleted from under it', async () => {
    const admin = await tenantAdministrator();
    const { environment, connection, owner } = await bound(admin);
    const path = `/v1/environments/${environment.id}`;
    const refused = await call('patch', path, admin).send({ region: 'asia' }).expect(409);
    expect(refused.body.errorCode).toBe('REGION_MISMATCH');
    expect(detail(refused.body, 'connections')).toBe(`Ledger (${connection.id})`);
    expect((await call('delete', path, admin).expect(409)).body.errorCode).toBe('CONNECTIONS_EXIST');
    expect((await call('get', path, admin)).body.region).toBe('europe');

    await app.app.get(ConnectionBindingsService, { strict: false }).unbind(owner, connection.id, environment.id);
    await call('patch', path, admin).send({ region: 'asia' }).expect(200);
    await call('delete', path, owner).expect(403);
    await call('delete', path, admin).expect(200);
    await call('get', path, admin).expect(404);
  });

  it('that are moving at this moment hold up whoever binds, who then meets the new region', async () => {
    const admin = await tenantAdministrator();
    const { owner, connection } = await bound(admin);
    const { id } = await given.environment({ tenantId: admin.tenantId, region: 'europe' });
    const bindings = app.app.get(ConnectionBindingsService, { strict: false });
    let binding: Promise<unknown> = Promise.resolve();
    await app.app.get(PrismaService, { strict: false }).$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE environment SET region = 'asia' WHERE id = ${id}::uuid`;
      binding = bindings.bind(owner, connection.id, id).catch((error: unknown) => error);
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await until('the binding waits', async () => (await app.database.query(waits)).length > 0, 4_000);
    });
    expect(await binding).toMatchObject({ code: 'REGION_MISMATCH' });
  });

  it('do not move past a binding that is being made at this moment', async () => {
    const admin = await tenantAdministrator();
    const { connection } = await bound(admin);
    const { id } = await given.environment({ tenantId: admin.tenantId, region: 'europe' });
    let moving: Promise<request.Response> | undefined;
    await app.app.get(PrismaService, { strict: false }).$transaction(async (tx) => {
      await app.app
        .get(ConnectionBindingsService, { strict: false })
        .lockServed(tx, admin.tenantId, [id], { region: 'westeurope' });
      moving = call('patch', `/v1/environments/${id}`, admin)
        .send({ region: 'asia' })
        .then((response) => response);
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await until('the move waits', async () => (await app.database.query(waits)).length > 0, 4_000);
      await tx.connectionEnvironment.create({
        data: { connectionId: connection.id, environmentId: id, tenantId: admin.tenantId },
      });
    });
    expect((await moving)?.body.errorCode).toBe('REGION_MISMATCH');
  });

  describe('are imported', () => {
    const csv = (caller: GivenCaller, text: string) =>
      call('post', '/v1/environments/import', caller).set('content-type', 'text/csv; charset=utf-8').send(text);
    const json = (caller: GivenCaller, body: object) => call('post', '/v1/environments/import', caller).send(body);
    const all = (caller: GivenCaller) =>
      app.database.query<{ id: string; name: string; region: string }>(
        `SELECT id::text, "displayName" AS name, region FROM environment WHERE "tenantId" = $1 ORDER BY "displayName"`,
        [caller.tenantId],
      );
    const lines = (count: number, regionOf: (n: number) => string = () => 'europe') =>
      Array.from({ length: count }, (_, n) => `${randomUUID()},Environment ${n},${regionOf(n)}`);

    it('five thousand at once within two seconds; again they are unchanged', async () => {
      const admin = await tenantAdministrator();
      const text = ['Id,Display Name,Region', ...lines(5_000)].join('\r\n');
      const startedAt = Date.now();
      const { body } = await csv(admin, text).expect(200);
      expect(Date.now() - startedAt).toBeLessThan(2_000);
      expect(body).toEqual({ created: 5_000, updated: 0, unchanged: 0 });
      expect((await csv(admin, text).expect(200)).body).toEqual({ created: 0, updated: 0, unchanged: 5_000 });
      const records = await app.database.query(
        `SELECT action, details FROM audit_entry WHERE "tenantId" = $1 AND action LIKE 'environment%'`,
        [admin.tenantId],
      );
      expect(records).toEqual([
        { action: 'environments.imported', details: { created: 5_000, updated: 0, unchanged: 0 } },
      ]);
    });

    it('all or none: line 4,711 of 5,000 is wrong, nothing is imported, and the line and the reason are named', async () => {
      const admin = await tenantAdministrator();
      const rows = lines(5_000, (n) => (n === 4_709 ? 'atlantis' : 'europe'));
      const refused = await csv(admin, ['id,name,location', ...rows].join('\n')).expect(400);
      expect(detail(refused.body, 'path')).toBe('line 4711');
      expect(detail(refused.body, 'problem')).toBe('region: "atlantis" is not in the region map');
      expect(await all(admin)).toEqual([]);

      rows[4_709] = `${randomUUID()},"open,europe`;
      const open = await csv(admin, ['id,name,location', ...rows].join('\n')).expect(400);
      expect(detail(open.body, 'path')).toBe('line 4711');
      expect(await all(admin)).toEqual([]);
    });

    it("from Power Platform's own list, the default environment included, and from ours", async () => {
      const admin = await tenantAdministrator();
      const id = randomUUID();
      const value = [
        { name: id, location: 'europe', properties: { displayName: 'Contoso', isDefault: false } },
        {
          name: `Default-${admin.tenantId}`,
          location: 'unitedstates',
          properties: { displayName: 'Contoso (default)' },
        },
      ];
      await json(admin, { value }).expect(200);
      const { body } = await json(admin, {
        environments: [
          { id, displayName: 'Contoso Europe', region: 'europe' },
          { displayName: 'Contoso (default)', region: 'asia' },
          { displayName: 'Fresh', region: 'asia' },
        ],
      }).expect(200);
      expect(body).toEqual({ created: 1, updated: 2, unchanged: 0 });
      expect(await all(admin)).toMatchObject([
        { id: admin.tenantId, name: 'Contoso (default)', region: 'asia' },
        { id, name: 'Contoso Europe' },
        { name: 'Fresh' },
      ]);
    });

    it('with names that change hands, but not with one that another environment keeps', async () => {
      const admin = await tenantAdministrator();
      const [a, b] = [randomUUID(), randomUUID()];
      const row = (id: string, displayName: string) => ({ id, displayName, region: 'asia' });
      await json(admin, { environments: [row(a, 'A'), row(b, 'B')] }).expect(200);
      await json(admin, { environments: [row(a, 'B'), row(b, 'A')] }).expect(200);
      expect(await all(admin)).toMatchObject([
        { id: b, name: 'A' },
        { id: a, name: 'B' },
      ]);
      const refused = await json(admin, { environments: [row(randomUUID(), 'A')] }).expect(400);
      expect(detail(refused.body, 'path')).toBe('environments.0');
      expect(detail(refused.body, 'problem')).toContain(b);
    });

    it('only where bound connections can follow', async () => {
      const admin = await tenantAdministrator();
      const { environment } = await bound(admin);
      const text = `id,name,region\n${environment.id},Moved,asia`;
      const refused = await csv(admin, text).expect(400);
      expect(detail(refused.body, 'path')).toBe('line 2');
      expect(detail(refused.body, 'problem')).toContain('Ledger');
      expect(await all(admin)).toMatchObject([{ region: 'europe' }]);
    });

    it('by tenant administrators only, up to a limit, and as CSV nowhere else', async () => {
      const admin = await tenantAdministrator();
      const user = await given.caller({ tenantId: admin.tenantId });
      await json(user, { environments: [] }).expect(403);
      const other = await call('post', '/v1/environments', admin)
        .set('content-type', 'text/csv')
        .send('a,b')
        .expect(415);
      expect(other.body.errorCode).toBe('MEDIA_TYPE_UNSUPPORTED');
      const large = await csv(admin, `id,name,region\n${'x'.repeat(2 * 1024 * 1024)}`).expect(413);
      expect(large.body.errorCode).toBe('PAYLOAD_TOO_LARGE');

      await app.database.query(
        `INSERT INTO environment (id, "tenantId", "displayName", region)
         SELECT gen_random_uuid(), $1, 'e ' || n, 'asia' FROM generate_series(1, 19999) n`,
        [admin.tenantId],
      );
      const full = await csv(admin, ['name,region', 'x 1,asia', 'x 2,asia'].join('\n')).expect(409);
      expect(full.body.errorCode).toBe('LIMIT_REACHED');
      await call('post', '/v1/environments', admin).send({ displayName: 'last', region: 'asia' }).expect(201);
      await call('post', '/v1/environments', admin).send({ displayName: 'one more', region: 'asia' }).expect(409);
    });
  });

  it('and regions: the whole map with its date, and which gateway regions have a relay', async () => {
    const { body } = await call('get', '/v1/regions', await given.caller()).expect(200);
    expect(body.version.date).toBe('2024-10-08');
    const regions = body.environmentRegions as { key: string; gatewayRegions: unknown }[];
    expect(regions.find(({ key }) => key === 'asia')?.gatewayRegions).toEqual([
      { key: 'eastasia', displayName: 'East Asia', isServed: true },
      { key: 'southeastasia', displayName: 'Southeast Asia', isServed: false },
    ]);
  });
});
