import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import pg from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HeartbeatRequest, HeartbeatResponse } from '../../src/contract/membership.js';
import { verifyOffer } from '../../src/gateway-agent/update/release-trust.js';
import { openKeyOf } from '../../src/modules/alerts/alert-row.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { CatalogueService } from '../../src/modules/releases/catalogue.service.js';
import { ReleaseTimings } from '../../src/modules/releases/release-timings.js';
import { RolloutDriverService } from '../../src/modules/releases/rollout-driver.service.js';
import { SupportWatchService } from '../../src/modules/releases/support-watch.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { packageOf, TestPublisher } from '../support/release.js';
import { heartbeat, TestMember } from '../support/test-member.js';
import { until } from '../support/until.js';

const OLD = '3000.326.1';
const NEW = '3000.330.1';
/** Nothing happens by itself within a test. */
const NEVER = 1_000_000_000;
const TIMINGS: ReleaseTimings = {
  catalogueMs: 0,
  stepMs: NEVER,
  supportMs: NEVER,
  drainMs: 60_000,
  updateMs: 60_000,
};

describe('releases', () => {
  const { module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  let folder: string;
  let driver: RolloutDriverService;
  const bytes = packageOf('the new agent');

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidegate-releases-'));
    app = await startTestApp({
      imports: [AgentApiModule, FabricApiModule, ManagementApiModule],
      environment: { TIDEGATE_RELEASES_DIR: folder },
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(module)
          .overrideProvider(ReleaseTimings)
          .useValue({ ...TIMINGS, catalogueMs: 1 }),
    });
    given = new Given(app);
    driver = app.app.get(RolloutDriverService, { strict: false });
    for (let index = 0; index < 7; index += 1) {
      await app.database.query('INSERT INTO release (version, "publishedAt", notes) VALUES ($1, $2, $3)', [
        `3000.${302 + 4 * index}.1`,
        new Date(Date.UTC(2026, index, 15)),
        'known',
      ]);
    }
    const publisher = new TestPublisher(app.vault, app.config.issuer);
    const signed = await publisher.sign(NEW, bytes);
    await writeFile(join(folder, signed.package.name), bytes);
    await app.database.query(
      `INSERT INTO release (version, "publishedAt", notes, manifest, "keyCertificate", "fileName", bytes, sha256)
       VALUES ($1, '2026-08-15', 'Notes.', $2, $3, $4, $5, $6)`,
      [NEW, signed.manifest, signed.keyCertificate, signed.package.name, signed.package.bytes, signed.package.sha256],
    );
    await app.app.get(CatalogueService, { strict: false }).window();
  });
  afterAll(async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const api = (who: { authorization: string }, method: 'get' | 'post' | 'delete', path: string, body?: object) =>
    request(app.url)[method](`/v1/${path}`).set('authorization', who.authorization).send(body);

  /** A member that speaks: each beat as its agent would send it. */
  class Speaker {
    private token: string | undefined;
    constructor(
      readonly id: string,
      private readonly member: TestMember,
    ) {}

    async authorization(): Promise<string> {
      if (this.token === undefined) {
        const { body } = await request(app.url)
          .post('/agent/v1/tokens')
          .send(await this.member.tokenRequest(this.id))
          .expect(200);
        this.token = (body as { access_token: string }).access_token;
      }
      return `Bearer ${this.token}`;
    }

    /** @returns what is wanted of it, and the whole answer */
    async beat(changes: Partial<HeartbeatRequest> = {}): Promise<Record<string, unknown> & { newest: string }> {
      const { body } = await request(app.url)
        .post('/agent/v1/heartbeats')
        .set('authorization', await this.authorization())
        .send(heartbeat({ version: OLD, ...changes }))
        .expect(200);
      const { directive, newestVersion } = body as HeartbeatResponse;
      const { drain, update } = directive ? decodeJwt(directive.jws) : {};
      return { drain, update, newest: newestVersion };
    }
  }

  /** A second member beside the first, made as an admission makes it. */
  const addMember = async (gateway: GivenGateway): Promise<Speaker> => {
    const member = new TestMember(app.config.publicUrl);
    const id = randomUUID();
    const raw = (key: unknown) => Buffer.from((key as { x: string }).x, 'base64url');
    await app.database.query(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       SELECT $1, "tenantId", "gatewayId", 'second', $2, $3, $4, version, capabilities FROM member WHERE id = $5`,
      [
        id,
        raw(member.identity.publicKey.export({ format: 'jwk' })),
        raw(member.receiving.publicKey.export({ format: 'jwk' })),
        Buffer.from(member.machine, 'base64url'),
        gateway.memberId,
      ],
    );
    return new Speaker(id, member);
  };
  const alertsOf = async (gatewayId: string): Promise<string[]> => {
    const rows = await app.database.query<{ kind: string }>(
      `SELECT kind FROM alert WHERE "gatewayId" = $1 AND "openKey" IS NOT NULL ORDER BY kind`,
      [gatewayId],
    );
    return rows.map(({ kind }) => kind).filter((kind) => /version|update/.test(kind));
  };

  describe('in the catalogue', () => {
    it('are listed with what is supported and offered: the last six, and what has a package', async () => {
      const { body } = await api(await given.caller(), 'get', 'releases').expect(200);
      expect(body.value).toHaveLength(8);
      expect(body.value[0]).toEqual({
        version: NEW,
        publishedAt: '2026-08-15T00:00:00.000Z',
        notes: 'Notes.',
        supported: true,
        offered: true,
        bytes: bytes.length,
      });
      const listed = (body as { value: { version: string; supported: boolean }[] }).value;
      const supported = listed.filter((one) => one.supported);
      expect(supported.at(-1)?.version).toBe('3000.310.1');
      expect(supported).toHaveLength(6);
      await request(app.url).get('/v1/releases').expect(401);
    });

    it('tell of each member how its version stands, and open an alert where support ends or has ended', async () => {
      const admin = await given.caller();
      const cases = [
        [NEW, 'UpToDate', false, []],
        [OLD, 'NewVersionAvailable', false, []],
        ['3000.310.1', 'NewVersionAvailable', true, ['member-version-ending']],
        ['3000.306.1', 'UpgradeRequired', false, ['member-version-unsupported']],
        ['nightly', 'Unknown', false, []],
      ] as const;
      const speakers = new Map<string, { gateway: GivenGateway; speaker: Speaker }>();
      for (const [version] of cases) {
        const gateway = await given.gateway({ admin });
        const speaker = new Speaker(gateway.memberId, gateway.member);
        speakers.set(version, { gateway, speaker });
        expect((await speaker.beat({ version })).newest).toBe(NEW);
      }
      const watch = app.app.get(SupportWatchService, { strict: false });
      await watch.sweep();
      for (const [version, upgradeState, supportEnding, alerts] of cases) {
        const { id, memberId } = speakers.get(version)?.gateway ?? (await given.gateway());
        const { body } = await api(admin, 'get', `gateways/${id}/members/${memberId}/upgrade`).expect(200);
        expect(body).toEqual({ memberId, version, upgradeState, supportEnding, newestVersion: NEW });
        expect(await alertsOf(id), version).toEqual(alerts);
      }
      for (const { speaker } of speakers.values()) await speaker.beat({ version: NEW });
      await watch.sweep();
      for (const { gateway } of speakers.values()) expect(await alertsOf(gateway.id)).toEqual([]);
    });

    it('stand with each member and its gateway, the gateway as the member that needs an update most', async () => {
      const gateway = await given.gateway();
      await new Speaker(gateway.memberId, gateway.member).beat({ version: NEW });
      const state = async (): Promise<string> => {
        const { body } = await api(gateway.admin, 'get', `gateways/${gateway.id}`).expect(200);
        return (body as { upgradeState: string }).upgradeState;
      };
      expect(await state()).toBe('UpToDate');
      await (await addMember(gateway)).beat({ version: '3000.306.1' });
      expect(await state()).toBe('UpgradeRequired');
      const { body } = await api(gateway.admin, 'get', `gateways/${gateway.id}/members`).expect(200);
      const { value } = body as { value: { upgradeState: string }[] };
      expect(value.map(({ upgradeState }) => upgradeState).sort()).toEqual(['UpToDate', 'UpgradeRequired']);
      const { body: list } = await api(gateway.admin, 'get', 'gateways').expect(200);
      expect(list.value).toMatchObject([{ upgradeState: 'UpgradeRequired' }]);
    });

    it('leave no alert open of a gateway that was deleted', async () => {
      const gateway = await given.gateway();
      await new Speaker(gateway.memberId, gateway.member).beat({ version: '3000.306.1' });
      const watch = app.app.get(SupportWatchService, { strict: false });
      await watch.sweep();
      await app.database.query(
        `INSERT INTO alert (id, "tenantId", kind, "gatewayId", details, "openKey")
         VALUES ($1, $2, 'gateway-update-failed', $3, '{"name":"x"}', $4)`,
        [
          randomUUID(),
          gateway.admin.tenantId,
          gateway.id,
          openKeyOf('gateway-update-failed', { gatewayId: gateway.id }),
        ],
      );
      expect(await alertsOf(gateway.id)).toEqual(['gateway-update-failed', 'member-version-unsupported']);
      await api(gateway.admin, 'delete', `gateways/${gateway.id}`).expect(200);
      await watch.sweep();
      expect(await alertsOf(gateway.id)).toEqual([]);
    });

    it('are shown of a gateway to those who may see it only', async () => {
      const gateway = await given.gateway();
      const stranger = await given.caller({ tenantId: gateway.admin.tenantId });
      await api(stranger, 'get', `gateways/${gateway.id}/upgrades`).expect(403);
      await api(await given.caller(), 'get', `gateways/${gateway.id}/upgrades`).expect(404);
      await api(gateway.admin, 'get', `gateways/${gateway.id}/members/${randomUUID()}/upgrade`).expect(404);
    });
  });

  describe('for members', () => {
    it('are offered with what proves them, and loaded to the byte', async () => {
      const gateway = await given.gateway();
      const authorization = await new Speaker(gateway.memberId, gateway.member).authorization();
      const ask = (path: string) => request(app.url).get(path).set('authorization', authorization);
      const { body: offer } = await ask(`/agent/v1/releases/${NEW}`).expect(200);
      const root = await new TestPublisher(app.vault).rootKey();
      const manifest = await verifyOffer(offer, { root, issuer: app.config.issuer, version: NEW, running: OLD });
      const loaded = await ask(`/${offer.path}`).buffer(true).parse(binary).expect(200);
      expect((loaded.body as Buffer).equals(bytes)).toBe(true);
      expect(loaded.headers['content-length']).toBe(String(manifest.package.bytes));
    });

    it('are refused when nobody asks, nothing is offered, or the file is not the one that was published', async () => {
      const gateway = await given.gateway();
      const authorization = await new Speaker(gateway.memberId, gateway.member).authorization();
      const ask = (path: string) =>
        request(app.url).get(`/agent/v1/releases/${path}`).set('authorization', authorization);
      await request(app.url).get(`/agent/v1/releases/${NEW}`).expect(401);
      await request(app.url)
        .get(`/agent/v1/releases/${NEW}/package`)
        .set('authorization', gateway.admin.authorization)
        .expect(401);
      for (const version of [OLD, '1.2.3', '..%2F..%2Fetc']) await ask(version).expect(404);
      const file = join(folder, `tidegate-agent-${NEW}.tgz`);
      await writeFile(file, bytes.subarray(1));
      await ask(`${NEW}/package`).expect(404);
      await rm(file);
      await ask(`${NEW}/package`).expect(404);
      await writeFile(file, bytes);
    });
  });

  describe('rolled out', () => {
    let gateway: GivenGateway;
    let first: Speaker;
    let second: Speaker;
    beforeEach(async () => {
      gateway = await given.gateway();
      first = new Speaker(gateway.memberId, gateway.member);
      second = await addMember(gateway);
      await first.beat();
      await second.beat();
    });
    const order = (body: object = { version: NEW }) =>
      api(gateway.admin, 'post', `gateways/${gateway.id}/rollouts`, body);
    const shown = async (id: string): Promise<Record<string, unknown>> => {
      const { body } = await api(gateway.admin, 'get', `gateways/${gateway.id}/rollouts/${id}`);
      return body as Record<string, unknown>;
    };

    /** Brings a member up to the point where it runs the new version and is told to take work again. */
    const update = async (speaker: Speaker): Promise<void> => {
      await driver.look();
      expect((await speaker.beat()).drain).toMatchObject({ deadline: expect.any(String) });
      await speaker.beat({ draining: true, inFlight: 2 });
      await driver.look();
      expect((await speaker.beat({ draining: true })).update).toBeUndefined();
      await driver.look();
      const wanted = await speaker.beat({ draining: true, update: { version: NEW, state: 'downloading' } });
      expect(wanted).toMatchObject({ update: { version: NEW }, drain: {} });
      await driver.look();
      await speaker.beat({ version: NEW, draining: true, update: { version: NEW, state: 'running' } });
      await driver.look();
      expect((await speaker.beat({ version: NEW, draining: true })).drain).toBeUndefined();
    };

    it('reach one member after the other, the first installed last, each drained and healthy before the next', async () => {
      const { body } = await order().expect(201);
      expect(body).toMatchObject({ state: 'running', memberIds: [second.id, first.id], doneIds: [] });
      await update(second);
      await driver.look();
      expect(await shown(body.id)).toMatchObject({ doneIds: [], current: { memberId: second.id, step: 'settling' } });
      expect((await first.beat()).drain).toBeUndefined();
      await second.beat({ version: NEW });
      await driver.look();
      await update(first);
      await first.beat({ version: NEW });
      await driver.look();
      await driver.look();
      const ended = await shown(body.id);
      expect(ended).toMatchObject({ state: 'succeeded', doneIds: [second.id, first.id] });
      expect(ended.current).toBeUndefined();
      expect(await alertsOf(gateway.id)).toEqual([]);
      const trail = await app.database.query<{ action: string }>(
        'SELECT action FROM audit_entry WHERE "gatewayId" = $1 ORDER BY id',
        [gateway.id],
      );
      const steps = trail.map(({ action }) => action).filter((action) => /^(rollout|member\.update)/.test(action));
      expect(steps).toEqual([
        'rollout.ordered',
        'member.update-ordered',
        'member.updated',
        'member.update-ordered',
        'member.updated',
        'rollout.succeeded',
      ]);
    });

    it.each([
      ['failed', 'hash-mismatch: the package is not the one of the manifest', 'could not update'],
      ['rolled-back', 'it ended with code 1', 'went back'],
      ['forbidden', 'remote updates are switched off on this machine', 'forbids remote updates'],
    ] as const)('end when a member says %s, with its reason and an alert', async (state, reason, words) => {
      const { body } = await order({ version: NEW, memberIds: [second.id] }).expect(201);
      await driver.look();
      await second.beat({ draining: true });
      await driver.look();
      await second.beat({ draining: true, update: { version: NEW, state, reason } });
      await driver.look();
      const ended = await shown(body.id);
      expect(ended).toMatchObject({ state: 'rolled-back', reason: `second ${words}: ${reason}` });
      expect(await second.beat({ draining: true })).toMatchObject({ drain: undefined, update: undefined });
      expect(await alertsOf(gateway.id)).toEqual(['gateway-update-failed']);
    });

    it('send a member back that is not well in the new version in time, and leave the others alone', async () => {
      const { body } = await order().expect(201);
      await update(second);
      await second.beat({ version: NEW, conditions: ['disk-full'] });
      await driver.look();
      expect(await shown(body.id)).toMatchObject({ state: 'running' });
      await app.database.query('UPDATE rollout SET "stepDeadline" = now() WHERE id = $1', [body.id]);
      await driver.look();
      const ended = await shown(body.id);
      expect(ended).toMatchObject({
        state: 'rolled-back',
        reason: 'second is not healthy in the new version: disk-full',
        doneIds: [],
      });
      expect((await second.beat({ version: NEW })).update).toEqual({ version: OLD });
      expect(await first.beat()).toMatchObject({ drain: undefined, update: undefined });
    });

    it('do not begin with a member that is offline', async () => {
      await app.database.query(`UPDATE member SET "lastHeartbeatAt" = now() - interval '1 hour' WHERE id = $1`, [
        second.id,
      ]);
      const { body } = await order({ version: NEW, memberIds: [second.id] }).expect(201);
      await driver.look();
      expect(await shown(body.id)).toMatchObject({ state: 'failed', reason: 'second is offline' });
    });

    it('can be cancelled: the member in turn takes work again, no other is begun, and a new one may be ordered', async () => {
      const { body } = await order().expect(201);
      await driver.look();
      expect((await second.beat()).drain).toBeDefined();
      const cancel = `gateways/${gateway.id}/rollouts/${body.id}/cancellation`;
      const reader = await given.caller({ tenantId: gateway.admin.tenantId });
      await api(reader, 'post', cancel).expect(403);
      expect((await api(gateway.admin, 'post', cancel).expect(200)).body.state).toBe('cancelled');
      await driver.look();
      expect(await second.beat()).toMatchObject({ drain: undefined, update: undefined });
      expect((await api(gateway.admin, 'post', cancel).expect(200)).body.state).toBe('cancelled');
      await order().expect(201);
      const { body: list } = await api(gateway.admin, 'get', `gateways/${gateway.id}/rollouts`).expect(200);
      const { value } = list as { value: { state: string }[] };
      expect(value.map(({ state }) => state)).toEqual(['running', 'cancelled']);
    });

    it('go on without a member that was removed meanwhile', async () => {
      const { body } = await order().expect(201);
      await driver.look();
      await app.database.query('DELETE FROM member WHERE id = $1', [second.id]);
      await driver.look();
      await driver.look();
      expect(await shown(body.id)).toMatchObject({ current: { memberId: first.id, step: 'draining' } });
    });

    it('are left to the replica that is at them', async () => {
      const { body } = await order().expect(201);
      const other = new pg.Client({ connectionString: app.database.url });
      await other.connect();
      await other.query('BEGIN');
      await other.query('SELECT 1 FROM rollout WHERE id = $1 FOR UPDATE', [body.id]);
      await driver.look();
      expect((await shown(body.id)).current).toBeUndefined();
      await other.end();
      await until('the lock to be gone', async () => {
        await driver.look();
        return (await shown(body.id)).current !== undefined;
      });
      expect(await shown(body.id)).toMatchObject({ current: { memberId: second.id, step: 'draining' } });
    });

    it('are refused twice at once, to others than administrators, and for what cannot be', async () => {
      const reader = await given.caller({ tenantId: gateway.admin.tenantId });
      const path = `gateways/${gateway.id}/rollouts`;
      await api(reader, 'post', path, { version: NEW }).expect(403);
      await api(await given.caller(), 'post', path, { version: NEW }).expect(404);
      expect((await order({ version: OLD })).status).toBe(404);
      expect((await order({ version: 'newest' })).status).toBe(400);
      expect((await order({ version: NEW, memberIds: [randomUUID()] })).status).toBe(404);
      await second.beat({ version: NEW });
      expect((await order({ version: NEW, memberIds: [second.id] })).status).toBe(400);
      await order().expect(201);
      const again = await order();
      expect(again.status).toBe(409);
      expect(again.body.errorCode).toBe('ROLLOUT_UNDER_WAY');
    });
  });
});

function binary(response: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
}
