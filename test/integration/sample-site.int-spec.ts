import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleSite, type RunningSite } from '../../src/dev-stack/sample-site/sample-site.js';

let folder: string;
let site: SampleSite;
let running: RunningSite;
let client: pg.Client;

const newSite = () => new SampleSite({ folder, databasePassword: 'database-password', apiPassword: 'api-password' });

async function connect(): Promise<void> {
  client = new pg.Client({ connectionString: running.database.url });
  await client.connect();
}

type Row = Record<string, unknown>;

async function rows<T extends Row = Row>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query<T>(sql, values)).rows;
}

function api(path: string, init: RequestInit = {}, login = 'site-api:api-password'): Promise<Response> {
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  return fetch(`${running.api.baseUrl}${path}`, { ...init, headers: { authorization } });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
  site = newSite();
  running = await site.start();
  await connect();
});

afterAll(async () => {
  await client.end();
  await site.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the sample warehouse', () => {
  const OWN = `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'`;

  it('has tables and no views, in lower_snake_case, owned by the login', async () => {
    const names = (await rows(`${OWN} AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user`)).map(
      (row) => row.relname,
    );
    expect(names.length).toBeGreaterThanOrEqual(4);
    expect(await rows(`${OWN} AND c.relkind IN ('v', 'm', 'f', 'p')`)).toEqual([]);
    const columns = await rows(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public'`,
    );
    for (const name of [...names, ...columns.map((column) => column.name)]) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });

  it('has a key of one column on every table and no other constraint on text', async () => {
    const constraints = await rows(
      `SELECT conrelid::regclass::text AS table, contype::text AS type, cardinality(conkey) AS columns,
              (SELECT atttypid::regtype::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS key_type
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'`,
    );
    const tables = await rows(`${OWN} AND c.relkind = 'r'`);
    expect(constraints.map(({ table }) => table).sort()).toEqual(tables.map(({ relname }) => relname).sort());
    for (const { type, columns, key_type: keyType } of constraints) {
      expect({ type, columns }).toEqual({ type: 'p', columns: 1 });
      expect(['integer', 'text']).toContain(keyType);
    }
    const texts = await rows(
      `SELECT data_type FROM information_schema.columns WHERE table_schema = 'public' AND data_type LIKE 'char%'`,
    );
    expect(texts).toEqual([]);
    expect(
      await rows(`SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'`),
    ).toEqual([]);
  });

  it('holds thousands of rows of several types, and no empty table', async () => {
    const tables = (await rows(`${OWN} AND c.relkind = 'r'`)).map((row) => row.relname as string);
    const counts: number[] = [];
    for (const table of tables) {
      counts.push(Number((await rows(`SELECT count(*) FROM ${client.escapeIdentifier(table)}`))[0]?.['count']));
    }
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5_000);
    const types = (
      await rows(`SELECT DISTINCT data_type FROM information_schema.columns WHERE table_schema = 'public'`)
    ).map((row) => row.data_type);
    expect(types).toEqual(
      expect.arrayContaining([
        'integer',
        'text',
        'numeric',
        'double precision',
        'boolean',
        'date',
        'timestamp without time zone',
        'timestamp with time zone',
      ]),
    );
  });

  it('holds what the published data says', async () => {
    const [avatar] = await rows(`SELECT us_gross, release_date::text AS day FROM movies WHERE title = 'Avatar'`);
    expect(avatar).toEqual({ us_gross: '760167650', day: '2009-12-18' });
    expect(await rows(`SELECT city, country FROM airports WHERE iata = 'JFK'`)).toEqual([
      { city: 'New York', country: 'USA' },
    ]);
  });

  it('can be written to by the login, which is nobody special', async () => {
    const [added] = await rows(`INSERT INTO movies (title) VALUES ('Tide') RETURNING id`);
    expect(await rows('UPDATE movies SET imdb_votes = 3 WHERE id = $1 RETURNING title', [added?.['id']])).toEqual([
      { title: 'Tide' },
    ]);
    expect(await rows('DELETE FROM movies WHERE id = $1 RETURNING id', [added?.['id']])).toEqual([added]);
    expect(
      await rows(
        'SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user',
      ),
    ).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false }]);
  });
});

describe('the sample HTTP API', () => {
  it('answers only who knows the password', async () => {
    expect((await fetch(`${running.api.baseUrl}/countries`)).status).toBe(401);
    expect((await api('/countries', {}, 'site-api:wrong')).status).toBe(401);
    expect((await api('/countries', {}, 'other:api-password')).status).toBe(401);
  });

  it('serves real content', async () => {
    expect(await (await api('/countries')).json()).toContain('Kenya');
    const kenya = (await (await api('/countries/Kenya')).json()) as { years: { year: number; pop: number }[] };
    expect(kenya.years.find(({ year }) => year === 2005)).toMatchObject({ pop: expect.any(Number) });
    expect((await api('/countries/Atlantis')).status).toBe(404);
    expect((await api('/countries/%ff')).status).toBe(400);
  });

  it('stores, changes and removes what is sent', async () => {
    const made = (await (await api('/notes', { method: 'POST', body: '{"text":"tide"}' })).json()) as { id: number };
    expect(made).toEqual({ id: expect.any(Number), note: { text: 'tide' } });
    await api(`/notes/${made.id}`, { method: 'PUT', body: '"ebb"' });
    expect(await (await api(`/notes/${made.id}`)).json()).toEqual({ id: made.id, note: 'ebb' });
    expect((await api(`/notes/${made.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await api(`/notes/${made.id}`)).status).toBe(404);
    expect((await api('/notes', { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(413);
  });

  it('echoes and streams', async () => {
    expect(await (await api('/echo', { method: 'POST', body: 'tide' })).text()).toBe('tide');
    expect((await (await api('/bytes/200000')).arrayBuffer()).byteLength).toBe(200_000);
  });
});

describe('the sample folder', () => {
  it('holds real files in subfolders', async () => {
    const names = await readdir(running.files.root, { recursive: true });
    expect(names).toEqual(expect.arrayContaining(['airports.csv', 'weather/seattle.csv']));
    expect(await readFile(join(running.files.root, 'airports.csv'), 'utf8')).toMatch(/^iata,name,city/);
  });
});

describe('a restart', () => {
  it('keeps what people changed, and the addresses', async () => {
    await rows(`INSERT INTO movies (title) VALUES ('Kept')`);
    await client.end();
    await site.stop();
    await expect(fetch(running.api.baseUrl)).rejects.toThrow();
    const before = running;

    site = newSite();
    const started = performance.now();
    running = await site.start();
    const ms = performance.now() - started;
    await connect();

    expect(running).toEqual(before);
    expect(await rows(`SELECT title FROM movies WHERE title = 'Kept'`)).toEqual([{ title: 'Kept' }]);
    // Nothing is loaded again: a server's start and two statements.
    expect(ms).toBeLessThan(3_000);
  });
});
