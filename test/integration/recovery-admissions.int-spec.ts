import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admissionResponseSchema, challengeSchema, type Challenge } from '../../src/contract/recovery.js';
import { openRecoveryBundle } from '../../src/gateway-agent/recovery-key.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { JoiningService } from '../../src/modules/recovery/joining.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenGateway } from '../support/given.js';
import { memberAuthorization, RecoveryPerson } from '../support/recovery-person.js';
import { recordingRelay } from '../support/recording-relay.js';
import { TestMember, testSealingKey } from '../support/test-member.js';

describe('becoming a member with the recovery key', () => {
  const { provisioner, module } = recordingRelay();
  let app: TestApp;
  let given: Given;
  let person: RecoveryPerson;
  let tenantAdmin: GivenCaller;
  let admin: GivenCaller;
  let gateway: GivenGateway;
  const http = (method: 'get' | 'post' | 'delete', path: string, authorization: string, body?: object) =>
    request(app.url)[method](path).set('authorization', authorization).send(body);
  const ask = (operation: string, by = admin.authorization, of = gateway.id) =>
    http('post', `/agent/v1/gateways/${of}/challenges`, by, { operation });
  const challenge = async (operation: string, by?: string, of?: string): Promise<Challenge> =>
    challengeSchema.parse((await ask(operation, by, of).expect(201)).body);
  const send = (body: object, by = admin.authorization, of = gateway.id) =>
    http('post', `/agent/v1/gateways/${of}/members`, by, body);
  const newMember = () => new TestMember(app.config.issuer);
  const admit = async (
    operation: string,
    { by = admin.authorization, member = newMember(), replaces = undefined as string | undefined, as = person } = {},
  ) => send(as.admission(app.config.issuer, await challenge(operation, by), member, replaces), by);
  const sql = (text: string, ...values: unknown[]) => app.database.query<Record<string, unknown>>(text, values);
  const epoch = async () => (await sql('SELECT epoch FROM gateway WHERE id = $1', gateway.id))[0]?.epoch;
  const audited = (action: string) =>
    sql('SELECT details, "actorId" FROM audit_entry WHERE "gatewayId" = $1 AND action = $2', gateway.id, action);

  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    person = await RecoveryPerson.withPhrase('a phrase that only this test knows');
    admin = await given.caller();
    tenantAdmin = await given.caller({ tenantId: admin.tenantId, isTenantAdministrator: true });
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    provisioner.isDown = false;
    gateway = await person.gateway(app, admin);
  });

  it('joins a second member, which can open the sealing key, is certified, and takes part in the epoch that is', async () => {
    const member = newMember();
    const first = await memberAuthorization(app, gateway.memberId, gateway.member);
    const answer = admissionResponseSchema.parse((await admit('join', { member }).then(created)).body);

    expect(answer).toMatchObject({ gatewayId: gateway.id, gatewayName: gateway.name, region: 'westeurope' });
    expect(answer.proofKey).toBe(person.setup.proofKey);
    const keys = person.keys;
    const opened = keys && (await openRecoveryBundle(keys, answer.bundle));
    const sealing = testSealingKey().privateKey.export({ format: 'der', type: 'pkcs8' });
    expect(opened && Buffer.compare(opened, sealing)).toBe(0);

    expect(await epoch()).toBe(1);
    const authorization = await memberAuthorization(app, answer.memberId, member);
    await http('get', '/agent/v1/session', authorization).expect(200);
    await http('get', '/agent/v1/session', first).expect(200);
    expect(provisioner.places).toContain(`ns-europe/${gateway.id}/1/${answer.memberId}`);
    const { body: list } = await http('get', '/agent/v1/members', first).expect(200);
    expect(list).toMatchObject({ proofKey: person.setup.proofKey, handovers: [] });
    expect(list.members).toHaveLength(2);
    for (const one of list.members) expect(one.certificate).toBe(person.certify(one.keys));
    expect(await audited('member.joined')).toMatchObject([{ actorId: admin.id }]);
    const [row] = await sql('SELECT "recoveryProvedAt" FROM gateway WHERE id = $1', gateway.id);
    expect(row?.recoveryProvedAt).not.toBeNull();
  });

  it('tells nothing of the recovery key to those who may not use it', async () => {
    const stranger = await given.caller({ tenantId: admin.tenantId });
    const foreigner = await given.caller({ isTenantAdministrator: true });
    const { body } = await ask('join', stranger.authorization).expect(403);
    expect(body).toMatchObject({ code: 'NOT_ADMINISTRATOR' });
    expect(JSON.stringify(body)).not.toContain(person.setup.kdf.salt);
    await ask('join', foreigner.authorization).expect(404);
    await ask('join', 'Bearer nonsense').expect(401);
    const { body: takeover } = await ask('takeover').expect(403);
    expect(takeover).toMatchObject({ code: 'NOT_ADMINISTRATOR' });
    await ask('drill').expect(400);
    expect(await sql('SELECT 1 FROM recovery_challenge WHERE "gatewayId" = $1', gateway.id)).toEqual([]);
  });

  it('asks again at the admission whether the caller may', async () => {
    const asked = await challenge('takeover', tenantAdmin.authorization);
    const body = person.admission(app.config.issuer, asked, newMember(), gateway.memberId);
    expect((await send(body).expect(403)).body).toMatchObject({ code: 'NOT_ADMINISTRATOR' });
    const second = await given.caller({ tenantId: admin.tenantId });
    await sql(
      `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role)
       VALUES ($1, $2, $3, 'User', 'Admin')`,
      gateway.id,
      second.id,
      admin.tenantId,
    );
    const theirs = await challenge('join', second.authorization);
    await sql('DELETE FROM gateway_role WHERE "principalId" = $1', second.id);
    await send(person.admission(app.config.issuer, theirs, newMember()), second.authorization).expect(403);
  });

  it('takes each challenge once, in time, from whom and for what it was made', async () => {
    const expired = { code: 'CHALLENGE_EXPIRED' };
    const [twice, late, other] = [await challenge('join'), await challenge('join'), await challenge('join')];
    await send(person.admission(app.config.issuer, twice, newMember())).expect(201);
    const again = await send(person.admission(app.config.issuer, twice, newMember())).expect(410);
    expect(again.body).toMatchObject(expired);

    await sql('UPDATE recovery_challenge SET "expiresAt" = now() - interval \'1 s\' WHERE id = $1', late.challengeId);
    expect((await send(person.admission(app.config.issuer, late, newMember())).expect(410)).body).toMatchObject(
      expired,
    );

    const restore = person.admission(app.config.issuer, { ...other, operation: 'restore' }, newMember());
    expect((await send(restore).expect(410)).body).toMatchObject(expired);
    const stolen = person.admission(app.config.issuer, other, newMember());
    expect((await send(stolen, tenantAdmin.authorization).expect(410)).body).toMatchObject(expired);
    const unknown = person.admission(app.config.issuer, { ...other, challengeId: randomUUID() }, newMember());
    expect((await send(unknown).expect(410)).body).toMatchObject(expired);
    const neighbour = await person.gateway(app, admin);
    expect((await send(stolen, admin.authorization, neighbour.id).expect(410)).body).toMatchObject(expired);
    await send(stolen).expect(201);
  });

  it('of two answers to one challenge at once takes one', async () => {
    const asked = await challenge('join');
    const bodies = [newMember(), newMember(), newMember()].map((member) =>
      person.admission(app.config.issuer, asked, member),
    );
    const answers = await Promise.all(bodies.map((body) => send(body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 410, 410]);
    expect(await sql('SELECT 1 FROM member WHERE "gatewayId" = $1', gateway.id)).toHaveLength(2);
  });

  it('refuses proofs that were made with another key or for something else, and says how many tries are left', async () => {
    const issuer = app.config.issuer;
    const member = newMember();
    const wrongs = [
      async () => RecoveryPerson.withoutPhrase().admission(issuer, await challenge('join'), member),
      async () => ({ ...person.admission(issuer, await challenge('join'), newMember()), member: memberOf(member) }),
      async () => person.admission('https://elsewhere.example', await challenge('join'), member),
      async () => {
        const asked = await challenge('restore');
        const body = person.admission(issuer, asked, member, gateway.memberId);
        return { ...body, replaces: randomUUID() };
      },
    ];
    for (const [index, wrong] of wrongs.entries()) {
      const { body } = await send(await wrong()).expect(403);
      expect(body).toMatchObject({ code: 'RECOVERY_KEY_WRONG', details: { triesLeft: 4 - index } });
    }
    expect(await sql('SELECT 1 FROM member WHERE "gatewayId" = $1', gateway.id)).toHaveLength(1);
    // The right key wipes the count.
    await admit('join').then(created);
    expect(await sql('SELECT 1 FROM recovery_lock WHERE "gatewayId" = $1', gateway.id)).toEqual([]);
  });

  it('refuses a member that does not hold its keys, or brings a certificate for others', async () => {
    const body = person.admission(app.config.issuer, await challenge('join'), newMember());
    const { body: unheld } = await send({ ...body, identityProof: newMember().signText('another text') }).expect(400);
    expect(unheld).toMatchObject({ code: 'VALIDATION_FAILED', details: { path: 'identityProof' } });
    const next = person.admission(app.config.issuer, await challenge('join'), newMember());
    const { body: uncertified } = await send({ ...next, certificate: body.certificate }).expect(400);
    expect(uncertified).toMatchObject({ details: { path: 'certificate' } });
  });

  it('registers no gateway with a certificate that its recovery key did not make', async () => {
    const member = newMember();
    const wanted = { name: `gateway ${randomUUID()}`, region: 'westeurope' };
    const body = member.registration(wanted, (draft) => {
      draft.certificate = person.certify(draft.member.keys);
    });
    const answer = await http('post', '/agent/v1/registrations', admin.authorization, body).expect(400);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', details: { path: 'certificate' } });
  });

  it('admits nobody whose recovery key was changed while the proof was looked at', async () => {
    const member = newMember();
    const late = app.app.get(JoiningService, { strict: false }).join({
      registrant: { tenantId: admin.tenantId, principal: admin },
      gatewayId: gateway.id,
      memberId: randomUUID(),
      member: member.registration({ name: 'unused', region: 'unused' }).member,
      certificate: '',
      machine: new Uint8Array(32),
      keyChangedAt: new Date(),
    });
    await expect(late).rejects.toMatchObject({ code: 'CHALLENGE_EXPIRED' });
    expect(await sql('SELECT 1 FROM member WHERE "gatewayId" = $1', gateway.id)).toHaveLength(1);
  });

  it('lets nobody in as the eleventh member, nor a machine that serves a gateway already', async () => {
    await sql(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       SELECT gen_random_uuid(), $2, $1::uuid, 'more', 'k', 'k', sha256(convert_to(n || $1::text, 'UTF8')), version, capabilities
       FROM generate_series(1, 9) n, member WHERE "gatewayId" = $1::uuid`,
      gateway.id,
      admin.tenantId,
    );
    expect((await admit('join')).body).toMatchObject({ status: 409, code: 'MEMBERS_FULL' });
    const full = gateway;
    gateway = await person.gateway(app, admin);
    for (const { member } of [full, gateway]) {
      expect((await admit('join', { member })).body).toMatchObject({ status: 409, code: 'MEMBER_ALREADY_ON_MACHINE' });
    }
    expect((await admit('restore', { member: full.member })).body).toMatchObject({ code: 'MEMBER_ALREADY_ON_MACHINE' });
    expect(await sql('SELECT 1 FROM member WHERE "gatewayId" = $1', gateway.id)).toHaveLength(1);
  });

  it('restores on another machine while the old one works: cut off, replaced, and connections are as they were', async () => {
    const connection = await given.connection({ gateway });
    await given.beat(gateway.memberId);
    const old = await memberAuthorization(app, gateway.memberId, gateway.member);
    const tables = ['connection', 'connection_role', 'gateway_role'] as const;
    const rows = () =>
      Promise.all(
        tables.map((table) => sql(`SELECT * FROM ${table} WHERE "tenantId" = $1 ORDER BY 1, 2`, admin.tenantId)),
      );
    const before = await rows();
    const member = newMember();

    const { body } = await admit('restore', { member, replaces: gateway.memberId }).then(created);

    expect(await rows()).toEqual(before);
    expect(before[0]?.map(({ id }) => id)).toContain(connection.id);
    expect(await epoch()).toBe(2);
    await http('get', '/agent/v1/session', old).expect(401);
    await http('get', '/agent/v1/session', await memberAuthorization(app, body.memberId, member)).expect(200);
    expect([...provisioner.places].filter((place) => place.includes(gateway.id))).toEqual([
      `ns-europe/${gateway.id}/2/${body.memberId}`,
    ]);
    expect(await sql('SELECT id, reason FROM former_member WHERE "gatewayId" = $1', gateway.id)).toEqual([
      { id: gateway.memberId, reason: 'replaced' },
    ]);
    expect(await audited('member.restored')).toMatchObject([
      { details: { replaced: gateway.memberId, oldWasOnline: true } },
    ]);
  });

  it('replaces the member of the same machine without being told which', async () => {
    const again = newMember();
    Object.assign(again, { machine: gateway.member.machine });
    await admit('join').then(created);
    const { body } = await admit('restore', { member: again }).then(created);
    const members = await sql('SELECT id FROM member WHERE "gatewayId" = $1', gateway.id);
    expect(members.map(({ id }) => id)).toContain(body.memberId);
    expect(members.map(({ id }) => id)).not.toContain(gateway.memberId);
    expect(members).toHaveLength(2);

    expect((await admit('restore')).body).toMatchObject({ status: 400, details: { path: 'replaces' } });
    expect((await admit('restore', { replaces: randomUUID() })).body).toMatchObject({ code: 'MEMBER_NOT_FOUND' });
    expect((await admit('join', { replaces: gateway.memberId })).body).toMatchObject({ details: { path: 'replaces' } });
  });

  it('changes nothing while the relay cannot take the new places', async () => {
    const asked = await challenge('restore');
    provisioner.isDown = true;
    const body = person.admission(app.config.issuer, asked, newMember(), gateway.memberId);
    expect((await send(body).expect(503)).body).toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    expect(await epoch()).toBe(1);
    expect(await sql('SELECT id FROM member WHERE "gatewayId" = $1', gateway.id)).toEqual([{ id: gateway.memberId }]);
    expect(await sql('SELECT 1 FROM former_member WHERE "gatewayId" = $1', gateway.id)).toEqual([]);
  });

  it('makes an administrator of the tenant who takes over an administrator of the gateway', async () => {
    await admit('takeover', { by: tenantAdmin.authorization, replaces: gateway.memberId }).then(created);
    const roles = await sql(
      'SELECT role FROM gateway_role WHERE "gatewayId" = $1 AND "principalId" = $2',
      gateway.id,
      tenantAdmin.id,
    );
    expect(roles).toEqual([{ role: 'Admin' }]);
    expect(await audited('gateway.taken-over')).toMatchObject([{ actorId: tenantAdmin.id }]);
    expect(await epoch()).toBe(2);
  });

  it('joins unattended with a join token for this gateway, once, and takes over only with a tenant administrator’s', async () => {
    const tokenOf = async (caller: GivenCaller) => {
      const { body } = await http('post', '/v1/joinTokens', caller.authorization, { gatewayId: gateway.id }).expect(
        201,
      );
      expect(body).toMatchObject({ gatewayId: gateway.id, gatewayName: gateway.name, region: gateway.region });
      return `Tidegate-Join ${(body as { token: string }).token}`;
    };
    const stranger = await given.caller({ tenantId: admin.tenantId });
    await http('post', '/v1/joinTokens', stranger.authorization, { gatewayId: gateway.id }).expect(403);
    const by = await tokenOf(admin);
    const { body: found } = await http('get', '/agent/v1/gateways', by).expect(200);
    expect(found).toEqual({ value: [{ id: gateway.id, name: gateway.name, region: gateway.region }] });

    const neighbour = await person.gateway(app, admin);
    await ask('join', by, neighbour.id).expect(403);
    await ask('takeover', by).expect(403);
    const anew = newMember().registration({ name: gateway.name, region: gateway.region });
    expect((await http('post', '/agent/v1/registrations', by, anew)).body).toMatchObject({
      details: { path: 'gateway' },
    });

    await admit('join', { by }).then(created);
    await ask('join', by).expect(410);
    expect(await audited('member.joined')).toMatchObject([{ actorId: admin.id, details: { unattended: true } }]);
    const unattended = await tokenOf(tenantAdmin);
    await admit('takeover', { by: unattended, replaces: gateway.memberId }).then(created);
  });

  it('keeps the challenges of one gateway few', async () => {
    const answers = await Promise.all(Array.from({ length: 24 }, () => ask('join')));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(4);
  });

  it('finds the gateways that the caller administers by name', async () => {
    const find = async (by: GivenCaller, name: string) => {
      const { body } = await http('get', `/agent/v1/gateways?name=${encodeURIComponent(name)}`, by.authorization);
      return (body as { value: { id: string }[] }).value.map(({ id }) => id);
    };
    const stranger = await given.caller({ tenantId: admin.tenantId });
    expect(await find(admin, gateway.name.toUpperCase())).toEqual([gateway.id]);
    expect(await find(tenantAdmin, gateway.name)).toEqual([gateway.id]);
    expect(await find(stranger, gateway.name)).toEqual([]);
    expect(await find(admin, '%')).toEqual([]);
  });
});

function created<T extends { readonly status: number; readonly body: object }>(answer: T): T {
  expect(answer.body).not.toHaveProperty('code');
  expect(answer.status).toBe(201);
  return answer;
}

function memberOf(member: TestMember): object {
  return member.registration({ name: 'unused', region: 'unused' }).member;
}
