import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { EmbeddedPostgres } from '../../src/dev-stack/embedded-postgres/embedded-postgres.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the superuser of the run's PostgreSQL. */
    readonly postgresUrl: string;
  }
}

/** One PostgreSQL for the whole run; every test file makes a database of its own in it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
  const postgres = new EmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const url = (await postgres.start()).url();
  await forgetCrashes(url);
  project.provide('postgresUrl', url);
  return async () => {
    await postgres.destroy();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Tests end processes, never the machine: what PostgreSQL wrote need not reach the disk. Nothing else changes. */
async function forgetCrashes(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const setting of ['fsync', 'full_page_writes']) await client.query(`ALTER SYSTEM SET ${setting} = off`);
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
}
