import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupSchema, canonicalJson, openBackup, type Backup } from '../../src/contract/backup.js';
import { sessionResponseSchema } from '../../src/contract/membership.js';
import { AgentApiModule } from '../../src/modules/agent-api/agent-api.module.js';
import { BackupModule } from '../../src/modules/backup/backup.module.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import { RegistrationService } from '../../src/modules/gateways/registration.service.js';
import { RecoverySetupService } from '../../src/modules/recovery/recovery-setup.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller, type GivenConnection, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

type Document = Record<string, unknown>;

async function startControlPlane(relay: ReturnType<typeof recordingRelay>): Promise<TestApp> {
  return startTestApp({
    imports: [AgentApiModule, BackupModule, ConnectionsModule],
    override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
  });
}

describe('the backup of a tenant', () => {
  const newRelay = recordingRelay();
  let before: TestApp;
  let after: TestApp;
  let admin: GivenCaller;
  let gateway: GivenGateway;
  let connection: GivenConnection;
  let user: GivenCaller;
  let environmentId: string;
  let document: Document;
  /** The same administrator, signed in at the new control plane. */
  let restorer: GivenCaller;

  const take = (app: TestApp, by: GivenCaller) =>
    request(app.url).get('/v1/backup').set('authorization', by.authorization);
  const restore = (by: GivenCaller, backup: Document) =>
    request(after.url).post('/v1/backup/restorations').set('authorization', by.authorization).send(backup);
  const signIn = (app: TestApp, { id, tenantId, isTenantAdministrator }: GivenCaller) =>
    new Given(app).caller({ id, tenantId, isTenantAdministrator });
  const session = async (app: TestApp, instance?: number) => {
    const wanted = await gateway.member.tokenRequest(gateway.memberId);
    const token = await request(app.url)
      .post('/agent/v1/tokens')
      .send(instance === undefined ? wanted : { ...wanted, instance })
      .expect(200);
    const { access_token: accessToken } = token.body as { access_token: string };
    const answer = await request(app.url).get('/agent/v1/session').set('authorization', `Bearer ${accessToken}`);
    return sessionResponseSchema.parse(answer.body);
  };

  beforeAll(async () => {
    before = await startControlPlane(recordingRelay());
    // Another database and another vault: what was there before is lost.
    after = await startControlPlane(newRelay);
    const given = new Given(before);
    admin = await given.caller({ isTenantAdministrator: true });
    gateway = await given.gateway({ admin });
    await before.database.query('UPDATE member SET certificate = $1', [randomBytes(64)]);
    environmentId = (await given.environment({ tenantId: admin.tenantId })).id;
    connection = await given.connection({ gateway, environmentIds: [environmentId] });
    await given.connection({
      gateway,
      credentialType: 'Anonymous',
      target: { kind: 'http', url: 'http://intranet.example/' },
      values: [],
    });
    user = await given.userOf(connection);
    await session(before);
    document = JSON.parse((await take(before, admin).expect(200)).text) as Document;
    restorer = await signIn(after, admin);
  });
  afterAll(async () => {
    await before.stop();
    await after.stop();
  });

  it('is one document with everything but secrets, signed, and the same when nothing changed', async () => {
    const { body, fingerprint } = openBackup(document);
    expect(fingerprint).toMatch(/^sha256:/);
    const backup = backupSchema.parse(body);
    expect(backup).toMatchObject({ tenantId: admin.tenantId, gateways: { length: 1 }, connections: { length: 2 } });
    const route = await routeOf(before);
    expect(backup.connections.map(({ sealed }) => sealed)).toContain(route.connection.credential);

    const again = JSON.parse((await take(before, admin)).text) as Document;
    const apartFromTime = (one: Document) => canonicalJson({ ...one, createdAt: '', seal: '' });
    expect(apartFromTime(again)).toBe(apartFromTime(document));

    const [{ sealed: sessionKey } = { sealed: Buffer.alloc(0) }] = await before.database.query<{ sealed: Buffer }>(
      'SELECT sealed FROM session_key',
    );
    const text = JSON.stringify(document);
    for (const secret of [sessionKey.toString('base64url'), 'tgm_', 'wrappedDataKey', 'memberToken', 'sessionKey']) {
      expect(text).not.toContain(secret);
    }
  });

  it('is for administrators of the tenant only, and so is bringing it back', async () => {
    await take(before, await new Given(before).caller({ tenantId: admin.tenantId })).expect(403);
    await restore(await new Given(after).caller({ tenantId: admin.tenantId }), document).expect(403);
  });

  it('is not read from strangers: they are refused before they sent it, and nobody waits for them', async () => {
    const { port } = new URL(after.url);
    const stranger = await new Given(after).caller({ tenantId: admin.tenantId });
    /** Announces a whole backup, sends its first byte and waits. */
    const announce = (authorization: string) => {
      const headers = { authorization, 'content-type': 'application/json', 'content-length': '60000000' };
      const call = httpRequest({ host: '127.0.0.1', port, method: 'POST', path: '/v1/backup/restorations', headers });
      const status = new Promise<number | undefined>((resolve) => {
        call.once('response', (answer) => {
          resolve(answer.statusCode);
          call.destroy();
        });
        call.once('error', () => resolve(undefined));
      });
      call.write('{');
      return { status, call };
    };
    expect(await announce('Bearer none').status).toBe(401);
    expect(await announce('').status).toBe(401);
    expect(await announce(stranger.authorization).status).toBe(403);
    const noted = () =>
      after.database.query(`SELECT 1 FROM pending_refusal WHERE "actorId" = $1 AND result = 'NOT_ADMINISTRATOR'`, [
        stranger.id,
      ]);
    await until('the refusal to be noted', async () => (await noted()).length === 1);

    // One that may send it has the only place; a second one is told to wait, and the place is free when the first goes.
    const first = announce(restorer.authorization);
    await until('the place to be taken', async () => (await restore(restorer, {})).status === 429);
    first.call.destroy();
    await until('the place to be free', async () => (await restore(restorer, {})).status === 422);
  });

  it.each<[string, (backup: Backup) => void, string]>([
    ['was changed', (backup) => void (backup.gateways[0]!.name = 'another'), 'it was changed'],
    ['lost a part', (backup) => void backup.connections.pop(), 'it was changed'],
  ])('is refused when it %s', async (_name, change, problem) => {
    const changed = structuredClone(document);
    change(changed as unknown as Backup);
    const { body } = await restore(restorer, changed).expect(422);
    expect(body).toMatchObject({ errorCode: 'BACKUP_INVALID' });
    expect(JSON.stringify(body)).toContain(problem);
  });

  it('is refused with a hash that fits but no signature, for another tenant, and without its end', async () => {
    const { seal, ...rest } = structuredClone(document);
    const forged = { ...rest, issuer: 'https://elsewhere.example' };
    const sha256 = createHash('sha256').update(canonicalJson(forged)).digest('base64url');
    await restore(restorer, { ...forged, seal: { ...(seal as object), sha256 } }).expect(422);
    await restore(restorer, rest).expect(422);
    const stranger = await new Given(after).caller({ isTenantAdministrator: true });
    await restore(stranger, document).expect(422);
    expect(await rowsOf('gateway')).toBe(0);
  });

  it('brings a control plane back: the same ciphertexts, roles and members, on another vault', async () => {
    const two = await Promise.all([restore(restorer, document), restore(restorer, document)]);
    const done = two.find(({ status }) => status === 201);
    expect(two.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(done?.body).toEqual({
      environments: 1,
      gateways: 1,
      members: 1,
      connections: 2,
      signedBy: openBackup(document).fingerprint,
      isSameIssuer: true,
    });

    const [was, is] = [await routeOf(before), await routeOf(after)];
    expect(is.connection).toEqual(was.connection);
    expect(is.environments).toEqual(was.environments);
    expect(is.grant).toMatchObject({ connectionRole: 'User' });
    expect(is.gateway.epoch).toBeGreaterThan(was.gateway.epoch);
    const setups = [before, after].map((app) =>
      app.app.get(RecoverySetupService, { strict: false }).read(admin.tenantId, gateway.id),
    );
    expect(await setups[1]).toEqual(await setups[0]);
  });

  it('lets the agent go on with the identity it has, and knows its machine', async () => {
    const { queues } = await session(after, 1);
    expect(queues.work).toContain(gateway.id);
    expect([...newRelay.provisioner.places].join()).toContain(gateway.memberId);
    await expect(
      after.app
        .get(RegistrationService, { strict: false })
        .register(
          { tenantId: admin.tenantId, principal: restorer },
          gateway.member.registration({ name: 'second', region: 'westeurope' }),
        ),
    ).rejects.toMatchObject({ code: 'MEMBER_ALREADY_ON_MACHINE' });
  });

  it('is not brought back over what is there, nor with ids that another tenant has', async () => {
    const { body } = await restore(restorer, document).expect(409);
    expect(body).toMatchObject({ errorCode: 'TENANT_NOT_EMPTY' });

    await after.database.query('DELETE FROM connection');
    await after.database.query('DELETE FROM environment WHERE "tenantId" = $1', [admin.tenantId]);
    const other = await new Given(after).caller();
    await after.database.query('UPDATE gateway SET "tenantId" = $1', [other.tenantId]);
    const taken = await restore(restorer, document).expect(422);
    expect(taken.body).toMatchObject({ errorCode: 'BACKUP_INVALID' });
    expect(await rowsOf('environment')).toBe(0);
  });

  function routeOf(app: TestApp) {
    return app.app.get(ConnectionsService, { strict: false }).route(user, connection.id);
  }

  async function rowsOf(table: 'gateway' | 'environment'): Promise<number> {
    const rows = await after.database.query(`SELECT 1 FROM ${table}`);
    return rows.length;
  }
});
