import { request as httpRequest, type IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Changes } from '../../src/common/prisma/changes.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { RequestNewsService } from '../../src/modules/flow-requests/request-news.service.js';
import { LiveFeedService } from '../../src/modules/live/live-feed.service.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenConnection, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

interface Heard {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** As `topic id`. */
  readonly events: string[];
  text: string;
  isOver: boolean;
  close(): void;
}

describe('live updates', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let connection: GivenConnection;
  let nobody: GivenCaller;
  let chief: GivenCaller;
  let stranger: GivenCaller;
  const open: Heard[] = [];

  beforeAll(async () => {
    app = await startTestApp({
      imports: [ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    given = new Given(app);
    gateway = await given.gateway();
    connection = await given.connection({ gateway });
    const { tenantId } = gateway.admin;
    nobody = await given.caller({ tenantId });
    chief = await given.caller({ tenantId, isTenantAdministrator: true });
    stranger = await given.caller({ isTenantAdministrator: true });
  });
  afterEach(async () => {
    for (const one of open.splice(0)) one.close();
    const feed = app.app.get(LiveFeedService, { strict: false });
    await until('streams to be gone', () => (feed as unknown as { streams: Map<unknown, unknown> }).streams.size === 0);
  });
  afterAll(() => app.stop());

  async function listen({ authorization }: Pick<GivenCaller, 'authorization'>): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${app.url}/v1/live`, { headers: { authorization }, agent: false }, (answer) => {
        const heard: Heard = {
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          events: [],
          text: '',
          isOver: false,
          close: () => sent.destroy(),
        };
        open.push(heard);
        answer.on('data', (piece: Buffer) => {
          heard.text += piece.toString();
          heard.events.splice(
            0,
            Infinity,
            ...[...heard.text.matchAll(/event: (\w+)\ndata: (\S+)\n\n/g)].map(([, topic, id]) => `${topic} ${id}`),
          );
        });
        answer.on('close', () => (heard.isOver = true));
        answer.on('error', () => undefined);
        answer.once('data', () => resolve(heard));
        answer.once('end', () => resolve(heard));
      });
      sent.on('error', reject);
      sent.end();
    });
  }

  const publish = async (topic: Parameters<Changes['publish']>[1], id: string, tenantId?: string) =>
    app.app.get(Changes).publish(app.app.get(PrismaService), topic, id, tenantId);
  /** Everything that was told before this is there when this is. */
  const settled = async (...heard: Heard[]) => {
    await publish('release', '9.9.9');
    await until('the last event', () => heard.every(({ events }) => events.includes('releases *')));
  };

  it('are a stream of events that nobody keeps or collects', async () => {
    const heard = await listen(nobody);
    expect(heard.status).toBe(200);
    expect(heard.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(heard.text).toBe(': beginning\n\n');
    expect((await listen({ authorization: 'Bearer none' })).status).toBe(401);
  });

  it('name what changed to those who may see it, and to the rest of the tenant only that something did', async () => {
    const heard = {
      admin: await listen(gateway.admin),
      chief: await listen(chief),
      nobody: await listen(nobody),
      stranger: await listen(stranger),
    };
    await publish('gateway', gateway.id);
    await publish('connection', connection.id);
    await settled(...Object.values(heard));
    const named = [`connections ${connection.id}`, `gateways ${gateway.id}`, 'releases *'];
    expect(heard.admin.events.sort()).toEqual(named);
    expect(heard.chief.events.sort()).toEqual(named);
    expect(heard.nobody.events.sort()).toEqual(['connections *', 'gateways *', 'releases *']);
    expect(heard.stranger.events).toEqual(['releases *']);
  });

  it('tell of many changes within a moment once', async () => {
    const heard = await listen(chief);
    const second = await given.gateway({ admin: await given.caller({ tenantId: chief.tenantId }) });
    for (let time = 0; time < 20; time += 1) await publish('gateway', time % 2 ? gateway.id : second.id);
    await settled(heard);
    const gateways = heard.events.filter((event) => event.startsWith('gateways'));
    expect(gateways.length).toBeLessThanOrEqual(4);
    expect(gateways).toContain('gateways *');
  });

  it('tell each tenant of its own requests, alerts, policy and of what is no longer there', async () => {
    const [own, other] = [await listen(nobody), await listen(stranger)];
    app.app.get(RequestNewsService, { strict: false }).written([chief.tenantId, chief.tenantId]);
    await publish('alert', '*', chief.tenantId);
    await publish('policy', chief.tenantId);
    await publish('gateway', randomUUID(), chief.tenantId);
    await publish('rotation', '*', chief.tenantId);
    await publish('test', connection.id, chief.tenantId);
    await until('requests', () => own.events.includes('requests *'));
    await settled(own, other);
    expect([...new Set(own.events)].sort()).toEqual([
      ...['alerts *', 'connections *', 'gateways *', 'policy *', 'releases *', 'requests *', 'rotations *'],
    ]);
    expect([...new Set(other.events)]).toEqual(['releases *']);
  });

  it('tell of what people do, on whichever replica, to their tenant and to no other', async () => {
    const [own, other] = [await listen(nobody), await listen(stranger)];
    const made = await fetch(`${app.url}/v1/environments`, {
      method: 'POST',
      headers: { authorization: chief.authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ displayName: 'Production', region: 'europe' }),
    });
    const { id } = (await made.json()) as { id: string };
    await until('the environment', () => own.events.length === 1);
    // Another replica says it over its own link to the database.
    await app.database.query(`SELECT pg_notify('tidegate_changes', $1)`, [`environment ${id}`]);
    await until('the environment again', () => own.events.length === 2);
    expect(own.events).toEqual([`environments ${id}`, `environments ${id}`]);
    await settled(own, other);
    expect(other.events).toEqual(['releases *']);
  });

  it('tell everybody to look again when it cannot be found out what changed', async () => {
    const [own, other] = [await listen(nobody), await listen(stranger)];
    await publish('gateway', 'no-id');
    await settled(own, other);
    expect(own.events).toContain('gateways *');
    expect(other.events).toContain('gateways *');
  });

  it('take no place for whoever asks for the head alone', async () => {
    const { authorization } = nobody;
    for (let time = 0; time < 12; time += 1) {
      const answer = await fetch(`${app.url}/v1/live`, { method: 'HEAD', headers: { authorization } });
      expect(answer.status).toBe(200);
    }
    expect((await listen(nobody)).status).toBe(200);
  });

  it('end before the token does', async () => {
    const principal = { id: nobody.id, tenantId: nobody.tenantId, type: 'User' as const, name: nobody.displayName };
    const exp = Math.floor(Date.now() / 1000) + 20;
    const token = await app.directory.token(principal, { claims: { exp } });
    const heard = await listen({ authorization: `Bearer ${token}` });
    await until('the end', () => heard.isOver, 15_000);
    expect(Date.now()).toBeLessThan(exp * 1000);
  });

  it('are for so many windows of one person', async () => {
    for (let at = 0; at < 10; at += 1) expect((await listen(nobody)).status).toBe(200);
    const refused = await listen(nobody);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await listen(chief)).status).toBe(200);
  });
});
