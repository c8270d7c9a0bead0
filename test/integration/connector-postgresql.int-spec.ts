import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { TLSSocket } from 'node:tls';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '../../src/contract/filter.js';
import type { Operation } from '../../src/contract/operations.js';
import { directEgress } from '../../src/gateway-agent/connectors/egress.js';
import { PostgresqlConnector } from '../../src/gateway-agent/connectors/postgresql/postgresql.connector.js';
import type { ConnectorRequest } from '../../src/gateway-agent/connectors/connector.js';
import { createDevelopmentCa } from '../../src/dev-stack/certificates.js';
import { withDatabase, type TestDatabase } from '../support/database.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { Caller, readBytes, secretOf, until } from './connector-harness.js';

type Item = Record<string, unknown>;
type ListItems = Extract<Operation, { name: 'listItems' }>;

const SCHEMA = `
CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int, born date, balance numeric(38,4), note varchar(10),
  seen timestamptz, local_time timestamp, active boolean DEFAULT true, CHECK (age < 200));
INSERT INTO people VALUES (1,'Ada',36,'1815-12-10',12.5,'abcdefghij','2020-01-01 10:00+00','2020-01-01 10:00:00.5',true),
  (2,'Bob',NULL,NULL,NULL,NULL,NULL,NULL,NULL), (3,'100%_x',20,'2000-02-29',-1,'b','2021-01-01 00:00+00','2021-01-01',false),
  (4,'O''Hara\\',20,NULL,0,'c',NULL,NULL,true);
CREATE UNIQUE INDEX people_name ON people (name);
CREATE TABLE "a""b]c" ("id" text PRIMARY KEY, "dot.ted" int, "quo""te" text, "with space" text, "; DROP TABLE people; --" int);
INSERT INTO "a""b]c" VALUES ('k1', 1, 'q', 's', 7);
CREATE SCHEMA sales; CREATE TABLE sales.orders (region text, no int, total money, PRIMARY KEY (region, no));
INSERT INTO sales.orders VALUES ('eu,west', 1, 10.25), ('us\\', 2, 5);
CREATE TABLE types (id int8 PRIMARY KEY, d38 numeric(38,10), i8 int8, f8 float8, nan numeric, js jsonb, bin bytea, uid uuid,
  arr int[], texts text[], ts timestamp, tz timestamptz, iv interval, old date, ch char(5), en text);
CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS int CHECK (VALUE > 0);
ALTER TABLE types ADD COLUMN feeling mood, ADD COLUMN pos positive, ADD COLUMN gen int GENERATED ALWAYS AS (1 + 1) STORED;
INSERT INTO types VALUES (9223372036854775807, 1234567890123456789012345678.0123456789, -9223372036854775808, 'Infinity', 'NaN',
  '{"a":[1,2.50],"b":null}', '\\xdeadbeef', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{1,NULL,3}', '{"a,b","NULL",NULL,"q\\"x"}',
  '2020-05-06 07:08:09.123456', '2020-05-06 07:08:09+02', '1 day 2 hours', '0044-03-15 BC', 'ab', 'e', 'happy', 5);
CREATE TABLE big AS SELECT g AS id, repeat('x', 900) AS payload FROM generate_series(1, 200000) g; ALTER TABLE big ADD PRIMARY KEY (id);
CREATE TABLE made (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, label text NOT NULL, parent int REFERENCES made, amount numeric(5,2), at timestamp);
CREATE VIEW adults AS SELECT id, name FROM people WHERE age >= 18;
CREATE FUNCTION add_up(a int, b int DEFAULT 10) RETURNS TABLE (total int) LANGUAGE sql AS 'SELECT a + b';
CREATE PROCEDURE twice(n int, OUT doubled int) LANGUAGE plpgsql AS 'BEGIN doubled := n * 2; END';
CREATE FUNCTION complain() RETURNS int LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no, not %'', ''today''; END';
CREATE TABLE secret_table (id int PRIMARY KEY);
`;

