import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diffMigrations } from '../../scripts/schema-engine.mjs';
import { applyMigrations, MigrationError } from '../../src/common/prisma/migrate.js';
import { MIGRATIONS, withDatabase, type TestDatabase } from '../support/database.js';

const SCHEMA = resolve(MIGRATIONS, '../schema.prisma');

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

describe('migrations', () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await withDatabase({ migrate: false });
    folder = await mkdtemp(join(tmpdir(), 'tidegate-migrations-'));
    await cp(MIGRATIONS, folder, { recursive: true });
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('lead exactly to the schema', async () => {
    expect((await diffMigrations(database.url, MIGRATIONS, SCHEMA)).replace(/^--.*$/gm, '').trim()).toBe('');
  });

  it('are missed by a schema that has one column more', async () => {
    const changed = join(folder, 'schema.prisma');
    const schema = await readFile(SCHEMA, 'utf8');
    await writeFile(changed, schema.replace('model Environment {', 'model Environment {\n  extra Int @default(1)'));
    expect(await diffMigrations(database.url, MIGRATIONS, changed)).toContain('ADD COLUMN     "extra"');
  });

  it('are applied once by three starters at the same time', async () => {
    const starts = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url, MIGRATIONS)));
    expect(starts.flat().sort()).toEqual(await migrationNames());
    expect(await applyMigrations(database.url, MIGRATIONS)).toEqual([]);
  });

  it("leave the history that Prisma's own tools read", async () => {
    await applyMigrations(database.url, MIGRATIONS);
    const rows = await database.query<{ migration_name: string; checksum: string; finished: boolean }>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY 1`,
    );
    for (const { migration_name, checksum, finished } of rows) {
      const sql = await readFile(join(MIGRATIONS, migration_name, 'migration.sql'));
      expect(checksum).toBe(createHash('sha256').update(sql).digest('hex'));
      expect(finished).toBe(true);
    }
    expect(rows.map(({ migration_name }) => migration_name)).toEqual(await migrationNames());
  });

  it('refuse a database whose applied migration was edited afterwards', async () => {
    await applyMigrations(database.url, folder);
    const [first = ''] = await migrationNames();
    await writeFile(join(folder, first, 'migration.sql'), '-- changed');
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(MigrationError);
  });

  it('let an older release start on a database that a newer one migrated', async () => {
    await applyMigrations(database.url, folder);
    const names = await migrationNames();
    await rm(join(folder, names.at(-1) ?? ''), { recursive: true });
    expect(await applyMigrations(database.url, folder)).toEqual([]);
  });

  it('refuse a gap: an applied migration that is missing between others', async () => {
    await applyMigrations(database.url, folder);
    const [first = ''] = await migrationNames();
    await rm(join(folder, first), { recursive: true });
    await expect(applyMigrations(database.url, folder)).rejects.toThrow(first);
  });

  it('leave nothing of a migration that failed half-way, and apply it once it is mended', async () => {
    const broken = join(folder, '20991231000000_broken');
    await cp(join(folder, (await migrationNames())[0] ?? ''), broken, { recursive: true });
    await writeFile(join(broken, 'migration.sql'), 'CREATE TABLE half (id int); SELECT 1/0;');
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('20991231000000_broken');
    expect(await database.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await writeFile(join(broken, 'migration.sql'), 'CREATE TABLE half (id int);');
    expect(await applyMigrations(database.url, folder)).toEqual(['20991231000000_broken']);
  });

  it('are append-only: each one has the checksum that was noted when it was made', async () => {
    const noted = JSON.parse(await readFile(join(MIGRATIONS, 'checksums.json'), 'utf8')) as Record<string, string>;
    const found: Record<string, string> = {};
    for (const name of await migrationNames()) {
      const sql = await readFile(join(MIGRATIONS, name, 'migration.sql'));
      found[name] = createHash('sha256').update(sql).digest('hex');
    }
    expect(found).toEqual(noted);
  });

  it.each([
    ['changed', `UPDATE audit_entry SET action = 'x'`],
    ['deleted', 'DELETE FROM audit_entry'],
    ['truncated', 'TRUNCATE audit_entry'],
    [
      'deleted where triggers are off',
      `SET session_replication_role = replica; DELETE FROM audit_entry; SET session_replication_role = origin`,
    ],
  ])('keep the audit record from being %s', async (_what, statement) => {
    await applyMigrations(database.url, MIGRATIONS);
    await database.query(
      `INSERT INTO audit_entry ("tenantId", "actorId", "actorType", action, result, "subjectType", "traceId", details)
       VALUES (gen_random_uuid(), gen_random_uuid(), 'User', 'a', 'succeeded', 'test', 't', '{}')`,
    );
    await expect(database.query(statement)).rejects.toThrow('append-only');
    expect(await database.query('SELECT action FROM audit_entry')).toEqual([{ action: 'a' }]);
  });
});
