import { randomUUID } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { compactVerify, decodeJwt, importJWK } from 'jose';
import pg from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heartbeatResponseSchema, sessionResponseSchema } from '../../src/contract/membership.js';
import {
  sessionKeyInfo,
  sessionAnnouncementSchema,
  replicaCertificateSchema,
} from '../../src/contract/signed-objects.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { HeartbeatsService } from '../../src/modules/gateways/heartbeats.service.js';
import { LinksService } from '../../src/modules/gateways/links.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat, TestMember } from '../support/test-member.js';
import { until } from '../support/until.js';

describe('a registered member', () => {
  const { provisioner, module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, ConnectionsModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
  });
  afterAll(() => app.stop());

  const post = (path: string, body: object, token?: string) =>
    request(app.url)
      .post(`/agent/v1/${path}`)
      .set(token === undefined ? {} : { authorization: `Bearer ${token}` })
      .send(body);
  const tokenOf = async ({ member, memberId }: GivenGateway, instance?: number) => {
    const wanted = await member.tokenRequest(memberId);
    const { body } = await post('tokens', instance === undefined ? wanted : { ...wanted, instance }).expect(200);
    return body as { access_token: string; instance: number; expires_in: number };
  };

  describe('asking for a token', () => {
    it('gets one for ten minutes against an assertion by its own key', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const token = await tokenOf(gateway);
      expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 600, instance: 1 });
      const stored = await app.database.query<{ hash: Buffer }>('SELECT hash FROM member_token WHERE "memberId" = $1', [
        gateway.memberId,
      ]);
      expect(stored).toHaveLength(1);
      expect(stored[0]?.hash.toString('utf8')).not.toContain(token.access_token);
    });

    it.each([
      ['another key', async () => ({ key: new TestMember('x').identity.privateKey })],
      ['another audience', async () => ({ claims: { aud: 'https://elsewhere.example' } })],
      ['another type', async () => ({ header: { typ: 'JWT' } })],
      ['an age of two minutes', async () => ({ claims: { iat: now() - 120, exp: now() - 60 } })],
      ['a life of an hour', async () => ({ claims: { exp: now() + 3600 } })],
      ['a date in the future', async () => ({ claims: { iat: now() + 3000, exp: now() + 3060 } })],
      ['another issuer than subject', async () => ({ claims: { iss: randomUUID() } })],
      ['no jti', async () => ({ claims: { jti: undefined } })],
    ])('is refused with %s', async (_name, changes) => {
      const { member, memberId } = await given.gateway({ isOnline: false });
      const { body } = await post('tokens', await member.tokenRequest(memberId, await changes())).expect(401);
      expect(body.code).toBe('TOKEN_INVALID');
    });

    it('cannot use an assertion twice, nor speak for another member', async () => {
      const { member, memberId } = await given.gateway({ isOnline: false });
      const other = await given.gateway({ isOnline: false });
      const once = await member.tokenRequest(memberId);
      const answers = await Promise.all([post('tokens', once), post('tokens', once)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const again = await member.tokenRequest(memberId);
      const renewals = await Promise.all([1, 2].map(() => post('tokens', { ...again, instance: 1 })));
      expect(renewals.map(({ status }) => status).sort()).toEqual([200, 401]);
      await post('tokens', await member.tokenRequest(other.memberId)).expect(401);
      await post('tokens', await member.tokenRequest(randomUUID())).expect(401);
    });

    it('gets a new number with every start; only the newest start is heard', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const first = await tokenOf(gateway);
      await post('heartbeats', heartbeat(), first.access_token).expect(200);

      const second = await tokenOf(gateway);
      expect(second.instance).toBe(first.instance + 1);
      const fenced = await post('heartbeats', heartbeat(), first.access_token).expect(409);
      expect(fenced.body.code).toBe('INSTANCE_SUPERSEDED');
      expect(app.logs.some((line) => line.includes('member.superseded'))).toBe(true);
      const wanted = await gateway.member.tokenRequest(gateway.memberId);
      await post('tokens', { ...wanted, instance: first.instance }).expect(409);
      expect((await tokenOf(gateway, second.instance)).instance).toBe(second.instance);
      const ahead = await gateway.member.tokenRequest(gateway.memberId);
      await post('tokens', { ...ahead, instance: 99 }).expect(401);
    });

    it('gets no number for a start that it has given up: the next attempt may be served already', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const holder = await held(gateway);
      const call = new AbortController();
      const givenUp = fetch(`${app.url}/agent/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(await gateway.member.tokenRequest(gateway.memberId)),
        signal: call.signal,
      });
      await until('the start waits for the row', async () => (await waiters()) > 0);
      call.abort();
      await expect(givenUp).rejects.toThrow();
      await holder.release();
      await until('the start ended', async () => (await waiters()) === 0);
      expect((await tokenOf(gateway)).instance).toBe(1);
    });

    it('is told to come back later when more ask than are served at a time', async () => {
      const { member, memberId } = await given.gateway({ isOnline: false });
      const wanted = await member.tokenRequest(memberId, { key: new TestMember('x').identity.privateKey });
      const holder = await holding('LOCK TABLE member IN ACCESS EXCLUSIVE MODE');
      const answers = Array.from({ length: 70 }, async () => {
        const { status, headers } = await post('tokens', wanted);
        return { status, retryAfter: headers['retry-after'] };
      });
      const first = await Promise.race(answers);
      await holder.release();
      expect(first).toEqual({ status: 429, retryAfter: '15' });
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([401, 429]));
      expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(64);
      await post('tokens', await member.tokenRequest(memberId)).expect(200);
    });

    it('is refused after its ten minutes', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const { access_token } = await tokenOf(gateway);
      await app.database.query('UPDATE member_token SET "expiresAt" = now() WHERE "memberId" = $1', [gateway.memberId]);
      await post('heartbeats', heartbeat(), access_token).expect(401);
    });

    it('clears away what is past its time, so that the tables do not grow', async () => {
      const gateway = await given.gateway({ isOnline: false });
      await tokenOf(gateway);
      await app.database.query(`UPDATE used_assertion SET "expiresAt" = now() - interval '1 hour'`);
      await app.database.query(`UPDATE member_token SET "expiresAt" = now() - interval '1 hour'`);
      await tokenOf(gateway);
      await tokenOf(gateway);
      expect(await app.database.query('SELECT 1 FROM used_assertion')).toHaveLength(2);
      expect(await app.database.query('SELECT 1 FROM member_token')).toHaveLength(2);
    });
  });

  describe('sending heartbeats', () => {
    it('is told the state it should be in, and is seen', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const { access_token } = await tokenOf(gateway);
      const { body } = await post('heartbeats', heartbeat({ inFlight: 3 }), access_token).expect(200);
      expect(heartbeatResponseSchema.parse(body)).toMatchObject({ epoch: 1, enabled: true, receiveReads: true });
      const [row] = await app.database.query(
        'SELECT "connectedEpoch", "inFlight", receiving FROM member WHERE id = $1',
        [gateway.memberId],
      );
      expect(row).toEqual({ connectedEpoch: 1, inFlight: 3, receiving: true });
    });

    it('receives no reads while it drains, nor as the second of a gateway that fails over', async () => {
      const gateway = await given.gateway();
      const second = await joinAs(gateway);
      const { access_token } = await tokenOf(second);
      const beat = async (changes = {}) =>
        (await post('heartbeats', heartbeat(changes), access_token).expect(200)).body as object;

      expect(await beat()).toMatchObject({ receiveReads: false });
      await given.beat(gateway.memberId, 46);
      expect(await beat()).toMatchObject({ receiveReads: true });
      expect(await beat({ draining: true })).toMatchObject({ receiveReads: false });
      await given.beat(gateway.memberId);
      await app.database.query(`UPDATE gateway SET "loadBalancing" = 'DistributeEvenly' WHERE id = $1`, [gateway.id]);
      expect(await beat()).toMatchObject({ receiveReads: true });
    });

    it('cannot fill the database with capabilities nobody has', async () => {
      const { access_token } = await tokenOf(await given.gateway({ isOnline: false }));
      const features = Array.from({ length: 100 }, (_, index) => String(index).padEnd(64, 'x'));
      const operations = Object.fromEntries(features.map((name) => [name, features]));
      const capabilities = { contractVersions: [1], operations, features };
      const { body } = await post('heartbeats', heartbeat({ capabilities }), access_token).expect(413);
      expect(body.code).toBe('PAYLOAD_TOO_LARGE');
    });

    it('is answered for itself when many come at once, whatever the others send', async () => {
      const gateways = await Promise.all(Array.from({ length: 8 }, () => given.gateway({ isOnline: false })));
      const tokens = await Promise.all(gateways.map(async (gateway) => (await tokenOf(gateway)).access_token));
      const newer = await tokenOf(nth(gateways, 1));
      await app.database.query('DELETE FROM member WHERE id = $1', [nth(gateways, 2).memberId]);
      await app.database.query('UPDATE gateway SET epoch = 5 WHERE id = $1', [nth(gateways, 3).id]);
      const beats = tokens.map((_token, index) => heartbeat({ inFlight: index }));
      beats[4] = heartbeat({ version: 'a\u0000b' });
      beats[5] = heartbeat({ inFlight: Number.MAX_SAFE_INTEGER, keyIds: ['k'], conditions: ['disk-full', 'b\\u0000'] });
      const answers = await Promise.all(tokens.map((token, index) => post('heartbeats', nth(beats, index), token)));
      expect(answers.map(({ status }) => status)).toEqual([200, 409, 401, 200, 400, 200, 200, 200]);
      expect(answers[3]?.body).toMatchObject({ epoch: 5, receiveReads: true });
      expect(answers[5]?.body).toMatchObject({ epoch: 1, receiveReads: false });
      const rows = await app.database.query(
        `SELECT "inFlight" FROM member WHERE id = ANY ($1::uuid[]) ORDER BY array_position($1::uuid[], id)`,
        [gateways.map(({ memberId }) => memberId)],
      );
      expect(rows.map(({ inFlight }) => Number(inFlight))).toEqual([0, 0, 3, 0, 2_147_483_647, 6, 7]);
      await post('heartbeats', heartbeat(), newer.access_token).expect(200);
    });

    it('writes nothing for a start that a newer one replaced after its token was looked at', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const { instance } = await tokenOf(gateway);
      const record = (member: { instance: number; tenantId?: string }) =>
        app.app.get(HeartbeatsService, { strict: false }).record({
          member: { id: gateway.memberId, gatewayId: gateway.id, tenantId: gateway.admin.tenantId, ...member },
          request: heartbeat(),
          conditions: [],
          now: new Date(),
        });
      expect(await record({ instance: instance - 1 })).toBeNull();
      expect(await record({ instance, tenantId: randomUUID() })).toBeNull();
      const seen = () =>
        app.database.query('SELECT "lastHeartbeatAt" AS at FROM member WHERE id = $1', [gateway.memberId]);
      expect(await seen()).toEqual([{ at: null }]);
      expect(await record({ instance })).toMatchObject({ id: gateway.id, members: [{ id: gateway.memberId }] });
      expect(await seen()).not.toEqual([{ at: null }]);
    });

    it('does not wait for the row of another member, and is not lost when its own is taken', async () => {
      const [busy, free] = [await given.gateway({ isOnline: false }), await given.gateway({ isOnline: false })];
      const [busyToken, freeToken] = [await tokenOf(busy), await tokenOf(free)];
      const holder = await held(busy);
      let isAnswered = false;
      const waiting = post('heartbeats', heartbeat({ inFlight: 9 }), busyToken.access_token).then((answer) => {
        isAnswered = true;
        return answer;
      });
      await post('heartbeats', heartbeat(), freeToken.access_token).expect(200);
      await post('heartbeats', heartbeat(), freeToken.access_token).expect(200);
      expect(isAnswered).toBe(false);
      await holder.release();
      expect((await waiting).status).toBe(200);
      const rows = await app.database.query('SELECT "inFlight" FROM member WHERE id = $1', [busy.memberId]);
      expect(rows).toEqual([{ inFlight: 9 }]);
    });

    it('shows the second of a gateway what the first one said in the same moment', async () => {
      const first = await given.gateway({ isOnline: false });
      const second = await joinAs(first);
      const heartbeats = app.app.get(HeartbeatsService, { strict: false });
      const results = await Promise.all(
        [first, second].map(async (gateway) => {
          const { instance } = await tokenOf(gateway);
          const member = { id: gateway.memberId, gatewayId: gateway.id, tenantId: gateway.admin.tenantId, instance };
          return { member, request: heartbeat(), conditions: [], now: new Date() };
        }),
      ).then((beats) => Promise.all(beats.map((beat) => heartbeats.record(beat))));
      const heard = results.map((gateway) => gateway?.members.find(({ id }) => id === first.memberId)?.lastHeartbeatAt);
      expect(heard).toEqual([null, expect.any(Date)]);
    });

    it('needs a token, and not that of a person', async () => {
      const { admin } = await given.gateway({ isOnline: false });
      await post('heartbeats', heartbeat()).expect(401);
      const asPerson = await request(app.url)
        .post('/agent/v1/heartbeats')
        .set('authorization', admin.authorization)
        .send(heartbeat());
      expect(asPerson.status).toBe(401);
    });
  });

  describe('asking for its session', () => {
    it('gets the session keys, sealed to it alone and announced by a certified replica', async () => {
      const gateway = await given.gateway({ isOnline: false });
      const { access_token } = await tokenOf(gateway);
      const { body } = await request(app.url)
        .get('/agent/v1/session')
        .set('authorization', `Bearer ${access_token}`)
        .expect(200);
      const session = sessionResponseSchema.parse(body);

      const { body: discovery } = await request(app.url).get('/agent/v1/discovery');
      const certificate = await compactVerify(session.certificate, await importJWK(discovery.root.jwk, 'ES256'));
      const { cnf } = replicaCertificateSchema.parse(JSON.parse(Buffer.from(certificate.payload).toString()));
      await compactVerify(session.announcement, await importJWK(cnf.jwk, 'EdDSA'));
      const announced = sessionAnnouncementSchema.parse(decodeJwt(session.announcement));
      expect(announced).toMatchObject({ gatewayId: gateway.id, memberId: gateway.memberId, epoch: 1 });

      const link = await app.app
        .get(LinksService, { strict: false })
        .link({ id: gateway.id, tenantId: gateway.admin.tenantId, epoch: 1, namespace: 'ns-europe' });
      const info = (use: 'request' | 'reply') => sessionKeyInfo(use, gateway.id, gateway.memberId, 1);
      expect(await open(gateway.member, announced.requestKey, info('request'))).toEqual(Buffer.from(link.requestKey));
      const replyKey = Buffer.from(link.replyKeys.get(gateway.memberId) ?? []);
      expect(await open(gateway.member, announced.replyKey, info('reply'))).toEqual(replyKey);
      await expect(open(gateway.member, announced.replyKey, info('request'))).rejects.toThrow();
      expect(replyKey.equals(Buffer.from(link.requestKey))).toBe(false);
      expect(provisioner.accessed.at(-1)).toMatchObject({ namespace: 'ns-europe', memberId: gateway.memberId });
    });
  });

  describe('leaving', () => {
    const leave = (token: string) =>
      request(app.url).delete('/agent/v1/membership').set('authorization', `Bearer ${token}`);

    it('takes the gateway and its places along when it was the last and nothing leads through it', async () => {
      const gateway = await given.gateway();
      const { access_token } = await tokenOf(gateway);
      await leave(access_token).expect(204);
      expect(await app.database.query('SELECT 1 FROM gateway WHERE id = $1', [gateway.id])).toEqual([]);
      expect([...provisioner.places].filter((place) => place.includes(gateway.id))).toEqual([]);
      await post('heartbeats', heartbeat(), access_token).expect(401);
      const audit = await app.database.query('SELECT action FROM audit_entry WHERE "gatewayId" = $1 ORDER BY id', [
        gateway.id,
      ]);
      expect(audit.map(({ action }) => String(action))).toEqual([
        'gateway.registered',
        'member.started',
        'gateway.unregistered',
      ]);
    });

    it('leaves a gateway behind that connections need', async () => {
      const gateway = await given.gateway();
      await given.connection({ gateway });
      await leave((await tokenOf(gateway)).access_token).expect(204);
      expect(await app.database.query('SELECT 1 FROM gateway WHERE id = $1', [gateway.id])).toHaveLength(1);
      expect(await app.database.query('SELECT 1 FROM member WHERE "gatewayId" = $1', [gateway.id])).toEqual([]);
    });

    it('succeeds though the relay is away: the rows decide', async () => {
      const gateway = await given.gateway();
      const { access_token } = await tokenOf(gateway);
      provisioner.isDown = true;
      await leave(access_token).expect(204);
      provisioner.isDown = false;
      expect(app.logs.some((line) => line.includes('member.leftover'))).toBe(true);
    });
  });

  /** Takes a member's row, as a change of its gateway does. */
  async function held({ memberId }: GivenGateway) {
    return holding('SELECT 1 FROM member WHERE id = $1 FOR UPDATE', [memberId]);
  }

  /** Keeps the locks of a statement. */
  async function holding(sql: string, values: unknown[] = []) {
    const holder = new pg.Client({ connectionString: app.database.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query(sql, values);
    return {
      release: async () => {
        await holder.query('COMMIT');
        await holder.end();
      },
    };
  }

  /** Statements that wait for somebody's row. */
  async function waiters(): Promise<number> {
    const rows = await app.database.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length;
  }

  /** A second member, written as a later release will register it. */
  async function joinAs(gateway: GivenGateway): Promise<GivenGateway> {
    const memberId = randomUUID();
    const member = new TestMember(app.config.publicUrl);
    const raw = (key: 'identity' | 'receiving') =>
      Buffer.from(String(member[key].publicKey.export({ format: 'jwk' }).x), 'base64url');
    await app.database.query(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       VALUES ($1, $2, $3, 'second', $4, $5, $6, '1', '{"contractVersions":[1],"operations":{},"features":[]}')`,
      [memberId, gateway.admin.tenantId, gateway.id, raw('identity'), raw('receiving'), Buffer.from(member.machine)],
    );
    return { ...gateway, memberId, member };
  }
});

function nth<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) throw new RangeError(`there is no ${index}`);
  return one;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}

async function open(member: TestMember, sealed: string, info: string): Promise<Buffer> {
  const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const bytes = Uint8Array.from(Buffer.from(sealed, 'base64url'));
  const raw = Buffer.from(String(member.receiving.privateKey.export({ format: 'jwk' }).d), 'base64url');
  const plain = await suite.open(
    {
      recipientKey: await suite.kem.deserializePrivateKey(Uint8Array.from(raw)),
      enc: bytes.subarray(0, 32),
      info: new TextEncoder().encode(info),
    },
    bytes.subarray(32),
  );
  return Buffer.from(plain);
}