describe('the PostgreSQL connector', () => {
  let database: TestDatabase;
  let connector: PostgresqlConnector;
  let target: { kind: 'postgresql'; server: string; port: number; database: string };
  let login: { username: string; password: string };
  let caller: Caller;

  const list = async (more: Partial<ListItems>): Promise<Item[]> =>
    caller.json({ name: 'listItems', table: 'people', ...more });
  const ids = async (filter: Filter): Promise<unknown[]> => (await list({ filter })).map((row) => row['id']);
  const compare = (column: string, operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', value: never): Filter => ({
    kind: 'comparison',
    column,
    operator,
    value,
  });
  const number = (value: string): never => ({ type: 'number', value }) as never;
  const text = (value: string): never => ({ type: 'string', value }) as never;

  const defaults = () =>
    ({
      target,
      credentialType: 'Basic',
      encryption: 'NotEncrypted',
      connectionId: 'c1',
      secret: secretOf(login),
    }) as const;

  beforeAll(async () => {
    database = await withDatabase({ migrate: false });
    const url = new URL(database.url);
    const role = `${url.pathname.slice(1)}_login`;
    await database.query(SCHEMA);
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD 'p4ss w''rd'; GRANT ALL ON ALL TABLES IN SCHEMA public, sales TO ${role};
      GRANT USAGE ON SCHEMA sales TO ${role}; REVOKE ALL ON secret_table FROM ${role}; GRANT CREATE ON SCHEMA public TO ${role}`);
    target = { kind: 'postgresql', server: url.hostname, port: Number(url.port), database: url.pathname.slice(1) };
    login = { username: role, password: "p4ss w'rd" };
    connector = new PostgresqlConnector({
      egress: directEgress,
      limits: { maxSessions: 3, maxWaiting: 5, waitMs: 400, idleMs: 60_000 },
    });
    caller = new Caller(connector, defaults());
  });
  afterAll(async () => {
    await connector.close();
    await database.query(`DROP OWNED BY ${login.username}`);
    await database.drop();
  });

  describe('tables', () => {
    it('lists what the login may read, with names that the other operations take', async () => {
      const tables = await caller.json<{ name: string; displayName: string }[]>({ name: 'listTables' });
      expect(tables.map(({ name }) => name)).toEqual([
        '[public].[a"b]]c]',
        '[public].[adults]',
        '[public].[big]',
        '[public].[made]',
        '[public].[people]',
        '[public].[types]',
        '[sales].[orders]',
      ]);
      expect(tables.at(-1)?.displayName).toBe('sales.orders');
      for (const { name } of tables)
        await expect(caller.json({ name: 'getTable', table: name })).resolves.toMatchObject({ name });
    });

    it('describes columns, key, defaults and what cannot be written', async () => {
      const table = await caller.json<{ columns: Item[] }>({ name: 'getTable', table: 'made' });
      expect(table.columns[0]).toEqual({
        name: 'id',
        type: 'integer',
        sourceType: 'integer',
        nullable: false,
        hasDefault: true,
        readOnly: true,
        keyOrder: 1,
        comparable: true,
      });
      const types = await caller.json<{ columns: Item[] }>({ name: 'getTable', table: 'types' });
      expect(Object.fromEntries(types.columns.map((column) => [column['name'], column['type']]))).toMatchObject({
        id: 'integer',
        d38: 'number',
        js: 'json',
        bin: 'binary',
        uid: 'guid',
        arr: 'json',
        ts: 'date-no-tz',
        tz: 'date-time',
        pos: 'integer',
        feeling: 'string',
      });
      expect(types.columns.find((column) => column['name'] === 'gen')).toMatchObject({ readOnly: true });
    });

    it.each([
      'nothing',
      'pg_catalog.pg_authid',
      '[pg_catalog].[pg_class]',
      'information_schema.tables',
      "people'; DROP TABLE people; --",
      'people"',
      'PEOPLE',
      '[public].[people',
      'a\0b',
      `${'x'.repeat(63)}y`,
    ])('knows no table %j', async (name) => {
      expect((await caller.failure({ name: 'getTable', table: name })).code).toBe('TABLE_NOT_FOUND');
    });

    it('takes a name in each of its forms', async () => {
      for (const table of ['sales.orders', '[sales].[orders]', 'people', 'public.people', 'a"b]c', '[a"b]]c]']) {
        expect((await caller.json<Item[]>({ name: 'listItems', table, top: 1 })).length).toBe(1);
      }
    });

    it('is refused by the source where the login has no right', async () => {
      const failure = await caller.failure({ name: 'listItems', table: 'secret_table' });
      expect(failure).toMatchObject({ code: 'SOURCE_DENIED', hop: 'source', outcome: 'not-executed' });
    });

    it('sees a column that was added and one that was dropped meanwhile, and a changed type under a prepared plan', async () => {
      await database.query(
        'CREATE TABLE shifting (id int PRIMARY KEY, a int, b int); INSERT INTO shifting VALUES (1, 2, 3)',
      );
      await database.query(`GRANT ALL ON shifting TO ${login.username}`);
      const one = { name: 'getItem', table: 'shifting', key: '1' } as const;
      expect(await caller.json(one)).toMatchObject({ a: 2, b: 3 });
      await database.query("ALTER TABLE shifting ALTER a TYPE text USING 'two'");
      expect(await caller.json(one)).toMatchObject({ a: 'two' });
      await database.query('ALTER TABLE shifting DROP b, ADD c int DEFAULT 9');
      expect(await caller.json({ name: 'listItems', table: 'shifting', select: ['c'] })).toMatchObject([{ c: 9 }]);
      expect(await caller.failure({ name: 'listItems', table: 'shifting', select: ['b'] })).toMatchObject({
        code: 'COLUMN_UNKNOWN',
        details: { column: 'b' },
      });
      await database.query('DROP TABLE shifting');
      expect((await caller.failure(one)).code).toBe('TABLE_NOT_FOUND');
    });
  });

  describe('values', () => {
    it('come out faithfully: every digit, dates in ISO, JSON as JSON, bytes in base64', async () => {
      const raw = await caller.text({ name: 'getItem', table: 'types', key: '9223372036854775807' });
      expect(raw).toContain('"id":9223372036854775807');
      expect(raw).toContain('"d38":1234567890123456789012345678.0123456789');
      expect(raw).toContain('"i8":-9223372036854775808');
      expect(raw).toMatch(/^\{"@odata\.etag":"","ItemInternalId":"[0-9a-f-]{36}","id":/);
      expect(JSON.parse(raw)).toMatchObject({
        f8: null,
        nan: null,
        js: { a: [1, 2.5], b: null },
        bin: '3q2+7w==',
        uid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
        arr: [1, null, 3],
        texts: ['a,b', 'NULL', null, 'q"x'],
        ts: '2020-05-06T07:08:09.123456',
        tz: '2020-05-06T05:08:09Z',
        iv: 'P1DT2H',
        old: '-000043-03-15',
        ch: 'ab   ',
        feeling: 'happy',
        pos: 5,
      });
    });

    it('go in and come back the same', async () => {
      const row = {
        id: '5',
        d38: '99999999999999999999.0000000001',
        js: [1, { x: "'" }],
        bin: '3q2+7w==',
        arr: [4, null],
        texts: ['a"b\\', 'NULL', '{}'],
        ts: '2020-01-01T10:00:00+02:00',
        tz: '2020-01-01T10:00:00+02:00',
        feeling: 'sad',
      };
      const created = await caller.text({ name: 'createItem', table: 'types', row: { '@odata.etag': '', ...row } });
      expect(created).toContain('99999999999999999999.0000000001');
      expect(JSON.parse(created)).toMatchObject({
        id: 5,
        js: [1, { x: "'" }],
        bin: '3q2+7w==',
        arr: [4, null],
        texts: ['a"b\\', 'NULL', '{}'],
        ts: '2020-01-01T08:00:00',
        tz: '2020-01-01T08:00:00Z',
        feeling: 'sad',
      });
      await caller.text({ name: 'deleteItem', table: 'types', key: '5' });
    });
  });

  describe('filters', () => {
    it('are two-valued: null differs from everything and NOT turns it round', async () => {
      expect(await ids(compare('age', 'ne', number('20')))).toEqual([1, 2]);
      expect(await ids(compare('age', 'lt', number('30')))).toEqual([3, 4]);
      expect(await ids({ kind: 'not', operand: compare('age', 'lt', number('30')) })).toEqual([1, 2]);
      expect(await ids({ kind: 'not', operand: compare('age', 'eq', number('20')) })).toEqual([1, 2]);
      expect(await ids(compare('age', 'eq', { type: 'null' } as never))).toEqual([2]);
      expect(await ids(compare('age', 'ne', { type: 'null' } as never))).toEqual([1, 3, 4]);
      expect(
        await ids({ kind: 'not', operand: { kind: 'text', function: 'contains', column: 'note', value: 'a' } }),
      ).toEqual([2, 3, 4]);
      const either: Filter = {
        kind: 'or',
        operands: [
          compare('id', 'eq', number('1')),
          { kind: 'and', operands: [compare('id', 'gt', number('1')), compare('age', 'eq', number('20'))] },
        ],
      };
      expect(await ids(either)).toEqual([1, 3, 4]);
      expect(await ids({ kind: 'not', operand: either })).toEqual([2]);
    });

    it('compare in the column’s type without changing the literal', async () => {
      expect(await ids(compare('age', 'gt', number('20.5')))).toEqual([1]);
      expect(await ids(compare('age', 'lt', number('99999999999999999999')))).toEqual([1, 3, 4]);
      expect(await ids(compare('note', 'eq', text('abcdefghijklm')))).toEqual([]);
      expect(
        await ids(compare('seen', 'eq', { type: 'dateTime', value: '2020-01-01T12:00:00+02:00' } as never)),
      ).toEqual([1]);
      expect(
        await ids(compare('local_time', 'lt', { type: 'dateTime', value: '2020-01-01T11:30:00+02:00' } as never)),
      ).toEqual([]);
      expect(await ids(compare('born', 'eq', { type: 'date', value: '2000-02-29' } as never))).toEqual([3]);
      expect(await ids(compare('balance', 'eq', number('12.50')))).toEqual([1]);
    });

    it('take wildcards, quotes and backslashes as text', async () => {
      const named = (fn: 'contains' | 'startswith' | 'endswith', value: string): Promise<unknown[]> =>
        ids({ kind: 'text', function: fn, column: 'name', value });
      expect(await named('contains', '%')).toEqual([3]);
      expect(await named('startswith', '100%_')).toEqual([3]);
      expect(await named('endswith', 'Hara\\')).toEqual([4]);
      expect(await named('contains', "' OR 1=1 --")).toEqual([]);
      expect(await ids(compare('name', 'eq', text("x'; DELETE FROM people; --")))).toEqual([]);
      expect(await database.query('SELECT count(*)::int AS n FROM people')).toEqual([{ n: 4 }]);
    });

    it.each([
      [{ kind: 'comparison', operator: 'eq', column: 'born', value: { type: 'string', value: 'not a day' } }, 'born'],
      [
        {
          kind: 'and',
          operands: [
            { kind: 'comparison', operator: 'eq', column: 'name', value: { type: 'string', value: 'x' } },
            { kind: 'comparison', operator: 'eq', column: 'age', value: { type: 'string', value: 'x' } },
          ],
        },
        'age',
      ],
      [{ kind: 'comparison', operator: 'eq', column: 'name', value: { type: 'number', value: '5' } }, 'name'],
      [{ kind: 'comparison', operator: 'eq', column: 'age', value: { type: 'boolean', value: true } }, 'age'],
      [{ kind: 'text', function: 'contains', column: 'age', value: '1' }, 'age'],
      [{ kind: 'comparison', operator: 'eq', column: 'name', value: { type: 'string', value: 'nul\0' } }, 'name'],
    ] as [Filter, string][])('that cannot be are FILTER_INVALID naming the column %#', async (filter, column) => {
      expect(await caller.failure({ name: 'listItems', table: 'people', filter })).toMatchObject({
        code: 'FILTER_INVALID',
        outcome: 'not-executed',
        details: { column },
      });
    });

    it('name columns only from the catalogue', async () => {
      for (const column of ['nope', 'id" = 1 OR "id', 'name; DROP TABLE people', 'ctid']) {
        expect(
          await caller.failure({ name: 'listItems', table: 'people', filter: compare(column, 'eq', number('1')) }),
        ).toMatchObject({ code: 'COLUMN_UNKNOWN', details: { column } });
        expect(
          (await caller.failure({ name: 'listItems', table: 'people', orderBy: [{ column, descending: false }] })).code,
        ).toBe('COLUMN_UNKNOWN');
        expect((await caller.failure({ name: 'listItems', table: 'people', select: [column] })).code).toBe(
          'COLUMN_UNKNOWN',
        );
        expect((await caller.failure({ name: 'createItem', table: 'people', row: { [column]: 1 } })).code).toBe(
          'COLUMN_UNKNOWN',
        );
      }
    });
  });

  describe('lists', () => {
    it('select, order with nulls first, page stably and count', async () => {
      const selected = await list({ select: ['name'], orderBy: [{ column: 'age', descending: true }] });
      expect(selected.map((row) => row['name'])).toEqual(['Ada', '100%_x', "O'Hara\\", 'Bob']);
      expect(Object.keys(selected[0] ?? {})).toEqual(['@odata.etag', 'ItemInternalId', 'name']);
      expect((await list({ orderBy: [{ column: 'age', descending: false }] }))[0]).toMatchObject({ id: 2 });

      const answer = await caller.run({ name: 'listItems', table: 'people', top: 2, skip: 1, count: true });
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.body) chunks.push(chunk);
      expect((JSON.parse(Buffer.concat(chunks).toString()) as Item[]).map((row) => row['id'])).toEqual([2, 3]);
      expect(answer.trailer?.()).toEqual({ count: 4, hasMore: true, continuation: '["3"]' });

      const last = await caller.run({
        name: 'listItems',
        table: 'people',
        top: 2,
        skip: 2,
        count: true,
        filter: compare('id', 'gt', number('0')),
      });
      for await (const chunk of last.body) expect(chunk.byteLength).toBeGreaterThan(0);
      expect(last.trailer?.()).toEqual({ count: 4, hasMore: false });
    });

    it('work with odd names in every place', async () => {
      const odd = {
        name: 'listItems',
        table: '[public].[a"b]]c]',
        select: ['dot.ted', 'quo"te', 'with space', '; DROP TABLE people; --'],
        filter: compare('quo"te', 'eq', text('q')),
        orderBy: [{ column: 'with space', descending: true }],
      } as const;
      expect(await caller.json(odd as never)).toMatchObject([
        { 'dot.ted': 1, 'quo"te': 'q', 'with space': 's', '; DROP TABLE people; --': 7 },
      ]);
    });

    it('stream 200,000 rows with flat memory', async () => {
      const answer = await caller.run({ name: 'listItems', table: 'big' });
      let bytes = 0;
      let most = 0;
      const before = process.memoryUsage().rss;
      for await (const chunk of answer.body) {
        bytes += chunk.byteLength;
        most = Math.max(most, process.memoryUsage().rss - before);
      }
      expect(bytes).toBeGreaterThan(190_000_000);
      expect(most).toBeLessThan(150_000_000);
      expect(answer.trailer?.()).toEqual({ hasMore: false });
    });

    it('hold the server back for a slow reader, and end it there when the reader leaves', async () => {
      const answer = await caller.run({ name: 'listItems', table: 'big' });
      const iterator = answer.body[Symbol.asyncIterator]();
      await iterator.next();
      expect(await backends(`state <> 'idle' OR query LIKE '%"big"%'`)).toBeGreaterThan(0);
      const before = process.memoryUsage().rss;
      await wait(300);
      expect(process.memoryUsage().rss - before).toBeLessThan(30_000_000);
      await iterator.return?.();
      await until(async () => (await backends(`query LIKE '%"big"%'`)) === 0);
      expect(await list({ top: 1 })).toHaveLength(1);
    });
  });

  const backends = async (condition: string): Promise<number> => {
    const rows = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'tidegate' AND datname = current_database() AND (${condition})`,
    );
    return rows[0]?.n ?? 0;
  };

  describe('rows by key', () => {
    it('are found by simple and by composite keys', async () => {
      expect(await caller.json({ name: 'getItem', table: 'people', key: '1' })).toMatchObject({
        name: 'Ada',
        balance: 12.5,
      });
      expect(await caller.json({ name: 'getItem', table: 'sales.orders', key: 'eu\\,west,1' })).toMatchObject({
        total: 10.25,
      });
      expect(await caller.json({ name: 'getItem', table: 'sales.orders', key: 'us\\\\,2' })).toMatchObject({ no: 2 });
    });

    it.each(['99', 'x', '1 OR 1=1', "1'; --", '99999999999999999999', '', 'a\0'])(
      'are ITEM_NOT_FOUND for %j',
      async (key) => {
        expect((await caller.failure({ name: 'getItem', table: 'people', key })).code).toBe('ITEM_NOT_FOUND');
        expect((await caller.failure({ name: 'deleteItem', table: 'people', key })).code).toBe('ITEM_NOT_FOUND');
        expect((await caller.failure({ name: 'updateItem', table: 'people', key, row: { age: 1 } })).code).toBe(
          'ITEM_NOT_FOUND',
        );
      },
    );

    it('need a key to be addressed by', async () => {
      expect((await caller.failure({ name: 'getItem', table: 'adults', key: '1' })).code).toBe('VALIDATION_FAILED');
    });

    it('are created, changed and deleted', async () => {
      const created = await caller.json<Item>({
        name: 'createItem',
        table: 'made',
        row: { label: "it's; DROP TABLE made" },
      });
      expect(created).toMatchObject({ label: "it's; DROP TABLE made", parent: null });
      const key = String(created['id']);
      expect(
        await caller.json({ name: 'updateItem', table: 'made', key, row: { amount: '1.5', label: 'b' } }),
      ).toMatchObject({ label: 'b', amount: 1.5 });
      expect(await caller.text({ name: 'deleteItem', table: 'made', key })).toBe('');
      expect((await caller.failure({ name: 'deleteItem', table: 'made', key })).code).toBe('ITEM_NOT_FOUND');
    });

    it.each([
      ['made', { label: null }, 'VALIDATION_FAILED', { column: 'label' }],
      ['made', { label: 'x', amount: 100000 }, 'VALIDATION_FAILED', {}],
      ['made', { label: 'x', parent: 'abc' }, 'VALIDATION_FAILED', { column: 'parent' }],
      ['made', { label: 'x', parent: [1] }, 'VALIDATION_FAILED', { column: 'parent' }],
      ['made', { label: 'x', id: 5 }, 'VALIDATION_FAILED', { column: 'id' }],
      ['made', { label: 'x', parent: 999 }, 'SOURCE_CONFLICT', { constraint: 'made_parent_fkey' }],
      ['people', { id: 1, name: 'Zed' }, 'SOURCE_CONFLICT', { constraint: 'people_pkey' }],
      ['people', { id: 50, name: 'Ada' }, 'SOURCE_CONFLICT', { constraint: 'people_name' }],
      ['people', { id: 50, name: 'Old', age: 300 }, 'SOURCE_CONFLICT', { constraint: 'people_age_check' }],
      ['people', { id: 50, name: 'Long', note: 'x'.repeat(11) }, 'VALIDATION_FAILED', {}],
      ['types', { id: 50, bin: 'not base64!' }, 'VALIDATION_FAILED', { column: 'bin' }],
      ['types', { id: 50, pos: -1 }, 'SOURCE_CONFLICT', {}],
      ['types', { id: 50, gen: 1 }, 'VALIDATION_FAILED', { column: 'gen' }],
    ] as const)('are refused in %s: %j is %s', async (table, row, code, details) => {
      const failure = await caller.failure({ name: 'createItem', table, row: row as never });
      expect(failure).toMatchObject({ code, outcome: 'not-executed', details });
      expect(`${failure.message}${JSON.stringify(failure.details)}`).not.toMatch(/Ada|999|abc|Zed/);
    });
  });

  describe('native queries', () => {
    const query = (sql: string, parameters: Record<string, unknown> = {}): Operation => ({
      name: 'executeQuery',
      query: sql,
      parameters: parameters as never,
    });

    it('bind their parameters', async () => {
      const sql = `SELECT @a::int AS x, '@a' AS s, E'\\'@a' AS e, $$ @a $$ AS d, "name" AS "@a" /* @a */ FROM people WHERE name=@b AND id = ANY(@ids) -- @c`;
      expect(await caller.json(query(sql, { a: 5, '@b': 'Ada', ids: [1, 2] }))).toEqual([
        { x: 5, s: '@a', e: "'@a", d: ' @a ', '@a': 'Ada' },
      ]);
      expect(await caller.json(query('SELECT @v::text AS v', { v: "'; DROP TABLE people; --" }))).toEqual([
        { v: "'; DROP TABLE people; --" },
      ]);
      expect(
        await caller.json(query(`SELECT '{"a":1}'::jsonb @> @j::jsonb AS c, @ -5 AS abs`, { j: { a: 1 } })),
      ).toEqual([{ c: true, abs: 5 }]);
      expect(await caller.json(query('SELECT 1 AS a, 2 AS a'))).toEqual([{ a: 1, a1: 2 }]);
      expect(await caller.json(query('-- nothing'))).toEqual([]);
    });

    it('write, and say when the source refused', async () => {
      expect(await caller.json(query("INSERT INTO made (label) VALUES ('n') RETURNING label"))).toEqual([
        { label: 'n' },
      ]);
      expect(await caller.json(query('DELETE FROM made WHERE label = @l', { l: 'n' }))).toEqual([]);
      expect(await caller.failure(query('SELECT nope FROM people'))).toMatchObject({
        code: 'SOURCE_FAILED',
        hop: 'source',
        outcome: 'not-executed',
        details: { sqlstate: '42703' },
      });
      const failure = await caller.failure(query("SELECT 'hunter2'::int"));
      expect(failure.details).toEqual({ sqlstate: '22P02' });
      expect(failure.message).not.toContain('hunter2');
    });

    it('hold one statement only', async () => {
      expect((await caller.failure(query('SELECT 1; DELETE FROM people'))).code).toBe('SOURCE_FAILED');
      expect((await caller.failure(query('SELECT $1', { a: 1 }))).code).toBe('VALIDATION_FAILED');
      expect((await caller.failure(query('SELECT @a'))).code).toBe('VALIDATION_FAILED');
      expect((await caller.failure(query('SELECT 1\0'))).code).toBe('VALIDATION_FAILED');
      expect((await caller.failure(query('COPY people TO STDOUT'))).code).toBe('OPERATION_UNSUPPORTED');
      expect((await caller.failure(query('COPY people FROM STDIN'))).code).toBe('SOURCE_FAILED');
    });

    it('leave nothing behind on a session that others will use', async () => {
      for (const sql of [
        "SET search_path TO 'sales'",
        'SET statement_timeout = 1',
        'SET timezone = 5',
        'CREATE TEMP TABLE people (id int)',
        'BEGIN',
        "SELECT pg_advisory_lock(7), set_config('datestyle', 'german', false)",
        'DEALLOCATE ALL',
      ]) {
        await caller.text(query(sql));
        expect(await list({ top: 1, select: ['born', 'seen'] })).toMatchObject([
          { born: '1815-12-10', seen: '2020-01-01T10:00:00Z' },
        ]);
        expect(await caller.json({ name: 'getItem', table: 'people', key: '1' })).toMatchObject({ name: 'Ada' });
      }
      await until(async () => (await backends("state = 'idle in transaction'")) === 0);
      expect(
        await database.query(
          "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        ),
      ).toEqual([]);
    });

    it('fail after the first rows as a broken body, never as a complete one', async () => {
      const answer = await caller.run(
        query("SELECT repeat('x', 500) AS p, 1 / (150000 - g) AS x FROM generate_series(1, 200000) g"),
      );
      let received = '';
      const reading = (async () => {
        for await (const chunk of answer.body) received += Buffer.from(chunk).toString().slice(-1);
      })();
      await expect(reading).rejects.toMatchObject({ code: 'SOURCE_FAILED', details: { sqlstate: '22012' } });
      expect(received.length).toBeGreaterThan(10);
      expect(received).not.toContain(']');
    });

    it('call functions and procedures by the names of their parameters', async () => {
      const call = (procedure: string, parameters: Record<string, unknown>): Operation => ({
        name: 'executeProcedure',
        procedure,
        parameters: parameters as never,
      });
      expect(await caller.json(call('add_up', { a: 1 }))).toEqual({
        ResultSets: { Table1: [{ total: 11 }] },
        OutputParameters: {},
        ReturnCode: 0,
      });
      expect(await caller.json(call('[public].[add_up]', { a: 1, '@b': 2 }))).toMatchObject({
        ResultSets: { Table1: [{ total: 3 }] },
      });
      expect(await caller.json(call('twice', { n: 21 }))).toEqual({
        ResultSets: {},
        OutputParameters: { doubled: 42 },
        ReturnCode: 0,
      });
      expect(await caller.failure(call('add_up', { a: 1, c: 2 }))).toMatchObject({
        code: 'VALIDATION_FAILED',
        details: { parameter: 'c' },
      });
      expect(await caller.failure(call('add_up', {}))).toMatchObject({
        code: 'VALIDATION_FAILED',
        details: { parameter: 'a' },
      });
      expect((await caller.failure(call('pg_catalog.pg_sleep', { x: 1 }))).code).toBe('PROCEDURE_NOT_FOUND');
      expect((await caller.failure(call('complain', {}))).message).toContain('no, not today');
    });
  });

  describe('the limit of rows that the operator sets', () => {
    const three: Partial<ConnectorRequest> = { limits: { rows: 3 } };
    const denied = { code: 'POLICY_DENIED', hop: 'connector', details: { maxRows: 3 } };

    it('lets an answer of that many through, whatever the table holds', async () => {
      expect(await caller.json({ name: 'listItems', table: 'big', top: 3 }, three)).toHaveLength(3);
      const query = 'SELECT * FROM generate_series(1, 3)';
      expect(await caller.json({ name: 'executeQuery', query }, three)).toHaveLength(3);
    });

    it('refuses a larger one before its first byte where it fits one batch', async () => {
      const operation = { name: 'listItems', table: 'big', top: 4 } as const;
      await expect(caller.run(operation, three)).rejects.toMatchObject({ ...denied, outcome: 'not-executed' });
      const query = 'SELECT * FROM generate_series(1, 4)';
      await expect(caller.run({ name: 'executeQuery', query }, three)).rejects.toMatchObject({
        ...denied,
        outcome: 'unknown',
      });
      const poll = { name: 'pollItems', table: 'made', what: 'new', top: 10 } as const;
      const start = await caller.run(poll);
      await readBytes(start);
      const { continuation: since = '' } = start.trailer?.() ?? {};
      await database.query(`INSERT INTO made (label) SELECT 'limit' FROM generate_series(1, 4)`);
      await expect(caller.run({ ...poll, since }, three)).rejects.toMatchObject(denied);
      await database.query(`DELETE FROM made WHERE label = 'limit'`);
    });

    it('breaks a stream off where it is passed, and stops the source', async () => {
      const answer = await caller.run({ name: 'listItems', table: 'big' }, { limits: { rows: 2_500 } });
      await expect(readBytes(answer)).rejects.toMatchObject({ code: 'POLICY_DENIED', details: { maxRows: 2_500 } });
      await until(async () => (await backends(`query LIKE '%"big"%'`)) === 0);
    });
  });

  it('reaches the server through the one door alone, to sign in and to cancel', async () => {
    const places: string[] = [];
    const watched = new PostgresqlConnector({
      egress: {
        ...directEgress,
        connect: (call) => {
          places.push(`${call.host}:${call.port}`);
          return directEgress.connect(call);
        },
      },
    });
    const controller = new AbortController();
    const sleep = new Caller(watched, defaults()).failure(
      { name: 'executeQuery', query: 'SELECT pg_sleep(30)' },
      { signal: controller.signal },
    );
    await until(async () => (await backends(`query LIKE '%pg_sleep%' AND state = 'active'`)) === 1);
    expect(watched.heldSessions()).toEqual({ open: 1, idle: 0, waiting: 0 });
    controller.abort();
    expect(await sleep).toMatchObject({ code: 'REQUEST_CANCELLED' });
    await until(() => places.length === 2);
    expect(new Set(places)).toEqual(new Set([`${target.server}:${target.port}`]));
    await watched.close();

    const closed = new PostgresqlConnector({
      egress: {
        connect: async () => Promise.reject(new SourceError('POLICY_DENIED', 'The host is not allowed.')),
        resolve: async () => Promise.reject(new SourceError('POLICY_DENIED', 'The host is not allowed.')),
      },
    });
    expect(await new Caller(closed, defaults()).failure({ name: 'test' })).toMatchObject({ code: 'POLICY_DENIED' });
  });

  describe('cancelling', () => {
    const sleeping = `query LIKE '%pg_sleep%' AND state = 'active'`;

    it('stops a running query at the source, and the session serves on', async () => {
      const controller = new AbortController();
      const failure = caller.failure(
        { name: 'executeQuery', query: 'SELECT pg_sleep(30)' },
        { signal: controller.signal },
      );
      await until(async () => (await backends(sleeping)) === 1);
      const started = Date.now();
      controller.abort();
      expect(await failure).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
      expect(Date.now() - started).toBeLessThan(1500);
      await until(async () => (await backends(sleeping)) === 0);
      expect(await list({ top: 1 })).toHaveLength(1);
    });

    it('stops a query that hangs in the middle of its rows', async () => {
      const controller = new AbortController();
      const sql = 'SELECT g, CASE WHEN g = 3000 THEN pg_sleep(30)::text END AS p FROM generate_series(1, 5000) g';
      const answer = await caller.run({ name: 'executeQuery', query: sql }, { signal: controller.signal });
      const reading = (async () => {
        for await (const chunk of answer.body) expect(chunk.byteLength).toBeGreaterThan(0);
      })();
      await until(async () => (await backends(sleeping)) === 1);
      controller.abort();
      await expect(reading).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
      await until(async () => (await backends(sleeping)) === 0);
    });

    it('cuts a transfer that nobody reads any more, without waiting for a reader', async () => {
      const controller = new AbortController();
      const answer = await caller.run({ name: 'listItems', table: 'big' }, { signal: controller.signal });
      const iterator = answer.body[Symbol.asyncIterator]();
      await iterator.next();
      controller.abort();
      await until(async () => (await backends(`query LIKE '%"big"%'`)) === 0);
      await expect(
        (async () => {
          for (;;) if ((await iterator.next()).done) return;
        })(),
      ).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
    });

    it('does not begin what was cancelled before', async () => {
      const failure = await caller.failure(
        { name: 'executeQuery', query: "INSERT INTO made (label) VALUES ('late')" },
        { signal: AbortSignal.abort() },
      );
      expect(failure).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
      expect(await database.query("SELECT 1 FROM made WHERE label = 'late'")).toEqual([]);
    });
  });

  describe('the link to the server', () => {
    it('is refused with a wrong password, login or database', async () => {
      const test: Operation = { name: 'test' };
      expect(await caller.text(test)).toBe('');
      for (const more of [
        { secret: secretOf({ ...login, password: 'wrong' }) },
        { secret: secretOf({ ...login, username: 'nobody' }) },
        { target: { ...target, database: 'nowhere' } },
        { secret: secretOf({ username: login.username }) },
      ]) {
        const failure = await caller.failure(test, more);
        expect(failure).toMatchObject({ code: 'SOURCE_DENIED', outcome: 'not-executed' });
        expect(`${failure.message}${JSON.stringify(failure.details)}`).not.toContain('wrong');
      }
      expect(
        (await caller.failure({ name: 'listTables' }, { secret: secretOf({ ...login, password: 'wrong' }) })).code,
      ).toBe('SOURCE_DENIED');
    });

    it('takes no setting smuggled into a name', async () => {
      for (const more of [
        { secret: secretOf({ ...login, username: `${login.username}\0options\0-c x=y` }) },
        { target: { ...target, server: '/tmp' } },
      ]) {
        expect((await caller.failure({ name: 'test' }, more)).code).toBe('VALIDATION_FAILED');
      }
    });

    it('is SOURCE_UNREACHABLE when nobody listens', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      expect(await caller.failure({ name: 'listTables' }, { target: { ...target, port } })).toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        details: { reason: 'ECONNREFUSED', port },
      });
    });

    it('demands TLS where the connection does, and does without where it may', async () => {
      expect(await caller.failure({ name: 'test' }, { encryption: 'Encrypted' })).toMatchObject({
        code: 'SOURCE_UNREACHABLE',
        details: { reason: 'TLS_NOT_OFFERED' },
      });
      expect(await caller.text({ name: 'test' }, { encryption: 'Any' })).toBe('');
    });

    it('checks the certificate where encryption is demanded, takes any where it is not, and cancels encrypted', async () => {
      const ca = await createDevelopmentCa();
      const proxy = await tlsProxy(target.port, await ca.issue(['localhost']));
      const through = { target: { ...target, server: 'localhost', port: proxy.port }, connectionId: 'c4' };
      const strict: Partial<ConnectorRequest> = { ...through, encryption: 'Encrypted' };
      expect(await caller.failure({ name: 'test' }, strict)).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
      expect(proxy.startups()).toBe(0);
      expect(await caller.text({ name: 'test' }, { ...through, encryption: 'Any' })).toBe('');

      const trusting = new PostgresqlConnector({ egress: directEgress, ca: [ca.caPem] });
      const controller = new AbortController();
      const trusted = new Caller(trusting, { ...defaults(), ...strict });
      expect(await trusted.text({ name: 'test' })).toBe('');
      const elsewhere = { ...through.target, server: '127.0.0.1' };
      expect((await trusted.failure({ name: 'test' }, { target: elsewhere })).code).toBe('SOURCE_UNREACHABLE');
      const sleep = trusted.failure(
        { name: 'executeQuery', query: 'SELECT pg_sleep(30)' },
        { signal: controller.signal },
      );
      await until(async () => (await backends(`query LIKE '%pg_sleep%' AND state = 'active'`)) === 1);
      controller.abort();
      expect(await sleep).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
      await trusting.close();
      await connector.forget('c4');
      proxy.close();
    });

    it('waits for a free session within bounds, then is GATEWAY_BUSY', async () => {
      const holds = Array.from({ length: 3 }, () => caller.text({ name: 'executeQuery', query: 'SELECT pg_sleep(1)' }));
      await until(async () => (await backends(`query LIKE '%pg_sleep%' AND state = 'active'`)) === 3);
      expect(await caller.failure({ name: 'listTables' })).toMatchObject({
        code: 'GATEWAY_BUSY',
        outcome: 'not-executed',
      });
      const rest = await Promise.allSettled(Array.from({ length: 6 }, () => caller.text({ name: 'listTables' })));
      expect(rest.filter(({ status }) => status === 'rejected')).toHaveLength(6);
      await Promise.all(holds);
      expect(await list({ top: 1 })).toHaveLength(1);
    });

    it('is made anew for a read when the server dropped it; a write that was cut is unknown', async () => {
      await list({ top: 1 });
      const write = caller.failure({
        name: 'executeQuery',
        query: "INSERT INTO made (label) SELECT 'cut' FROM pg_sleep(20)",
      });
      await until(async () => (await backends(`query LIKE '%pg_sleep%' AND state = 'active'`)) === 1);
      await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidegate' AND datname = current_database()",
      );
      expect(await write).toMatchObject({ code: 'SOURCE_UNREACHABLE', outcome: 'unknown' });
      expect(await list({ top: 1 })).toHaveLength(1);
      // At once and again: the news of the end may reach us before the read, or instead of its answer.
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([list({ top: 1 }), list({ top: 1 }), caller.text({ name: 'listTables' })]);
        await database.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidegate' AND datname = current_database()",
        );
        expect(await list({ top: 1 })).toHaveLength(1);
      }
    });

    it('is closed when the connection is forgotten', async () => {
      const other = { connectionId: 'c2' };
      await caller.text({ name: 'listTables' }, other);
      const before = await backends('true');
      await connector.forget('c2');
      await until(async () => (await backends('true')) === before - 1);
    });
  });

  it('reads a row in one round trip once the table is known', async () => {
    const counted = await countingProxy(target.port);
    const through = { target: { ...target, port: counted.port }, connectionId: 'c3' };
    const one: Operation = { name: 'getItem', table: 'people', key: '1' };
    await caller.text(one, through);
    await caller.text(one, through);
    const before = counted.messages();
    await caller.text(one, through);
    expect(counted.messages() - before).toBe(1);
    await connector.forget('c3');
    counted.close();
  });
});

/** Counts how often the client speaks. */
async function countingProxy(port: number): Promise<{ port: number; messages: () => number; close: () => void }> {
  let messages = 0;
  const server: Server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    client.on('data', (data) => {
      messages += 1;
      upstream.write(data);
    });
    upstream.on('data', (data) => client.write(data));
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, messages: () => messages, close: () => server.close() };
}

/** Stands before the server and offers TLS, which the test's own server does not. */
async function tlsProxy(
  port: number,
  certificate: { key: string; cert: string },
): Promise<{ port: number; startups: () => number; close: () => void }> {
  let startups = 0;
  const server = createServer((client) => {
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write('S');
      const secure = new TLSSocket(client, { isServer: true, ...certificate });
      secure.once('data', (first) => {
        startups += 1;
        const upstream = connect(port, '127.0.0.1');
        upstream.write(first);
        secure.pipe(upstream).pipe(secure);
        upstream.on('error', () => secure.destroy());
      });
      secure.on('error', () => client.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { port: (server.address() as AddressInfo).port, startups: () => startups, close: () => server.close() };
}
