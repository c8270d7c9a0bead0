import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startStack, type Stack } from '../../src/dev-stack/stack.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** The compiled program of this test run: never the one that `npm start` uses. */
export const TEST_DIST = join(ROOT, '.test-dist');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text when it is not JSON. */
  readonly body: unknown;
}

/** A whole stack of its own: free ports, a folder of its own, real processes. */
export class E2eStack {
  private readonly tokens = new Map<string, string>();

  private constructor(
    readonly stack: Stack,
    readonly folder: string,
  ) {}

  static async start({ tap }: { tap?: (raw: Buffer) => void } = {}): Promise<E2eStack> {
    if (!existsSync(join(TEST_DIST, 'main.js')))
      throw new Error('run the tests through `npm test`: it builds .test-dist first');
    const folder = mkdtempSync(join(tmpdir(), 'tidegate-e2e-'));
    const stack = await startStack({
      distDir: TEST_DIST,
      stateDir: folder,
      port: 0,
      fresh: true,
      log: () => undefined,
      ...(tap ? { tap } : {}),
    });
    return new E2eStack(stack, folder);
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get description(): Stack['description'] {
    return this.stack.description;
  }

  async token(user: string): Promise<string> {
    const known = this.tokens.get(user);
    if (known !== undefined) return known;
    const { oidc, clientId, scope, users } = this.description;
    const login = users[user];
    const tenant = oidc[user.split('.')[0] ?? ''];
    if (!login || !tenant) throw new Error(`no such user: ${user}`);
    const answer = await fetch(tenant.tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: clientId,
        scope,
        username: login.username,
        password: login.password,
      }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    this.tokens.set(user, access_token);
    return access_token;
  }

  connection(name: string): string {
    const connection = this.description.connections[name];
    if (!connection) throw new Error(`no such connection: ${name}`);
    return connection.id;
  }

  environment(name: string): string {
    const environment = this.description.environments[name];
    if (!environment) throw new Error(`no such environment: ${name}`);
    return environment.id;
  }

  /** One request as a user; `init.json` is sent as JSON. */
  async fetch(
    user: string,
    method: string,
    path: string,
    init: {
      json?: unknown;
      body?: string | Uint8Array<ArrayBuffer>;
      headers?: Record<string, string>;
      baseUrl?: string;
    } = {},
  ): Promise<Response> {
    const { json, body, headers = {}, baseUrl = this.description.baseUrl } = init;
    return fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await this.token(user)}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
    });
  }

  async ask(user: string, method: string, path: string, init: Parameters<E2eStack['fetch']>[3] = {}): Promise<Answer> {
    const answer = await this.fetch(user, method, path, init);
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: parse(text) };
  }

  /** The table that tests write to, and the names of its columns. */
  get sample(): { table: string; key: string; text: string; number: string } {
    return { table: 'movies', key: 'id', text: 'title', number: 'imdb_votes' };
  }

  /** Locks the sample table at the source, so that whoever reads it waits there. @returns how to release it */
  async lockSampleTable(): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: this.stack.site.database.adminUrl });
    await client.connect();
    await client.query(`BEGIN; LOCK TABLE ${this.sample.table} IN ACCESS EXCLUSIVE MODE`);
    return () => client.end();
  }

  /** How many statements of the sample login wait for a lock at the source. */
  async waitingStatements(): Promise<number> {
    const client = new pg.Client({ connectionString: this.stack.site.database.adminUrl });
    await client.connect();
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = $1`,
      [this.stack.site.database.username],
    );
    await client.end();
    return rows[0]?.n ?? 0;
  }

  get sampleApiPath(): string {
    return '/countries/Norway';
  }

  /** A table of the sample warehouse, as the connector surface names it. */
  items(table: string, query = '', connection = 'contoso.warehouse'): string {
    return `/apim/postgresql/${this.connection(connection)}/v2/datasets/default/tables/${encodeURIComponent(table)}/items${query}`;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
