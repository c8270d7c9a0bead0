import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenConnection, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

interface Past {
  readonly at: string;
  readonly callerId: string;
  readonly gatewayId?: string;
  readonly connectionId?: string;
  readonly environmentId?: string;
  readonly code?: string;
  readonly ms?: number;
  readonly operation?: string;
  readonly client?: Record<string, string>;
}

describe('what the portal knows of requests, people and policy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tidegate-tags-'));
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let connection: GivenConnection;
  let chief: GivenCaller;
  let maker: GivenCaller;
  let stranger: GivenCaller;

  beforeAll(async () => {
    const tag = (name: string, region: string, addressPrefixes: string[]) => ({
      name,
      id: name,
      properties: { region, addressPrefixes, platform: 'Azure', systemService: '' },
    });
    writeFileSync(
      join(folder, 'tags.json'),
      JSON.stringify({
        changeNumber: 371,
        cloud: 'Public',
        values: [
          tag('ServiceBus', '', ['192.0.2.0/24']),
          tag('ServiceBus.WestEurope', 'westeurope', ['198.51.100.0/25', '2001:db8::/48']),
          tag('Storage.WestEurope', 'westeurope', ['203.0.113.0/24']),
          tag('AzureActiveDirectory', '', ['198.51.100.128/25']),
        ],
      }),
    );
    app = await startTestApp({
      imports: [ManagementApiModule],
      environment: { TIDEGATE_SERVICE_TAGS_FILE: join(folder, 'tags.json') },
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    connection = await given.connection({ gateway });
    const { tenantId } = gateway.admin;
    chief = await given.caller({ tenantId, isTenantAdministrator: true });
    maker = await given.caller({ tenantId });
    stranger = await given.caller({ isTenantAdministrator: true });
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string, caller: GivenCaller, query: Record<string, string | number> = {}) =>
    request(app.url).get(path).query(query).set('authorization', caller.authorization);

  const past = async (rows: readonly Past[], tenantId = chief.tenantId) =>
    app.database.query(
      `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", "gatewayId", "connectionId", "environmentId",
         operation, "startedAt", "finishedAt", status, code, attempts, "requestBytes", "replyBytes", timings, client)
       SELECT * FROM jsonb_to_recordset($1) AS r("requestId" uuid, "traceId" text, "tenantId" uuid, "callerId" uuid,
         "gatewayId" uuid, "connectionId" uuid, "environmentId" uuid, operation text, "startedAt" timestamptz,
         "finishedAt" timestamptz, status text, code text, attempts int, "requestBytes" bigint, "replyBytes" bigint,
         timings jsonb, client jsonb)`,
      [
        JSON.stringify(
          rows.map(({ at, code, ms = 10, operation = 'listItems', client = {}, ...row }) => ({
            ...{ requestId: randomUUID(), traceId: randomBytes(16).toString('hex'), tenantId, ...row, operation },
            ...{ startedAt: at, finishedAt: at, status: code ? 'failed' : 'succeeded', code: code ?? null },
            ...{ attempts: 1, requestBytes: 1, replyBytes: 1, timings: { totalMs: ms }, client },
          })),
        ),
      ],
    );

  describe('statistics of requests', () => {
    const path = '/v1/requests/statistics';
    const range = { from: '2026-10-01T00:00:00Z', to: '2026-10-01T01:00:00Z' };
    interface Statistics {
      readonly bucketSeconds: number;
      readonly value: readonly {
        start: string;
        requests: number;
        failed: number;
        p50Ms: number;
        isEstimated: boolean;
      }[];
      readonly codes: readonly { code: string; count: number }[];
    }
    const read = async (caller: GivenCaller, query: Record<string, string> = {}): Promise<Statistics> =>
      (await get(path, caller, { ...range, ...query }).expect(200)).body as Statistics;
    const total = ({ value }: Statistics) => value.reduce((sum, { requests }) => sum + requests, 0);
    let elsewhere: GivenGateway;

    beforeAll(async () => {
      elsewhere = await given.gateway({ admin: await given.caller({ tenantId: chief.tenantId }) });
      const at = (minute: number) => `2026-10-01T00:${String(minute).padStart(2, '0')}:00Z`;
      const here = { gatewayId: gateway.id, connectionId: connection.id };
      await past([
        ...[10, 20, 30, 40].map((ms) => ({ at: at(5), callerId: maker.id, ...here, ms })),
        { at: at(5), callerId: maker.id, ...here, ms: 1_000, code: 'SOURCE_DENIED' },
        { at: at(30), callerId: chief.id, ...here, code: 'SOURCE_DENIED' },
        { at: at(31), callerId: chief.id, ...here, code: 'GATEWAY_OFFLINE' },
        { at: at(40), callerId: chief.id, gatewayId: elsewhere.id },
        { at: '2026-10-01T01:00:00Z', callerId: chief.id, ...here },
      ]);
      await past([{ at: at(5), callerId: stranger.id, ...here }], stranger.tenantId);
    });

    it('count, time and name failures, without gaps', async () => {
      const all = await read(chief);
      expect(all.bucketSeconds).toBe(30);
      expect(all.value).toHaveLength(120);
      expect(total(all)).toBe(8);
      expect(all.value.find(({ start }) => start === '2026-10-01T00:05:00.000Z')).toEqual({
        start: '2026-10-01T00:05:00.000Z',
        requests: 5,
        failed: 1,
        p50Ms: 30,
        p95Ms: 1_000,
        isEstimated: false,
      });
      expect(all.value[0]).toMatchObject({ requests: 0, p50Ms: null });
      expect(all.codes).toEqual([
        { code: 'SOURCE_DENIED', count: 2 },
        { code: 'GATEWAY_OFFLINE', count: 1 },
      ]);
    });

    it('are of what the caller may see', async () => {
      expect(total(await read(maker))).toBe(5);
      expect(total(await read(gateway.admin))).toBe(7);
      expect(total(await read(gateway.admin, { connectionId: connection.id }))).toBe(7);
      expect(total(await read(gateway.admin, { gatewayId: elsewhere.id }))).toBe(0);
      expect(total(await read(elsewhere.admin, { connectionId: connection.id }))).toBe(0);
      expect(total(await read(elsewhere.admin))).toBe(1);
      expect(total(await read(maker, { gatewayId: gateway.id }))).toBe(5);
      expect(total(await read(chief, { gatewayId: elsewhere.id }))).toBe(1);
      expect(total(await read(stranger))).toBe(1);
      // Who administers the gateway and sent requests through it has each counted once.
      await past([{ at: '2026-10-01T00:50:00Z', callerId: gateway.admin.id, gatewayId: gateway.id }]);
      expect(total(await read(gateway.admin))).toBe(8);
    });

    it('stay quick when there are more than can be counted, and say that they are guessed', async () => {
      const busy = await given.caller({ isTenantAdministrator: true });
      await app.database.query(
        `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", operation, "startedAt", "finishedAt",
           status, attempts, "requestBytes", "replyBytes", timings, client)
         SELECT gen_random_uuid(), 't', $1, $2, 'listItems', t, t, 'succeeded', 1, 1, 1, '{"totalMs":5}', '{}'
         FROM generate_series('2026-10-01T00:10:00Z'::timestamptz, '2026-10-01T00:10:29.99Z', interval '10 ms') t`,
        [busy.tenantId, busy.id],
      );
      const all = await read(busy);
      const [bucket] = all.value.filter(({ requests }) => requests > 0);
      expect(bucket).toMatchObject({ start: '2026-10-01T00:10:00.000Z', isEstimated: true, p50Ms: 5 });
      expect(bucket?.requests).toBeGreaterThan(2_900);
      expect(bucket?.requests).toBeLessThan(3_100);
    });

    it.each([{ from: 'x' }, { gatewayId: 'x' }, { from: '2026-10-01T02:00:00Z' }, { from: '2025-10-01T02:00:00Z' }])(
      'refuse %o',
      async (query) => {
        await get(path, chief, { ...range, ...query }).expect(400);
      },
    );
  });

  describe('the use of a connection', () => {
    it('names environments, apps, flows and people, for those who answer for it', async () => {
      const fresh = await given.connection({ gateway });
      const path = `/v1/connections/${fresh.id}/usage`;
      const environment = await given.environment({ tenantId: chief.tenantId, displayName: 'Production' });
      const days = (count: number) => new Date(Date.now() - count * 24 * 60 * 60 * 1000).toISOString();
      const base = { connectionId: fresh.id, gatewayId: gateway.id, callerId: maker.id };
      const flow = { flowId: 'flow-1', flowName: 'Nightly <b>‮copy</b>' };
      await past([
        { ...base, at: days(1), environmentId: environment.id, client: { appId: 'app-1' } },
        { ...base, at: days(2), client: flow, code: 'SOURCE_DENIED' },
        { ...base, at: days(40), client: { appId: 'app-old' } },
        { ...base, at: days(1), operation: 'test' },
      ]);
      await past([{ ...base, at: days(1), client: { appId: 'foreign' } }], stranger.tenantId);
      const { body } = await get(path, fresh.owner).expect(200);
      const seen = (
        body as { value: { kind: string; id: string; displayName: string; requests: number; failed: number }[] }
      ).value;
      expect(
        seen.map(({ kind, id, displayName, requests, failed }) => [kind, id, displayName, requests, failed]),
      ).toEqual([
        ['app', 'app-1', null, 1, 0],
        ['caller', maker.id, maker.displayName, 2, 1],
        ['environment', environment.id, 'Production', 1, 0],
        ['flow', 'flow-1', flow.flowName, 1, 1],
      ]);
      const longer = (await get(path, chief, { days: 60 }).expect(200)).body;
      expect(JSON.stringify(longer)).toContain('app-old');
      await get(path, await given.userOf(fresh)).expect(403);
      await get(path, maker).expect(403);
      await get(path, stranger).expect(404);
      await get('/v1/connections/x/usage', chief).expect(404);
      for (const wrong of [0, 91, 'x']) await get(path, chief, { days: wrong }).expect(400);
    });
  });

  describe('the search in the directory', () => {
    const path = '/v1/directory/search';
    const know = (names: readonly string[], extra: { appId?: string; isGroup?: boolean } = {}) => {
      for (const displayName of names) {
        const id = randomUUID();
        const { appId, isGroup = false } = extra;
        const upn = appId === undefined && !isGroup ? `${randomUUID()}@test.example` : undefined;
        app.graph.entries.set(`${chief.tenantId}/${id}`, { id, displayName, upn, appId });
        if (isGroup) app.graph.groups.set(`${chief.tenantId}/${id}`, []);
      }
    };
    const found = async (caller: GivenCaller, query: Record<string, string>) =>
      ((await get(path, caller, query).expect(200)).body as { value: { type: string; displayName: string }[] }).value;

    it('finds people, groups and service principals, twenty-five at most', async () => {
      know(Array.from({ length: 40 }, (_, at) => `Zoe ${at}`));
      know(['Zoe group'], { isGroup: true });
      know(['Zoe robot'], { appId: randomUUID() });
      const all = await found(chief, { query: 'zoe' });
      expect(all).toHaveLength(25);
      expect(new Set(all.map(({ type }) => type))).toEqual(new Set(['User', 'Group', 'ServicePrincipal']));
      expect((await found(chief, { query: 'zoe', type: 'Group' })).map(({ displayName }) => displayName)).toEqual([
        'Zoe group',
      ]);
      expect(await found(stranger, { query: 'zoe' })).toEqual([]);
    });

    it('is for those who give roles', async () => {
      await found(gateway.admin, { query: 'zoe' });
      await found(connection.owner, { query: 'zoe' });
      await found(await given.userOf(connection, 'UserWithReshare'), { query: 'zoe' });
      const asked = app.graph.searched.length;
      await get(path, maker, { query: 'zoe' }).expect(403);
      await get(path, await given.userOf(connection), { query: 'zoe' }).expect(403);
      expect(app.graph.searched).toHaveLength(asked);
    });

    it.each([{}, { query: '' }, { query: '   ' }, { query: 'x'.repeat(101) }, { query: 'x', type: 'Device' }])(
      'refuses %o',
      async (query) => {
        await get(path, chief, query as Record<string, string>).expect(400);
      },
    );

    it('says so when the directory is away', async () => {
      app.graph.isDown = true;
      const { body } = await get(path, chief, { query: 'zoe' }).expect(503);
      expect(body).toMatchObject({ errorCode: 'IDENTITY_UNAVAILABLE' });
      app.graph.isDown = false;
    });
  });

  describe('the preview of a policy', () => {
    const preview = (caller: GivenCaller, body: object) =>
      request(app.url).post('/v1/tenantPolicy/preview').set('authorization', caller.authorization).send(body);
    const affected = async (body: object) =>
      (await preview(chief, { version: 0, ...body }).expect(200)).body as {
        value: { kind: string; id: string; effect: string }[];
      };

    it('names whom a change would affect, and changes nothing', async () => {
      const before = await get('/v1/tenantPolicy', chief);
      const kinds = await affected({ allowedKinds: ['http'] });
      expect(kinds.value.map(({ kind }) => kind)).toContain('connection');
      expect(kinds.value.map(({ id }) => id)).toContain(connection.id);
      expect((await affected({ allowedKinds: ['postgresql'] })).value).toEqual([]);
      const administrators = await affected({ minimumAdministrators: 2 });
      expect(administrators.value).toContainEqual(expect.objectContaining({ kind: 'gateway', id: gateway.id }));
      const listed = await affected({
        installers: 'Restricted',
        listedInstallers: [{ id: chief.id, type: 'User' }],
      });
      expect(listed.value).toContainEqual(expect.objectContaining({ kind: 'principal', id: gateway.admin.id }));
      expect(listed.value.map(({ id }) => id)).not.toContain(chief.id);
      const token = randomUUID();
      await app.database.query(
        `INSERT INTO join_token (id, "tenantId", hash, region, "gatewayName", "createdBy", "createdByType", "expiresAt")
         VALUES ($1, $2, $3, 'westeurope', 'planned', $4, 'User', now() + interval '15 minutes')`,
        [token, chief.tenantId, randomBytes(32), maker.id],
      );
      expect((await affected({ joinTokenCreators: 'TenantAdministrators' })).value).toContainEqual(
        expect.objectContaining({ kind: 'joinToken', id: token }),
      );
      await app.database.query(
        `INSERT INTO licence_record ("tenantId", "userId", plans, "fetchedAt") VALUES ($1, $2, $3, now())
         ON CONFLICT ("tenantId", "userId") DO UPDATE SET plans = excluded.plans`,
        [
          chief.tenantId,
          maker.id,
          JSON.stringify([
            {
              servicePlanId: '07699545-9485-468e-95b6-2fca3738be01',
              servicePlanName: 'FLOW_O365_P3',
              skuPartNumber: 'ENTERPRISEPREMIUM',
            },
          ]),
        ],
      );
      expect((await affected({ licenceRules: 'current' })).value).toContainEqual(
        expect.objectContaining({ kind: 'principal', id: maker.id }),
      );
      expect((await affected({})).value).toEqual([]);
      expect((await get('/v1/tenantPolicy', chief)).body).toEqual(before.body);
    });

    it('takes groups for somebody, and says what it does not know of them', async () => {
      const { tenantId } = chief;
      const grouped = await given.gateway({ admin: await given.caller({ tenantId }) });
      await app.database.query(
        `INSERT INTO gateway_role ("gatewayId", "tenantId", "principalId", "principalType", role, "allowedKinds")
         VALUES ($1, $2, $3, 'Group', 'Admin', '{}')`,
        [grouped.id, tenantId, randomUUID()],
      );
      const effect = async (minimumAdministrators: number, id: string) =>
        (await affected({ minimumAdministrators })).value.find((one) => one.id === id)?.effect;
      expect(await effect(2, grouped.id)).toBeUndefined();
      expect(await effect(3, grouped.id)).toContain('It may take no new connections: it has 1 of 3');
      expect(await effect(3, gateway.id)).toContain('It takes no new connections: it has 1 of 3');
    });

    it('shows five hundred at most, and says that there are more', async () => {
      const { id: own, admin } = await given.gateway();
      const head = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
      const copies = async (count: number) => {
        const ids = Array.from({ length: count }, () => randomUUID());
        for (const sql of [
          `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
           SELECT copy, "tenantId", copy::text, region, namespace, "sealingKey", "sealingKeyId", recovery
           FROM gateway, unnest($1::uuid[]) copy WHERE id = $2`,
          `INSERT INTO gateway_role ("gatewayId", "tenantId", "principalId", "principalType", role, "allowedKinds")
           SELECT copy, "tenantId", "principalId", "principalType", role, "allowedKinds"
           FROM gateway_role, unnest($1::uuid[]) copy WHERE "gatewayId" = $2`,
        ]) {
          await app.database.query(sql, [ids, own]);
        }
      };
      const shown = async () => {
        const { body } = await preview(head, { version: 0, minimumAdministrators: 2 }).expect(200);
        const { value, truncated } = body as { value: object[]; truncated: boolean };
        return [value.length, truncated];
      };
      await copies(499);
      expect(await shown()).toEqual([500, false]);
      await copies(1);
      expect(await shown()).toEqual([500, true]);
    });

    it('is for administrators of the tenant, of the policy as it is, and of well-formed changes', async () => {
      await preview(gateway.admin, { version: 0 }).expect(403);
      await preview(chief, { version: 7 }).expect(409);
      await preview(chief, {}).expect(400);
      await preview(chief, { version: 0, minimumAdministrators: 0 }).expect(400);
      const { body } = await preview(stranger, { version: 0, allowedKinds: ['http'] }).expect(200);
      expect(body).toEqual({ value: [], truncated: false });
    });
  });

  describe('the needs of the network', () => {
    it('are hosts, and the addresses of the region', async () => {
      const { body } = await get('/v1/network', maker, { region: 'westeurope' }).expect(200);
      expect(body).toEqual({
        hosts: [
          { name: '127.0.0.1', ports: [8080], what: expect.any(String) as string },
          { name: 'login.test.example', ports: [443], what: expect.any(String) as string },
          { name: 'westeurope.relay.test.example', ports: [443, 5671], what: expect.any(String) as string },
        ],
        addresses: [
          { prefix: '198.51.100.0/25', service: 'ServiceBus.WestEurope' },
          { prefix: '2001:db8::/48', service: 'ServiceBus.WestEurope' },
          { prefix: '198.51.100.128/25', service: 'AzureActiveDirectory' },
        ],
        serviceTags: { changeNumber: 371, cloud: 'Public' },
      });
    });

    it('are the world’s where the list has none of the region', async () => {
      const { body } = await get('/v1/network', maker, { region: 'northeurope' }).expect(200);
      expect((body as { addresses: unknown[] }).addresses[0]).toEqual({
        prefix: '192.0.2.0/24',
        service: 'ServiceBus',
      });
      await get('/v1/network', maker, { region: 'atlantis' }).expect(400);
      await get('/v1/network', maker).expect(400);
    });
  });
});
