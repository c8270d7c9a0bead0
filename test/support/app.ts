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
  type DirectoryQuery,
  type HeldPlan,
} from '../../src/modules/identity/directory.types.js';
import { IdentityModule } from '../../src/modules/identity/identity.module.js';
import type { PrincipalType } from '../../src/modules/identity/principal.types.js';
import { withDatabase, type TestDatabase } from './database.js';
import { MemoryVault } from './memory-vault.js';
import { TEST_AUDIENCE, TEST_AUTHORITY, TestDirectory } from './tokens.js';

/** Microsoft Graph at its port: who exists, who holds which plan and who is in which group. Keys are `tenant/id`. */
export class TestGraph extends Directory {
  readonly plans = new Map<string, readonly HeldPlan[]>();
  readonly entries = new Map<string, Omit<DirectoryEntry, 'isEnabled'>>();
  /** Ids of a group's direct members; a member that is a group itself nests. */
  readonly groups = new Map<string, readonly string[]>();
  /** Who may not sign in, or is gone; everybody else is active. */
  readonly states = new Map<string, 'Disabled' | 'Gone'>();
  /** How often it was asked for plans. */
  asked = 0;
  /** How often it was asked for somebody's groups. */
  askedGroups = 0;
  /** How often it was asked for a group's people. */
  askedMembers = 0;
  /** How many ids it was asked the state of, one number a call. */
  readonly askedStates: number[] = [];
  /** What was searched for. */
  readonly searched: string[] = [];
  isDown = false;

  async findPlans(tenantId: string, userId: string): Promise<readonly HeldPlan[] | null> {
    this.asked += 1;
    this.assertUp();
    return this.plans.get(`${tenantId}/${userId}`) ?? null;
  }

  async findPrincipal(tenantId: string, id: string, type: PrincipalType): Promise<DirectoryEntry | null> {
    this.assertUp();
    const key = `${tenantId}/${id}`;
    if (this.states.get(key) === 'Gone' || (type !== 'Group' && this.groups.has(key))) return null;
    if (type === 'Group' && this.groups.has(key)) return this.entryOf(tenantId, id);
    return this.entries.has(key) ? this.entryOf(tenantId, id) : null;
  }

  async search(tenantId: string, { text, type, limit }: DirectoryQuery): Promise<readonly DirectoryEntry[]> {
    this.assertUp();
    this.searched.push(text);
    const words = text.toLowerCase();
    return [...this.entries]
      .filter(([key, { displayName }]) => key.startsWith(`${tenantId}/`) && displayName.toLowerCase().includes(words))
      .filter(([key, { appId }]) => type === (this.groups.has(key) ? 'Group' : appId ? 'ServicePrincipal' : 'User'))
      .map(([, { id }]) => this.entryOf(tenantId, id))
      .slice(0, limit);
  }

  async findUserByName(tenantId: string, upn: string): Promise<DirectoryEntry | null> {
    this.assertUp();
    for (const [key, entry] of this.entries) {
      if (key.startsWith(`${tenantId}/`) && entry.upn?.toLowerCase() === upn.toLowerCase()) {
        return this.states.get(key) === 'Gone' ? null : this.entryOf(tenantId, entry.id);
      }
    }
    return null;
  }

  async findGroupIds(tenantId: string, { id }: { readonly id: string }): Promise<readonly string[] | null> {
    this.askedGroups += 1;
    this.assertUp();
    if (this.states.get(`${tenantId}/${id}`) === 'Gone') return null;
    const found = new Set<string>();
    for (let wanted = new Set([id]); wanted.size > 0;) {
      const holding = [...this.groups].filter(
        ([key, members]) => key.startsWith(`${tenantId}/`) && members.some((member) => wanted.has(member)),
      );
      wanted = new Set(holding.map(([key]) => key.slice(tenantId.length + 1)).filter((group) => !found.has(group)));
      for (const group of wanted) found.add(group);
    }
    return [...found];
  }

  async findGroupMembers(tenantId: string, groupId: string, limit: number): Promise<readonly DirectoryEntry[] | null> {
    this.askedMembers += 1;
    this.assertUp();
    if (!this.groups.has(`${tenantId}/${groupId}`)) return null;
    const people = new Set<string>();
    const groups = new Set([groupId]);
    for (const group of groups) {
      for (const member of this.groups.get(`${tenantId}/${group}`) ?? []) {
        if (this.groups.has(`${tenantId}/${member}`)) groups.add(member);
        else if (this.states.get(`${tenantId}/${member}`) !== 'Gone') people.add(member);
      }
    }
    const entries = [...people].map((id) => this.entryOf(tenantId, id));
    return entries.filter(({ appId }) => appId === undefined).slice(0, limit);
  }

  async findStates(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, 'Active' | 'Disabled'>> {
    this.askedStates.push(ids.length);
    this.assertUp();
    const known = ids.filter((id) => this.states.get(`${tenantId}/${id}`) !== 'Gone');
    return new Map(known.map((id) => [id, this.states.has(`${tenantId}/${id}`) ? 'Disabled' : 'Active']));
  }

  private entryOf(tenantId: string, id: string): DirectoryEntry {
    const named = this.entries.get(`${tenantId}/${id}`) ?? { id, displayName: id, upn: undefined, appId: undefined };
    return { ...named, isEnabled: !this.states.has(`${tenantId}/${id}`) };
  }

  private assertUp(): void {
    if (this.isDown) throw new DirectoryUnavailable('down');
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
    // Tests call faster than people do; those of the limits set their own.
    TIDEGATE_MANAGEMENT_REQUESTS_PER_MINUTE: '1000000',
    TIDEGATE_RELAY_FILE: 'none.json',
    NODE_ENV: 'test',
    ...environment,
  });
}
