import request from 'supertest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { admissionResponseSchema, challengeSchema } from '../../src/contract/recovery.js';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import type { Target } from '../../src/contract/targets.js';
import { generateSealingKey, type SealingKey } from '../../src/gateway-agent/sealing-key.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionChangesService } from '../../src/modules/connections/connection-changes.service.js';
import { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RotationSweep } from '../../src/modules/rotations/rotation-sweep.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, TEST_TARGET, type GivenConnection, type GivenGateway } from '../support/given.js';
import { memberAuthorization, RecoveryPerson } from '../support/recovery-person.js';
import { recordingRelay } from '../support/recording-relay.js';
import { RotatingMember } from '../support/rotating-member.js';
import { TestMember } from '../support/test-member.js';

const DAY_MS = 24 * 60 * 60_000;
const ELSEWHERE: Target = { kind: 'postgresql', server: 'db.attacker.example', port: 5432, database: 'sales' };
const REBOUND = { code: 'CREDENTIAL_REBOUND', outcome: 'not-executed' };

/** A gateway whose members run the agent's own code, the leader first. */
interface Site {
  readonly gateway: GivenGateway;
  readonly members: readonly RotatingMember[];
}

/** At most every second one is above, so that this many in a row do not happen. */
const MOST_SEALINGS = 40;

