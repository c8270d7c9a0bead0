import { randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rotationBatchSchema, rotationKeyInput, rotationViewSchema } from '../../src/contract/rotation.js';
import type { SealingPublicKey } from '../../src/contract/registration.js';
import { openCredential } from '../../src/contract/open-credential.js';
import { sealCredential, sealingKeyId } from '../../src/contract/sealed-credential.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import { ConnectionChangesService } from '../../src/modules/connections/connection-changes.service.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RotationStarter } from '../../src/modules/recovery/rotation-starter.types.js';
import { RotationDirectives } from '../../src/modules/rotations/rotation-directives.service.js';
import { RotationSweep } from '../../src/modules/rotations/rotation-sweep.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, TEST_PAIRS, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { newSealingKey, TestMember, testSealingKey } from '../support/test-member.js';

const DAY_MS = 24 * 60 * 60_000;

/** A member of the gateway with a token, as it calls. */
interface Calling {
  readonly id: string;
  readonly member: TestMember;
  readonly token: string;
}

describe('rotation of the sealing key', () => {
  const { module } = recordingRelay();
  // Making an RSA key takes a second: one does for all tests, where nothing is opened a number will do.
  const second = newSealingKey(3072);
  const third = { publicKey: publicKeyOf(384) };
  let app: TestApp;
  let given: Given;
  let oldKeyId: string;
  let newKeyId: string;
  beforeAll(async () => {
    app = await startTestApp({
      imports: [AgentApiModule, ConnectionsModule, FabricApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    oldKeyId = await sealingKeyId(testSealingKey().publicKey);
    newKeyId = await sealingKeyId(second.publicKey);
  });
  afterAll(() => app.stop());

  const http = (method: 'get' | 'post' | 'put', path: string, token: string, body?: object) =>
    request(app.url)[method](path).set('authorization', token).send(body);
  const agent = (by: Calling, method: 'get' | 'post' | 'put', rotationId: string, path = '', body?: object) =>
    http(method, `/agent/v1/rotations/${rotationId}${path}`, `Bearer ${by.token}`, body);
  const sweep = (now = new Date()) => app.app.get(RotationSweep, { strict: false }).run(now);
  const query = (sql: string, values: unknown[]) => app.database.query(sql, values);

  const calling = async (id: string, member: TestMember): Promise<Calling> => {
    const { body } = await request(app.url)
      .post('/agent/v1/tokens')
      .send(await member.tokenRequest(id))
      .expect(200);
    await given.beat(id);
    return { id, member, token: (body as { access_token: string }).access_token };
  };
  const certify = (id: string) => query('UPDATE member SET certificate = $2 WHERE id = $1', [id, randomBytes(64)]);
  /** Another member of the gateway, certified and online. */
  const join = async (gateway: GivenGateway): Promise<Calling> => {
    const member = new TestMember(app.config.publicUrl);
    const { member: wanted } = member.registration({ name: 'x', region: 'westeurope' });
    const id = randomUUID();
    await query(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        gateway.admin.tenantId,
        gateway.id,
        `member-${id.slice(0, 8)}`,
        Buffer.from(wanted.keys.identity, 'base64url'),
        Buffer.from(wanted.keys.receiving, 'base64url'),
        randomBytes(32),
        wanted.version,
        wanted.capabilities,
      ],
    );
    await certify(id);
    return calling(id, member);
  };
  const site = async () => {
    const gateway = await given.gateway();
    await certify(gateway.memberId);
    return { gateway, leader: await calling(gateway.memberId, gateway.member) };
  };
  const start = async (gateway: GivenGateway): Promise<string> => {
    const path = `/v1/gateways/${gateway.id}/rotations`;
    const { body } = await http('post', path, gateway.admin.authorization).expect(201);
    return (body as { id: string }).id;
  };
  const progress = async (gateway: GivenGateway, rotationId: string) => {
    const path = `/v1/gateways/${gateway.id}/rotations/${rotationId}`;
    const { body } = await http('get', path, gateway.admin.authorization).expect(200);
    return body as Record<string, unknown>;
  };
  const keyBody = (by: Calling, gateway: GivenGateway, rotationId: string, options: KeyOptions = {}) => {
    const { publicKey = second.publicKey, members = [by.id] } = options;
    return {
      publicKey,
      packages: members.map((memberId) => ({ memberId, sealed: randomBytes(1900).toString('base64url') })),
      bundle: randomBytes(1900).toString('base64url'),
      signature: by.member.signText(rotationKeyInput(rotationId, gateway.id, publicKey)),
    };
  };
  const bring = (by: Calling, gateway: GivenGateway, rotationId: string, options: KeyOptions = {}) =>
    agent(by, 'put', rotationId, '/key', keyBody(by, gateway, rotationId, options));
  const batch = async (by: Calling, rotationId: string) =>
    rotationBatchSchema.parse((await agent(by, 'get', rotationId, '/credentials').expect(200)).body);
  const reseal = async (
    by: Calling,
    rotationId: string,
    { connectionId, hash }: { connectionId: string; hash: string },
  ) =>
    agent(by, 'put', rotationId, `/credentials/${connectionId}`, {
      expectedHash: hash,
      sealed: await sealCredential(second.publicKey, TEST_PAIRS),
    });
  const finish = async (by: Calling, rotationId: string) => {
    for (const one of (await batch(by, rotationId)).credentials) await reseal(by, rotationId, one).then(ok);
  };
  const ok = ({ status }: { status: number }) => expect(status).toBe(204);

  it('goes from start to done without anybody entering a password', async () => {
    const { gateway, leader } = await site();
    const follower = await join(gateway);
    const connection = await given.connection({ gateway });
    await given.connection({ gateway });
    const rotationId = await start(gateway);
    expect(await progress(gateway, rotationId)).toMatchObject({
      state: 'distributing',
      leaderId: leader.id,
      oldKeyId,
      remaining: 2,
      receipts: [],
      hasGrace: true,
    });

    const brought = await bring(leader, gateway, rotationId, { members: [leader.id, follower.id] }).expect(200);
    expect(rotationViewSchema.parse(brought.body)).toMatchObject({ state: 'distributing', key: { leader: leader.id } });
    // Callers keep sealing to the old key until every member could open what is sealed to the new one.
    expect(await keyOf(gateway)).toBe(oldKeyId);
    expect((await batch(leader, rotationId)).credentials).toEqual([]);
    const view = rotationViewSchema.parse((await agent(follower, 'get', rotationId).expect(200)).body);
    expect(view.key?.sealed).toBeDefined();

    await agent(follower, 'post', rotationId, '/receipts', { keyId: newKeyId }).expect(204);
    expect(await keyOf(gateway)).toBe(newKeyId);
    const todo = await batch(leader, rotationId);
    expect(todo).toMatchObject({ remaining: 2, credentials: { length: 2 } });
    for (const one of todo.credentials) ok(await reseal(leader, rotationId, one));

    expect(await progress(gateway, rotationId)).toMatchObject({
      state: 'grace',
      total: 2,
      remaining: 0,
      waitingFor: [],
    });
    const route = await app.app.get(ConnectionsService, { strict: false }).route(gateway.admin, connection.id);
    const opened = await openCredential(route.connection.credential ?? '', await forOpening(second.privateKey));
    expect([...opened]).toEqual(TEST_PAIRS.map(({ name, value }) => [name, value]));

    await sweep(new Date(Date.now() + DAY_MS - 60_000));
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace' });
    await sweep(new Date(Date.now() + DAY_MS + 60_000));
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'done', remaining: 0 });
    expect(await auditOf(gateway, 'rotation.%')).toEqual([
      'rotation.started',
      'rotation.key-distributed',
      'rotation.completed',
    ]);
  });

  it('is one at a time, and for administrators only', async () => {
    const { gateway } = await site();
    const path = `/v1/gateways/${gateway.id}/rotations`;
    const somebody = await given.caller({ tenantId: gateway.admin.tenantId });
    await http('post', path, somebody.authorization).expect(403);
    const answers = await Promise.all([1, 2, 3].map(() => http('post', path, gateway.admin.authorization)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({ errorCode: 'ROTATION_UNDER_WAY' });
    const list = await http('get', path, gateway.admin.authorization).expect(200);
    expect(list.body).toMatchObject({ value: { length: 1 } });
    await http('get', path, somebody.authorization).expect(403);
    await http('get', `${path}/${randomUUID()}`, gateway.admin.authorization).expect(404);
  });

  it('has one leader: of two at once one wins, and a lapsed lease goes to whoever asks next', async () => {
    const { gateway, leader } = await site();
    const follower = await join(gateway);
    const rotationId = await start(gateway);
    await bring(follower, gateway, rotationId).expect(409);
    await query(`UPDATE rotation SET "leaderId" = NULL, "leaseUntil" = NULL WHERE id = $1`, [rotationId]);
    const both = await Promise.all(
      [leader, follower].map((one) => bring(one, gateway, rotationId, { members: [leader.id, follower.id] })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);

    const [winner, loser] = both[0]?.status === 200 ? [leader, follower] : [follower, leader];
    await query(`UPDATE rotation SET "leaseUntil" = now() - interval '1 second' WHERE id = $1`, [rotationId]);
    await agent(loser, 'get', rotationId).expect(200);
    expect(await progress(gateway, rotationId)).toMatchObject({ leaderId: loser.id });
    const directives = app.app.get(RotationDirectives, { strict: false });
    const directed = ({ id }: Calling) =>
      directives.of({ id, tenantId: gateway.admin.tenantId, gatewayId: gateway.id });
    expect(await directed(loser)).toEqual({ rotationId, leads: true });
    expect(await directed(winner)).toEqual({ rotationId, leads: false });
    await agent(winner, 'get', rotationId, '/credentials').expect(409);
    // The key that the first leader brought holds: the second one goes on with it.
    const other = await bring(loser, gateway, rotationId, { publicKey: third.publicKey }).expect(200);
    expect(rotationViewSchema.parse(other.body).key).toMatchObject({ leader: winner.id, publicKey: second.publicKey });
  });

  it('goes on after the leader died in the middle of sealing anew', async () => {
    const { gateway, leader } = await site();
    const follower = await join(gateway);
    for (let made = 0; made < 3; made += 1) await given.connection({ gateway });
    const rotationId = await start(gateway);
    await bring(leader, gateway, rotationId, { members: [leader.id, follower.id] });
    await agent(follower, 'post', rotationId, '/receipts', { keyId: newKeyId }).expect(204);
    const [first] = (await batch(leader, rotationId)).credentials;
    if (!first) throw new Error('nothing to seal');
    ok(await reseal(leader, rotationId, first));
    // The answer was lost and the leader sends it again: it finds it done.
    expect((await reseal(leader, rotationId, first)).status).toBe(409);
    await agent(follower, 'get', rotationId, '/credentials').expect(409);

    await query(`UPDATE rotation SET "leaseUntil" = now() - interval '1 second' WHERE id = $1`, [rotationId]);
    await given.beat(leader.id, 300);
    await sweep();
    expect(await progress(gateway, rotationId)).toMatchObject({ leaderId: follower.id, total: 3, remaining: 2 });
    await finish(follower, rotationId);
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace', remaining: 0 });
  });

  it('is right about connections that are made, changed and deleted meanwhile', async () => {
    const { gateway, leader } = await site();
    const [edited, deleted, left] = [
      await given.connection({ gateway }),
      await given.connection({ gateway }),
      await given.connection({ gateway }),
    ];
    const rotationId = await start(gateway);
    await bring(leader, gateway, rotationId);
    const todo = await batch(leader, rotationId);
    const of = (id: string) =>
      todo.credentials.find(({ connectionId }) => connectionId === id) ?? { connectionId: id, hash: '' };

    const change = async (id: string, keyId?: string) =>
      app.app.get(ConnectionChangesService, { strict: false }).update(gateway.admin, id, {
        values: [
          { gatewayId: gateway.id, sealed: await sealedTo(keyId === newKeyId ? second.publicKey : undefined), keyId },
        ],
      });
    await change(edited.id, oldKeyId);
    const removed = await http('get', `/v1/connections/${deleted.id}`, gateway.admin.authorization);
    expect(removed.status).toBe(200);
    await app.app.get(ConnectionsService, { strict: false }).remove(gateway.admin, deleted.id);
    expect((await reseal(leader, rotationId, of(edited.id))).status).toBe(409);
    expect((await reseal(leader, rotationId, of(deleted.id))).status).toBe(409);
    ok(await reseal(leader, rotationId, of(left.id)));
    await given.connection({ gateway });
    await given.connection({
      gateway,
      values: [{ gatewayId: gateway.id, sealed: await sealedTo(second.publicKey), keyId: newKeyId }],
    });
    // What was sealed to the old key, and what nobody said the key of; not what came with the new one.
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'resealing', remaining: 2 });
    await finish(leader, rotationId);
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'grace', remaining: 0 });

    // During the time of grace the old key is still good, and what is sealed to it is sealed anew.
    const late = await given.connection({ gateway });
    await sweep(new Date(Date.now() + 2 * DAY_MS));
    expect(await progress(gateway, rotationId)).toMatchObject({
      state: 'resealing',
      remaining: 1,
      waitingFor: [late.id],
    });
    await given.beat(leader.id);
    await finish(leader, rotationId);
    await sweep(new Date(Date.now() + 2 * DAY_MS));
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'done' });

    await expect(change(left.id, oldKeyId)).rejects.toMatchObject({ code: 'CREDENTIAL_STALE_KEY' });
    await expect(
      given.connection({ gateway, values: [{ gatewayId: gateway.id, sealed: beyondAnyModulus() }] }),
    ).rejects.toMatchObject({ code: 'CREDENTIAL_STALE_KEY' });
    await change(left.id, newKeyId);
  });

  it('gives the key to members of the gateway and to nobody else', async () => {
    const { gateway, leader } = await site();
    const other = await site();
    const rotationId = await start(gateway);
    const ghost = await bring(leader, gateway, rotationId, { members: [leader.id, randomUUID()] }).expect(400);
    expect(ghost.body).toMatchObject({ code: 'VALIDATION_FAILED' });
    await bring(leader, gateway, rotationId, { members: [leader.id, other.leader.id] }).expect(400);
    await bring(leader, gateway, rotationId, { members: [leader.id, leader.id] }).expect(400);
    await agent(other.leader, 'get', rotationId).expect(404);
    await bring(other.leader, other.gateway, rotationId).expect(404);
  });

  it.each([
    ['signed by another key', () => ({ signature: randomBytes(64).toString('base64url') })],
    ['that the gateway had before', () => ({ publicKey: testSealingKey().publicKey })],
    ['that is too short', () => ({ publicKey: publicKeyOf(256) })],
    ['without a whole bundle', () => ({ bundle: randomBytes(64).toString('base64url') })],
  ])('refuses a key %s', async (_name, change) => {
    const { gateway, leader } = await site();
    const rotationId = await start(gateway);
    const changed = { ...keyBody(leader, gateway, rotationId), ...change() };
    const signature =
      'signature' in change()
        ? changed.signature
        : leader.member.signText(rotationKeyInput(rotationId, gateway.id, changed.publicKey));
    const answer = await agent(leader, 'put', rotationId, '/key', { ...changed, signature }).expect(400);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED' });
    expect(await progress(gateway, rotationId)).not.toHaveProperty('newKeyId');
  });

  it('does not wait for a member that is away: its package waits for it', async () => {
    const { gateway, leader } = await site();
    const away = await join(gateway);
    await given.connection({ gateway });
    const rotationId = await start(gateway);
    await given.beat(away.id, 5 * 60);
    await bring(leader, gateway, rotationId, { members: [leader.id, away.id] });
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'distributing' });
    await given.beat(away.id, 11 * 60);
    await sweep();
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'resealing' });
    await finish(leader, rotationId);
    await sweep(new Date(Date.now() + DAY_MS + 60_000));

    await query('UPDATE member SET "keyIds" = $2 WHERE id = $1', [away.id, [oldKeyId]]);
    await query('UPDATE member SET "keyIds" = $2 WHERE id = $1', [leader.id, [newKeyId]]);
    const directives = app.app.get(RotationDirectives, { strict: false });
    const directed = ({ id }: Calling) =>
      directives.of({ id, tenantId: gateway.admin.tenantId, gatewayId: gateway.id });
    expect(await directed(away)).toEqual({ rotationId, leads: false });
    expect(await directed(leader)).toBeUndefined();
    const view = rotationViewSchema.parse((await agent(away, 'get', rotationId).expect(200)).body);
    expect(view).toMatchObject({ state: 'done', key: { publicKey: second.publicKey } });
    expect(view.key?.sealed).toBeDefined();
    await agent(away, 'post', rotationId, '/receipts', { keyId: newKeyId }).expect(204);
  });

  it('asks for another key when a member joined after it was handed out, or its maker left', async () => {
    const { gateway, leader } = await site();
    const follower = await join(gateway);
    const rotationId = await start(gateway);
    await bring(leader, gateway, rotationId, { members: [leader.id, follower.id] });
    const joined = await join(gateway);
    await agent(follower, 'post', rotationId, '/receipts', { keyId: newKeyId }).expect(204);
    expect(await progress(gateway, rotationId)).toMatchObject({ state: 'distributing', receipts: [] });
    expect(await keyOf(gateway)).toBe(oldKeyId);
    await bring(leader, gateway, rotationId, { members: [leader.id, follower.id, joined.id] }).expect(200);
    await query('DELETE FROM member WHERE id = $1', [leader.id]);
    await sweep();
    expect(await progress(gateway, rotationId)).not.toHaveProperty('newKeyId');
  });

  it('knows no grace after a compromise, and overtakes a rotation that is under way', async () => {
    const { gateway, leader } = await site();
    const connection = await given.connection({ gateway });
    const first = await start(gateway);
    await bring(leader, gateway, first);
    expect(await progress(gateway, first)).toMatchObject({ state: 'resealing' });
    await query(
      `INSERT INTO exposure ("memberId", "connectionId", "tenantId", "gatewayId", "credentialHash")
       SELECT $2, id, "tenantId", "gatewayId", "credentialHash" FROM connection WHERE id = $1`,
      [connection.id, randomUUID()],
    );
    await app.app
      .get(RotationStarter, { strict: false })
      .startAfter({ tenantId: gateway.admin.tenantId, gatewayId: gateway.id, at: new Date() }, gateway.admin);
    expect(await progress(gateway, first)).toMatchObject({ state: 'superseded' });
    await agent(leader, 'get', first).expect(404);
    await agent(leader, 'put', first, `/credentials/${connection.id}`, {
      expectedHash: 'x'.repeat(43),
      sealed: 'x',
    }).expect(404);

    const { body } = await http('get', `/v1/gateways/${gateway.id}/rotations`, gateway.admin.authorization);
    const secondId = (body as { value: { id: string }[] }).value[0]?.id ?? '';
    await bring(leader, gateway, secondId, { publicKey: third.publicKey }).expect(200);
    const [todo] = (await batch(leader, secondId)).credentials;
    if (!todo) throw new Error('nothing to seal');
    const sealed = await sealCredential(third.publicKey, TEST_PAIRS);
    ok(await agent(leader, 'put', secondId, `/credentials/${todo.connectionId}`, { expectedHash: todo.hash, sealed }));
    expect(await progress(gateway, secondId)).toMatchObject({ state: 'done', hasGrace: false });
    // Sealing anew is no change of the password: the exposure stays open, under the new hash.
    const [exposure] = await query(
      `SELECT e."closedAt", e."credentialHash" = c."credentialHash" AS same FROM exposure e
       JOIN connection c ON c.id = e."connectionId" WHERE c.id = $1`,
      [connection.id],
    );
    expect(exposure).toEqual({ closedAt: null, same: true });
    await expect(
      given.connection({
        gateway,
        values: [{ gatewayId: gateway.id, sealed: await sealedCredential(), keyId: oldKeyId }],
      }),
    ).rejects.toMatchObject({ code: 'CREDENTIAL_STALE_KEY' });
  });

  async function keyOf({ id }: GivenGateway): Promise<string | undefined> {
    const [row] = await app.database.query<{ sealingKeyId: string }>(
      'SELECT "sealingKeyId" FROM gateway WHERE id = $1',
      [id],
    );
    return row?.sealingKeyId;
  }

  async function auditOf({ id }: GivenGateway, pattern: string): Promise<string[]> {
    const rows = await app.database.query<{ action: string }>(
      'SELECT action FROM audit_entry WHERE "gatewayId" = $1 AND action LIKE $2 ORDER BY id',
      [id, pattern],
    );
    return rows.map(({ action }) => action);
  }
});

