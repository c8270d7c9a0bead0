import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { JoinTokensService } from '../../src/modules/gateways/join-tokens.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { newSealingKey, TestMember } from '../support/test-member.js';

describe('registering a gateway', () => {
  const { provisioner, module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  let installer: GivenCaller;
  let names = 0;
  const gateway = (changes: { name?: string; region?: string } = {}) => ({
    name: `plant ${(names += 1)}`,
    region: 'westeurope',
    ...changes,
  });
  const member = () => new TestMember(app.config.publicUrl);
  const register = (body: object, authorization = installer.authorization) =>
    request(app.url).post('/agent/v1/registrations').set('authorization', authorization).send(body);
  const rows = async (table: string) => (await app.database.query(`SELECT 1 FROM ${table}`)).length;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    installer = await given.caller({ isLicensed: false });
  });
  afterAll(() => app.stop());
  beforeEach(() => {
    provisioner.isDown = false;
  });

  it('makes gateway, member, places and keys, and the installer its first administrator; no licence is asked for', async () => {
    const wanted = gateway();
    const { body } = await register(member().registration(wanted)).expect(201);

    expect(body).toMatchObject({ tenantId: installer.tenantId, region: 'westeurope', issuer: app.config.publicUrl });
    expect(body.root.generation).toBe(1);
    expect(provisioner.places).toContain(`ns-europe/${body.gatewayId}/1/${body.memberId}`);
    const roles = await app.database.query('SELECT "principalId", role FROM gateway_role WHERE "gatewayId" = $1', [
      body.gatewayId,
    ]);
    expect(roles).toEqual([{ principalId: installer.id, role: 'Admin' }]);
    const keys = await app.database.query('SELECT 1 FROM session_key WHERE "gatewayId" = $1', [body.gatewayId]);
    expect(keys).toHaveLength(2);
    const audit = await app.database.query('SELECT action, "actorId" FROM audit_entry WHERE "gatewayId" = $1', [
      body.gatewayId,
    ]);
    expect(audit).toEqual([{ action: 'gateway.registered', actorId: installer.id }]);
  });

  it('refuses a name that is taken, in words that say so, and leaves nothing behind', async () => {
    const wanted = gateway();
    await register(member().registration(wanted)).expect(201);
    const [places, members] = [provisioner.places.size, await rows('member')];

    const { body } = await register(member().registration(wanted)).expect(409);

    expect(body).toMatchObject({
      code: 'GATEWAY_NAME_TAKEN',
      type: 'urn:tidegate:error:GATEWAY_NAME_TAKEN',
      status: 409,
    });
    expect(provisioner.places.size).toBe(places);
    expect(await rows('member')).toBe(members);
  });

  it('lets one of two registrations of the same name at the same time through and takes the other down again', async () => {
    const wanted = gateway();
    const before = provisioner.places.size;
    const answers = await Promise.all([1, 2, 3].map(() => register(member().registration(wanted))));

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(provisioner.places.size).toBe(before + 1);
  });

  it('tells what came of one whose answer was lost to whoever holds its key, and to nobody else for long', async () => {
    const lookUp = (body: object) => request(app.url).post('/agent/v1/registrations/lookups').send(body);
    const wanted = member().registration(gateway());
    const unknown = await lookUp(wanted).expect(404);
    expect(unknown.body).toMatchObject({ code: 'MEMBER_NOT_FOUND' });
    const { body: first } = await register(wanted).expect(201);
    const { body: again } = await lookUp(wanted).expect(200);
    expect(again).toEqual(first);
    // Public keys are no secret: without the proof of their private half they tell nothing.
    const { proof } = member().registration(gateway());
    const { body } = await lookUp({ ...wanted, proof }).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { path: 'proof' } });
    for (let failures = 2; failures < 10; failures += 1) await lookUp({ ...wanted, proof }).expect(400);
    const { headers } = await lookUp(wanted).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('gives the same name to another tenant', async () => {
    const wanted = gateway();
    await register(member().registration(wanted)).expect(201);
    const stranger = await given.caller();
    await register(member().registration(wanted), stranger.authorization).expect(201);
  });

  it('refuses a region without a relay and lists those that have one', async () => {
    const { body } = await register(member().registration(gateway({ region: 'atlantis' }))).expect(422);
    expect(body).toMatchObject({ code: 'REGION_NOT_SERVED', details: { region: 'atlantis' } });
    expect(body.details.served).toContain('westeurope');
  });

  it('refuses the gateway after the ten thousandth of a tenant', async () => {
    const admin = await given.caller();
    await app.database.query(
      `INSERT INTO gateway (id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery)
       SELECT gen_random_uuid(), $1, 'many ' || n, 'westeurope', 'ns-europe', '{}', 'x', ''
       FROM generate_series(1, 9999) n`,
      [admin.tenantId],
    );
    await register(member().registration(gateway()), admin.authorization).expect(201);
    const { body } = await register(member().registration(gateway()), admin.authorization).expect(409);
    expect(body).toMatchObject({ code: 'LIMIT_REACHED', details: { limit: 10_000 } });
  });

  it('refuses a machine that serves a gateway of the tenant already; another tenant does not learn of it', async () => {
    const agent = member();
    await register(agent.registration(gateway())).expect(201);

    const { body } = await register(agent.registration(gateway())).expect(409);
    expect(body.code).toBe('MEMBER_ALREADY_ON_MACHINE');

    const stranger = await given.caller();
    await register(agent.registration(gateway()), stranger.authorization).expect(201);
    const prints = await app.database.query<{ machine: Buffer }>(
      'SELECT DISTINCT machine FROM member WHERE name = $1',
      ['test-machine'],
    );
    expect(prints.some(({ machine }) => machine.toString('base64url') === agent.machine)).toBe(false);
  });

  it('leaves no row behind when the relay is away', async () => {
    provisioner.isDown = true;
    const before = await rows('gateway');
    const { body } = await register(member().registration(gateway())).expect(503);
    expect(body).toMatchObject({ code: 'BROKER_UNAVAILABLE', retryable: true });
    expect(await rows('gateway')).toBe(before);
  });

  describe('checks what the agent sends', () => {
    const problem = async (body: object) => (await register(body).expect(400)).body.details.path as string;

    it('refuses a proof by another key, and one made for another control plane', async () => {
      const agent = member();
      const forged = { ...agent.registration(gateway()), proof: member().signText('anything') };
      expect(await problem(forged)).toBe('proof');
      expect(await problem(new TestMember('https://elsewhere.example').registration(gateway()))).toBe('proof');
    });

    it('refuses a field changed after it was signed', async () => {
      const body = member().registration(gateway());
      body.gateway.name = `${body.gateway.name} changed`;
      expect(await problem(body)).toBe('proof');
    });

    it('refuses a sealing key of 2048 bits and one with another exponent', async () => {
      const small = member().registration(gateway(), (body) => (body.sealingKey = newSealingKey(2048).publicKey));
      expect(await problem(small)).toBe('sealingKey.modulus');
      const odd = member().registration(
        gateway(),
        (body) => (body.sealingKey = { ...body.sealingKey, exponent: 'Aw==' }),
      );
      expect(await problem(odd)).toBe('sealingKey.exponent');
    });

    it('refuses keys that are used twice and a receiving key that everybody can open', async () => {
      const twice = member().registration(gateway(), (body) => {
        body.member.keys.receiving = body.recovery.recoveryKey;
      });
      expect(await problem(twice)).toBe('member.keys');
      const weak = member().registration(gateway(), (body) => {
        body.member.keys.receiving = Buffer.alloc(32).toString('base64url');
      });
      expect(await problem(weak)).toBe('member.keys.receiving');
    });

    it('refuses a recovery bundle that cannot hold a key', async () => {
      const empty = member().registration(gateway(), (body) => (body.recovery.bundle = 'AAAA'));
      expect(await problem(empty)).toBe('recovery.bundle');
    });
  });

  it('refuses whoever has no token at all', async () => {
    const { body } = await request(app.url)
      .post('/agent/v1/registrations')
      .send(member().registration(gateway()))
      .expect(401);
    expect(body.code).toBe('TOKEN_INVALID');
  });

  describe('with a join token', () => {
    const tokenFor = (wanted: { name: string; region: string }, creator = installer) =>
      app.app
        .get(JoinTokensService, { strict: false })
        .create(creator, { region: wanted.region, gatewayName: wanted.name });
    const join = (token: string) => `Tidegate-Join ${token}`;

    it('registers once, in the name of the one who made the token', async () => {
      const wanted = gateway();
      const { token, id } = await tokenFor(wanted);
      const { body } = await register(member().registration(wanted), join(token)).expect(201);

      const [role] = await app.database.query('SELECT "principalId" FROM gateway_role WHERE "gatewayId" = $1', [
        body.gatewayId,
      ]);
      expect(role).toEqual({ principalId: installer.id });
      const again = await register(member().registration(gateway()), join(token)).expect(410);
      expect(again.body.code).toBe('REGISTRATION_EXPIRED');
      const [stored] = await app.database.query<{ hash: Buffer }>('SELECT hash FROM join_token WHERE id = $1', [id]);
      expect(stored?.hash.includes(token)).toBe(false);
    });

    it('is spent once, however many use it at the same time', async () => {
      const wanted = gateway();
      const { token } = await tokenFor(wanted);
      const answers = await Promise.all([1, 2, 3, 4].map(() => register(member().registration(wanted), join(token))));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    });

    it('is spent by one conditional update: who read it as good a moment ago comes too late', async () => {
      const joinTokens = app.app.get(JoinTokensService, { strict: false });
      const prisma = app.app.get(PrismaService, { strict: false });
      const { token } = await tokenFor(gateway());
      const permission = await joinTokens.permission(token);
      const spend = () => prisma.$transaction((tx) => joinTokens.consume(tx, permission));
      const outcomes = await Promise.allSettled([spend(), spend(), spend()]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
      await expect(spend()).rejects.toMatchObject({ code: 'REGISTRATION_EXPIRED' });
    });

    it('is not spent by a registration that fails', async () => {
      const wanted = gateway();
      const { token } = await tokenFor(wanted);
      provisioner.isDown = true;
      await register(member().registration(wanted), join(token)).expect(503);
      provisioner.isDown = false;
      await register(member().registration(wanted), join(token)).expect(201);
    });

    it('is good for its gateway and region only', async () => {
      const wanted = gateway();
      const { token } = await tokenFor(wanted);
      const named = await register(member().registration({ ...wanted, name: 'another' }), join(token)).expect(400);
      expect(named.body.details.path).toBe('gateway.name');
      const moved = await register(member().registration({ ...wanted, region: 'eastasia' }), join(token)).expect(400);
      expect(moved.body.details.path).toBe('gateway.region');
    });

    it('is refused past its time', async () => {
      const wanted = gateway();
      const { token, id } = await tokenFor(wanted);
      await app.database.query('UPDATE join_token SET "expiresAt" = now() - interval \'1 second\' WHERE id = $1', [id]);
      await register(member().registration(wanted), join(token)).expect(410);
    });

    it('is refused when its creator is known no more', async () => {
      const leaver = await given.caller({ tenantId: installer.tenantId });
      const wanted = gateway();
      const { token } = await tokenFor(wanted, leaver);
      await app.database.query('DELETE FROM principal WHERE id = $1', [leaver.id]);
      await register(member().registration(wanted), join(token)).expect(401);
    });

    it('pins the root: the part after the dot is the fingerprint of the root that discovery shows', async () => {
      const { token } = await tokenFor(gateway());
      const { body } = await request(app.url).get('/agent/v1/discovery').expect(200);
      const { calculateJwkThumbprint } = await import('jose');
      expect(token.split('.')[1]).toBe(await calculateJwkThumbprint(body.root.jwk, 'sha256'));
    });

    it('stops listening to an address that guesses', async () => {
      const guess = `Tidegate-Join tgj_${'A'.repeat(43)}.x`;
      const body = member().registration(gateway());
      let status = 0;
      for (let attempt = 0; attempt < 12 && status !== 429; attempt += 1) {
        ({ status } = await register(body, guess));
      }
      const refused = await register(body, guess).expect(429);
      expect(refused.body.code).toBe('TOO_MANY_ATTEMPTS');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(60);
    });
  });

  it('tells an agent what it needs before it is anybody', async () => {
    const { body } = await request(app.url).get('/agent/v1/discovery').expect(200);
    expect(body.issuer).toBe(app.config.publicUrl);
    expect(body.regions[0]).toEqual({ key: 'westeurope', displayName: 'West Europe', environmentRegions: ['europe'] });
    expect(body.signIn.tokenEndpoint).toBe(`${app.config.authority}/{tenant}/oauth2/v2.0/token`);
  });

  it('keeps nothing that opens a credential or a recovery bundle', async () => {
    const agent = member();
    const wanted = agent.registration(gateway());
    const { body } = await register(wanted).expect(201);
    const [row] = await app.database.query<{ recovery: Buffer }>('SELECT recovery FROM gateway WHERE id = $1', [
      body.gatewayId,
    ]);
    expect(row?.recovery.includes(wanted.recovery.bundle)).toBe(false);
  });
});