describe('credentials through a rotation, with the members’ own code', () => {
  const { module } = recordingRelay();
  const person = RecoveryPerson.withoutPhrase();
  const running: RotatingMember[] = [];
  /** Making an RSA key takes a second: one is the next key of every gateway. */
  let next: SealingKey;
  let stranger: SealingKey;
  let app: TestApp;
  let given: Given;
  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, FabricApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    [next, stranger] = await Promise.all([generateSealingKey(), generateSealingKey()]);
  });
  afterEach(async () => {
    for (const member of running.splice(0)) await member[Symbol.asyncDispose]();
  });
  afterAll(() => app.stop());

  const http = (method: 'get' | 'post' | 'put', path: string, authorization: string, body?: object) =>
    request(app.url)[method](path).set('authorization', authorization).send(body);
  const sweep = (now = new Date()) => app.app.get(RotationSweep, { strict: false }).run(now);
  const run = async (gatewayId: string, id: string, member: TestMember): Promise<RotatingMember> => {
    await given.beat(id);
    const started = await RotatingMember.start(app, { id, gatewayId, member }, person);
    running.push(started);
    return started;
  };
  const join = async ({ id: gatewayId, admin }: GivenGateway): Promise<RotatingMember> => {
    const path = `/agent/v1/gateways/${gatewayId}`;
    const asked = await http('post', `${path}/challenges`, admin.authorization, { operation: 'join' }).expect(201);
    const member = new TestMember(app.config.issuer);
    const body = person.admission(app.config.issuer, challengeSchema.parse(asked.body), member);
    const answer = await http('post', `${path}/members`, admin.authorization, body).expect(201);
    return run(gatewayId, admissionResponseSchema.parse(answer.body).memberId, member);
  };
  const site = async (): Promise<Site> => {
    const gateway = await person.gateway(app, await given.caller());
    return { gateway, members: [await run(gateway.id, gateway.memberId, gateway.member), await join(gateway)] };
  };
  const start = async ({ id, admin }: GivenGateway): Promise<string> => {
    const { body } = await http('post', `/v1/gateways/${id}/rotations`, admin.authorization).expect(201);
    return (body as { id: string }).id;
  };
  const progress = async ({ id, admin }: GivenGateway, rotationId: string) =>
    (await http('get', `/v1/gateways/${id}/rotations/${rotationId}`, admin.authorization).expect(200)).body as object;
  /** Key made and handed out, what can be sealed anew sealed by the leader. */
  const rotate = async ({ gateway, members }: Site): Promise<string> => {
    const rotationId = await start(gateway);
    const [leader, ...others] = members;
    await leader?.expectKey(rotationId, next);
    await leader?.look(rotationId, true);
    for (const one of others) await one.look(rotationId, false);
    await leader?.look(rotationId, true);
    return rotationId;
  };
  /** As an envelope has it. */
  const routed = async ({ id, owner }: GivenConnection) => {
    const { connection, gateway } = await app.app.get(ConnectionsService, { strict: false }).route(owner, id);
    const { target, credentialType, encryption, credential, sealingKeyId: keyId } = connection;
    const sealedTo = { currentKeyId: gateway.sealingKeyId, ...(keyId !== undefined && { keyId }) };
    return { id, target, credentialType, encryption, ...(credential !== undefined && { credential }), sealedTo };
  };
  const brokenConnection = async (gateway: GivenGateway) => {
    const sealed = await sealCredential(stranger.publicKey, [{ name: 'password', value: 'neap' }]);
    return given.connection({ gateway, values: [{ gatewayId: gateway.id, sealed }] });
  };
  const alerts = async ({ id, owner }: GivenConnection) => {
    const path = `/v1/alerts?connectionId=${id}&kind=connection-credential-stale`;
    const { body } = await http('get', path, owner.authorization).expect(200);
    return (body as { value: { state: string; details: unknown }[] }).value.map(({ state }) => state);
  };
  const tested = async ({ id, owner }: GivenConnection) => {
    const { body } = await http('post', `/v1/connections/${id}/testConnection`, owner.authorization, {});
    return (body as { errorCode?: string }).errorCode;
  };
  const audited = async ({ id }: GivenGateway) =>
    app.database.query<{ subjectId: string }>(
      `SELECT "subjectId" FROM audit_entry WHERE "gatewayId" = $1 AND action = 'rotation.credential-set-aside'`,
      [id],
    );

  it('a sealed text that the leader made stays bound on a member that never saw it', async () => {
    const its = await site();
    const [leader, follower] = its.members;
    const connection = await given.connection({ gateway: its.gateway });
    const before = await routed(connection);
    for (const member of its.members) expect(await member.passwordFor(before)).toBe('correct horse');

    expect(await progress(its.gateway, await rotate(its))).toMatchObject({ state: 'grace', remaining: 0 });
    const after = await routed(connection);
    expect(after.credential).not.toBe(before.credential);
    // The control plane is the one to be stopped here: it may keep back whatever passes through it.
    await expect(follower?.passwordFor({ ...after, target: ELSEWHERE })).rejects.toMatchObject(REBOUND);
    await expect(leader?.passwordFor({ ...after, target: ELSEWHERE })).rejects.toMatchObject(REBOUND);
    for (const member of its.members) expect(await member.passwordFor(after)).toBe('correct horse');
  });

  it('one that no member can open is set aside, and ends when it is sealed again', async () => {
    const its = await site();
    const { gateway, members } = its;
    const [good, broken] = [await given.connection({ gateway }), await brokenConnection(gateway)];
    const rotationId = await rotate(its);
    // The leader has tried. The other one is there and may have what it takes.
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'resealing', remaining: 1, setAside: 0 });
    expect(await tested(broken)).not.toBe('CREDENTIAL_STALE_KEY');

    await members[1]?.look(rotationId, false);
    expect(await progress(gateway, rotationId)).toMatchObject({
      state: 'grace',
      remaining: 0,
      waitingFor: [],
      setAside: 1,
      setAsideConnections: [broken.id],
    });
    expect(await audited(gateway)).toEqual([{ subjectId: broken.id }]);
    expect(await tested(broken)).toBe('CREDENTIAL_STALE_KEY');
    expect(await tested(good)).not.toBe('CREDENTIAL_STALE_KEY');
    expect(await alerts(broken)).toEqual(['Open']);
    const question = { user: broken.owner.id, connectionId: broken.id, operation: 'test' };
    const { body: answer } = await http('post', '/v1/explain', broken.owner.authorization, question).expect(200);
    expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'credential' });

    await sweep(new Date(Date.now() + DAY_MS - 60_000));
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace' });
    await given.beat(gateway.memberId);
    await sweep(new Date(Date.now() + DAY_MS + 60_000));
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'done', setAside: 1 });
    expect(await alerts(broken)).toEqual(['Open']);

    const { newest } = members[1]!.sealing;
    const sealed = await sealCredential(newest.publicKey, [{ name: 'password', value: 'spring' }]);
    await app.app
      .get(ConnectionChangesService, { strict: false })
      .update(broken.owner, broken.id, { values: [{ gatewayId: gateway.id, sealed, keyId: newest.id }] });
    expect(await members[1]?.passwordFor(await routed(broken))).toBe('spring');
    expect(await tested(broken)).not.toBe('CREDENTIAL_STALE_KEY');
    await sweep();
    expect(await alerts(broken)).toEqual(['Resolved']);
    expect(await progress(gateway, rotationId)).toMatchObject({ setAside: 0, setAsideConnections: [] });
  });

  it('a member that was away and has the key undoes what was set aside without it', async () => {
    const its = await site();
    const { gateway } = its;
    const late = await join(gateway);
    await late.sealing.add(stranger);
    const broken = await brokenConnection(gateway);
    await given.beat(late.id, 11 * 60);
    const rotationId = await rotate(its);
    await its.members[1]?.look(rotationId, false);
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace', setAside: 1 });

    await late.look(rotationId, false);
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace', setAside: 0, remaining: 0 });
    expect(await its.members[0]?.passwordFor(await routed(broken))).toBe('neap');
    await sweep();
    expect(await alerts(broken)).toEqual(['Resolved']);
  });

  it('a deleted connection leaves no alert behind', async () => {
    const its = await site();
    const broken = await brokenConnection(its.gateway);
    const rotationId = await rotate(its);
    await its.members[1]?.look(rotationId, false);
    await app.app.get(ConnectionsService, { strict: false }).remove(broken.owner, broken.id);
    await sweep();
    expect(
      await app.database.query(
        `SELECT state::text FROM alert WHERE "connectionId" = $1 AND kind = 'connection-credential-stale'`,
        [broken.id],
      ),
    ).toEqual([{ state: 'Resolved' }]);
    expect(await app.database.query('SELECT 1 FROM unopened_credential WHERE "gatewayId" = $1', [its.gateway.id])).toEqual([]); // prettier-ignore
  });

  it('a member that nobody vouched for neither reads nor replaces what others could not open', async () => {
    const its = await site();
    const { gateway, members } = its;
    const broken = await brokenConnection(gateway);
    const rotationId = await rotate(its);
    await app.database.query('UPDATE member SET certificate = NULL WHERE id = $1', [members[1]!.id]);
    await expect(members[1]?.look(rotationId, false)).rejects.toMatchObject({ problem: { status: 409 } });

    const ghost = await memberAuthorization(app, gateway.memberId, gateway.member);
    await app.database.query('UPDATE member SET certificate = NULL WHERE id = $1', [gateway.memberId]);
    const path = `/agent/v1/rotations/${rotationId}`;
    await http('get', `${path}/unopened`, ghost).expect(409);
    const [row] = await app.database.query<{ hash: Buffer }>(
      'SELECT "credentialHash" AS hash FROM connection WHERE id = $1',
      [broken.id],
    );
    const body = { expectedHash: row?.hash.toString('base64url'), sealed: await sealedCredential() };
    await http('put', `${path}/credentials/${broken.id}`, ghost, body).expect(409);
    const report = { credentials: [{ connectionId: broken.id, hash: body.expectedHash }] };
    await http('post', `${path}/unopened`, ghost, report).expect(409);
  });

  it('after the grace a member says that the key is gone, and not only that something failed', async () => {
    const its = await site();
    const { gateway, members } = its;
    const connection = await given.connection({ gateway, target: TEST_TARGET });
    const before = await routed(connection);
    const rotationId = await rotate(its);
    await sweep(new Date(Date.now() + DAY_MS + 60_000));
    for (const member of members) expect(await member.look(rotationId, false)).toBe('done');

    const { currentKeyId } = (await routed(connection)).sealedTo;
    const stale = { ...before, sealedTo: { keyId: before.sealedTo.keyId ?? '', currentKeyId } };
    await expect(members[1]?.passwordFor(stale)).rejects.toMatchObject({ code: 'CREDENTIAL_STALE_KEY' });
    // A client that had the old public key at hand and does not name it: nobody can tell before it is opened.
    const unnamed = await untilTaken(() => given.connection({ gateway }));
    const envelope = await routed(unnamed);
    expect(envelope.sealedTo).toEqual({ currentKeyId });
    await expect(members[0]?.passwordFor(envelope)).rejects.toMatchObject({ code: 'CREDENTIAL_STALE_KEY' });
    // An older control plane does not say which keys matter, and knows the one code only.
    await expect(members[0]?.passwordFor({ ...envelope, sealedTo: undefined })).rejects.toMatchObject({
      code: 'CREDENTIAL_UNREADABLE',
    });
  });
});

/** What was sealed to the old key is refused at once where its number is above the new key's modulus: then seal again. */
async function untilTaken(create: () => Promise<GivenConnection>): Promise<GivenConnection> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'CREDENTIAL_STALE_KEY') || tries === MOST_SEALINGS)
        throw error;
    }
  }
}