interface KeyOptions {
  readonly publicKey?: SealingPublicKey;
  readonly members?: readonly string[];
}

function sealedTo(publicKey: SealingPublicKey = testSealingKey().publicKey): Promise<string> {
  return sealCredential(publicKey, TEST_PAIRS);
}

/** Looks like a public key; nobody has the other half. */
function publicKeyOf(modulusBytes: number): SealingPublicKey {
  const modulus = randomBytes(modulusBytes);
  modulus.writeUInt8(modulus.readUInt8(0) | 0x80, 0);
  modulus.writeUInt8(modulus.readUInt8(modulusBytes - 1) | 1, modulusBytes - 1);
  return { modulus: modulus.toString('base64'), exponent: 'AQAB' };
}

function forOpening(key: KeyObject) {
  const der = Uint8Array.from(key.export({ type: 'pkcs8', format: 'der' }));
  return crypto.subtle.importKey('pkcs8', der, { name: 'RSA-OAEP', hash: 'SHA-256' }, false, ['decrypt']);
}

/** A sealed text whose wrapped key is a number beyond the modulus of any key. */
function beyondAnyModulus(): string {
  const blob = Buffer.concat([Buffer.of(0, 0), randomBytes(32 + 16 + 16)]);
  return Buffer.alloc(384, 0xff).toString('base64') + blob.toString('base64');
}
