import { randomBytes } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { memberListSchema, type Challenge, type RecoveryKeyChange } from '../../src/contract/recovery.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { MemberAlertsService } from '../../src/modules/alerts/member-alerts.service.js';
import { ConnectionChangesService } from '../../src/modules/connections/connection-changes.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { EpochTimings } from '../../src/modules/gateways/epoch-timings.js';
import { PastEpochsService } from '../../src/modules/gateways/past-epochs.service.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RecoverySweepService } from '../../src/modules/recovery/recovery-sweep.service.js';
import { ExposuresService } from '../../src/modules/recovery/exposures.service.js';
import { CompromiseRotations } from '../../src/modules/rotations/compromise-rotations.service.js';
import { RotationStarts } from '../../src/modules/rotations/rotation-starts.service.js';
import { isSignedWith } from '../../src/modules/recovery/signature.policy.js';
import { handoverInput } from '../../src/contract/recovery.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, type GivenCaller, type GivenGateway } from '../support/given.js';
import { memberAuthorization, RecoveryPerson } from '../support/recovery-person.js';
import { recordingRelay } from '../support/recording-relay.js';
import { heartbeat, TestMember } from '../support/test-member.js';

describe('the recovery key of a gateway', () => {
  const { module, provisioner: relay } = recordingRelay();
  let app: TestApp;
  let given: Given;
  let admin: GivenCaller;
  let tenantAdmin: GivenCaller;
  let person: RecoveryPerson;
  let gateway: GivenGateway;
  /** The gateway's first member. */
  let authorization: string;
  const http = (method: 'get' | 'post' | 'put' | 'delete', path: string, by: string, body?: object) =>
    request(app.url)[method](path).set('authorization', by).send(body);
  const sql = (text: string, ...values: unknown[]) => app.database.query<Record<string, unknown>>(text, values);
  const manage = (method: 'get' | 'post' | 'delete', path: string, by = admin) =>
    http(method, `/v1/gateways/${gateway.id}/${path}`, by.authorization);
  const challenge = async (operation: string): Promise<Challenge> =>
    (await http('post', '/agent/v1/recovery/challenges', authorization, { operation }).expect(201)).body as Challenge;
  const drill = async (by = person) => {
    const asked = await challenge('drill');
    const body = { challengeId: asked.challengeId, proof: by.prove(app.config.issuer, asked) };
    return http('post', '/agent/v1/recovery/drills', authorization, body);
  };
  const alerts = async () => {
    const rows = await sql(
      'SELECT kind FROM alert WHERE "gatewayId" = $1 AND "openKey" IS NOT NULL AND kind LIKE $2 ORDER BY kind',
      gateway.id,
      'recovery-%',
    );
    return rows.map(({ kind }) => kind);
  };
  const audited = (action: string) =>
    sql('SELECT details, "actorId" FROM audit_entry WHERE "gatewayId" = $1 AND action = $2', gateway.id, action);
  const members = async () =>
    memberListSchema.parse((await http('get', '/agent/v1/members', authorization).expect(200)).body);
  const join = async (member = new TestMember(app.config.issuer), as = person) => {
    const path = `/agent/v1/gateways/${gateway.id}`;
    const { body } = await http('post', `${path}/challenges`, admin.authorization, { operation: 'join' }).expect(201);
    const admission = as.admission(app.config.issuer, body as Challenge, member);
    return http('post', `${path}/members`, admin.authorization, admission);
  };

  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, FabricApiModule, ManagementApiModule],
      override: (builder) =>
        builder
          .overrideModule(RelayBrokerModule)
          .useModule(module)
          .overrideProvider(EpochTimings)
          .useValue({ relayPatienceMs: 500 } satisfies EpochTimings),
    });
    given = new Given(app);
    admin = await given.caller();
    tenantAdmin = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    person = RecoveryPerson.withoutPhrase();
    gateway = await person.gateway(app, admin);
    authorization = await memberAuthorization(app, gateway.memberId, gateway.member);
  });

  describe('when it is guessed', () => {
    it('locks out after five wrong ones, also for the right one, until another administrator ends it', async () => {
      const guess = RecoveryPerson.withoutPhrase();
      const prepared = await challenge('drill');
      for (let left = 4; left >= 0; left -= 1) {
        const { status, body } = await drill(guess);
        expect([status, body.code, body.details?.triesLeft]).toEqual([403, 'RECOVERY_KEY_WRONG', left]);
      }
      const right = { challengeId: prepared.challengeId, proof: person.prove(app.config.issuer, prepared) };
      const refused = await http('post', '/agent/v1/recovery/drills', authorization, right).expect(429);
      expect(refused.body).toMatchObject({ code: 'RECOVERY_LOCKED' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(800);
      await http('post', '/agent/v1/recovery/challenges', authorization, { operation: 'drill' }).expect(429);
      // Others are not locked out with the guesser.
      expect((await join()).status).toBe(201);

      expect(await alerts()).toEqual(['recovery-locked']);
      expect(await audited('recovery.locked')).toMatchObject([{ actorId: gateway.memberId, details: { failures: 5 } }]);
      expect((await manage('get', 'recovery').expect(200)).body).toMatchObject({ locks: 1 });
      const { body: locks } = await manage('get', 'recoveryLocks').expect(200);
      expect(locks.value).toMatchObject([{ callerId: gateway.memberId, failures: 5 }]);

      const stranger = await given.caller({ tenantId: admin.tenantId });
      await manage('delete', `recoveryLocks/${gateway.memberId}`, stranger).expect(403);
      await manage('delete', `recoveryLocks/${gateway.memberId}`).expect(200);
      await manage('delete', `recoveryLocks/${gateway.memberId}`).expect(404);
      expect(await alerts()).toEqual([]);
      expect((await drill()).status).toBe(200);
    });

    it('looks at five of many guesses at once', async () => {
      const guess = RecoveryPerson.withoutPhrase();
      const asked: Challenge[] = [];
      for (let count = 0; count < 12; count += 1) asked.push(await challenge('drill'));
      const answers = await Promise.all(
        asked.map((one) => {
          const body = { challengeId: one.challengeId, proof: guess.prove(app.config.issuer, one) };
          return http('post', '/agent/v1/recovery/drills', authorization, body);
        }),
      );
      expect(answers.filter(({ status }) => status === 403)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
      expect(await audited('recovery.locked')).toHaveLength(1);
    });

    it('listens again after a quarter of an hour, and lets nobody end their own lock', async () => {
      for (let count = 0; count < 5; count += 1)
        expect((await join(undefined, RecoveryPerson.withoutPhrase())).status).toBe(403);
      await manage('delete', `recoveryLocks/${admin.id}`).expect(403);
      await sql(
        `UPDATE recovery_lock SET "lockedUntil" = now() - interval '1 s', "countedFrom" = now() - interval '901 s'
         WHERE "gatewayId" = $1`,
        gateway.id,
      );
      const { body } = await join(undefined, RecoveryPerson.withoutPhrase());
      expect(body).toMatchObject({ code: 'RECOVERY_KEY_WRONG', details: { triesLeft: 4 } });
      await sql(`UPDATE recovery_lock SET "countedFrom" = now() - interval '901 s' WHERE "gatewayId" = $1`, gateway.id);
      await app.app.get(RecoverySweepService, { strict: false }).sweep();
      expect(await sql('SELECT 1 FROM recovery_lock WHERE "gatewayId" = $1', gateway.id)).toEqual([]);
      expect(await alerts()).toEqual([]);
    });
  });

  describe('in a drill', () => {
    it('is proven, which is recorded and changes nothing else', async () => {
      const state = async () => {
        const [row] = await sql('SELECT * FROM gateway WHERE id = $1', gateway.id);
        return {
          ...row,
          recoveryProvedAt: undefined,
          members: await sql('SELECT * FROM member WHERE id = $1', gateway.memberId),
        };
      };
      const before = await state();
      const { body } = await drill();
      expect(Date.parse(body.provedAt)).toBeGreaterThan(Date.now() - 10_000);
      expect(await state()).toEqual(before);
      expect(await audited('recovery.drilled')).toMatchObject([{ actorId: gateway.memberId }]);
      expect((await manage('get', 'recovery').expect(200)).body).toMatchObject({
        provedAt: body.provedAt,
        handovers: 0,
        keyAgeDays: 0,
        locks: 0,
      });
    });

    it('ends the reminder that is given after six months without', async () => {
      await sql(`UPDATE gateway SET "createdAt" = now() - interval '200 days' WHERE id = $1`, gateway.id);
      await app.app.get(RecoverySweepService, { strict: false }).sweep();
      expect(await alerts()).toEqual(['recovery-key-unproven']);
      const { body } = await manage('get', 'recovery').expect(200);
      expect(Date.parse(body.reminderAt)).toBeLessThan(Date.now());
      expect(body.keyAgeDays).toBe(200);
      await drill();
      expect(await alerts()).toEqual([]);
    });

    it('cannot be asked for by a member as anything else', async () => {
      await http('post', '/agent/v1/recovery/challenges', authorization, { operation: 'join' }).expect(400);
      const asked = await challenge('change-recovery-key');
      const body = { challengeId: asked.challengeId, proof: person.prove(app.config.issuer, asked) };
      await http('post', '/agent/v1/recovery/drills', authorization, body).expect(410);
    });
  });

  describe('when it changes', () => {
    const next = () => RecoveryPerson.withoutPhrase();
    /** A change as the agent sends it. */
    const prepare = async (successor: RecoveryPerson): Promise<RecoveryKeyChange> => {
      const asked = await challenge('change-recovery-key');
      const { proofKey, recoveryKey, kdf } = successor.setup;
      const list = (await members()).members;
      return {
        challengeId: asked.challengeId,
        proof: person.prove(app.config.issuer, asked, { setup: { proofKey, recoveryKey, salt: kdf.salt } }),
        setup: successor.setup,
        handover: person.handOver(gateway.id, successor.setup),
        certificates: list.map(({ id, keys }) => ({ memberId: id, certificate: successor.certify(keys) })),
      };
    };
    const put = (body: object) => http('put', '/agent/v1/recovery/key', authorization, body);
    const fresh = async () => {
      gateway = await person.gateway(app, admin);
      authorization = await memberAuthorization(app, gateway.memberId, gateway.member);
    };

    it('disables nobody, touches no connection, ends no epoch, and lets members follow from the old key', async () => {
      await given.connection({ gateway });
      const second = new TestMember(app.config.issuer);
      const { body: joined } = await join(second);
      const tables = ['connection', 'connection_role', 'session_key'] as const;
      const rows = async () => {
        const [row] = await sql('SELECT epoch, "sealingKeyId" FROM gateway WHERE id = $1', gateway.id);
        const all = tables.map((table) =>
          sql(`SELECT * FROM ${table} WHERE "tenantId" = $1 ORDER BY 1, 2`, admin.tenantId),
        );
        return [
          row,
          await sql('SELECT id, enabled FROM member WHERE "gatewayId" = $1', gateway.id),
          await Promise.all(all),
        ];
      };
      const before = await rows();
      const successor = next();

      await put(await prepare(successor)).expect(200);

      expect(await rows()).toEqual(before);
      const list = await members();
      expect(list.proofKey).toBe(successor.setup.proofKey);
      for (const one of list.members) expect(one.certificate).toBe(successor.certify(one.keys));
      const [handover] = list.handovers;
      const { proofKey, recoveryKey, kdf } = successor.setup;
      expect(handover).toMatchObject({ proofKey, recoveryKey, salt: kdf.salt });
      const old = Buffer.from(person.setup.proofKey, 'base64url');
      const input = handoverInput(gateway.id, { proofKey, recoveryKey, salt: kdf.salt });
      expect(isSignedWith(old, input, handover?.signature ?? '')).toBe(true);
      await http('get', '/agent/v1/session', await memberAuthorization(app, joined.memberId, second)).expect(200);
      expect(await audited('recovery-key.changed')).toMatchObject([{ details: { members: 2, change: 1 } }]);
      expect((await manage('get', 'recovery').expect(200)).body).toMatchObject({ handovers: 1 });

      expect((await join()).body).toMatchObject({ code: 'RECOVERY_KEY_WRONG' });
      expect((await join(undefined, successor)).status).toBe(201);
    });

    it('wants every member certified by the new key, and the old key to name it', async () => {
      const joined = (await join()).body as { memberId: string };
      const successor = next();
      const whole = await prepare(successor);
      const foreign = randomBytes(64).toString('base64url');
      const [first] = whole.certificates;
      if (!first) throw new Error('no certificate');
      const bad: readonly (readonly [string, (change: RecoveryKeyChange) => RecoveryKeyChange])[] = [
        ['certificates', (change) => ({ ...change, certificates: [first] })],
        ['certificates', (change) => ({ ...change, certificates: [first, first] })],
        [
          'certificates',
          (change) => ({ ...change, certificates: [first, { memberId: joined.memberId, certificate: foreign }] }),
        ],
        ['handover', (change) => ({ ...change, handover: foreign })],
        [
          'setup.bundle',
          (change) => ({ ...change, setup: { ...change.setup, bundle: randomBytes(64).toString('base64url') } }),
        ],
      ];
      for (const [path, spoil] of bad) {
        const { body } = await put(spoil(await prepare(successor))).expect(400);
        expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { path } });
      }
      expect((await put({ ...(await prepare(successor)), setup: next().setup }).expect(403)).body).toMatchObject({
        code: 'RECOVERY_KEY_WRONG',
      });
      const same = await prepare(person);
      expect((await put(same).expect(400)).body).toMatchObject({ details: { path: 'setup' } });
      expect((await put({ ...(await prepare(successor)), sealingKeyId: 'older' }).expect(409)).body).toMatchObject({
        code: 'VERSION_CONFLICT',
      });
      expect(await sql('SELECT 1 FROM recovery_handover WHERE "gatewayId" = $1', gateway.id)).toEqual([]);
    });

    it('waits for a rotation of the sealing key that is under way', async () => {
      await fresh();
      await manage('post', 'rotations').expect(201);
      expect((await put(await prepare(next())).expect(409)).body).toMatchObject({ code: 'ROTATION_UNDER_WAY' });
    });

    it('refuses an admission that was begun before and is proven with the old one', async () => {
      await fresh();
      const path = `/agent/v1/gateways/${gateway.id}`;
      const { body: asked } = await http('post', `${path}/challenges`, admin.authorization, { operation: 'join' });
      await put(await prepare(next())).expect(200);
      const late = person.admission(app.config.issuer, asked as Challenge, new TestMember(app.config.issuer));
      await http('post', `${path}/members`, admin.authorization, late).expect(403);
    });
  });

  it('certifies no member that was added in the database', async () => {
    const ghost = new TestMember(app.config.issuer).registration({ name: 'ghost', region: 'x' }).member;
    const [row] = await sql(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       VALUES (gen_random_uuid(), $1, $2, 'ghost', $3, $4, $5, '1', '{}') RETURNING id`,
      admin.tenantId,
      gateway.id,
      Buffer.from(ghost.keys.identity, 'base64url'),
      Buffer.from(ghost.keys.receiving, 'base64url'),
      randomBytes(32),
    );
    const list = (await members()).members;
    expect(list.find(({ id }) => id === row?.id)).toEqual({ id: row?.id, name: 'ghost', keys: ghost.keys });
    expect(list.find(({ id }) => id === gateway.memberId)?.certificate).toBeDefined();
  });

  describe('when a member is revoked as compromised', () => {
    const compromises = async () =>
      (await manage('get', 'compromises').expect(200)).body.value as { memberId: string; pending: string[] }[];
    const exposures = async () => {
      const { body } = await manage('get', 'exposures').expect(200);
      return body.value as { connectionId: string; connectionName?: string; closedAt?: string; closedBy?: string }[];
    };

    it('ends its keys at once, rotates without grace, and asks for a new recovery key until there is one', async () => {
      const { id: connectionId } = await given.connection({ gateway });
      const other = new TestMember(app.config.issuer);
      const { body: joined } = await join(other);
      const stranger = await given.caller({ tenantId: admin.tenantId });
      await manage('post', `members/${gateway.memberId}/compromise`, stranger).expect(403);

      const { body } = await manage('post', `members/${gateway.memberId}/compromise`).expect(200);

      expect(body).toEqual({
        memberId: gateway.memberId,
        epoch: 2,
        exposures: 1,
        isRotationStarted: true,
        pending: [],
      });
      await http('get', '/agent/v1/session', authorization).expect(401);
      await manage('post', `members/${gateway.memberId}/compromise`).expect(404);
      expect(await sql('SELECT reason FROM former_member WHERE id = $1', gateway.memberId)).toEqual([
        { reason: 'compromised' },
      ]);
      expect(await sql('SELECT "hasGrace", "startedBy" FROM rotation WHERE "gatewayId" = $1', gateway.id)).toEqual([
        { hasGrace: false, startedBy: admin.id },
      ]);
      expect(await audited('member.compromised')).toMatchObject([{ actorId: admin.id, details: { exposures: 1 } }]);
      expect(await exposures()).toMatchObject([{ connectionId, memberId: gateway.memberId }]);
      expect(await alerts()).toEqual(['recovery-key-change-needed']);
      await sql(`UPDATE rotation SET state = 'done', "underWay" = NULL WHERE "gatewayId" = $1`, gateway.id);

      authorization = await memberAuthorization(app, joined.memberId, other);
      const successor = RecoveryPerson.withoutPhrase();
      const asked = await challenge('change-recovery-key');
      const { proofKey, recoveryKey, kdf } = successor.setup;
      await http('put', '/agent/v1/recovery/key', authorization, {
        challengeId: asked.challengeId,
        proof: person.prove(app.config.issuer, asked, { setup: { proofKey, recoveryKey, salt: kdf.salt } }),
        setup: successor.setup,
        handover: person.handOver(gateway.id, successor.setup),
        certificates: (await members()).members.map(({ id, keys }) => ({
          memberId: id,
          certificate: successor.certify(keys),
        })),
      }).expect(200);
      expect(await alerts()).toEqual([]);
    });

    it('cuts it off at once while the relay is away, and sees to the rest when that is back', async () => {
      const { id: connectionId } = await given.connection({ gateway });
      const other = new TestMember(app.config.issuer);
      const { body: joined } = await join(other);
      await http('get', '/agent/v1/session', authorization).expect(200);
      const others = await memberAuthorization(app, joined.memberId, other);
      const oldKeys = await sql('SELECT sealed FROM session_key WHERE "gatewayId" = $1', gateway.id);
      const placesOf = (epoch: number) =>
        [...relay.places].filter((place) => place.includes(`${gateway.id}/${epoch}/`));
      expect(placesOf(1)).not.toEqual([]);
      relay.isDown = true;
      try {
        const { body } = await manage('post', `members/${gateway.memberId}/compromise`).expect(200);
        expect(body).toMatchObject({ epoch: 2, exposures: 1, isRotationStarted: true, pending: ['relay'] });
        // Neither the token it has nor a new one, and no key of the new epoch is one of the old.
        await http('get', '/agent/v1/session', authorization).expect(401);
        await http('get', '/agent/v1/members', authorization).expect(401);
        const wanted = await gateway.member.tokenRequest(gateway.memberId);
        await http('post', '/agent/v1/tokens', '', wanted).expect(401);
        expect(await sql('SELECT 1 FROM session_key WHERE "memberId" = $1', gateway.memberId)).toEqual([]);
        const keys = await sql('SELECT sealed FROM session_key WHERE "gatewayId" = $1 AND epoch = 2', gateway.id);
        expect(keys).toHaveLength(2);
        for (const key of keys) expect(oldKeys).not.toContainEqual(key);
        expect(await audited('member.compromised')).toHaveLength(1);
        expect(await exposures()).toMatchObject([{ connectionId, memberId: gateway.memberId }]);
        expect(await alerts()).toEqual(['recovery-key-change-needed']);
        await app.app.get(PastEpochsService, { strict: false }).sweep();
        expect(await compromises()).toMatchObject([
          { memberId: gateway.memberId, pending: ['relay'], openExposures: 1, rotation: { state: 'distributing' } },
        ]);
      } finally {
        relay.isDown = false;
      }
      // The others make their places when they ask for their session; what the member knew is removed.
      await http('get', '/agent/v1/session', others).expect(200);
      await app.app.get(PastEpochsService, { strict: false }).sweep();
      expect(placesOf(2)).toHaveLength(1);
      expect(placesOf(1)).toEqual([]);
      expect(await compromises()).toMatchObject([{ memberId: gateway.memberId, pending: [] }]);
    });

    it('does not wait for a relay that does not answer', async () => {
      const other = new TestMember(app.config.issuer);
      await join(other);
      const provision = relay.provision.bind(relay);
      let release = () => {};
      relay.provision = () => new Promise((resolve) => (release = resolve));
      try {
        const { body } = await manage('post', `members/${gateway.memberId}/compromise`).expect(200);
        expect(body).toMatchObject({ epoch: 2, pending: ['relay'] });
      } finally {
        relay.provision = provision;
        release();
      }
      await http('get', '/agent/v1/session', authorization).expect(401);
    });

    it('has the rotation started later when it could not be at first, once, in the name of who revoked', async () => {
      await join(new TestMember(app.config.issuer));
      const starts = app.app.get(RotationStarts, { strict: false });
      const failing = vi.spyOn(starts, 'begin').mockRejectedValue(new Error('the database was away'));
      try {
        const { body } = await manage('post', `members/${gateway.memberId}/compromise`).expect(200);
        expect(body).toMatchObject({ isRotationStarted: false, pending: ['rotation'] });
        await app.app.get(CompromiseRotations, { strict: false }).run();
        expect(await compromises()).toMatchObject([{ memberName: 'test-machine', pending: ['rotation'] }]);
      } finally {
        failing.mockRestore();
      }
      const sweep = () => app.app.get(CompromiseRotations, { strict: false }).run();
      await Promise.all([sweep(), sweep(), sweep()]);
      await sweep();
      expect(
        await sql('SELECT "hasGrace", "startedBy", state FROM rotation WHERE "gatewayId" = $1', gateway.id),
      ).toEqual([{ hasGrace: false, startedBy: admin.id, state: 'distributing' }]);
      expect(await compromises()).toMatchObject([{ pending: [], rotation: { state: 'distributing' } }]);
      // A further compromise asks for a further rotation, also while that one is under way.
      const [third] = await sql('SELECT id FROM member WHERE "gatewayId" = $1', gateway.id);
      await manage('post', `members/${String(third?.id)}/compromise`).expect(200);
      expect(await sql('SELECT state FROM rotation WHERE "gatewayId" = $1 ORDER BY "startedAt"', gateway.id)).toEqual([
        { state: 'superseded' },
        { state: 'distributing' },
      ]);
      expect((await compromises()).map(({ pending }) => pending)).toEqual([[], []]);
    });

    it('lists the passwords it could have opened until each was entered anew, or somebody says it is well', async () => {
      const made = await Promise.all([1, 2, 3].map(() => given.connection({ gateway })));
      const [changed, resealed, left] = made.map(({ id }) => id);
      await manage('post', `members/${gateway.memberId}/compromise`).expect(200);
      expect((await exposures()).map((one) => one.closedAt)).toEqual([undefined, undefined, undefined]);

      const connections = app.app.get(ConnectionChangesService, { strict: false });
      await connections.update(admin, changed ?? '', {
        values: [{ gatewayId: gateway.id, sealed: await sealedCredential() }],
      });
      const after = new Uint8Array(randomBytes(32));
      await app.app.get(PrismaService).$transaction(async (tx) => {
        const connection = { id: resealed ?? '', tenantId: admin.tenantId };
        const { credentialHash: before } = await tx.connection.findFirstOrThrow({ where: connection });
        if (!before) throw new Error('no credential');
        await tx.connection.updateMany({ where: connection, data: { credentialHash: after } });
        await app.app.get(ExposuresService, { strict: false }).resealed(tx, connection, { before, after });
      });
      const open = async () =>
        (await exposures()).filter(({ closedAt }) => closedAt === undefined).map((one) => one.connectionId);
      expect((await open()).sort()).toEqual([resealed, left].sort());

      await manage('post', `exposures/${left}/closure`).expect(200);
      await manage('post', `exposures/${left}/closure`).expect(404);
      await manage('post', `exposures/${resealed}/closure`, await given.caller({ tenantId: admin.tenantId })).expect(
        403,
      );
      expect(await open()).toEqual([resealed]);
      expect((await exposures()).find((one) => one.connectionId === left)?.closedBy).toBe(admin.id);
    });
  });

  it('that a member does not believe is shown at the member and alerted, and is over when the member says so', async () => {
    const shown = async () => {
      const { body } = await http('get', `/v1/gateways/${gateway.id}/members`, admin.authorization).expect(200);
      return (body.value as { state: string; conditions: string[] }[])[0];
    };
    const beat = async (notices: string[]) => {
      const said = heartbeat({ epoch: 1, notices });
      const { body } = await http('post', '/agent/v1/heartbeats', authorization, said).expect(200);
      await app.app.get(MemberAlertsService, { strict: false }).sweep();
      return (body as { receiveReads: boolean }).receiveReads;
    };
    expect(await beat(['recovery-key-untrusted'])).toBe(true);
    expect(await shown()).toMatchObject({ state: 'online', conditions: ['recovery-key-untrusted'] });
    expect(await alerts()).toEqual(['recovery-key-untrusted']);
    const [alert] = await sql('SELECT details FROM alert WHERE "gatewayId" = $1 AND "openKey" IS NOT NULL', gateway.id);
    expect(alert?.details).toMatchObject({ members: [{ id: gateway.memberId }] });
    await beat([]);
    expect(await shown()).toMatchObject({ state: 'online', conditions: [] });
    expect(await alerts()).toEqual([]);
  });

  it('is a matter of administrators only', async () => {
    const stranger = await given.caller({ tenantId: admin.tenantId });
    const foreigner = await given.caller({ isTenantAdministrator: true });
    for (const path of ['recovery', 'recoveryLocks', 'exposures', 'compromises']) {
      await manage('get', path, stranger).expect(403);
      await manage('get', path, foreigner).expect(404);
      await manage('get', path, tenantAdmin).expect(200);
    }
    const { text } = await manage('get', 'recovery').expect(200);
    for (const secret of [person.setup.kdf.salt, person.setup.proofKey, person.setup.bundle]) {
      expect(text).not.toContain(secret);
    }
  });
});
