import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { ConnectionTestResultsService } from '../../src/modules/connections/connection-test-results.service.js';
import { queryGatewaySummaries } from '../../src/modules/gateways/gateway-summary-query.js';
import { healthyMembers } from '../../src/modules/gateways/health.policy.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenConnection, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

interface Summary {
  readonly id: string;
  readonly displayName: string;
  readonly status: string;
}
interface SummaryPage {
  readonly value: readonly Summary[];
  readonly continuationToken?: string;
}

/** What the health rules read of a member, as a test sets it. */
interface MemberColumns {
  enabled: boolean;
  draining: boolean;
  drainDeadline: Date | null;
  conditions: string[];
  flaps: number;
  flapsSince: Date | null;
  lastHeartbeatAt: Date | null;
  connectedEpoch: number | null;
}

describe('what the portal shows at a glance', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let down: GivenGateway;
  let connection: GivenConnection;
  let chief: GivenCaller;
  let nobody: GivenCaller;
  let stranger: GivenCaller;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    given = new Given(app);
    gateway = await given.gateway({ name: 'Alpha 100%_\\ ‮gnp' });
    const { tenantId } = gateway.admin;
    const other = await given.caller({ tenantId });
    down = await given.gateway({ admin: other, name: 'Beta', region: 'northeurope', isOnline: false });
    connection = await given.connection({ gateway, displayName: 'Sales' });
    chief = await given.caller({ tenantId, isTenantAdministrator: true });
    nobody = await given.caller({ tenantId });
    stranger = await given.caller({ isTenantAdministrator: true });
  });
  afterAll(() => app.stop());

  const get = (path: string, caller: GivenCaller, query: Record<string, string | number> = {}) =>
    request(app.url).get(path).query(query).set('authorization', caller.authorization);
  const names = async (path: string, caller: GivenCaller, query: Record<string, string | number> = {}) =>
    ((await get(path, caller, query).expect(200)).body as SummaryPage).value.map(({ displayName }) => displayName);

  it('tells callers who they are taken for', async () => {
    const { body } = await get('/v1/me', chief).expect(200);
    expect(body).toEqual({
      id: chief.id,
      displayName: chief.displayName,
      userPrincipalName: chief.upn,
      tenantId: chief.tenantId,
      isTenantAdministrator: true,
    });
    expect((await get('/v1/me', nobody)).body).toMatchObject({ isTenantAdministrator: false });
    const robot = await given.caller({ type: 'ServicePrincipal' });
    expect((await get('/v1/me', robot)).body).toMatchObject({ id: robot.id, userPrincipalName: null });
    await request(app.url).get('/v1/me').expect(401);
  });

  describe('gateways in one line each', () => {
    it('are those that the list of gateways has', async () => {
      const { body } = await get('/v1/gatewaySummaries', gateway.admin).expect(200);
      expect((body as SummaryPage).value).toEqual([
        {
          id: gateway.id,
          displayName: gateway.name,
          region: 'westeurope',
          status: 'online',
          version: expect.any(String) as string,
          members: 1,
          membersOnline: 1,
          connections: 1,
          lastHeartbeatAt: expect.any(String) as string,
        },
      ]);
      expect(await names('/v1/gatewaySummaries', chief)).toEqual([gateway.name, 'Beta']);
      expect(await names('/v1/gatewaySummaries', chief, { scope: 'tenant' })).toEqual([gateway.name, 'Beta']);
      expect(await names('/v1/gatewaySummaries', nobody)).toEqual([]);
      expect(await names('/v1/gatewaySummaries', stranger)).toEqual([]);
      await get('/v1/gatewaySummaries', gateway.admin, { scope: 'tenant' }).expect(403);
    });

    it('are narrowed by region, health and text, which is no pattern', async () => {
      const found = (query: Record<string, string>) => names('/v1/gatewaySummaries', chief, query);
      expect(await found({ region: 'northeurope' })).toEqual(['Beta']);
      expect(await found({ status: 'offline' })).toEqual(['Beta']);
      expect(await found({ status: 'online' })).toEqual([gateway.name]);
      expect(await found({ status: 'degraded' })).toEqual([]);
      expect(await found({ search: 'bET' })).toEqual(['Beta']);
      expect(await found({ search: '%_\\' })).toEqual([gateway.name]);
      expect(await found({ search: 'B_t' })).toEqual([]);
      expect(await found({ search: "' OR true --" })).toEqual([]);
    });

    it('come in pages of the length asked for', async () => {
      const { body } = await get('/v1/gatewaySummaries', chief, { top: 1, search: 'a' }).expect(200);
      const first = body as SummaryPage & { continuationUri: string };
      expect(first.value.map(({ id }) => id)).toEqual([gateway.id]);
      const next = new URL(first.continuationUri);
      expect(await names(next.pathname + next.search, chief)).toEqual(['Beta']);
    });

    it.each([
      { top: 0 },
      { top: 1_001 },
      { top: 'x' },
      { status: 'fine' },
      { search: '' },
      { search: 'x'.repeat(201) },
      { continuationToken: 'x' },
      { scope: 'everything' },
    ])('refuse %o', async (query) => {
      await get('/v1/gatewaySummaries', chief, query as Record<string, string>).expect(400);
    });

    it('are as healthy as the rules of the relay say, whatever state members are in', async () => {
      const admin = await given.caller();
      const now = Date.now();
      const ago = (seconds: number) => new Date(now - seconds * 1000);
      const fit: MemberColumns = {
        ...{ enabled: true, draining: false, drainDeadline: null, conditions: [], flaps: 0, flapsSince: null },
        ...{ lastHeartbeatAt: ago(1), connectedEpoch: 1 },
      };
      const states: MemberColumns[] = [
        fit,
        { ...fit, enabled: false },
        { ...fit, draining: true },
        { ...fit, drainDeadline: ago(-60) },
        { ...fit, conditions: ['clock-off'] },
        { ...fit, conditions: ['root-untrusted'] },
        { ...fit, conditions: ['root-untrusted', 'disk-full'] },
        { ...fit, flaps: 3, flapsSince: ago(20) },
        { ...fit, flaps: 3, flapsSince: ago(90) },
        { ...fit, flaps: 2, flapsSince: ago(20) },
        { ...fit, lastHeartbeatAt: ago(60) },
        { ...fit, lastHeartbeatAt: null },
        { ...fit, connectedEpoch: null },
        { ...fit, connectedEpoch: 2 },
      ];
      const made = [];
      for (const state of states) {
        const { id, memberId } = await given.gateway({ admin });
        const columns = Object.keys(state);
        await app.database.query(
          `UPDATE member SET ${columns.map((name, at) => `"${name}" = $${at + 2}`).join(', ')} WHERE id = $1`,
          [memberId, ...Object.values(state)],
        );
        // The policy is told of a member's drain as its callers tell it.
        const member = { ...state, draining: state.draining || state.drainDeadline !== null };
        const healthy = healthyMembers({ epoch: 1, members: [{ id, createdAt: new Date(), ...member }] }, new Date());
        made.push({ id, state, status: healthy.length > 0 ? 'online' : 'offline' });
      }
      const rows = await queryGatewaySummaries(app.app.get(PrismaService), {
        tenantId: admin.tenantId,
        holderIds: undefined,
        take: 100,
      });
      const statuses = new Map(rows.map(({ id, status }) => [id, status]));
      expect(made.map(({ id, state }) => ({ state, status: statuses.get(id) }))).toEqual(
        made.map(({ state, status }) => ({ state, status })),
      );
      expect(new Set(made.map(({ status }) => status))).toEqual(new Set(['online', 'offline']));
      const { body } = await get('/v1/overview', admin).expect(200);
      const online = made.filter(({ status }) => status === 'online').length;
      expect(body).toMatchObject({ gateways: { online, degraded: 0, offline: states.length - online } });
    });
  });

  describe('connections in one line each', () => {
    const path = '/v1/connectionSummaries';

    it('say where they lead and what the caller may do', async () => {
      const { body } = await get(path, connection.owner).expect(200);
      expect((body as SummaryPage).value).toEqual([
        {
          id: connection.id,
          displayName: 'Sales',
          kind: 'postgresql',
          path: 'db.site.example:5432;sales',
          gatewayId: gateway.id,
          gatewayName: gateway.name,
          credentialType: 'Basic',
          status: 'untested',
          lastTest: null,
          lastUsedAt: null,
          canManage: true,
        },
      ]);
      const user = await given.userOf(connection);
      expect((await get(path, user)).body).toMatchObject({ value: [{ id: connection.id, canManage: false }] });
      expect((await get(path, chief)).body).toMatchObject({ value: [{ id: connection.id, canManage: false }] });
      expect(await names(path, nobody)).toEqual([]);
      expect(await names(path, stranger)).toEqual([]);
      expect(await names(path, stranger, { gatewayId: gateway.id })).toEqual([]);
    });

    it('say what the last test said and when they were used, and are narrowed by it', async () => {
      const { tenantId } = chief;
      const results = app.app.get(ConnectionTestResultsService, { strict: false });
      await results.note({ tenantId, connectionId: connection.id }, 'SOURCE_DENIED');
      const insert = `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", "connectionId", operation,
         "startedAt", "finishedAt", status, attempts, "requestBytes", "replyBytes", timings, client)
       VALUES ($1, 't', $2, $3, $4, $5, $6, $6, 'succeeded', 1, 1, 1, '{}', '{}')`;
      const used = new Date(Date.now() - 60_000);
      for (const [operation, at] of [['listItems', used] as const, ['test', new Date()] as const]) {
        await app.database.query(insert, [randomUUID(), tenantId, chief.id, connection.id, operation, at]);
      }
      const { body } = await get(path, chief, { status: 'failing' }).expect(200);
      expect(body).toMatchObject({
        value: [{ lastTest: { ok: false, code: 'SOURCE_DENIED' }, lastUsedAt: used.toISOString() }],
      });
      expect((await get('/v1/overview', chief)).body).toMatchObject({ connections: { total: 1, failing: 1 } });
      await results.note({ tenantId, connectionId: connection.id }, null);
      expect(await names(path, chief, { status: 'failing' })).toEqual([]);
      expect((await get(path, chief, { status: 'working', search: 'sal', kind: 'postgresql' })).body).toMatchObject({
        value: [{ lastTest: { ok: true } }],
      });
      // Another tenant's word about it is not taken.
      await results.note({ tenantId: randomUUID(), connectionId: connection.id }, 'SOURCE_DENIED');
      expect(await names(path, chief, { status: 'failing' })).toEqual([]);
    });

    it.each([{ kind: 'fax' }, { gatewayId: 'x' }, { status: 'bad' }])('refuse %o', async (query) => {
      await get(path, chief, query as Record<string, string>).expect(400);
    });
  });

  it('counts what the caller may see, and says what needs attention', async () => {
    await app.database.query(
      `INSERT INTO alert (id, "tenantId", kind, state, "gatewayId", details, "openKey")
       VALUES ($1, $2, 'gateway-single-administrator', 'Open', $3, '{"name":"Alpha"}', 'single'),
              ($4, $2, 'gateway-offline', 'Acknowledged', $5, '{"name":"Beta"}', 'offline'),
              ($6, $2, 'member-offline', 'Resolved', $5, '{"name":"Beta"}', NULL)`,
      [randomUUID(), chief.tenantId, gateway.id, randomUUID(), down.id, randomUUID()],
    );
    const results = app.app.get(ConnectionTestResultsService, { strict: false });
    await results.note({ tenantId: chief.tenantId, connectionId: connection.id }, 'SOURCE_UNREACHABLE');
    const { body } = await get('/v1/overview', chief).expect(200);
    expect(body).toMatchObject({
      gateways: { online: 1, degraded: 0, offline: 1 },
      members: { online: 1, offline: 1, drained: 0, disabled: 0 },
      connections: { total: 1, failing: 1 },
      attention: [
        { kind: 'gateway-offline', severity: 'critical', name: 'Beta', gatewayId: down.id },
        { kind: 'gateway-single-administrator', name: 'Alpha', gatewayId: gateway.id },
        { kind: 'connection-failing', name: 'Sales', connectionId: connection.id },
      ],
    });
    expect((await get('/v1/overview', gateway.admin)).body).toMatchObject({
      gateways: { online: 1, degraded: 0, offline: 0 },
      attention: [{ kind: 'gateway-single-administrator' }, { kind: 'connection-failing' }],
    });
    for (const caller of [nobody, stranger]) {
      expect((await get('/v1/overview', caller)).body).toMatchObject({
        gateways: { online: 0, degraded: 0, offline: 0 },
        connections: { total: 0, failing: 0 },
        attention: [],
      });
    }
    // Newer warnings, more than are shown, hide nothing critical.
    await app.database.query(
      `INSERT INTO alert (id, "tenantId", kind, state, "gatewayId", details, "openKey")
       SELECT gen_random_uuid(), $1, 'member-flapping', 'Open', $2, '{"name":"Alpha"}', 'flapping ' || at
       FROM generate_series(1, 150) at`,
      [chief.tenantId, gateway.id],
    );
    const crowded = (await get('/v1/overview', chief).expect(200)).body as { attention: { kind: string }[] };
    expect(crowded.attention).toHaveLength(100);
    expect(crowded.attention[0]).toMatchObject({ kind: 'gateway-offline', gatewayId: down.id });
    // One of two members gone: the gateway works, but not whole.
    await app.database.query(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities, conditions, "keyIds")
       SELECT $2, "tenantId", "gatewayId", 'second', "identityKey", "receivingKey", $3, version, capabilities, '{}', '{}'
       FROM member WHERE id = $1`,
      [gateway.memberId, randomUUID(), Buffer.from(randomUUID())],
    );
    expect((await get('/v1/overview', gateway.admin)).body).toMatchObject({ gateways: { degraded: 1 } });
  });
});
