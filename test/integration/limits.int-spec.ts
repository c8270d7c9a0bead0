import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplicaPresence } from '../../src/common/limits/replica-presence.js';
import { EnvironmentsController } from '../../src/modules/management-api/environments.controller.js';
import { EnvironmentsModule } from '../../src/modules/environments/environments.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { withDatabase, type TestDatabase } from '../support/database.js';
import { MemoryVault } from '../support/memory-vault.js';
import { somebody } from '../support/tokens.js';

/** Ten a minute of one caller: ten may come at once. Two replicas: five each. */
const PER_MINUTE = 10;

describe('limits over replicas', () => {
  let database: TestDatabase;
  const vault = new MemoryVault();
  const apps: TestApp[] = [];

  const start = async () => {
    const app = await startTestApp({
      database,
      vault,
      imports: [EnvironmentsModule],
      controllers: [EnvironmentsController],
      environment: { TIDEGATE_MANAGEMENT_REQUESTS_PER_MINUTE: String(PER_MINUTE) },
    });
    apps.push(app);
    return app;
  };
  const presenceOf = (app: TestApp) => app.app.get(ReplicaPresence);
  const list = async (app: TestApp, token: string) =>
    request(app.url).get('/v1/environments').set('authorization', `Bearer ${token}`);
  const passed = async (app: TestApp, token: string, calls: number) => {
    let count = 0;
    for (let call = 0; call < calls; call += 1) if ((await list(app, token)).status === 200) count += 1;
    return count;
  };

  beforeAll(async () => {
    database = await withDatabase();
    await start();
  });
  afterAll(async () => {
    for (const app of apps) await app.stop();
    await database.drop();
  });

  it('refuse management calls in the shape of Fabric, by caller', async () => {
    const app = apps[0]!;
    const who = somebody();
    const token = await app.directory.token(who);
    expect(await passed(app, token, PER_MINUTE)).toBe(PER_MINUTE);

    const refused = await list(app, token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(refused.headers['x-ms-public-api-error-code']).toBe('RequestBlocked');
    expect(refused.body).toMatchObject({ errorCode: 'RequestBlocked', isRetriable: true, outcome: 'not-sent' });
    expect(refused.body.moreDetails).toContainEqual({ errorCode: 'scope', message: 'caller' });

    const colleague = await app.directory.token(somebody({ tenantId: who.tenantId }));
    expect((await list(app, colleague)).status).toBe(200);
  });

  it('refuse a tenant whose callers together ask too often', async () => {
    const app = apps[0]!;
    const { tenantId } = somebody();
    for (let caller = 0; caller < 10; caller += 1) {
      await passed(app, await app.directory.token(somebody({ tenantId })), PER_MINUTE);
    }
    // The bucket gained what the seconds in between were worth, and no more.
    let refusal = await list(app, await app.directory.token(somebody({ tenantId })));
    for (let more = 0; more < 60 && refusal.status === 200; more += 1) {
      refusal = await list(app, await app.directory.token(somebody({ tenantId })));
    }
    expect(refusal.status).toBe(429);
    expect(refusal.body.moreDetails).toContainEqual({ errorCode: 'scope', message: 'tenant' });
  });

  it('are shared: two replicas let through half each, and one again all of it when the other stops', async () => {
    const [first] = apps;
    const second = await start();
    await presenceOf(first!).beat();
    expect([presenceOf(first!).count, presenceOf(second).count]).toEqual([2, 2]);
    expect(await passed(first!, await first!.directory.token(somebody()), PER_MINUTE)).toBe(PER_MINUTE / 2);

    await apps.pop()!.stop();
    await presenceOf(first!).beat();
    expect(presenceOf(first!).count).toBe(1);
  });

  it('stop counting a replica that ended without a word, and forget it in time', async () => {
    const presence = presenceOf(apps[0]!);
    await database.query(`INSERT INTO replica VALUES ('crashed', now()), ('long-gone', now() - interval '2 hours')`);
    await presence.beat();
    expect(presence.count).toBe(2);
    await database.query(`UPDATE replica SET "seenAt" = now() - interval '16 seconds' WHERE id = 'crashed'`);
    await presence.beat();
    expect(presence.count).toBe(1);
    expect(await database.query(`SELECT id FROM replica WHERE id = 'long-gone'`)).toEqual([]);
  });

  it('stay as they were while the database is away', async () => {
    const presence = presenceOf(apps[0]!);
    await database.query(`INSERT INTO replica VALUES ('other', now())`);
    await presence.beat();
    await database.cut();
    await presence.beat();
    expect(presence.count).toBe(2);
    await database.restore();
  });
});
