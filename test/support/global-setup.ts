import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  project.provide('postgresUrl', (await postgres.start()).url());
  return async () => {
    await postgres.destroy();
    await rm(folder, { recursive: true, force: true });
  };
}
