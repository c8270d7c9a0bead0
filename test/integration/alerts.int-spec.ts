import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertDelivery } from '../../src/modules/alerts/alert-delivery.js';
import { AlertReconcilerService } from '../../src/modules/alerts/alert-reconciler.service.js';
import { AlertTimings } from '../../src/modules/alerts/alert-timings.js';
import type { AlertView } from '../../src/modules/alerts/alerts.types.js';
import { EmployeeEventsService } from '../../src/modules/alerts/employee-events.service.js';
import { RoleWatchService } from '../../src/modules/alerts/role-watch.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

/** A pager that remembers, and may be out of order. */
class RecordingDelivery extends AlertDelivery {
  readonly delivered: AlertView[] = [];
  isDown = false;

  override async deliver(_tenantId: string, alert: AlertView): Promise<void> {
    if (this.isDown) throw new Error('the pager is out of order');
    this.delivered.push(alert);
  }
}

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly gatewayId?: string;
  readonly connectionId?: string;
  readonly details: { readonly name: string; readonly principals?: readonly object[] };
}

describe('alerts', () => {
  const { module } = recordingRelay();
  const delivery = new RecordingDelivery();
  let app: TestApp;
  let replica: TestApp;
  let given: Given;

  beforeAll(async () => {
    const options: Parameters<typeof startTestApp>[0] = {
      imports: [ManagementApiModule, FabricApiModule],
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(module)
          .overrideProvider(AlertDelivery)
          .useValue(delivery)
          .overrideProvider(AlertTimings)
          .useValue({ sweepMs: 3_600_000, settleMs: 10 } satisfies AlertTimings),
    };
    app = await startTestApp(options);
    replica = await startTestApp({ ...options, database: app.database, vault: app.vault });
    given = new Given(app);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  const sweep = () => app.app.get(EmployeeEventsService, { strict: false }).sweep();
  const call = (method: 'get' | 'post' | 'delete', path: string, caller: GivenCaller) =>
    request(app.url)[method](path).set('authorization', caller.authorization);
  const list = async (caller: GivenCaller, query = ''): Promise<Shown[]> =>
    (await call('get', `/v1/alerts${query}`, caller).expect(200)).body.value as Shown[];
  const kinds = async (caller: GivenCaller, query = '?state=Open') =>
    (await list(caller, query)).map(({ kind }) => kind).sort();
  const administratorOf = ({ tenantId }: { tenantId: string }) =>
    given.caller({ tenantId, isTenantAdministrator: true });
  const nameAdministrator = (gatewayId: string, by: GivenCaller, principal: { id: string; type: string }) =>
    call('post', `/v1/gateways/${gatewayId}/roleAssignments`, by)
      .send({ principal: { id: principal.id, type: principal.type }, role: 'Admin' })
      .expect(201);
  const records = (tenantId: string) =>
    app.database.query<{ action: string; kind: string }>(
      `SELECT action, details->>'kind' AS kind FROM audit_entry
       WHERE "tenantId" = $1 AND action LIKE 'alert.%' ORDER BY seq`,
      [tenantId],
    );
  const setState = ({ tenantId, id }: GivenCaller, state: 'Disabled' | 'Gone') =>
    app.graph.states.set(`${tenantId}/${id}`, state);

  it('tell of a gateway and a connection that hang on one person, once, and end when there is a second', async () => {
    const gateway = await given.gateway();
    const { admin } = gateway;
    const connection = await given.connection({ gateway });
    await sweep();
    await sweep();
    expect(await list(admin)).toMatchObject([
      { connectionId: connection.id, severity: 'warning', state: 'Open' },
      { gatewayId: gateway.id, severity: 'warning', state: 'Open', details: { name: gateway.name } },
    ]);
    expect(delivery.delivered.filter(({ gatewayId }) => gatewayId === gateway.id)).toHaveLength(1);

    const second = await given.caller({ tenantId: admin.tenantId });
    await nameAdministrator(gateway.id, admin, second);
    await call('post', `/v1/connections/${connection.id}/roleAssignments`, admin)
      .send({ principal: { id: second.id, type: 'User' }, role: 'Owner' })
      .expect(201);
    await until('both ended without a sweep', async () => (await kinds(admin)).length === 0, 5_000);
    expect((await records(admin.tenantId)).map(({ action }) => action)).toEqual([
      'alert.opened',
      'alert.opened',
      'alert.resolved',
      'alert.resolved',
    ]);
  });

  it('tell when the last administrator leaves; an administrator of the tenant names a new one, and it is over', async () => {
    const gateway = await given.gateway();
    const boss = await administratorOf(gateway.admin);
    setState(gateway.admin, 'Gone');
    await sweep();
    const open = await list(boss, '?state=Open');
    expect(open.map(({ kind }) => kind).sort()).toEqual([
      'gateway-administrator-disabled',
      'gateway-without-administrator',
    ]);
    const { id, displayName } = gateway.admin;
    const named = open.find(({ kind }) => kind === 'gateway-administrator-disabled');
    expect(named?.details.principals).toEqual([{ id, displayName, state: 'Gone' }]);

    const successor = await given.caller({ tenantId: boss.tenantId });
    await nameAdministrator(gateway.id, boss, successor);
    const over = async () => (await kinds(boss, '?state=Resolved')).includes('gateway-without-administrator');
    await until('the orphan has a keeper', over, 5_000);
    expect(await kinds(boss)).toEqual(['gateway-administrator-disabled', 'gateway-single-administrator']);
  });

  it('count the people of a group, and leave alone what they cannot judge while the directory is away', async () => {
    const gateway = await given.gateway();
    const { admin } = gateway;
    const group = { id: randomUUID(), type: 'Group' };
    const people = await Promise.all([1, 2].map(() => given.caller({ tenantId: admin.tenantId })));
    const entry = { id: group.id, displayName: 'Operators', upn: undefined, appId: undefined };
    app.graph.entries.set(`${admin.tenantId}/${group.id}`, entry);
    app.graph.groups.set(
      `${admin.tenantId}/${group.id}`,
      people.map(({ id }) => id),
    );
    await sweep();
    expect(await kinds(admin)).toEqual(['gateway-single-administrator']);
    app.graph.isDown = true;
    setState(admin, 'Disabled');
    try {
      await sweep();
      expect(await kinds(admin)).toEqual(['gateway-single-administrator']);
      await app.database.query(
        `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
         VALUES ($1, $2, $3, 'Group', 'Admin')`,
        [gateway.id, group.id, admin.tenantId],
      );
      await app.app.get(RoleWatchService, { strict: false }).look(admin.tenantId, 'gateway', [gateway.id]);
      expect(await kinds(admin)).toEqual(['gateway-single-administrator']);
    } finally {
      app.graph.isDown = false;
      app.graph.states.delete(`${admin.tenantId}/${admin.id}`);
    }
    await sweep();
    expect(await kinds(admin)).toEqual([]);
  });

  it('are seen by whom they concern: tenant, gateway and connection administrators; to others they do not exist', async () => {
    const gateway = await given.gateway();
    const { admin } = gateway;
    const maker = await given.caller({ tenantId: admin.tenantId });
    await app.database.query(
      `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
       VALUES ($1, $2, $3, 'User', 'ConnectionCreator')`,
      [gateway.id, maker.id, maker.tenantId],
    );
    const connection = await given.connection({ gateway, owner: maker });
    await sweep();
    const boss = await administratorOf(admin);
    const colleague = await given.caller({ tenantId: admin.tenantId });
    const stranger = await given.caller({ isTenantAdministrator: true });

    expect(await kinds(boss)).toEqual(['connection-single-owner', 'gateway-single-administrator']);
    expect(await kinds(admin)).toEqual(['gateway-single-administrator']);
    expect(await kinds(maker)).toEqual(['connection-single-owner']);
    expect(await kinds(boss, `?connectionId=${connection.id}`)).toEqual(['connection-single-owner']);
    expect(await kinds(boss, `?gatewayId=${gateway.id}&kind=gateway-single-administrator`)).toHaveLength(1);
    await call('get', '/v1/alerts?kind=fire', boss).expect(400);
    const [alert] = await list(admin);
    for (const other of [maker, colleague, stranger]) {
      const answers = [
        await call('get', `/v1/alerts/${alert?.id}`, other),
        await call('post', `/v1/alerts/${alert?.id}/acknowledgement`, other),
      ];
      expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    }
    expect([...(await list(colleague)), ...(await list(stranger))]).toEqual([]);
    expect((await call('get', `/v1/alerts/${alert?.id}`, admin).expect(200)).body).toEqual(alert);
  });

  it('are acknowledged once, by name, stay until the matter is over, and are not opened anew meanwhile', async () => {
    const { admin } = await given.gateway();
    await sweep();
    const [alert] = await list(admin);
    const path = `/v1/alerts/${alert?.id}/acknowledgement`;
    const { body } = await call('post', path, admin).expect(200);
    expect(body).toMatchObject({ state: 'Acknowledged', acknowledgedBy: admin.id });
    expect((await call('post', path, await administratorOf(admin)).expect(200)).body).toEqual(body);
    await sweep();
    expect(await list(admin)).toMatchObject([{ id: alert?.id, state: 'Acknowledged' }]);
    expect((await records(admin.tenantId)).map(({ action }) => action)).toEqual(['alert.opened', 'alert.acknowledged']);
  });

  it('that could not be delivered are delivered with the next sweep', async () => {
    delivery.isDown = true;
    const gateway = await given.gateway();
    await sweep();
    delivery.isDown = false;
    const told = () => delivery.delivered.filter(({ gatewayId }) => gatewayId === gateway.id);
    expect(told()).toEqual([]);
    await sweep();
    await sweep();
    expect(told()).toMatchObject([{ kind: 'gateway-single-administrator', details: { name: gateway.name } }]);
  });

  it('are opened once by two replicas that see the same at the same time', async () => {
    const gateway = await given.gateway();
    const { tenantId } = gateway.admin;
    const kind = 'gateway-single-administrator' as const;
    const subject = { gatewayId: gateway.id };
    const scope = { kinds: [kind], subjects: [subject] };
    const wanted = [{ kind, subject, details: { name: gateway.name } }];
    const reconcilers = [app, replica, app, replica].map(({ app: one }) =>
      one.get(AlertReconcilerService, { strict: false }),
    );
    await Promise.all(reconcilers.map((reconciler) => reconciler.reconcile(tenantId, scope, wanted)));
    expect(await records(tenantId)).toEqual([{ action: 'alert.opened', kind }]);
    await Promise.all(reconcilers.map((reconciler) => reconciler.reconcile(tenantId, scope, [])));
    expect((await records(tenantId)).map(({ action }) => action)).toEqual(['alert.opened', 'alert.resolved']);
    expect(delivery.delivered.filter(({ gatewayId }) => gatewayId === gateway.id)).toHaveLength(1);
  });

  it('about what was deleted are over', async () => {
    const connection = await given.connection();
    const { owner } = connection;
    await sweep();
    const boss = await administratorOf(owner);
    expect(await kinds(boss)).toContain('connection-single-owner');
    await call('delete', `/v1/connections/${connection.id}`, owner).expect(200);
    const over = async () => (await kinds(boss, '?state=Resolved')).includes('connection-single-owner');
    await until('the alert of the deleted connection is over', over, 5_000);

    await app.database.query('DELETE FROM gateway WHERE id = $1', [connection.gateway.id]);
    await sweep();
    expect(await kinds(boss)).toEqual([]);
  });

  it('that are over can be read for three months', async () => {
    const { tenantId } = await given.caller();
    const over = async (days: number): Promise<void> => {
      await app.database.query(
        `INSERT INTO alert (id, "tenantId", kind, state, "gatewayId", details, "resolvedAt")
         VALUES (gen_random_uuid(), $1, 'gateway-single-administrator', 'Resolved', gen_random_uuid(), '{"name":"x"}',
           now() - make_interval(days => $2))`,
        [tenantId, days],
      );
    };
    await over(89);
    await over(91);
    await app.app.get(EmployeeEventsService, { strict: false }).sweep();
    const left = await app.database.query('SELECT "resolvedAt" FROM alert WHERE "tenantId" = $1', [tenantId]);
    expect(left).toHaveLength(1);
  });

  it('cost no question to the directory when a gateway or its roles change', async () => {
    const gateway = await given.gateway();
    const { admin } = gateway;
    await sweep();
    const asked = [app.graph.askedStates.length, app.graph.askedGroups];
    await nameAdministrator(gateway.id, admin, await given.caller({ tenantId: admin.tenantId }));
    await until('the change was looked at', async () => (await kinds(admin)).length === 0, 5_000);
    expect([app.graph.askedStates.length, app.graph.askedGroups]).toEqual(asked);
  });

  it('are listed newest first in pages that miss and repeat nothing', async () => {
    const boss = await given.caller({ isTenantAdministrator: true });
    await app.database.query(
      `INSERT INTO alert (id, "tenantId", kind, "gatewayId", details, "openedAt")
       SELECT gen_random_uuid(), $1, 'gateway-single-administrator', gen_random_uuid(), '{"name": "x"}',
              '2026-01-01'::timestamptz + (n / 2) * interval '1 s' FROM generate_series(1, 205) n`,
      [boss.tenantId],
    );
    const expected = await app.database.query<{ id: string }>(
      'SELECT id::text FROM alert WHERE "tenantId" = $1 ORDER BY "openedAt" DESC, id DESC',
      [boss.tenantId],
    );
    const seen: string[] = [];
    let next: string | undefined = '/v1/alerts?state=Open';
    while (next !== undefined) {
      const { body } = await call('get', next, boss).expect(200);
      seen.push(...(body.value as Shown[]).map(({ id }) => id));
      const uri = body.continuationUri as string | undefined;
      next = uri === undefined ? undefined : uri.slice(app.config.publicUrl.length);
      if (next !== undefined) expect(next).toContain('state=Open');
    }
    expect(seen).toEqual(expected.map(({ id }) => id));
    await call('get', '/v1/alerts?continuationToken=bm8', boss).expect(400);
  });
});
