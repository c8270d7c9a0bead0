import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { applyMigrations } from '../../src/common/prisma/migrate.js';
import { EmbeddedPostgres } from '../../src/dev-stack/embedded-postgres/embedded-postgres.js';
import './global-setup.js';

export const MIGRATIONS = resolve(import.meta.dirname, '../../prisma/migrations');

/** A database that one test file has for itself. */
export interface TestDatabase {
  readonly url: string;
  /** Runs a statement beside the application. */
  query<T extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<T[]>;
  /** Ends every connection to it and forbids new ones, until `restore`: the database "goes away". */
  cut(): Promise<void>;
  restore(): Promise<void>;
  drop(): Promise<void>;
}

/**
 * Makes a database with the real migrations, on the run's PostgreSQL, or on one of its own where the run has none.
 *
 * @param options.migrate false leaves it empty
 */
export async function withDatabase({ migrate = true }: { migrate?: boolean } = {}): Promise<TestDatabase> {
  const server = await findServer();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await run(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  if (migrate) await applyMigrations(url.href, MIGRATIONS);
  return {
    url: url.href,
    query: (sql, values) => run(url.href, sql, values),
    cut: async () => {
      await run(server.url, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await run(server.url, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    },
    restore: async () => {
      await run(server.url, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    },
    drop: async () => {
      await run(server.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.release();
    },
  };
}

async function findServer(): Promise<{ url: string; release: () => Promise<void> }> {
  const url = inject('postgresUrl') as string | undefined;
  if (url !== undefined) return { url, release: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
  const postgres = new EmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const running = await postgres.start();
  return {
    url: running.url(),
    release: async () => {
      await postgres.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function run<T extends pg.QueryResultRow>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
