import { randomBytes, randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditModule } from '../../src/modules/audit/audit.module.js';
import { AuditService } from '../../src/modules/audit/audit.service.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { PrincipalsService } from '../../src/modules/identity/principals.service.js';
import { TenantKeys, TenantSealError } from '../../src/modules/identity/tenant-keys.service.js';
import { TenantsService } from '../../src/modules/identity/tenants.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { ProbeController } from '../support/probe.controller.js';
import { somebody } from '../support/tokens.js';

describe('tenants and principals', () => {
  let app: TestApp;
  let replica: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ controllers: [ProbeController], imports: [AuditModule] });
    replica = await startTestApp({ controllers: [ProbeController], database: app.database, vault: app.vault });
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  it('the first caller brings the tenant into being, with a data key that only the vault unwraps', async () => {
    const ada = somebody({ name: 'ada' });
    await request(app.url)
      .get('/v1/whoami')
      .set('authorization', `Bearer ${await app.directory.token(ada)}`)
      .expect(200);
    const [row] = await app.database.query<{ displayName: string; wrappedDataKey: Buffer; wrappingKeyId: string }>(
      'SELECT "displayName", "wrappedDataKey", "wrappingKeyId" FROM tenant WHERE id = $1',
      [ada.tenantId],
    );
    expect(row?.displayName).toBe('test.example');
    expect(row?.wrappedDataKey).toHaveLength(384);
    expect(row?.wrappingKeyId).toMatch(/\/keys\/tidegate-region\/[0-9a-f-]{36}$/);
    const principals = await app.database.query('SELECT type::text, upn FROM principal WHERE id = $1', [ada.id]);
    expect(principals).toEqual([{ type: 'User', upn: 'ada@test.example' }]);
  });

  it('two first callers at two replicas agree on one data key', async () => {
    const tenantId = randomUUID();
    const [one, two] = [app.app.get(TenantsService), replica.app.get(TenantsService)];
    await Promise.all([one.admit(tenantId), two.admit(tenantId), one.admit(tenantId)]);
    const sealed = await app.app.get(TenantKeys).seal(tenantId, 'test', Buffer.from('hello'));
    expect((await replica.app.get(TenantKeys).open(tenantId, 'test', sealed)).toString()).toBe('hello');
  });

  it('a tenant that could not be made is made at the next try', async () => {
    const tenantId = randomUUID();
    const tenants = app.app.get(TenantsService);
    app.vault.isDown = true;
    await expect(tenants.admit(tenantId)).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
    app.vault.isDown = false;
    await tenants.admit(tenantId);
  });

  describe('what is sealed for a tenant', () => {
    const tenantId = randomUUID();
    const otherId = randomUUID();
    const secret = Buffer.from('a sealed credential');
    let keys: TenantKeys;
    beforeAll(async () => {
      keys = app.app.get(TenantKeys);
      await app.app.get(TenantsService).admit(tenantId);
      await app.app.get(TenantsService).admit(otherId);
    });

    it('opens for the same tenant and purpose, and never looks the same twice', async () => {
      const [one, two] = [await keys.seal(tenantId, 'p', secret), await keys.seal(tenantId, 'p', secret)];
      expect(one.equals(two)).toBe(false);
      expect(one.includes(secret)).toBe(false);
      expect(await keys.open(tenantId, 'p', one)).toEqual(secret);
    });

    it('does not open for another purpose or tenant, changed, cut or empty', async () => {
      const sealed = await keys.seal(tenantId, 'p', secret);
      await expect(keys.open(tenantId, 'q', sealed)).rejects.toThrow(TenantSealError);
      await expect(keys.open(otherId, 'p', sealed)).rejects.toThrow(TenantSealError);
      await expect(keys.open(tenantId, 'p', sealed.subarray(0, -1))).rejects.toThrow(TenantSealError);
      await expect(keys.open(tenantId, 'p', Buffer.alloc(0))).rejects.toThrow(TenantSealError);
      for (let index = 0; index < sealed.length; index += 1) {
        const changed = Buffer.from(sealed);
        changed[index] = (changed[index] ?? 0) ^ 1;
        await expect(keys.open(tenantId, 'p', changed)).rejects.toThrow(TenantSealError);
      }
    });

    it('asks the vault once', async () => {
      const before = app.vault.calls.length;
      await Promise.all([1, 2, 3].map(() => keys.seal(tenantId, 'p', secret)));
      expect(app.vault.calls.length).toBe(before);
    });

    it('has HMACs of its own by tenant and purpose', async () => {
      const data = randomBytes(20);
      const mac = await keys.hmac(tenantId, 'p', data);
      expect(await keys.hmac(tenantId, 'p', data)).toEqual(mac);
      expect(await keys.hmac(tenantId, 'q', data)).not.toEqual(mac);
      expect(await keys.hmac(otherId, 'p', data)).not.toEqual(mac);
    });

    it('has a machine salt of its own, sealed at rest', async () => {
      const tenants = app.app.get(TenantsService);
      const salt = await tenants.machineSalt(tenantId);
      expect(salt).toHaveLength(32);
      expect(await tenants.machineSalt(otherId)).not.toEqual(salt);
      const [row] = await app.database.query<{ machineSalt: Buffer }>(
        'SELECT "machineSalt" FROM tenant WHERE id = $1',
        [tenantId],
      );
      expect(row?.machineSalt.includes(salt)).toBe(false);
    });
  });

  describe('principals', () => {
    const tenantId = randomUUID();
    const caller = (changes: object = {}) => ({
      id: randomUUID(),
      type: 'User' as const,
      tenantId,
      upn: 'Grace@Contoso.example',
      displayName: 'Grace',
      isTenantAdministrator: false,
      scopes: [],
      ...changes,
    });

    it('are noted once in ten minutes, and again when their name changes', async () => {
      const principals = app.app.get(PrincipalsService);
      const grace = caller();
      await principals.seen(grace);
      await app.database.query('UPDATE principal SET "displayName" = $1 WHERE id = $2', ['changed here', grace.id]);
      await principals.seen(grace);
      expect((await principals.find(tenantId, grace.id))?.displayName).toBe('changed here');
      await principals.seen({ ...grace, displayName: 'Grace H.' });
      expect((await principals.find(tenantId, grace.id))?.displayName).toBe('Grace H.');
    });

    it('are found by name without regard to case, and only in their tenant', async () => {
      const principals = app.app.get(PrincipalsService);
      const grace = caller({ upn: 'Hopper_100%@contoso.example' });
      await principals.seen(grace);
      expect((await principals.findByUpn(tenantId, 'hopper_100%@CONTOSO.example'))?.id).toBe(grace.id);
      expect(await principals.findByUpn(tenantId, 'hopperX100%@contoso.example')).toBeNull();
      expect(await principals.findByUpn(randomUUID(), 'hopper_100%@contoso.example')).toBeNull();
      expect(await principals.find(randomUUID(), grace.id)).toBeNull();
    });

    it('who were never seen are asked for in the directory, and must be of the type said', async () => {
      const principals = app.app.get(PrincipalsService);
      const id = randomUUID();
      await expect(principals.resolve(tenantId, id, 'User')).rejects.toMatchObject({ code: 'PRINCIPAL_UNKNOWN' });
      app.graph.entries.set(`${tenantId}/${id}`, { id, displayName: 'New', upn: 'new@x.example', appId: undefined });
      expect((await principals.resolve(tenantId, id, 'User')).displayName).toBe('New');
      expect((await principals.find(tenantId, id))?.upn).toBe('new@x.example');
      await expect(principals.resolve(tenantId, id, 'ServicePrincipal')).rejects.toMatchObject({
        code: 'PRINCIPAL_UNKNOWN',
      });
      app.graph.isDown = true;
      await expect(principals.resolve(tenantId, randomUUID(), 'User')).rejects.toMatchObject({
        code: 'IDENTITY_UNAVAILABLE',
      });
      app.graph.isDown = false;
    });
  });

  it('an audit line is written with the change or not at all', async () => {
    const prisma = app.app.get(PrismaService);
    const audit = app.app.get(AuditService);
    const tenantId = randomUUID();
    const record = {
      tenantId,
      actor: { id: randomUUID(), type: 'User' },
      action: 'thing.created',
      subject: { type: 'thing', id: randomUUID() },
      details: { name: 'n' },
    };
    await prisma.$transaction((tx) => audit.record(tx, record));
    const failing = prisma.$transaction(async (tx) => {
      await audit.record(tx, { ...record, action: 'thing.deleted' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    const rows = await app.database.query(
      'SELECT action, result, "traceId" ~ $2 AS traced FROM audit_entry WHERE "tenantId" = $1',
      [tenantId, '^[0-9a-f]{32}$'],
    );
    expect(rows).toEqual([{ action: 'thing.created', result: 'succeeded', traced: true }]);
  });
});
