import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { AuditCheckpoints } from '../../src/modules/audit/audit-checkpoints.service.js';
import { AuditModule } from '../../src/modules/audit/audit.module.js';
import { AuditService, type AuditRecord } from '../../src/modules/audit/audit.service.js';
import { AuditVerificationService } from '../../src/modules/audit/audit-verification.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Tamperer } from '../support/audit-tampering.js';

const record = (tenantId: string, action = 'thing.created'): AuditRecord => ({
  tenantId,
  actor: { id: randomUUID(), type: 'User' },
  action,
  gatewayId: randomUUID(),
  subject: { type: 'thing', id: 'a\u0000b' },
  details: { zebra: 'half a pair \ud800', apple: 1.5, 10: ['x', 'y'], large: 1e21 },
});

describe('the audit chain', () => {
  let app: TestApp;
  let replica: TestApp;
  let tamperer: Tamperer;

  beforeAll(async () => {
    app = await startTestApp({ imports: [AuditModule] });
    replica = await startTestApp({ database: app.database, vault: app.vault });
    tamperer = new Tamperer(app.database);
  });
  afterAll(async () => {
    await replica.stop();
    await app.stop();
  });

  const verify = (tenantId: string) => app.app.get(AuditVerificationService, { strict: false }).verify(tenantId);
  const kinds = async (tenantId: string) => (await verify(tenantId)).faults.map(({ kind }) => kind);
  const checkpoints = (of: TestApp = app) => of.app.get(AuditCheckpoints, { strict: false });
  const write = (of: TestApp, tenantId: string) =>
    of.app.get(PrismaService, { strict: false }).$transaction(
      async (tx) => {
        await tx.environment.create({
          data: { id: randomUUID(), tenantId, displayName: randomUUID(), region: 'europe' },
          select: { id: true },
        });
        await of.app.get(AuditService, { strict: false }).record(tx, record(tenantId));
      },
      { maxWait: 30_000, timeout: 30_000 },
    );
  /** A tenant with so many entries. */
  const tenantWith = async (entries: number): Promise<string> => {
    const tenantId = randomUUID();
    const records = Array.from({ length: entries }, (_, n) => record(tenantId, `thing.${n + 1}`));
    const prisma = app.app.get(PrismaService, { strict: false });
    await prisma.$transaction((tx) => app.app.get(AuditService, { strict: false }).recordAll(tx, tenantId, records));
    return tenantId;
  };

  it('stays gapless while two replicas change one tenant two hundred times at once', async () => {
    const tenantId = randomUUID();
    await Promise.all(Array.from({ length: 200 }, (_, n) => write(n % 2 === 0 ? app : replica, tenantId)));
    expect(await verify(tenantId)).toMatchObject({ isIntact: true, entries: 200, firstSeq: 1, lastSeq: 200 });
    const changes = await app.database.query('SELECT 1 FROM environment WHERE "tenantId" = $1', [tenantId]);
    expect(changes).toHaveLength(200);
  });

  it('takes a place only with its change', async () => {
    const tenantId = await tenantWith(2);
    const prisma = app.app.get(PrismaService, { strict: false });
    const failing = prisma.$transaction(async (tx) => {
      await app.app.get(AuditService, { strict: false }).record(tx, record(tenantId));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await write(app, tenantId);
    expect(await verify(tenantId)).toMatchObject({ isIntact: true, lastSeq: 3 });
  });

  it('shows a change of any column', async () => {
    const columns = await app.database.query<{ column_name: string; data_type: string }>(
      `SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'audit_entry'`,
    );
    expect(columns.length).toBeGreaterThan(15);
    const changed: Readonly<Record<string, (column: string) => string>> = {
      text: (column) => `chr(ascii(${column}) # 1) || substr(${column}, 2)`,
      uuid: () => 'gen_random_uuid()',
      bytea: (column) => `set_byte(${column}, 31, get_byte(${column}, 31) # 1)`,
      bigint: (column) => `${column} + 1000000`,
      integer: (column) => `${column} # 2`,
      jsonb: (column) => `jsonb_set(${column}, '{apple}', '1.25')`,
      'timestamp with time zone': (column) => `${column} + interval '1 millisecond'`,
    };
    for (const { column_name, data_type } of columns) {
      const tenantId = await tenantWith(3);
      const value = changed[data_type]?.(`"${column_name}"`) ?? expect.fail(`no change for ${data_type}`);
      await tamperer.run(
        `UPDATE audit_entry SET "${column_name}" = ${value} WHERE "tenantId" = '${tenantId}' AND seq = 2`,
      );
      expect([column_name, (await verify(tenantId)).isIntact]).toEqual([column_name, false]);
    }
  });

  it.each([
    ['a removed entry', 'DELETE FROM audit_entry WHERE seq = 2 AND', ['gap']],
    ['the first entry removed', 'DELETE FROM audit_entry WHERE seq = 1 AND', ['gap']],
    ['a removed tail', 'DELETE FROM audit_entry WHERE seq > 3 AND', ['gap']],
    ['everything removed', 'DELETE FROM audit_entry WHERE', ['gap']],
    ['the end moved back', 'UPDATE audit_chain SET seq = 4 WHERE', ['link']],
    ['the end removed', 'DELETE FROM audit_chain WHERE', ['order']],
    [
      'a reordered pair',
      `UPDATE audit_entry SET seq = -seq WHERE seq IN (2, 3) AND "tenantId" = '$T';
       UPDATE audit_entry SET seq = 5 + seq WHERE seq < 0 AND`,
      ['link', 'hash', 'link', 'hash', 'link'],
    ],
  ])('shows %s', async (_what, statement, faults) => {
    const tenantId = await tenantWith(5);
    await tamperer.run(`${statement} "tenantId" = '$T'`.replaceAll('$T', tenantId));
    expect(await kinds(tenantId)).toEqual(faults);
  });

  it('refuses to go on after an end that was moved back', async () => {
    const tenantId = await tenantWith(3);
    await tamperer.run(`UPDATE audit_chain SET seq = 1 WHERE "tenantId" = '${tenantId}'`);
    await expect(write(app, tenantId)).rejects.toThrow();
  });

  it('shows what was rewritten with fresh hashes, once a checkpoint covers it', async () => {
    const tenantId = await tenantWith(5);
    await checkpoints().run();
    await write(app, tenantId);
    await tamperer.rewriteFrom(tenantId, 6, 'forged');
    expect(await verify(tenantId)).toMatchObject({ isIntact: true, checkpointSeq: 5, lastSeq: 6 });
    await tamperer.rewriteFrom(tenantId, 4, 'forged');
    expect(await verify(tenantId)).toMatchObject({
      faults: [{ kind: 'checkpoint', seq: 5, text: 'the entry differs from the one that was signed for' }],
    });
  });

  it('shows a tail that was removed with its end, once a checkpoint covers it', async () => {
    const tenantId = await tenantWith(5);
    await checkpoints().run();
    await tamperer.run(
      `DELETE FROM audit_entry WHERE seq > 3 AND "tenantId" = '${tenantId}';
       UPDATE audit_chain SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3 AND "tenantId" = '${tenantId}')
       WHERE "tenantId" = '${tenantId}'`,
    );
    expect(await verify(tenantId)).toMatchObject({
      faults: [{ kind: 'checkpoint', seq: 5, text: 'the entry that the checkpoint stands for is not there' }],
    });
  });

  it('counts entries from before the chain, and shows those that slipped past it', async () => {
    const insert = (tenantId: string) =>
      app.database.query(
        `INSERT INTO audit_entry ("tenantId", "actorId", "actorType", action, result, "subjectType", "traceId", details)
         VALUES ($1, gen_random_uuid(), 'User', 'a', 'succeeded', 'test', 't', '{}')`,
        [tenantId],
      );
    const tenantId = randomUUID();
    await insert(tenantId);
    await write(app, tenantId);
    expect(await verify(tenantId)).toMatchObject({ isIntact: true, unchained: 1, entries: 1 });
    await insert(tenantId);
    expect(await kinds(tenantId)).toEqual(['unchained']);
  });

  describe('checkpoints', () => {
    it('are made once for a chain that grew, whichever replica comes first', async () => {
      await checkpoints().run();
      const tenants = [await tenantWith(1), await tenantWith(2)];
      const made = await Promise.all([checkpoints(app).run(), checkpoints(replica).run()]);
      expect([...made].sort()).toEqual([0, 2]);
      for (const tenantId of tenants) expect(await verify(tenantId)).toMatchObject({ isIntact: true, checkpoints: 1 });
      expect(await checkpoints().run()).toBe(0);
    });

    it('wait for a vault that is away, while changes do not', async () => {
      const tenantId = await tenantWith(1);
      app.vault.isDown = true;
      await expect(checkpoints().run()).rejects.toMatchObject({ code: 'VAULT_UNAVAILABLE' });
      await write(app, tenantId);
      app.vault.isDown = false;
      expect(await checkpoints().run()).toBeGreaterThan(0);
      expect(await verify(tenantId)).toMatchObject({ checkpointSeq: 2 });
    });
  });
});
