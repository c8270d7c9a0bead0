import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/contract/filter.js';
import type { Operation } from '../../../src/contract/operations.js';
import type { Connector } from '../../../src/gateway-agent/connectors/connector.js';
import { directEgress, type Egress } from '../../../src/gateway-agent/connectors/egress.js';
import { Caller, readBytes, secretOf } from '../connector-harness.js';
import { until } from '../../support/until.js';
import type { SqlFlavour, SqlSource } from './sql-source.js';

type Item = Record<string, unknown>;
type ListItems = Extract<Operation, { name: 'listItems' }>;
type QueryItems = Extract<Operation, { name: 'queryItems' }>;

const TABLES = ['a"b]c', 'big', 'digits', 'keyless', 'made', 'orders', 'people', 'types'];

const number = (value: string) => ({ type: 'number', value }) as const;
const text = (value: string) => ({ type: 'string', value }) as const;

/** The same questions to every kind of database. */
export function describeSqlConnector(flavour: SqlFlavour, open: () => Promise<SqlSource>): void {
  describe(`the connector to ${flavour.name}`, () => {
    let source: SqlSource;
    let connector: Connector;
    let caller: Caller;
    const faucet = new Faucet();

    const list = (more: Partial<ListItems>): Promise<Item[]> =>
      caller.json({ name: 'listItems', table: 'people', ...more });
    const query = (more: Partial<QueryItems>): Promise<Item[]> =>
      caller.json({ name: 'queryItems', table: 'people', ...more });
    const ids = async (filter: Filter): Promise<unknown[]> => (await query({ filter })).map((row) => row['id']);
    const callerOf = (login: { username: string; password: string }, connectionId: string, target = source.target) =>
      new Caller(connector, {
        target,
        credentialType: 'Basic',
        encryption: 'NotEncrypted',
        connectionId,
        secret: secretOf(login),
      });

    beforeAll(async () => {
      source = await open();
      for (const statement of flavour.schema) await source.query(statement);
      await faucet.open(source.target);
      connector = source.connect(faucet.egress);
      caller = callerOf(source.login, 'c1');
    }, 120_000);
    afterAll(async () => {
      await connector?.close();
      await faucet.close();
      await source?.drop();
    });

    it('is tested by signing in, and refused with a wrong password or database', async () => {
      await expect(readBytes(await caller.run({ name: 'test' }))).resolves.toHaveLength(0);
      const wrong = callerOf({ ...source.login, password: 'not this one' }, 'c2');
      await expect(wrong.failure({ name: 'test' })).resolves.toMatchObject({ code: 'SOURCE_DENIED' });
      if (!('database' in source.target)) return;
      const elsewhere = callerOf(source.login, 'c3', { ...source.target, database: 'no such database' });
      await expect(elsewhere.failure({ name: 'test' })).resolves.toMatchObject({ code: 'SOURCE_DENIED' });
    });

    it('lists tables by names that the other operations take, and describes their columns', async () => {
      const tables = await caller.json<{ name: string; displayName: string }[]>({ name: 'listTables' });
      expect(tables.map(({ displayName }) => displayName).sort()).toEqual(
        TABLES.map((table) => flavour.shown?.(table) ?? table).sort(),
      );
      for (const { name } of tables) {
        await expect(caller.json({ name: 'getTable', table: name })).resolves.toMatchObject({ name });
      }
      const { columns } = await caller.json<{ columns: Item[] }>({ name: 'getTable', table: 'types' });
      const described = Object.fromEntries(columns.map((column) => [column['name'], column['type']]));
      expect(described).toMatchObject(flavour.described);
      const made = await caller.json<{ columns: Item[]; changes: Item }>({ name: 'getTable', table: 'made' });
      expect(made.columns[0]).toMatchObject({ name: 'id', keyOrder: 1, hasDefault: true, nullable: false });
      expect(made.columns[1]).toMatchObject({ name: 'label', hasDefault: false, nullable: false, maxLength: 50 });
      expect(made.changes).toMatchObject({ new: 'id' });
      const orders = await caller.json<{ columns: Item[] }>({ name: 'getTable', table: 'orders' });
      expect(orders.columns.map((column) => column['keyOrder'])).toEqual([1, 2, undefined]);
      for (const table of ['nothing', "people'; DROP TABLE people; --", 'information_schema.tables']) {
        await expect(caller.failure({ name: 'getTable', table })).resolves.toMatchObject({ code: 'TABLE_NOT_FOUND' });
      }
    });

    it('gives every type faithfully, and takes it back the same', async () => {
      const answer = await caller.text({ name: 'listItems', table: 'types' });
      for (const piece of flavour.digits) expect(answer).toContain(piece);
      expect((JSON.parse(answer) as Item[])[0]).toMatchObject(flavour.types);
      const created = await caller.text({ name: 'createItem', table: 'types', row: flavour.roundTrip as never });
      const { d38, ...rest } = flavour.roundTrip;
      expect(JSON.parse(created)).toMatchObject(rest);
      expect(created).toContain(`"d38":${String(d38)}`);
      const nulls = Object.fromEntries(Object.keys(rest).map((name) => [name, name === 'id' ? 7 : null]));
      const cleared = Object.fromEntries(Object.entries(nulls).filter(([name]) => name !== 'id'));
      const updated = await caller.json<Item>({ name: 'updateItem', table: 'types', key: '7', row: cleared });
      expect(updated).toMatchObject(nulls);
      const native = await caller.text({ name: 'executeQuery', query: 'SELECT * FROM types ORDER BY id DESC' });
      for (const piece of flavour.digits) expect(native).toContain(piece);
      expect((JSON.parse(native) as Item[])[0]).toMatchObject(flavour.types);
      await caller.text({ name: 'deleteItem', table: 'types', key: '7' });
    });

    it('filters, and null differs from everything', async () => {
      const compare = (column: string, operator: 'eq' | 'ne' | 'lt' | 'ge', value: never): Filter => ({
        kind: 'comparison',
        column,
        operator,
        value,
      });
      const not = (operand: Filter): Filter => ({ kind: 'not', operand });
      const age = (operator: 'eq' | 'ne' | 'lt' | 'ge', value: string): Filter =>
        compare('age', operator, number(value) as never);
      expect(await ids(age('eq', '20'))).toEqual([3, 4]);
      expect(await ids(age('ne', '20'))).toEqual([1, 2]);
      expect(await ids(not(age('lt', '30')))).toEqual([1, 2]);
      expect(await ids(age('eq', '20.5'))).toEqual([]);
      expect(await ids(age('lt', '99999999999999999999'))).toEqual([1, 3, 4]);
      expect(await ids(compare('born', 'eq', { type: 'null' } as never))).toEqual([2, 4]);
      expect(await ids(compare('born', 'ge', { type: 'date', value: '2000-02-29' } as never))).toEqual([3]);
      const moment = { type: 'dateTime', value: '2020-01-01T12:00:00.5+02:00' } as never;
      expect(await ids(compare('local_time', 'eq', moment))).toEqual([1]);
      expect(await ids(compare('balance', 'eq', number('12.5000') as never))).toEqual([1]);
      expect(await ids(compare('name', 'eq', text("O'Hara") as never))).toEqual([4]);
      const test = (name: 'contains' | 'startswith' | 'endswith', value: string): Filter => ({
        kind: 'text',
        function: name,
        column: 'name',
        value,
      });
      expect(await ids(test('contains', '%'))).toEqual([3]);
      expect(await ids(test('contains', '_'))).toEqual([3]);
      expect(await ids(test('startswith', 'O'))).toEqual([4]);
      expect(await ids(test('endswith', 'b'))).toEqual([2]);
      expect(await ids(test('endswith', 'b '))).toEqual([]);
      expect(await ids(not(test('contains', 'a')))).toEqual([2, 3]);
      await expect(
        caller.failure({ name: 'listItems', table: 'people', filter: compare('nope', 'eq', number('1') as never) }),
      ).resolves.toMatchObject({ code: 'COLUMN_UNKNOWN' });
    });

    it('computes what filters compute', async () => {
      const column = (name: string) => ({ kind: 'column', column: name }) as const;
      const literal = (value: string) => ({ kind: 'value', value: number(value) }) as const;
      const word = (value: string) => ({ kind: 'value', value: text(value) }) as const;
      const call = (name: string, ...operands: unknown[]) => ({ kind: 'call', function: name, operands }) as never;
      const eq = (left: unknown, right: unknown): Filter =>
        ({ kind: 'compare', operator: 'eq', left, right }) as unknown as Filter;
      const age = column('age');
      const name = column('name');
      const cases: readonly (readonly [Filter, readonly number[]])[] = [
        [eq(call('add', age, literal('1')), literal('37')), [1]],
        [eq(call('sub', age, literal('0.5')), literal('19.5')), [3, 4]],
        [eq(call('mul', age, literal('99999999999999999999')), literal('1999999999999999999980')), [3, 4]],
        [eq(call('div', age, literal('7')), literal('5')), [1]],
        [eq(call('div', age, literal('8.0')), literal('2.5')), [3, 4]],
        [eq(call('mod', age, literal('7')), literal('6')), [3, 4]],
        [eq(call('negate', age), literal('-36')), [1]],
        [eq(call('round', column('balance')), literal('13')), [1]],
        [eq(call('floor', column('balance')), literal('12')), [1]],
        [eq(call('ceiling', column('balance')), literal('-1')), [3]],
        [eq(call('length', name), literal('6')), [3, 4]],
        [eq(call('indexof', name, word('%')), literal('3')), [3]],
        [eq(call('substring', name, literal('1')), word('da')), [1]],
        [eq(call('substring', name, literal('1'), literal('1')), word('o')), [2]],
        [eq(call('replace', name, word('_x'), word('!')), word('100%!')), [3]],
        [eq(call('toupper', name), word('ADA')), [1]],
        [eq(call('tolower', call('concat', name, word('X'))), word('bobx')), [2]],
        [eq(call('trim', call('concat', word(' \t\n'), name)), word('Ada')), [1]],
        [eq(call('year', column('born')), literal('1815')), [1]],
        [eq(call('month', column('born')), literal('2')), [3]],
        [eq(call('day', column('local_time')), literal('1')), [1, 3]],
        [eq(call('hour', column('local_time')), literal('10')), [1]],
        [eq(call('second', column('local_time')), literal('0')), [1, 3]],
        [eq(call('date', column('local_time')), { kind: 'value', value: { type: 'date', value: '2021-01-01' } }), [3]],
        [{ kind: 'compare', operator: 'lt', left: column('local_time'), right: call('now') }, [1, 3]],
        [eq(column('born'), column('born')), [1, 2, 3, 4]],
        [{ kind: 'not', operand: eq(age, column('balance')) }, [1, 3, 4]],
      ];
      for (const [filter, expected] of cases) {
        expect(await ids(filter), JSON.stringify(filter)).toEqual(expected);
      }
    });

    it('orders with nulls first, chooses, counts, and pages stably from a place', async () => {
      const ordered = await list({ orderBy: [{ column: 'age', descending: false }], select: ['id'] });
      expect(ordered.map((row) => row['id'])).toEqual([2, 3, 4, 1]);
      const reversed = await list({ orderBy: [{ column: 'age', descending: true }], select: ['id'], skip: 1 });
      expect(reversed.map((row) => row['id'])).toEqual([3, 4, 2]);
      const seen: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await caller.run({
          name: 'queryItems',
          table: 'people',
          orderBy: [{ column: 'age', descending: true }],
          top: 1,
          count: true,
          ...(after === undefined ? {} : { after }),
        });
        seen.push(...(JSON.parse((await readBytes(page)).toString()) as Item[]).map((row) => row['id']));
        expect(page.trailer?.().count).toBe(4);
        after = page.trailer?.().continuation;
      } while (after !== undefined);
      expect(seen).toEqual([1, 3, 4, 2]);
      const types = await caller.run({
        name: 'queryItems',
        table: 'orders',
        top: 1,
        orderBy: [{ column: 'total', descending: false }],
      });
      await readBytes(types);
      const rest = await caller.json<Item[]>({
        name: 'queryItems',
        table: 'orders',
        orderBy: [{ column: 'total', descending: false }],
        after: types.trailer?.().continuation ?? '',
      });
      expect(rest.map((row) => row['no'])).toEqual([1]);
    });

    it('puts rows together', async () => {
      const rows = await query({
        aggregation: {
          groupBy: ['age'],
          aggregates: [
            { method: 'count', as: 'n' },
            { method: 'sum', column: 'balance', as: 'total' },
            { method: 'average', column: 'id', as: 'mean' },
            { method: 'max', column: 'name', as: 'last' },
            { method: 'countdistinct', column: 'balance', as: 'kinds' },
          ],
        },
        orderBy: [
          { column: 'n', descending: true },
          { column: 'age', descending: false },
        ],
      });
      expect(rows).toMatchObject([
        { age: 20, n: 2, total: -1, mean: 3.5, last: "O'Hara", kinds: 2 },
        { age: null, n: 1, total: null, mean: 2, kinds: 0 },
        { age: 36, n: 1, total: 12.5, mean: 1, kinds: 1 },
      ]);
    });

    it('serves odd names in every place', async () => {
      const table = 'a"b]c';
      const [row] = await caller.json<Item[]>({
        name: 'listItems',
        table,
        filter: { kind: 'comparison', column: '; DROP TABLE people; --', operator: 'eq', value: number('7') },
        orderBy: [{ column: 'quo"te', descending: true }],
        select: ['dot.ted', 'quo"te', 'back`tick', '; DROP TABLE people; --'],
      });
      expect(row).toMatchObject({ 'dot.ted': 1, 'quo"te': 'q', 'back`tick': 's', '; DROP TABLE people; --': 7 });
      const changed = await caller.json<Item>({
        name: 'updateItem',
        table,
        key: 'k1',
        row: { 'dot.ted': 2, 'quo"te': `'"\`` },
      });
      expect(changed).toMatchObject({ id: 'k1', 'dot.ted': 2, 'quo"te': `'"\`` });
      const made = await caller.json<Item>({ name: 'createItem', table, row: { id: 'k"2', 'dot.ted': 3 } });
      expect(made).toMatchObject({ id: 'k"2', 'dot.ted': 3, '; DROP TABLE people; --': null });
      await caller.text({ name: 'deleteItem', table, key: 'k"2' });
      expect(await list({ select: ['id'] })).toHaveLength(4);
    });

    it('finds, makes, changes and deletes rows by their keys', async () => {
      const get = (table: string, key: string) => caller.json<Item>({ name: 'getItem', table, key });
      expect(await get('people', '3')).toMatchObject({ id: 3, name: '100%_x' });
      expect(await get('orders', 'eu\\,west,1')).toMatchObject({ total: 10.25 });
      expect(await get('orders', 'us\\\\,2')).toMatchObject({ total: 5 });
      for (const key of ['99', 'abc', '1 OR 1=1', '1e0', '']) {
        if (key === '') continue;
        await expect(caller.failure({ name: 'getItem', table: 'people', key })).resolves.toMatchObject({
          code: 'ITEM_NOT_FOUND',
        });
      }
      await expect(caller.failure({ name: 'getItem', table: 'keyless', key: '1' })).resolves.toMatchObject({
        code: 'VALIDATION_FAILED',
      });
      const made = await caller.json<Item>({
        name: 'createItem',
        table: 'made',
        row: { label: 'first', amount: 1.25, at: '2020-01-02T03:04:05' },
      });
      expect(made).toMatchObject({
        label: 'first',
        amount: 1.25,
        at: expect.stringMatching(/^2020-01-02T03:04:05/) as unknown,
      });
      const id = String(made['id']);
      expect(await caller.json({ name: 'updateItem', table: 'made', key: id, row: { label: 'second' } })).toMatchObject(
        { id: made['id'], label: 'second' },
      );
      // Nothing changes, and yet the row is there.
      expect(await caller.json({ name: 'updateItem', table: 'made', key: id, row: { label: 'second' } })).toMatchObject(
        { label: 'second' },
      );
      const other = await caller.json<Item>({
        name: 'createItem',
        table: 'made',
        row: { label: 'child', parent: made['id'] as number },
      });
      expect(
        await caller.json({ name: 'updateItem', table: 'orders', key: 'eu\\,west,1', row: { region: 'moved', no: 9 } }),
      ).toMatchObject({ region: 'moved', no: 9, total: 10.25 });
      expect(await caller.json({ name: 'updateItem', table: 'orders', key: 'moved,9', row: { no: 1 } })).toMatchObject({
        region: 'moved',
        no: 1,
      });
      await caller.text({ name: 'updateItem', table: 'orders', key: 'moved,1', row: { region: 'eu,west' } });
      await expect(
        caller.failure({ name: 'updateItem', table: 'made', key: '999', row: { label: 'x' } }),
      ).resolves.toMatchObject({ code: 'ITEM_NOT_FOUND' });
      await expect(caller.failure({ name: 'deleteItem', table: 'made', key: id })).resolves.toMatchObject({
        code: 'SOURCE_CONFLICT',
      });
      await caller.text({ name: 'deleteItem', table: 'made', key: String(other['id']) });
      await caller.text({ name: 'deleteItem', table: 'made', key: id });
      await expect(caller.failure({ name: 'deleteItem', table: 'made', key: id })).resolves.toMatchObject({
        code: 'ITEM_NOT_FOUND',
      });
    });

    it('says what is wrong with a row, without its values', async () => {
      const refused = (table: string, row: Record<string, never>) => caller.failure({ name: 'createItem', table, row });
      const cases: readonly (readonly [string, object, string])[] = [
        ['people', { id: 1, name: 'secret-one' }, 'SOURCE_CONFLICT'],
        ['people', { id: 9, name: 'Ada' }, 'SOURCE_CONFLICT'],
        ['people', { id: 9, name: 'secret-one', age: 999 }, 'SOURCE_CONFLICT'],
        ['people', { id: 9 }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: null }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: 'x', age: 'secret-one' }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: 'x', age: '99999999999999999999' }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: 'x', born: '2021-02-30' }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: 'x', note: 'secret-one-secret-one' }, 'VALIDATION_FAILED'],
        ['people', { id: 9, name: { a: 1 } }, 'VALIDATION_FAILED'],
        ['people', { id: 9, nope: 1 }, 'COLUMN_UNKNOWN'],
        ['made', { label: 'x', parent: 4711 }, 'SOURCE_CONFLICT'],
        ['made', { label: 'x', amount: 123456 }, 'VALIDATION_FAILED'],
        ['types', { id: 9, bin: 'not base64!' }, 'VALIDATION_FAILED'],
      ];
      for (const [table, row, code] of cases) {
        const failure = await refused(table, row as Record<string, never>);
        expect(failure, JSON.stringify(row)).toMatchObject({ code, outcome: 'not-executed' });
        expect(JSON.stringify([failure.message, failure.details])).not.toContain('secret-one');
      }
      expect(await list({ select: ['id'] })).toHaveLength(4);
    });

    it('runs a statement of the caller’s own with bound values, and only one', async () => {
      const rows = await caller.json<Item[]>({
        name: 'executeQuery',
        query: flavour.bound,
        parameters: { n: 42, '@t': "it's ? @x" },
      });
      expect(rows).toMatchObject([{ n: 42, t: "it's ? @x", quoted: '@n' }]);
      if (flavour.isOneStatement) {
        const failure = await caller.failure({
          name: 'executeQuery',
          query: 'DELETE FROM keyless; DELETE FROM people',
        });
        expect(failure).toMatchObject({ code: 'SOURCE_FAILED', outcome: 'not-executed' });
      }
      await caller.text({ name: 'executeQuery', query: 'INSERT INTO keyless VALUES (@a)', parameters: { a: 5 } });
      expect(await caller.json({ name: 'executeQuery', query: 'SELECT a FROM keyless' })).toEqual([{ a: 5 }]);
      await expect(caller.failure({ name: 'executeQuery', query: 'SELEC 1' })).resolves.toMatchObject({
        code: 'SOURCE_FAILED',
      });
      expect(await list({ select: ['id'] })).toHaveLength(4);
    });

    it('calls routines by the names of their parameters', async () => {
      const procedures = await caller.json<{ displayName: string }[]>({ name: 'listProcedures' });
      expect(procedures.map(({ displayName }) => displayName)).toEqual(expect.arrayContaining(['add_up', 'twice']));
      const twice = await caller.json<Item>({ name: 'getProcedure', procedure: 'twice' });
      expect(twice).toMatchObject({
        inputs: [{ name: 'n', type: 'integer', required: true }],
        outputs: [{ name: 'doubled', type: 'integer' }],
      });
      const call = (procedure: string, parameters: Record<string, number>) =>
        caller.json<Item>({ name: 'executeProcedure', procedure, parameters });
      expect(await call('twice', { n: 21 })).toMatchObject({ OutputParameters: { doubled: 42 } });
      expect(await call('add_up', { b: 2, a: 40 })).toMatchObject({ ResultSets: { Table1: [{ add_up: 42 }] } });
      const missing = caller.failure({ name: 'executeProcedure', procedure: 'twice', parameters: {} });
      await expect(missing).resolves.toMatchObject({ code: 'VALIDATION_FAILED', details: { parameter: 'n' } });
      if (!flavour.hasSets) return;
      expect(await call('sets', { n: 2 })).toEqual({
        ResultSets: { Table1: [{ id: 1 }, { id: 2 }], Table2: [{ one: 'x', two: 2.5 }] },
        OutputParameters: { n: 3, word: 'done' },
        ReturnCode: 0,
      });
    });

    it('streams many rows, and leaves off when the reader does', async () => {
      const answer = await caller.text({
        name: 'listItems',
        table: 'big',
        orderBy: [{ column: 'id', descending: false }],
      });
      const rows = JSON.parse(answer) as Item[];
      expect(rows).toHaveLength(20_000);
      expect([rows[0]?.['id'], rows.at(-1)?.['id']]).toEqual([1, 20_000]);
      const half = await caller.run({ name: 'listItems', table: 'big' });
      for await (const chunk of half.body) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      expect(await list({ select: ['id'] })).toHaveLength(4);
    });

    it('stops a statement at the source when the request is cancelled', async () => {
      const stop = new AbortController();
      const running = async () => {
        const [row] = (await source.query(flavour.running)) as { running: number }[];
        return Number(row?.running);
      };
      const failure = caller.failure({ name: 'executeQuery', query: flavour.slow }, { signal: stop.signal });
      await until('the statement to run', async () => (await running()) > 0);
      stop.abort();
      const { code, outcome } = await failure;
      expect(code).toBe('REQUEST_CANCELLED');
      // Asked to stop, it answered; a session that was only cut would not tell.
      expect(outcome !== 'unknown').toBe(flavour.tellsStopped);
      await until('the source to have stopped', async () => (await running()) === 0);
      expect(await list({ select: ['id'] })).toHaveLength(4);
    });

    it('gives up a source that hangs in the middle of a row, and serves on', async () => {
      const stop = new AbortController();
      // The place is within a row: the connection passes on no byte more than these.
      faucet.shutAfter(100_500);
      const hanging = callerOf(source.login, 'hanging');
      const reading = hanging.failure({ name: 'listItems', table: 'big' }, { signal: stop.signal });
      await until('the link to be shut', () => faucet.isShut);
      stop.abort();
      const started = Date.now();
      expect(await reading).toMatchObject({ code: 'REQUEST_CANCELLED' });
      expect(Date.now() - started).toBeLessThan(10_000);
      faucet.openAgain();
      const rows = await hanging.json<Item[]>({ name: 'listItems', table: 'people' });
      expect(rows).toHaveLength(4);
    });

    it('stops at the number of rows that the machine allows', async () => {
      const limited = await caller.failure({ name: 'listItems', table: 'people' }, { limits: { rows: 3 } });
      expect(limited).toMatchObject({ code: 'POLICY_DENIED' });
      const native = await caller.failure(
        { name: 'executeQuery', query: 'SELECT id FROM big' },
        { limits: { rows: 5000 } },
      );
      expect(native).toMatchObject({ code: 'POLICY_DENIED' });
      expect(await caller.json({ name: 'listItems', table: 'people' }, { limits: { rows: 4 } })).toHaveLength(4);
    });

    it('is unreachable when the door is shut, and says where', async () => {
      const shut: Egress = {
        ...directEgress,
        connect: ({ host }) => directEgress.connect({ host, port: 1, timeoutMs: 2000 }),
      };
      const other = source.connect(shut);
      const failure = await new Caller(other, {
        target: source.target,
        credentialType: 'Basic',
        encryption: 'NotEncrypted',
        connectionId: 'c9',
        secret: secretOf(source.login),
      }).failure({ name: 'listTables' });
      expect(failure).toMatchObject({ code: 'SOURCE_UNREACHABLE', outcome: 'not-executed' });
      expect(failure.details['server']).toBeDefined();
      await other.close();
    });
  });
}

