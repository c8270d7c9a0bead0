import { randomBytes, randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';

interface Row {
  readonly requestId: string;
  readonly callerId: string;
  readonly status: string;
  readonly hops: readonly { readonly hop: string; readonly ms: number }[];
}

describe('the list of requests', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let maker: GivenCaller;
  let other: GivenCaller;
  const connectionId = randomUUID();

  beforeAll(async () => {
    const { module } = recordingRelay();
    app = await startTestApp({
      imports: [FabricApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    maker = await given.caller({ tenantId: gateway.admin.tenantId });
    other = await given.caller({ tenantId: gateway.admin.tenantId });
    await past({ callerId: maker.id, minutesAgo: 1, code: 'GATEWAY_OFFLINE' });
    await past({ callerId: maker.id, minutesAgo: 2, connectionId });
    await past({ callerId: other.id, minutesAgo: 3, gatewayId: gateway.id });
    await past({ callerId: other.id, minutesAgo: 4 });
    await past({ callerId: other.id, minutesAgo: 1, tenantId: randomUUID(), gatewayId: gateway.id });
  });
  afterAll(() => app.stop());

  const past = async (wish: {
    callerId: string;
    minutesAgo: number;
    tenantId?: string;
    gatewayId?: string;
    connectionId?: string;
    code?: string;
  }): Promise<void> => {
    const at = new Date(Date.now() - wish.minutesAgo * 60_000);
    await app.database.query(
      `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", "gatewayId", "connectionId", operation,
         "startedAt", "finishedAt", status, code, attempts, "requestBytes", "replyBytes", timings, client)
       VALUES ($1, $2, $3, $4, $5, $6, 'listItems', $7, $7, $8, $9, 1, 10, 20, $10, '{"flowId":"f"}')`,
      [
        randomUUID(),
        randomBytes(16).toString('hex'),
        wish.tenantId ?? gateway.admin.tenantId,
        wish.callerId,
        wish.gatewayId ?? null,
        wish.connectionId ?? null,
        at,
        wish.code === undefined ? 'succeeded' : 'failed',
        wish.code ?? null,
        { rulesMs: 0.1, admissionMs: 0.5, totalMs: 4, 'member.totalMs': 3, 'member.sourceMs': 2 },
      ],
    );
  };
  const list = async (caller: GivenCaller, query: Record<string, string> = {}): Promise<Row[]> => {
    const answer = await request(app.url)
      .get('/v1/requests')
      .query(query)
      .set('authorization', caller.authorization)
      .expect(200);
    return (answer.body as { value: Row[] }).value;
  };

  it('shows people their own, the newest first, with the time at every hop', async () => {
    const rows = await list(maker);
    expect(rows.map(({ status }) => status)).toEqual(['failed', 'succeeded']);
    expect(rows[1]).toMatchObject({
      callerId: maker.id,
      connectionId,
      client: { flowId: 'f' },
      requestBytes: 10,
      replyBytes: 20,
      hops: [
        { hop: 'control-plane', ms: 0.5 },
        { hop: 'broker', ms: 0.5 },
        { hop: 'member', ms: 1 },
        { hop: 'source', ms: 2 },
      ],
    });
  });

  it('shows administrators those of their gateways, and administrators of the tenant all of the tenant', async () => {
    expect((await list(gateway.admin)).map(({ callerId }) => callerId)).toEqual([other.id]);
    const chief = await given.caller({ tenantId: maker.tenantId, isTenantAdministrator: true });
    expect(await list(chief)).toHaveLength(4);
    expect(await list(await given.caller({ isTenantAdministrator: true }))).toEqual([]);
  });

  it('narrows', async () => {
    expect(await list(maker, { status: 'failed' })).toHaveLength(1);
    expect(await list(maker, { code: 'GATEWAY_OFFLINE' })).toHaveLength(1);
    expect(await list(maker, { connectionId })).toHaveLength(1);
    expect(await list(maker, { callerId: other.id })).toEqual([]);
    const from = new Date(Date.now() - 90_000).toISOString();
    expect((await list(maker, { from })).map(({ status }) => status)).toEqual(['failed']);
    expect((await list(maker, { to: from })).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('goes on where the page ended, keeping the filter, without gaps or repeats', async () => {
    const busy = await given.caller({ tenantId: maker.tenantId });
    // Some begin in the same millisecond: the id settles the order.
    await app.database.query(
      `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", operation, "startedAt", "finishedAt",
         status, attempts, "requestBytes", "replyBytes", timings, client)
       SELECT gen_random_uuid(), md5(n::text), $1, $2, 'listItems', date_trunc('second', now()) - make_interval(secs => n / 7),
         now(), 'succeeded', 1, 0, 0, '{}', '{}' FROM generate_series(1, 205) n`,
      [busy.tenantId, busy.id],
    );
    const seen: string[] = [];
    let next: string | undefined = '/v1/requests?status=succeeded';
    for (let pages = 0; next !== undefined && pages < 5; pages += 1) {
      const answer: { body: { value: Row[]; continuationUri?: string } } = await request(app.url)
        .get(next)
        .set('authorization', busy.authorization)
        .expect(200);
      seen.push(...answer.body.value.map(({ requestId }) => requestId));
      next = answer.body.continuationUri?.replace(app.config.publicUrl, '');
    }
    expect(seen).toHaveLength(205);
    expect(new Set(seen).size).toBe(205);
  });

  it.each([['status=unknown'], ['gatewayId=x'], ['from=yesterday'], ['continuationToken=bm9uc2Vuc2U']])(
    'refuses ?%s',
    async (query) => {
      await request(app.url).get(`/v1/requests?${query}`).set('authorization', maker.authorization).expect(400);
    },
  );
});
