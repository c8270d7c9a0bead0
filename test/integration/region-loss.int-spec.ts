import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceBusClient } from '@azure/service-bus';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RelayAccess, SessionResponse } from '../../src/contract/membership.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { LinksService } from '../../src/modules/gateways/links.service.js';
import { NamespaceTimings } from '../../src/modules/gateways/namespace-timings.js';
import { RelayBroker } from '../../src/relay-broker/relay-broker.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenGateway } from '../support/given.js';
import { bytesOf, dispatchOf } from '../support/relay.js';
import { RelayMember } from '../support/relay-member.js';
import { heartbeat } from '../support/test-member.js';
import { TwoNamespaces } from '../support/two-namespaces.js';
import { until } from '../support/until.js';

const TIMINGS: NamespaceTimings = { lookMs: 200, lostMs: 1_500, wellMs: 1_500 };

/** A member that asks for its session when its heartbeat tells it of another epoch, as the agent does. */
class MovingMember {
  private token = '';
  private epoch = 0;
  private client: ServiceBusClient | undefined;
  host = '';
  inFlight = 0;

  constructor(
    private readonly app: TestApp,
    private readonly gateway: GivenGateway,
  ) {}

  async beat(): Promise<void> {
    const { member, memberId } = this.gateway;
    if (this.token === '') {
      const answer = await request(this.app.url)
        .post('/agent/v1/tokens')
        .send(await member.tokenRequest(memberId));
      this.token = `Bearer ${(answer.body as { access_token: string }).access_token}`;
    }
    const epoch = this.epoch === 0 ? {} : { epoch: this.epoch };
    const { body } = await request(this.app.url)
      .post('/agent/v1/heartbeats')
      .set('authorization', this.token)
      .send({ ...heartbeat({ inFlight: this.inFlight }), epoch: undefined, ...epoch })
      .expect(200);
    const wanted = (body as { epoch: number }).epoch;
    if (wanted !== this.epoch) await this.move(wanted);
  }

  private async move(epoch: number): Promise<void> {
    const { body } = await request(this.app.url).get('/agent/v1/session').set('authorization', this.token).expect(200);
    const { relay, queues } = body as SessionResponse;
    const link = await linkOf(this.app, this.gateway);
    if (relay.mode !== 'tokens') throw new Error('tokens expected');
    await this.client?.close();
    this.client = clientOf(relay);
    this.host = relay.host;
    new RelayMember({
      client: this.client,
      gatewayId: this.gateway.id,
      memberId: this.gateway.memberId,
      epoch,
      requestKey: link.requestKey,
      replyKey: link.replyKeys.get(this.gateway.memberId) ?? Buffer.alloc(0),
      queues,
    }).listen();
    this.epoch = epoch;
  }

  async stop(): Promise<void> {
    await this.client?.close();
  }
}

function clientOf(relay: Extract<RelayAccess, { mode: 'tokens' }>): ServiceBusClient {
  const tokens = [relay.listenWork, relay.listenMember, relay.sendReplies];
  const credential = {
    isSasTokenProvider: true,
    getToken: async (audience: string) => {
      const path = `${audience.replace(/^sb:\/\/[^/]+\//, '')}/`;
      const token = tokens.find((one) => path.startsWith(one.audience));
      if (!token) throw new Error(`no token for ${audience}`);
      return { token: token.token, expiresOnTimestamp: Date.parse(token.expiresAt) };
    },
  };
  const retryOptions = { maxRetries: 1, retryDelayInMs: 100, timeoutInMs: 3_000 };
  return new ServiceBusClient(relay.host, credential, { retryOptions });
}

async function placeOf(
  app: TestApp,
  gatewayId: string,
): Promise<{ namespace: string; epoch: number; tenantId: string }> {
  const [row] = await app.database.query<{ namespace: string; epoch: number; tenantId: string }>(
    'SELECT namespace, epoch, "tenantId" FROM gateway WHERE id = $1',
    [gatewayId],
  );
  if (!row) throw new Error('no such gateway');
  return row;
}

async function linkOf(app: TestApp, { id }: { id: string }) {
  return app.app.get(LinksService, { strict: false }).link({ id, ...(await placeOf(app, id)) });
}

