import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { withAdvisoryLock } from './advisory-lock.js';

/** Migrations and database do not go together: an applied one is missing from the folder, was edited, or failed half-way. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of migration.sql in hex, as Prisma writes it. */
  readonly checksum: string;
}

/** As Prisma's own engine makes it, so that its tools can read and continue the history. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Brings the database up to date: every migration of the folder that it does not have yet, in order of name, each in one
 * transaction. Several starters at once apply each one once.
 *
 * @returns names of the migrations applied by this call
 * @throws MigrationError
 */
export async function applyMigrations(databaseUrl: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  return withAdvisoryLock(databaseUrl, 'migrations', async (client) => {
    await client.query(HISTORY);
    const applied = await appliedChecksums(client);
    assertUnedited(applied, migrations);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  });
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const broken = rows.find(({ finished_at }) => finished_at === null);
  if (broken) throw new MigrationError(`migration ${broken.migration_name} did not finish: resolve it first`);
  return new Map(rows.map(({ migration_name, checksum }) => [migration_name, checksum]));
}

function assertUnedited(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of applied) {
    const inFolder = known.get(name);
    // A newer release has been here: an older one beside it, during a rolling deployment, is the ordinary case.
    if (inFolder === undefined && [...known.keys()].every((other) => other < name)) continue;
    if (inFolder === undefined) throw new MigrationError(`migration ${name} was applied but is not in the folder`);
    if (inFolder !== checksum) throw new MigrationError(`migration ${name} was edited after it was applied`);
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       VALUES ($1, $2, now(), $3, 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK');
    throw new MigrationError(`migration ${name} failed`, { cause });
  }
}
