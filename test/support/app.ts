import { randomUUID } from 'node:crypto';
import type { ModuleMetadata } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { JsonFetcher } from '../../src/common/auth/json-fetcher.js';
import { CommonModule } from '../../src/common/common.module.js';
import { APP_OPTIONS, configureApp } from '../../src/common/http/configure-app.js';
import { createHttpAdapter } from '../../src/common/http/server.js';
import { JsonLogger } from '../../src/common/logger.js';
import { Vault } from '../../src/common/keys/vault.js';
import { AppConfig, readConfig } from '../../src/config/env.js';
import {
  Directory,
  DirectoryUnavailable,
  type DirectoryEntry,
  type HeldPlan,
} from '../../src/modules/identity/directory.types.js';
import { IdentityModule } from '../../src/modules/identity/identity.module.js';
import { withDatabase, type TestDatabase } from './database.js';
import { MemoryVault } from './memory-vault.js';
import { TEST_AUDIENCE, TEST_AUTHORITY, TestDirectory } from './tokens.js';

/** Microsoft Graph at its port: who exists and who holds which plan. */
export class TestGraph extends Directory {
  readonly plans = new Map<string, readonly HeldPlan[]>();
  readonly entries = new Map<string, DirectoryEntry>();
  /** How often it was asked for plans. */
  asked = 0;
  isDown = false;

  async findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null> {
    this.asked += 1;
    if (this.isDown) throw new DirectoryUnavailable('down');
    return this.plans.get(`${tenantId}/${userId}`) ?? null;
  }

  async findPrincipal(tenantId: string, id: string): Promise<DirectoryEntry | null> {
    if (this.isDown) throw new DirectoryUnavailable('down');
    return this.entries.get(`${tenantId}/${id}`) ?? null;
  }
}

/** Power Apps Premium: a plan that is enough under every rule. */
export const PREMIUM: HeldPlan = {
  servicePlanId: 'ea2cf03b-ac60-46ae-9c1d-eeaeb63cec86',
  servicePlanName: 'POWERAPPS_PER_USER',
  skuPartNumber: 'POWERAPPS_PER_USER',
};

export interface TestAppOptions {
  /** The modules under test; Common and Identity come by themselves. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  readonly controllers?: NonNullable<ModuleMetadata['controllers']>;
  /** Environment variables beside the ordinary ones. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Replaces ports. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
  /** Shares a database, as replicas do; then it is not dropped by `stop`. */
  readonly database?: TestDatabase;
  readonly vault?: MemoryVault;
}

/** The real application on a database of its own, with vault, directory and Graph replaced at their ports. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly config: AppConfig;
  readonly database: TestDatabase;
  /** Signs tokens that the application takes. */
  readonly directory: TestDirectory;
  readonly graph: TestGraph;
  readonly vault: MemoryVault;
  /** Lines that the application logged. */
  readonly logs: string[];
  /** `http://127.0.0.1:…`, for supertest and fetch. */
  readonly url: string;
  stop(): Promise<void>;
}

export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.database ?? (await withDatabase());
  const directory = new TestDirectory();
  const graph = new TestGraph();
  const vault = options.vault ?? new MemoryVault();
  const config = testConfig(database.url, options.environment);
  const logs: string[] = [];
  const logger = new JsonLogger(config.logLevel, { write: (line) => void logs.push(line) });

  const builder = Test.createTestingModule({
    imports: [CommonModule.with(config), IdentityModule, ...(options.imports ?? [])],
    controllers: options.controllers ?? [],
  })
    .setLogger(logger)
    .overrideProvider(JsonFetcher)
    .useValue(directory)
    .overrideProvider(Vault)
    .useValue(vault)
    .overrideProvider(Directory)
    .useValue(graph);
  const module = await (options.override?.(builder) ?? builder).compile();
  const app = module.createNestApplication<NestFastifyApplication>(createHttpAdapter(config), APP_OPTIONS);
  app.useLogger(logger);
  await configureApp(app).listen(0, '127.0.0.1');
  return {
    app,
    config,
    database,
    directory,
    graph,
    vault,
    logs,
    url: await app.getUrl(),
    stop: async () => {
      await app.close();
      if (!options.database) await database.drop();
    },
  };
}

/** A configuration that starts; relay and vault addresses lead nowhere. */
export function testConfig(databaseUrl: string, environment: Readonly<Record<string, string>> = {}): AppConfig {
  return readConfig({
    TIDEGATE_HOST: '127.0.0.1',
    TIDEGATE_PORT: '0',
    TIDEGATE_PUBLIC_URL: 'http://127.0.0.1:8080',
    DATABASE_URL: databaseUrl,
    TIDEGATE_AUTHORITY: TEST_AUTHORITY,
    TIDEGATE_AUDIENCES: TEST_AUDIENCE,
    TIDEGATE_SCOPE: `${TEST_AUDIENCE}/user_impersonation`,
    TIDEGATE_CLIENT_ID: randomUUID(),
    TIDEGATE_TENANTS: 'any',
    TIDEGATE_VAULT_URL: 'https://vault.test.example',
    TIDEGATE_GRAPH_URL: 'https://graph.test.example',
    TIDEGATE_RELAY_FILE: 'none.json',
    NODE_ENV: 'test',
    ...environment,
  });
}