describe('a region with two namespaces', () => {
  const relay = new TwoNamespaces();
  let folder: string;
  let app: TestApp;
  let broker: RelayBroker;
  const members: MovingMember[] = [];
  const gateways: GivenGateway[] = [];

  beforeAll(async () => {
    await relay.start();
    folder = await mkdtemp(join(tmpdir(), 'tidegate-region-'));
    await writeFile(join(folder, 'relay.json'), JSON.stringify(relay.config()));
    app = await startTestApp({
      imports: [AgentApiModule],
      environment: { TIDEGATE_RELAY_FILE: join(folder, 'relay.json') },
      override: (builder) => builder.overrideProvider(NamespaceTimings).useValue(TIMINGS),
    });
    broker = app.app.get(RelayBroker, { strict: false });
  });
  afterAll(async () => {
    await Promise.all(members.map((member) => member.stop()));
    await app.stop();
    await relay.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** One read through whatever namespace the gateway is in now. */
  const ask = async (gateway: GivenGateway): Promise<boolean> => {
    const signal = AbortSignal.timeout(3_000);
    try {
      const reply = await broker.dispatch(dispatchOf(await linkOf(app, gateway), { signal }));
      return (await bytesOf(reply.body)).toString() === '[]';
    } catch {
      return false;
    }
  };
  const served = (gateway: GivenGateway, member: MovingMember) =>
    until('an answer', async () => {
      await member.beat();
      return ask(gateway);
    });
  const isIn = async (gateway: GivenGateway, namespace: string) =>
    (await placeOf(app, gateway.id)).namespace === namespace;

  it('goes on in the second when the first is lost, and back when that is well and the gateway is calm', async () => {
    const gateway = await new Given(app).gateway({ isOnline: false });
    const member = new MovingMember(app, gateway);
    members.push(member);
    gateways.push(gateway);
    await served(gateway, member);
    expect(await placeOf(app, gateway.id)).toMatchObject({ namespace: 'weu-1', epoch: 1 });
    const firstHost = member.host;

    const lostAt = Date.now();
    await relay.close('weu-1');
    await until('the move', () => isIn(gateway, 'weu-2'));
    await served(gateway, member);
    const tookMs = Date.now() - lostAt;
    expect(tookMs).toBeLessThan(TIMINGS.lostMs + 12_000);
    expect(member.host).not.toBe(firstHost);
    expect(await placeOf(app, gateway.id)).toMatchObject({ namespace: 'weu-2', epoch: 2 });

    member.inFlight = 1;
    await member.beat();
    await relay.open('weu-1');
    await until('the first to be well', () => broker.isReady('weu-1'));
    const wellAt = Date.now();
    await until('time to move back', () => Date.now() - wellAt > TIMINGS.wellMs + 3 * TIMINGS.lookMs);
    expect(await isIn(gateway, 'weu-2')).toBe(true);
    expect(await ask(gateway)).toBe(true);

    member.inFlight = 0;
    await member.beat();
    await until('the move back', () => isIn(gateway, 'weu-1'));
    await served(gateway, member);
    expect(member.host).toBe(firstHost);
    const trail = await app.database.query<{ details: { from: string; to: string } }>(
      `SELECT details FROM audit_entry WHERE "gatewayId" = $1 AND action = 'gateway.moved' ORDER BY id`,
      [gateway.id],
    );
    expect(trail.map(({ details: { from, to } }) => `${from} → ${to}`)).toEqual(['weu-1 → weu-2', 'weu-2 → weu-1']);
    await until('the places left behind to be removed', () => relay.queuesOf('weu-2', gateway.id).length === 0);
    expect(relay.queuesOf('weu-1', gateway.id)).toHaveLength(2);
  }, 60_000);

  it('stays where it is while no namespace can be reached: that is the replica’s own network', async () => {
    const [gateway] = gateways;
    if (!gateway) throw new Error('the first test made no gateway');
    const before = await placeOf(app, gateway.id);
    await relay.close('weu-2');
    await relay.close('weu-1');
    await until(
      'both to be lost',
      () => broker.lostSince('weu-1') !== undefined && broker.lostSince('weu-2') !== undefined,
    );
    const since = Date.now();
    await until('time to move', () => Date.now() - since > TIMINGS.lostMs + 5 * TIMINGS.lookMs);
    expect(await placeOf(app, gateway.id)).toEqual(before);
  }, 30_000);
});