/** A way to the server that can stop passing on what it says, its sockets left open. */
class Faucet {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private left = Number.POSITIVE_INFINITY;
  isShut = false;

  get egress(): Egress {
    return {
      ...directEgress,
      connect: (call) =>
        directEgress.connect({ ...call, host: '127.0.0.1', port: (this.server?.address() as AddressInfo).port }),
    };
  }

  async open(target: object): Promise<void> {
    const { server: host, port } = target as { server: string; port: number };
    this.server = createServer((near) => {
      this.sockets.add(near);
      void directEgress.connect({ host, port }).then((far) => {
        this.sockets.add(far);
        near.pipe(far);
        far.on('data', (chunk: Buffer) => {
          const passed = chunk.subarray(0, this.left);
          this.left -= passed.length;
          if (passed.length < chunk.length) {
            this.isShut = true;
            far.pause();
          }
          if (passed.length > 0 && !near.write(passed)) far.pause();
        });
        near.on('drain', () => (this.isShut ? undefined : far.resume()));
        for (const [one, other] of [
          [near, far],
          [far, near],
        ] as const) {
          one.on('error', () => other.destroy());
          one.on('close', () => other.destroy());
        }
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
  }

  shutAfter(bytes: number): void {
    this.left = bytes;
  }

  openAgain(): void {
    this.left = Number.POSITIVE_INFINITY;
    this.isShut = false;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }
}
