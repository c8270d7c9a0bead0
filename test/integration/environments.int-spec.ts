import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnvironmentsModule } from '../../src/modules/environments/environments.module.js';
import { EnvironmentsService } from '../../src/modules/environments/environments.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { until } from '../support/until.js';

const administrator = (tenantId: string) => ({
  id: randomUUID(),
  type: 'User' as const,
  tenantId,
  upn: 'a@b.example',
  displayName: 'A',
  isTenantAdministrator: true,
  scopes: [],
});

describe('environments', () => {
  let app: TestApp;
  let replica: TestApp;
  let environments: EnvironmentsService;
  beforeAll(async () => {
    app = await startTestApp({ imports: [EnvironmentsModule] });
    replica = await startTestApp({ imports: [EnvironmentsModule], database: app.database, vault: app.vault });
    environments = app.app.get(EnvironmentsService);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  it('are made by tenant administrators only, with an audit line', async () => {
    const admin = administrator(randomUUID());
    const denied = environments.create(
      { ...admin, isTenantAdministrator: false },
      { displayName: 'Europe', region: 'europe' },
    );
    await expect(denied).rejects.toMatchObject({ code: 'NOT_ADMINISTRATOR' });
    const row = await environments.create(admin, { displayName: 'Europe', region: 'europe' });
    expect(await environments.get(admin.tenantId, row.id)).toEqual(row);
    const lines = await app.database.query('SELECT action, "subjectId"::text FROM audit_entry WHERE "tenantId" = $1', [
      admin.tenantId,
    ]);
    expect(lines).toEqual([{ action: 'environment.created', subjectId: row.id }]);
  });

  it.each(['sweden', 'europa', 'Europe', '', 'westeurope'])(
    'refuse the region %j, which is not in the map',
    async (region) => {
      const making = environments.create(administrator(randomUUID()), { displayName: 'X', region });
      await expect(making).rejects.toMatchObject({ code: 'VALIDATION_FAILED', details: { path: 'region' } });
    },
  );

  it('refuse a name or id that is taken, and leave nothing behind', async () => {
    const admin = administrator(randomUUID());
    const { id } = await environments.create(admin, { displayName: 'Same', region: 'asia' });
    const sameName = environments.create(admin, { displayName: 'Same', region: 'europe' });
    await expect(sameName).rejects.toMatchObject({ code: 'ENVIRONMENT_NAME_TAKEN' });
    const sameId = environments.create(admin, { id, displayName: 'Other', region: 'europe' });
    await expect(sameId).rejects.toMatchObject({ code: 'ENVIRONMENT_NAME_TAKEN' });
    const [count] = await app.database.query<{ count: string }>(
      'SELECT count(*) FROM audit_entry WHERE "tenantId" = $1',
      [admin.tenantId],
    );
    expect(count?.count).toBe('1');
    await environments.create(administrator(randomUUID()), { displayName: 'Same', region: 'asia' });
  });

  it("do not show another tenant's", async () => {
    const { id } = await environments.create(administrator(randomUUID()), { displayName: 'Mine', region: 'asia' });
    const stranger = administrator(randomUUID());
    await expect(environments.get(stranger.tenantId, id)).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' });
    expect((await environments.list(stranger, {})).value).toEqual([]);
  });

  it('are listed in pages that miss and repeat nothing', async () => {
    const admin = administrator(randomUUID());
    const names = Array.from({ length: 205 }, (_, n) => `e ${String(n).padStart(3, '0')}`);
    await app.database.query(
      `INSERT INTO environment (id, "tenantId", "displayName", region)
       SELECT gen_random_uuid(), $1, name, 'asia' FROM unnest($2::text[]) AS name`,
      [admin.tenantId, names],
    );
    const seen: string[] = [];
    let token: string | undefined;
    do {
      const page = await environments.list(admin, token === undefined ? {} : { continuationToken: token });
      expect(page.value.length).toBeLessThanOrEqual(100);
      seen.push(...page.value.map(({ displayName }) => displayName));
      token = page.continuationToken;
    } while (token !== undefined);
    expect(seen).toEqual(names);
    await expect(environments.list(admin, { continuationToken: 'bm8' })).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
    });
  });

  it('made at one replica are known at the other at once, though it had looked before', async () => {
    const admin = administrator(randomUUID());
    const other = replica.app.get(EnvironmentsService);
    const id = randomUUID();
    expect(await other.find(admin.tenantId, id)).toBeNull();
    await environments.create(admin, { id, displayName: 'New', region: 'asia' });
    const startedAt = Date.now();
    await until('the other replica forgot', async () => (await other.find(admin.tenantId, id)) !== null, 1_500);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });
});
