import { randomUUID } from 'node:crypto';
import { compactVerify, decodeJwt, importJWK } from 'jose';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { DIRECTIVE_TYP, directiveSchema, type Directive } from '../../src/contract/directive.js';
import { heartbeatResponseSchema, type HeartbeatRequest } from '../../src/contract/membership.js';
import { replicaCertificateSchema } from '../../src/contract/signed-objects.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { MemberAlertsService } from '../../src/modules/alerts/member-alerts.service.js';
import { AlertsModule } from '../../src/modules/alerts/alerts.module.js';
import { RefusalRecorder } from '../../src/modules/audit/refusal-recorder.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { DirectivesService } from '../../src/modules/gateways/directives.service.js';
import { EpochsService } from '../../src/modules/gateways/epochs.service.js';
import { LinksService } from '../../src/modules/gateways/links.service.js';
import { MemberOrdersService } from '../../src/modules/gateways/member-orders.service.js';
import { NewMemberService } from '../../src/modules/gateways/new-member.service.js';
import { PastEpochsService } from '../../src/modules/gateways/past-epochs.service.js';
import { RefusedRepliesService } from '../../src/modules/gateways/refused-replies.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat, TestMember } from '../support/test-member.js';
import { until } from '../support/until.js';

describe('a cluster', () => {
  const { provisioner, broker, module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, FabricApiModule, AlertsModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    provisioner.isDown = false;
    provisioner.isRemovalDown = false;
  });

  const service = <T>(type: new (...args: never[]) => T): T => app.app.get(type, { strict: false });
  const send = (method: 'get' | 'post' | 'patch' | 'delete', path: string, authorization: string) =>
    request(app.url)[method](path).set('authorization', authorization);
  const manage = (gateway: GivenGateway, method: 'get' | 'post' | 'patch' | 'delete', path = '') =>
    send(method, `/v1/gateways/${gateway.id}${path}`, gateway.admin.authorization);
  const tokenOf = async ({ member, memberId }: GivenGateway): Promise<string> => {
    const { body } = await request(app.url)
      .post('/agent/v1/tokens')
      .send(await member.tokenRequest(memberId))
      .expect(200);
    return `Bearer ${body.access_token as string}`;
  };
  const beat = async (token: string, changes: Partial<HeartbeatRequest> = {}) => {
    const { body } = await send('post', '/agent/v1/heartbeats', token).send(heartbeat(changes)).expect(200);
    return heartbeatResponseSchema.parse(body);
  };
  const shown = async (gateway: GivenGateway, memberId = gateway.memberId) => {
    const { body } = await manage(gateway, 'get', '/members').expect(200);
    return (body.value as { id: string; state: string }[]).find(({ id }) => id === memberId);
  };
  const actions = async (gateway: GivenGateway) => {
    const rows = await app.database.query('SELECT action FROM audit_entry WHERE "gatewayId" = $1 ORDER BY seq', [
      gateway.id,
    ]);
    return rows.map(({ action }) => String(action));
  };
  const linkAt = (gateway: GivenGateway, epoch: number) =>
    service(LinksService).link({ id: gateway.id, tenantId: gateway.admin.tenantId, epoch, namespace: 'ns-europe' });
  const placesOf = ({ id }: GivenGateway) => [...provisioner.places].filter((place) => place.includes(id)).sort();

  /** Another machine in the gateway, by the services that admit one. */
  async function joined(gateway: GivenGateway, member = new TestMember(app.config.publicUrl)): Promise<GivenGateway> {
    const memberId = randomUUID();
    const ids = { tenantId: gateway.admin.tenantId, gatewayId: gateway.id, memberId };
    await service(PrismaService).$transaction(async (tx) => {
      await service(NewMemberService).create(tx, { ...ids, member: member.registration(gateway).member });
      await service(EpochsService).admit(tx, ids);
    });
    return { ...gateway, memberId, member };
  }

  async function opened({ directive }: Awaited<ReturnType<typeof beat>>): Promise<Directive | undefined> {
    if (!directive) return undefined;
    const { body: discovery } = await request(app.url).get('/agent/v1/discovery');
    const root = await compactVerify(directive.certificate, await importJWK(discovery.root.jwk, 'ES256'));
    const { cnf } = replicaCertificateSchema.parse(JSON.parse(Buffer.from(root.payload).toString()));
    const { protectedHeader } = await compactVerify(directive.jws, await importJWK(cnf.jwk, 'EdDSA'));
    expect(protectedHeader.typ).toBe(DIRECTIVE_TYP);
    return directiveSchema.parse(decodeJwt(directive.jws));
  }

  describe('losing a member', () => {
    it('begins a new epoch when the first one is removed: its keys, places and tokens are worth nothing', async () => {
      const first = await given.gateway();
      const second = await joined(first);
      const [gone, stays] = [await tokenOf(first), await tokenOf(second)];
      const before = await linkAt(first, 1);
      await send('get', '/agent/v1/session', stays).expect(200);
      await given.connection({ gateway: first });

      await manage(first, 'delete', `/members/${first.memberId}`).expect(200);

      expect(placesOf(first)).toEqual([`ns-europe/${first.id}/2/${second.memberId}`]);
      expect((await beat(stays)).epoch).toBe(2);
      const after = await linkAt(first, 2);
      expect([...after.replyKeys.keys()]).toEqual([second.memberId]);
      expect(Buffer.from(after.requestKey)).not.toEqual(Buffer.from(before.requestKey));
      expect(after.replyKeys.get(second.memberId)).not.toEqual(before.replyKeys.get(second.memberId));
      await expect(linkAt(first, 1)).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
      const { body: session } = await send('get', '/agent/v1/session', stays).expect(200);
      expect(decodeJwt(session.announcement as string)).toMatchObject({ epoch: 2, memberId: second.memberId });

      await send('post', '/agent/v1/heartbeats', gone).send(heartbeat()).expect(401);
      await send('get', '/agent/v1/session', gone).expect(401);
      // The machine's operator reads why in its log.
      const { body: refusal } = await request(app.url)
        .post('/agent/v1/tokens')
        .send(await first.member.tokenRequest(first.memberId))
        .expect(401);
      expect(refusal.code).toBe('MEMBER_REMOVED');
      expect(await actions(first)).toContain('member.removed');
      const former = await app.database.query('SELECT reason FROM former_member WHERE id = $1', [first.memberId]);
      expect(former).toEqual([{ reason: 'removed' }]);
    });

    it('changes nothing while the relay is away', async () => {
      const first = await given.gateway();
      await joined(first);
      provisioner.isDown = true;
      const { body } = await manage(first, 'delete', `/members/${first.memberId}`).expect(503);
      provisioner.isDown = false;
      expect(body.errorCode).toBe('BROKER_UNAVAILABLE');
      expect((await linkAt(first, 1)).replyKeys.size).toBe(2);
      await expect(linkAt(first, 2)).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
      expect(await shown(first)).toMatchObject({ enabled: true });
      expect(await actions(first)).not.toContain('member.removed');
    });

    it('removes later what the relay did not let go of at once', async () => {
      const first = await given.gateway();
      const second = await joined(first);
      provisioner.isRemovalDown = true;
      await manage(first, 'delete', `/members/${second.memberId}`).expect(200);
      provisioner.isRemovalDown = false;
      expect(app.logs.some((line) => line.includes('epoch.leftover') && line.includes(first.id))).toBe(true);
      expect(placesOf(first)).toHaveLength(2);
      await service(PastEpochsService).sweep();
      expect(placesOf(first)).toEqual([`ns-europe/${first.id}/2/${first.memberId}`]);
      const keys = await app.database.query('SELECT DISTINCT epoch FROM session_key WHERE "gatewayId" = $1', [
        first.id,
      ]);
      expect(keys).toEqual([{ epoch: 2 }]);
    });

    it('keeps the last one while connections lead through it, and lets it go when none do', async () => {
      const gateway = await given.gateway();
      const { id } = await given.connection({ gateway });
      const { body } = await manage(gateway, 'delete', `/members/${gateway.memberId}`).expect(409);
      expect(body.errorCode).toBe('CONNECTIONS_EXIST');
      await send('delete', `/v1/connections/${id}`, gateway.admin.authorization).expect(200);
      await manage(gateway, 'delete', `/members/${gateway.memberId}`).expect(200);
      expect(await shown(gateway)).toBeUndefined();
    });

    it('begins a new epoch too when one leaves by itself and others stay', async () => {
      const first = await given.gateway();
      const second = await joined(first);
      await send('delete', '/agent/v1/membership', await tokenOf(second)).expect(204);
      expect(placesOf(first)).toEqual([`ns-europe/${first.id}/2/${first.memberId}`]);
      expect(await actions(first)).toContain('member.unregistered');
    });

    it('counts what a former member still sends, and puts it on record once a minute', async () => {
      const first = await given.gateway();
      const second = await joined(first);
      await manage(first, 'delete', `/members/${second.memberId}`).expect(200);
      const gatewayId = first.id;
      for (let index = 0; index < 3; index += 1) {
        broker.refuse({ gatewayId, memberId: second.memberId, epoch: 1, reason: 'epoch' });
        broker.refuse({ gatewayId, memberId: first.memberId, epoch: 1, reason: 'duplicate' });
      }
      await service(RefusedRepliesService).flush();
      // Whoever answers to another gateway's requests, and whoever names everybody, changes nothing of this count.
      const other = randomUUID();
      for (let index = 0; index < 2_000; index += 1) {
        broker.refuse({ gatewayId: other, memberId: randomUUID(), epoch: 1, reason: 'stranger' });
        broker.refuse({ gatewayId: other, memberId: second.memberId, epoch: 1, reason: 'forged' });
      }
      await service(RefusedRepliesService).flush();
      broker.refuse({ gatewayId, memberId: second.memberId, epoch: 1, reason: 'unknown-request' });
      await service(RefusedRepliesService).flush();
      // More names than a gateway ever has at once are a flood: they are not kept.
      for (let index = 0; index < 100; index += 1)
        broker.refuse({ gatewayId, memberId: randomUUID(), epoch: 1, reason: 'stranger' });
      broker.refuse({ gatewayId, memberId: second.memberId, epoch: 1, reason: 'stranger' });
      await service(RefusedRepliesService).flush();
      const [row] = await app.database.query('SELECT "refusedReplies" FROM former_member WHERE id = $1', [
        second.memberId,
      ]);
      expect(row).toEqual({ refusedReplies: 4 });
      await service(RefusalRecorder).flush();
      const refused = await app.database.query(
        `SELECT "actorId"::text, "subjectId" FROM pending_refusal WHERE action = 'reply.refused' AND "gatewayId" = $1`,
        [first.id],
      );
      expect(new Set(refused.map(({ actorId }) => String(actorId)))).toEqual(new Set([second.memberId]));
      expect(refused.length).toBeLessThanOrEqual(2);
    });
  });

  describe('getting members', () => {
    it('takes ten and no eleventh, and no machine twice', async () => {
      const gateway = await given.gateway();
      const twin = await joined(gateway);
      await expect(joined(gateway, twin.member)).rejects.toMatchObject({ code: 'MEMBER_ALREADY_ON_MACHINE' });
      for (let members = 2; members < 10; members += 1) await joined(gateway);
      await expect(joined(gateway)).rejects.toMatchObject({ code: 'MEMBERS_FULL', details: { limit: 10 } });
    });

    it('takes its answers also to what was sent before it came', async () => {
      const first = await given.gateway();
      const underWay = await linkAt(first, 1);
      const second = await joined(first);
      await until('the key is known', () => underWay.replyKeys.has(second.memberId));
      expect(underWay.replyKeys.get(second.memberId)).toEqual((await linkAt(first, 1)).replyKeys.get(second.memberId));
    });
  });

  describe('being administered', () => {
    it('renames and disables a member, which hears of it with its next heartbeat', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      expect(await beat(token)).toMatchObject({ enabled: true, receiveReads: true });
      const path = `/members/${gateway.memberId}`;
      const change = { displayName: 'Cellar', enabled: false };
      const { body } = await manage(gateway, 'patch', path).send(change).expect(200);
      expect(body).toMatchObject({ ...change, state: 'disabled', load: { cpuPercent: 5 }, inFlight: 0 });
      expect(await beat(token)).toMatchObject({ enabled: false, receiveReads: false });
      await manage(gateway, 'patch', path).send({ enabled: true }).expect(200);
      expect(await shown(gateway)).toMatchObject({ state: 'online', displayName: 'Cellar' });
      expect((await actions(gateway)).filter((action) => action === 'member.updated')).toHaveLength(2);
    });

    it('is refused to whoever does not administer the gateway, and for members it does not have', async () => {
      const gateway = await given.gateway();
      const other = await given.gateway({ admin: gateway.admin });
      const maker = await given.caller({ tenantId: gateway.admin.tenantId });
      const own = `/v1/gateways/${gateway.id}/members/${gateway.memberId}`;
      const foreign = `/v1/gateways/${gateway.id}/members/${other.memberId}`;
      for (const [method, suffix, body] of [
        ['patch', '', { enabled: false }],
        ['delete', '', undefined],
        ['post', '/drain', { deadlineSeconds: 5 }],
        ['post', '/resume', undefined],
      ] as const) {
        await send(method, own + suffix, maker.authorization)
          .send(body)
          .expect(403);
        await send(method, foreign + suffix, gateway.admin.authorization)
          .send(body)
          .expect(404);
      }
      expect(await shown(gateway)).toMatchObject({ enabled: true, drainDeadline: null });
    });

    it('drains a member by a signed directive until it is resumed', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      expect((await beat(token)).directive).toBeUndefined();
      const path = `/members/${gateway.memberId}`;
      await manage(gateway, 'post', `${path}/drain`).send({ deadlineSeconds: 0 }).expect(400);
      await manage(gateway, 'post', `${path}/drain`).send({ deadlineSeconds: 3601 }).expect(400);
      const { body } = await manage(gateway, 'post', `${path}/drain`).send({ deadlineSeconds: 60 }).expect(200);
      expect(body.state).toBe('draining');

      const answer = await beat(token, { inFlight: 2 });
      expect(answer.receiveReads).toBe(false);
      const directive = await opened(answer);
      expect(directive).toMatchObject({ memberId: gateway.memberId, gatewayId: gateway.id, revision: 2 });
      expect(directive?.drain?.deadline).toBe(body.drainDeadline);
      expect((await beat(token)).directive).toEqual(answer.directive);
      expect(await shown(gateway)).toMatchObject({ state: 'draining' });

      await manage(gateway, 'post', `${path}/resume`).expect(200);
      expect(await beat(token)).toMatchObject({ receiveReads: true });
      expect((await beat(token)).directive).toBeUndefined();
      expect(await shown(gateway)).toMatchObject({ state: 'online', drainDeadline: null });
      expect(await actions(gateway)).toEqual(expect.arrayContaining(['member.drained', 'member.resumed']));
    });

    it('tells the thresholds of the gateway', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      await manage(gateway, 'patch').send({ cpuThreshold: 101 }).expect(400);
      const change = { cpuThreshold: 80, memoryThreshold: 90 };
      expect((await manage(gateway, 'patch').send(change).expect(200)).body).toMatchObject(change);
      const thresholds = { cpuPercent: 80, memoryPercent: 90 };
      expect(await opened(await beat(token))).toMatchObject({ revision: 2, thresholds });
      await manage(gateway, 'patch').send({ cpuThreshold: 0, memoryThreshold: 0 }).expect(200);
      expect((await beat(token)).directive).toBeUndefined();
    });

    it('carries what others want of a member, once its revision rose', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      const wanted: { update?: Directive['update'] } = {};
      service(DirectivesService).contribute('update', async ({ id }) =>
        id === gateway.memberId ? wanted.update : undefined,
      );
      expect((await beat(token)).directive).toBeUndefined();
      wanted.update = { version: '3000.400.1' };
      expect((await beat(token)).directive).toBeUndefined();
      await service(PrismaService).$transaction((tx) =>
        service(MemberOrdersService).bump(tx, gateway.admin.tenantId, gateway.memberId),
      );
      expect(await opened(await beat(token))).toMatchObject({ revision: 2, update: wanted.update });
    });
  });

  describe('asked to move by a member whose connection fell silent', () => {
    const move = (token: string, epoch: unknown = 1) => send('post', '/agent/v1/session/moves', token).send({ epoch });
    const moves = (gateway: GivenGateway) =>
      app.database.query(`SELECT "actorId", "actorType", "subjectId", result, details FROM audit_entry WHERE "gatewayId" = $1 AND action = 'gateway.moved'`, [gateway.id]); // prettier-ignore

    it('begins a new epoch with places of its own, once, and writes down who asked', async () => {
      const first = await given.gateway();
      const second = await joined(first);
      const [token, other] = [await tokenOf(first), await tokenOf(second)];
      await move(token).expect(204);
      expect(placesOf(first)).toEqual(
        [first, second].map(({ memberId }) => `ns-europe/${first.id}/2/${memberId}`).sort(),
      );
      expect((await beat(other)).epoch).toBe(2);
      await expect(linkAt(first, 1)).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
      // Both fell silent together, and the second one asks again: it is done already.
      await move(other).expect(204);
      await move(other).expect(204);
      expect((await beat(token)).epoch).toBe(2);
      expect(await moves(first)).toEqual([
        {
          actorId: first.memberId,
          actorType: 'Member',
          subjectId: first.id,
          result: 'succeeded',
          details: { reason: 'connection silent', memberId: first.memberId },
        },
      ]);
    });

    it('has nothing to do in an epoch that is over or never was, and is as ready for the next one', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      await service(EpochsService).change(gateway.admin.tenantId, gateway.id, () => Promise.resolve([]));
      for (const epoch of [1, 3, 2_147_483_648]) await move(token, epoch).expect(204);
      expect((await beat(token)).epoch).toBe(2);
      expect(await moves(gateway)).toEqual([]);
      await move(token, 2).expect(204);
      expect((await beat(token)).epoch).toBe(3);
      for (const epoch of [0, '2', null, 1.5]) await move(token, epoch).expect(400);
    });

    it('refuses the second move within ten seconds, of this gateway alone', async () => {
      const [gateway, other] = [await given.gateway(), await given.gateway()];
      const [token, foreign] = [await tokenOf(gateway), await tokenOf(other)];
      await move(token).expect(204);
      const refused = await move(token, 2).expect(429);
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(5);
      expect(refused.body).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
      await move(foreign).expect(204);
      expect((await beat(token)).epoch).toBe(2);
      const now = Date.now();
      const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + 8_000);
      try {
        // What is left of it, as the member asks again then.
        const soon = await move(token, 2).expect(429);
        expect(Number(soon.headers['retry-after'])).toBeLessThanOrEqual(2);
        clock.mockImplementation(() => now + 10_001);
        await move(token, 2).expect(204);
      } finally {
        clock.mockRestore();
      }
      expect((await beat(token)).epoch).toBe(3);
      expect(await moves(gateway)).toHaveLength(2);
    });

    it('moves the gateway of whoever asks, whatever else they name, and nobody else may ask', async () => {
      const [gateway, other] = [await given.gateway(), await given.gateway()];
      const second = await joined(gateway);
      const [old, foreign] = [await tokenOf(gateway), await tokenOf(other)];
      const names = { epoch: 1, gatewayId: gateway.id, memberId: gateway.memberId, tenantId: gateway.admin.tenantId };
      await send('post', `/agent/v1/session/moves?gatewayId=${gateway.id}`, foreign).send(names).expect(204);
      expect((await beat(foreign)).epoch).toBe(2);
      const newer = await tokenOf(gateway);
      expect((await move(old).expect(409)).body).toMatchObject({ code: 'INSTANCE_SUPERSEDED' });
      const gone = await tokenOf(second);
      await app.database.query('DELETE FROM member WHERE id = $1', [second.memberId]);
      for (const token of [gateway.admin.authorization, other.admin.authorization, gone, 'Bearer x', '']) await move(token).expect(401); // prettier-ignore
      expect((await beat(newer)).epoch).toBe(1);
      expect(await moves(gateway)).toEqual([]);
    });

    it('stays where it is while the relay makes no places', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      provisioner.isDown = true;
      expect((await move(token).expect(503)).body).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
      provisioner.isDown = false;
      expect((await beat(token)).epoch).toBe(1);
      expect(await moves(gateway)).toEqual([]);
    });
  });

  describe('being watched', () => {
    it('takes a member out that says what is wrong with it, or shows it', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      const { capabilities } = heartbeat();
      const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
      for (const [changes, condition] of [
        [{ conditions: ['disk-full'] }, 'disk-full'],
        [{ sentAt: minutesAgo(6) }, 'clock-off'],
        [{ sentAt: minutesAgo(-6) }, 'clock-off'],
        [{ capabilities: { ...capabilities, contractVersions: [99] } }, 'version-unsupported'],
        [{ conditions: ['out-of-ink'] }, 'out-of-ink'],
      ] satisfies [Partial<HeartbeatRequest>, string][]) {
        const answer = await beat(token, changes);
        expect([condition, answer.receiveReads]).toEqual([condition, false]);
        expect(await shown(gateway)).toMatchObject({ state: 'attention', conditions: [condition] });
        expect(await beat(token, { sentAt: minutesAgo(4) })).toMatchObject({ receiveReads: true });
        expect(await shown(gateway)).toMatchObject({ state: 'online', conditions: [] });
      }
    });

    it('shows how often its own policy refused something, and nothing else of the policy', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      const refusals = async () => ((await shown(gateway)) as { refusals?: unknown } | undefined)?.refusals;
      expect(await refusals()).toEqual({});
      await beat(token, { refusals: { ports: 2, hosts: Number.MAX_SAFE_INTEGER } });
      expect(await refusals()).toEqual({ hosts: Number.MAX_SAFE_INTEGER, ports: 2 });

      await beat(token, { refusals: { ports: 3, 'db.corp:5432': 9, '/srv/pay': 1, 'two words': 1, hours: 0 } });
      expect(await refusals()).toEqual({ ports: 3 });
      expect(await app.database.query('SELECT refusals FROM member WHERE id = $1', [gateway.memberId])).toEqual([{ refusals: { ports: 3 } }]); // prettier-ignore

      const many = Object.fromEntries(Array.from({ length: 33 }, (_, index) => [`kind${index}`, 1]));
      for (const wrong of [many, { ['a'.repeat(33)]: 1 }, { ports: -1 }, { ports: 1.5 }, { ports: 2 ** 53 }]) {
        await send('post', '/agent/v1/heartbeats', token)
          .send(heartbeat({ refusals: wrong }))
          .expect(400);
      }
      expect(await refusals()).toEqual({ ports: 3 });
      // Started anew, or of an age that does not tell.
      await beat(token);
      expect(await refusals()).toEqual({});
    });

    it('gives no work to a member that comes and goes, until it stayed for a minute', async () => {
      const gateway = await given.gateway();
      const token = await tokenOf(gateway);
      const returnAfter = async (secondsSilent: number, secondsSince: number) => {
        await app.database.query(
          `UPDATE member SET "lastHeartbeatAt" = now() - $2 * interval '1 second',
           "flapsSince" = "flapsSince" - $3 * interval '1 second' WHERE id = $1`,
          [gateway.memberId, secondsSilent, secondsSince],
        );
        return (await beat(token)).receiveReads;
      };
      await beat(token);
      expect(await returnAfter(46, 60)).toBe(true);
      expect(await returnAfter(46, 60)).toBe(true);
      expect(await returnAfter(46, 60)).toBe(false);
      expect(await shown(gateway)).toMatchObject({ state: 'attention', conditions: ['flapping'] });
      expect(await returnAfter(15, 55)).toBe(false);
      expect(await returnAfter(15, 6)).toBe(true);
      // A gap much later is the first of its kind.
      expect(await returnAfter(46, 400)).toBe(true);
      const flaps = () => app.database.query('SELECT flaps FROM member WHERE id = $1', [gateway.memberId]);
      expect(await flaps()).toEqual([{ flaps: 1 }]);
      // An update that took long is no coming and going.
      await given.beat(gateway.memberId, 60);
      expect(await beat(token, { version: '3000.999.1' })).toMatchObject({ receiveReads: true });
      expect(await flaps()).toEqual([{ flaps: 1 }]);
      await given.beat(gateway.memberId, 60);
      await beat(token, { version: '3000.999.1' });
      expect(await flaps()).toEqual([{ flaps: 2 }]);
    });

    it('opens alerts about members that are away or come and go, and resolves them', async () => {
      const gateway = await given.gateway();
      const second = await joined(gateway);
      await given.beat(second.memberId, 46);
      const alerts = service(MemberAlertsService);
      const standing = async () => {
        await alerts.sweep();
        const rows = await app.database.query<{ kind: string; details: { members: { id: string }[] } }>(
          `SELECT kind, details FROM alert WHERE "gatewayId" = $1 AND "openKey" IS NOT NULL ORDER BY kind`,
          [gateway.id],
        );
        return rows
          .filter(({ kind }) => /offline|flapping/.test(kind))
          .map(({ kind, details }) => [kind, details.members.map(({ id }) => id)]);
      };
      expect(await standing()).toEqual([['member-offline', [second.memberId]]]);
      await given.beat(gateway.memberId, 46);
      expect(await standing()).toEqual([['gateway-offline', [gateway.memberId, second.memberId]]]);
      await given.beat(gateway.memberId);
      await given.beat(second.memberId);
      await app.database.query('UPDATE member SET flaps = 3, "flapsSince" = now() WHERE id = $1', [second.memberId]);
      expect(await standing()).toEqual([['member-flapping', [second.memberId]]]);
      await app.database.query('UPDATE member SET flaps = 0 WHERE id = $1', [second.memberId]);
      expect(await standing()).toEqual([]);
      await given.beat(gateway.memberId, 46);
      await app.database.query('UPDATE member SET enabled = false WHERE id = $1', [gateway.memberId]);
      expect(await standing()).toEqual([]);
    });
  });
});
