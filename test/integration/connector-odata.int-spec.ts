import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/contract/operations.js';
import { tableSchema, type Table } from '../../src/contract/table.js';
import { ODataConnector } from '../../src/gateway-agent/connectors/odata/odata.connector.js';
import { json, ODataServer } from '../support/odata-server.js';
import { count } from '../support/tier.js';
import { Caller, readBytes, secretOf, until } from './connector-harness.js';

type Row = Record<string, unknown>;

/** Rows that hold what doubles, time zones and quotes could spoil. */
const EXACT: Readonly<Record<string, string>> = {
  Id: '1',
  Customer: '"O\'Neil & \\"Sons\\" \u20ac\\ud83d\\ude00"',
  Amount: '12345678901234567890123456.123456789012',
  Big: '9223372036854775807',
  Ratio: '1.5',
  Due: '"2024-02-29"',
  At: '"2024-02-29T23:59:59.1234567+02:00"',
  Open: 'true',
  Ref: '"3f2504e0-4f89-11d3-9a0c-0305e82c3301"',
  Bytes: '"-_8"',
  Took: '"P1DT2H"',
  Clock: '"08:30:00"',
  State: '"Sent"',
  Place: '{"City":"Ulm, [}\\" "}',
  Tags: '["a","b,]"]',
};

describe('the OData connector', () => {
  let server: ODataServer;
  let connector: ODataConnector;
  let caller: Caller;

  const callerAt = (url: string): Caller =>
    new Caller(connector, {
      target: { kind: 'odata', url },
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: `o ${url}`,
      secret: secretOf({}),
    });
  const list = (more: Partial<Extract<Operation, { name: 'queryItems' }>> = {}): Operation => ({
    name: 'queryItems',
    table: 'Orders',
    ...more,
  });
  const ids = (rows: readonly Row[]): unknown[] => rows.map(({ Id }) => Id);

  beforeAll(async () => {
    server = await ODataServer.start();
    connector = new ODataConnector();
    caller = callerAt(server.url);
  });
  beforeEach(() => {
    server.orders.clear();
    server.lines.clear();
    server.asked.length = 0;
    server.pageRows = 1000;
    server.knowsLongNumbers = true;
    server.put(EXACT);
    for (let id = 2; id <= 25; id += 1) {
      server.put({
        Id: String(id),
        Customer: JSON.stringify(`c${id % 5}`),
        Amount: id % 4 === 0 ? 'null' : `${id}.5`,
        Due: '"2024-01-01"',
      });
    }
  });
  afterAll(async () => {
    await connector.close();
    await server.stop();
  });

  it('shows entity sets as tables, with keys, types and what the service fills in', async () => {
    expect(await caller.text({ name: 'test' })).toBe('');
    expect(await caller.json({ name: 'listTables' })).toEqual([
      { name: 'Lines', displayName: 'Lines' },
      { name: 'Orders', displayName: 'Orders' },
    ]);
    const table = tableSchema.parse(await caller.json<Table>({ name: 'getTable', table: 'Orders' }));
    const shown = Object.fromEntries(table.columns.map(({ name, type }) => [name, type]));
    expect(shown).toEqual({
      ...{ Id: 'integer', Customer: 'string', Amount: 'number', Big: 'integer', Ratio: 'number', Due: 'date' },
      ...{ At: 'date-time', Open: 'boolean', Ref: 'guid', Bytes: 'binary', Took: 'string', Clock: 'time' },
      ...{ State: 'string', Place: 'json', Tags: 'json' },
    });
    expect(table.columns[0]).toMatchObject({ keyOrder: 1, readOnly: true, hasDefault: true, nullable: false });
    expect(table.columns[1]).toMatchObject({ maxLength: 40, nullable: false, readOnly: false });
    const lines = await caller.json<Table>({ name: 'getTable', table: 'Lines' });
    expect(lines.columns.map(({ keyOrder }) => keyOrder)).toEqual([1, 2, undefined]);
    expect((await caller.failure({ name: 'getTable', table: 'Nothing' })).code).toBe('TABLE_NOT_FOUND');
  });

  it.each([true, false])('keeps every digit, day and byte (long numbers as texts: %s)', async (knows) => {
    server.knowsLongNumbers = knows;
    const text = await caller.text({ name: 'getItem', table: 'Orders', key: '1' });
    expect(text).toContain('"Amount":12345678901234567890123456.123456789012,"Big":9223372036854775807,');
    expect(JSON.parse(text)).toMatchObject({
      ...{
        '@odata.etag': expect.stringMatching(/^W\/"\d+"$/),
        ItemInternalId: expect.stringMatching(/^[\da-f-]{36}$/),
      },
      ...{
        Id: 1,
        Customer: 'O\'Neil & "Sons" €😀',
        Ratio: 1.5,
        Due: '2024-02-29',
        At: '2024-02-29T23:59:59.1234567+02:00',
      },
      ...{ Open: true, Ref: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', Bytes: '+/8=', Took: 'P1DT2H', State: 'Sent' },
      ...{ Place: { City: 'Ulm, [}" ' }, Tags: ['a', 'b,]'] },
    });
    expect(await caller.json(list({ top: 1 }))).toEqual([
      { ...(JSON.parse(text) as Row), ItemInternalId: expect.any(String) },
    ]);
  });

  it('filters, sorts, chooses columns and counts at the service', async () => {
    const answer = await caller.run(
      list({
        filter: {
          kind: 'and',
          operands: [
            { kind: 'text', function: 'startswith', column: 'Customer', value: 'c' },
            { kind: 'not', operand: { kind: 'comparison', column: 'Amount', operator: 'eq', value: { type: 'null' } } },
            {
              kind: 'comparison',
              column: 'Due',
              operator: 'ge',
              value: { type: 'dateTime', value: '2023-12-31T12:00:00Z' },
            },
          ],
        },
        orderBy: [{ column: 'Customer', descending: true }],
        select: ['Customer'],
        ...{ top: 3, skip: 1, count: true },
      }),
    );
    const rows = JSON.parse((await readBytes(answer)).toString()) as Row[];
    expect(rows.map(({ Customer }) => Customer)).toEqual(['c4', 'c4', 'c3']);
    expect(Object.keys(rows[0]!)).toEqual(['@odata.etag', 'ItemInternalId', 'Customer']);
    expect(answer.trailer?.()).toMatchObject({ count: 18, hasMore: true });
    // The key is asked for as well: by it the next page is found.
    expect(server.asked.at(-1)?.url).toContain('$select=Customer%2CId');
  });

  it('quotes what it is given, so that a value is never syntax', async () => {
    const value = "c1' or Id gt 0 or Customer eq 'x";
    const filter = {
      kind: 'comparison',
      column: 'Customer',
      operator: 'eq',
      value: { type: 'string', value },
    } as const;
    expect(await caller.json(list({ filter }))).toEqual([]);
    const own = { ...filter, value: { type: 'string', value: 'O\'Neil & "Sons" €😀' } } as const;
    expect(ids(await caller.json<Row[]>(list({ filter: own })))).toEqual([1]);
    for (const column of ['Customer eq null or Id', 'Id)', '$it', '']) {
      expect((await caller.failure(list({ filter: { ...filter, column } }))).code).toBe('COLUMN_UNKNOWN');
      expect((await caller.failure(list({ orderBy: [{ column, descending: false }] }))).code).toBe('COLUMN_UNKNOWN');
      expect((await caller.failure(list({ select: [column] }))).code).toBe('COLUMN_UNKNOWN');
    }
    for (const key of ['1)/Lines', '1 or 1', "1'", '1,2', '']) {
      expect((await caller.failure({ name: 'getItem', table: 'Orders', key })).code).toBe('ITEM_NOT_FOUND');
    }
  });

  it('follows the pages of the service, and goes on behind the last row of a page of its own', async () => {
    server.pageRows = 4;
    expect(ids(await caller.json<Row[]>(list()))).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    const seen: unknown[] = [];
    let after: string | undefined;
    for (let page = 0; page < 10; page += 1) {
      const order = [{ column: 'Amount', descending: true }];
      const answer = await caller.run(
        list({ top: 7, orderBy: order, count: true, select: ['Id'], ...(after === undefined ? {} : { after }) }),
      );
      seen.push(...ids(JSON.parse((await readBytes(answer)).toString()) as Row[]));
      const { count: total, hasMore, continuation } = answer.trailer?.() ?? {};
      expect(total).toBe(25);
      // A row in front of the place shifts nothing.
      server.put({ Id: String(100 + page), Customer: '"x"', Amount: '99999999999999999999999999999999' });
      server.orders.delete(String(100 + page));
      after = continuation;
      if (hasMore !== true) break;
      expect(continuation).toBeTypeOf('string');
    }
    expect([...seen].sort((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
    for (const place of ['', '[]', '["1"]', '["1","x"]', '{"a":1}', '["1 or 1 eq 1","1"]']) {
      const failure = await caller.failure(
        list({ top: 1, orderBy: [{ column: 'Amount', descending: true }], after: place }),
      );
      expect(failure.code).toBe('VALIDATION_FAILED');
    }
  });

  it('creates, reads, changes and deletes rows, keys of several parts among them', async () => {
    const made = await caller.json<Row>({
      name: 'createItem',
      table: 'Orders',
      row: { Customer: "Ann's", Big: '9007199254740993', Amount: '0.1', Bytes: '+/8=', Open: false, Tags: ['x'] },
    });
    expect(server.asked.at(-1)?.body).toBe(
      '{"Customer":"Ann\'s","Big":9007199254740993,"Amount":0.1,"Bytes":"-_8","Open":false,"Tags":["x"]}',
    );
    const key = String(made.Id);
    const changed = await caller.text({
      name: 'updateItem',
      table: 'Orders',
      key,
      row: { Customer: 'Bob', '@odata.etag': '' },
    });
    expect(JSON.parse(changed)).toMatchObject({ Customer: 'Bob', Open: false });
    expect(changed).toContain('"Big":9007199254740993');
    expect(server.asked.at(-2)?.headers['if-match']).toBe('*');
    server.lines.set(
      "7|a,b's",
      new Map([
        ['Order', '7'],
        ['Code', '"a,b\'s"'],
        ['Text', '"line"'],
      ]),
    );
    expect(await caller.json({ name: 'getItem', table: 'Lines', key: "7,a\\,b's" })).toMatchObject({ Text: 'line' });
    await caller.text({ name: 'deleteItem', table: 'Orders', key });
    for (const name of ['getItem', 'deleteItem'] as const) {
      expect(await caller.failure({ name, table: 'Orders', key })).toMatchObject({
        code: 'ITEM_NOT_FOUND',
        outcome: 'not-executed',
      });
    }
    expect((await caller.failure({ name: 'updateItem', table: 'Orders', key, row: { Customer: 'x' } })).code).toBe(
      'ITEM_NOT_FOUND',
    );
  });

  it('changes a row only in the version that the caller has seen, where it names one', async () => {
    const row = await caller.json<Row>({ name: 'getItem', table: 'Orders', key: '2' });
    const update = {
      name: 'updateItem',
      table: 'Orders',
      key: '2',
      row: { Customer: 'new', '@odata.etag': String(row['@odata.etag']) },
    } as const;
    await caller.text(update);
    expect(await caller.failure(update)).toMatchObject({
      code: 'SOURCE_CONFLICT',
      outcome: 'not-executed',
      details: { status: 412, reason: 'Changed' },
    });
    const forged = { ...update, row: { ...update.row, '@odata.etag': 'x\r\nx-evil: 1' } };
    expect((await caller.failure(forged)).code).toBe('VALIDATION_FAILED');
  });

  it('says what is wrong with a row before it sends it, and never repeats the words of the service', async () => {
    const create = (row: Row): Operation => ({
      name: 'createItem',
      table: 'Orders',
      row: row as Record<string, never>,
    });
    expect((await caller.failure(create({ Id: 1 }))).code).toBe('VALIDATION_FAILED');
    expect((await caller.failure(create({ Nothing: 1 }))).code).toBe('COLUMN_UNKNOWN');
    for (const row of [
      { Big: '1,"x":1' },
      { Amount: true },
      { Open: 'yes' },
      { Bytes: '*' },
      { Customer: { a: 1 } },
      { Big: '007' },
    ]) {
      expect((await caller.failure(create(row))).code).toBe('VALIDATION_FAILED');
    }
    expect(server.asked.filter(({ method }) => method === 'POST')).toEqual([]);
    await caller.text(create({ Customer: 'taken' }));
    const failure = await caller.failure(create({ Customer: 'taken' }));
    expect(failure).toMatchObject({ code: 'SOURCE_CONFLICT', hop: 'source', details: { reason: 'Duplicate' } });
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('customer taken');
  });

  it('reads a description again when a table is missing in it, and asks once for many', async () => {
    const own = callerAt(`${server.url}?x=1`);
    await Promise.all(Array.from({ length: 5 }, () => own.text({ name: 'listTables' })));
    expect(server.asked.filter(({ url }) => url.includes('$metadata'))).toHaveLength(1);
    await connector.forget(`o ${server.url}?x=1`);
    await own.text({ name: 'listTables' });
    expect(server.asked.filter(({ url }) => url.includes('$metadata'))).toHaveLength(2);
  });

  it('stops at the number of rows that the operator allows', async () => {
    expect((await caller.failure(list(), { limits: { rows: 24 } })).code).toBe('POLICY_DENIED');
    expect(await caller.json<Row[]>(list(), { limits: { rows: 25 } })).toHaveLength(25);
  });

  it('lets the service put rows together, and takes no rows of the table for what was computed', async () => {
    const grouping = {
      groupBy: ['Customer'],
      aggregates: [
        { method: 'sum' as const, column: 'Amount', as: 'total' },
        { method: 'count' as const, as: 'n' },
      ],
    };
    const asked: string[] = [];
    server.wild.set('/wild/sums/Orders', (request, response) => {
      asked.push(decodeURIComponent(request.url ?? ''));
      json(
        response,
        200,
        '{"value":[{"Customer":"a","total":"12345678901234567890.5","n":"2"},{"Customer":null,"total":null,"n":1}]}',
      );
    });
    const sums = callerAt(`${server.origin}/wild/sums/`);
    const text = await sums.text(list({ aggregation: grouping, top: 5 }));
    expect(text).toBe(
      '[\n{"Customer":"a","total":12345678901234567890.5,"n":2},\n{"Customer":null,"total":null,"n":1}]',
    );
    expect(asked).toEqual([
      '/wild/sums/Orders?$apply=groupby((Customer),aggregate(Amount with sum as total,$count as n))&$orderby=Customer&$top=6',
    ]);
    // The server of these tests passes over $apply.
    expect(await caller.failure(list({ aggregation: grouping }))).toMatchObject({
      code: 'SOURCE_FAILED',
      details: { problem: expect.stringContaining('computed') },
    });
  });

  describe('with a service that means harm', () => {
    const rows = '{"Id":1,"Customer":"x"}';
    /** A service of its own whose list is answered so. */
    function wild(name: string, answer: (response: ServerResponse, url: URL) => void): Caller {
      const respond = (request: { url?: string | undefined }, response: ServerResponse): void => {
        answer(response, new URL(request.url ?? '/', server.origin));
      };
      server.wild.set(`/wild/${name}/Orders`, respond);
      server.wild.set(`/wild/${name}/Orders(1)`, respond);
      return callerAt(`${server.origin}/wild/${name}/`);
    }

    it('reads an answer of gigabytes in even memory, no faster than it is taken', async () => {
      const chunk = Buffer.from(`${`{"Id":1,"Customer":"${'x'.repeat(200)}"},`.repeat(280)}`);
      const total = count(2 * 1024 ** 3, 96 * 1024 ** 2);
      let sent = 0;
      const huge = wild('huge', (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"value":[');
        const more = (): void => {
          while (sent < total) {
            sent += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
          response.end(`${rows}]}`);
        };
        more();
      });
      const answer = await huge.run(list());
      const body = answer.body[Symbol.asyncIterator]();
      await body.next();
      // Nobody reads: the service has to wait, with what lies in sockets and buffers under way.
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(sent).toBeLessThan(24 * 1024 ** 2);
      const before = process.memoryUsage().rss;
      let peak = 0;
      let read = 0;
      for (let step = await body.next(); step.done !== true; step = await body.next()) {
        read += step.value.length;
        peak = Math.max(peak, process.memoryUsage().rss - before);
      }
      expect(read).toBeGreaterThan(total);
      expect(peak).toBeLessThan(80 * 1024 ** 2);
    }, 600_000);

    it('lets go of the source when the reader leaves, early or before the first row', async () => {
      let open = 0;
      const endless = wild('endless', (response) => {
        open += 1;
        response.on('close', () => {
          open -= 1;
        });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"value":[');
        const timer = setInterval(() => response.write(`${rows},`), 2);
        response.on('close', () => {
          clearInterval(timer);
        });
      });
      const unread = await endless.run(list());
      await unread.body[Symbol.asyncIterator]().return?.();
      await until(() => open === 0);
      expect(JSON.parse((await readBytes(await endless.run(list({ top: 3 })))).toString())).toHaveLength(3);
      await until(() => open === 0);
      const leaving = new AbortController();
      const answer = await endless.run(list(), { signal: leaving.signal });
      leaving.abort();
      await expect(readBytes(answer)).rejects.toMatchObject({ code: 'REQUEST_CANCELLED' });
      await until(() => open === 0);
    });

    it('gives up when a service hangs, at once when the caller leaves', async () => {
      const hanging = wild('hang', () => undefined);
      await hanging.text({ name: 'listTables' });
      const failure = await hanging.failure(list(), { signal: AbortSignal.timeout(50) });
      expect(failure).toMatchObject({ code: 'REQUEST_CANCELLED' });
    });

    it.each<[string, (response: ServerResponse, url: URL) => void, string]>([
      [
        'a redirect',
        (response) => response.writeHead(302, { location: '/shop/v4/Orders' }).end(),
        'redirects are not followed',
      ],
      [
        'a page for people',
        (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>sign in'),
        'not of the kind',
      ],
      [
        'a packed answer',
        (response) =>
          response
            .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
            .end(gzipSync('{"value":[]}')),
        'not of the kind',
      ],
      ['an answer that breaks off', (response) => json(response, 200, `{"value":[${rows},{"Id"`), 'not a list'],
      ['no list', (response) => json(response, 200, '{"Id":1}'), 'not a list'],
      ['a list of numbers', (response) => json(response, 200, '{"value":[1,2]}'), 'not a list'],
      ['two lists', (response) => json(response, 200, '{"value":[],"value":[]}'), 'not a list'],
      ['something behind it', (response) => json(response, 200, '{"value":[]}}'), 'not a list'],
      ['no JSON', (response) => json(response, 200, '{"value":[{"Id":01}]}'), 'not a list'],
      ['depth', (response) => json(response, 200, `{"value":[{"Id":1,"Place":${'['.repeat(100_000)}`), 'not a list'],
      [
        'a row without end',
        (response) => json(response, 200, `{"value":[{"Customer":"${'x'.repeat(17 * 1024 ** 2)}"}]}`),
        'not a list',
      ],
      [
        'a link without end',
        (response) => json(response, 200, `{"value":[],"@odata.nextLink":"${'x'.repeat(70_000)}"}`),
        'not a list',
      ],
      [
        'a failure',
        (response) => response.writeHead(500, { 'content-type': 'text/plain' }).end('password=x'),
        'an error of its own',
      ],
      [
        'a page that leads to itself',
        (response, url) => json(response, 200, `{"value":[${rows}],"@odata.nextLink":"${url.pathname}?p=1"}`),
        'come to no end',
      ],
      [
        'pages in a circle',
        (response, url) =>
          json(
            response,
            200,
            `{"value":[],"@odata.nextLink":"Orders?p=${(Number(url.searchParams.get('p')) + 1) % 7}"}`,
          ),
        'come to no end',
      ],
      [
        'pages without rows',
        (response, url) =>
          json(response, 200, `{"value":[],"@odata.nextLink":"Orders?p=${Number(url.searchParams.get('p')) + 1}"}`),
        'come to no end',
      ],
    ])('refuses %s', async (name, answer, message) => {
      const failure = await wild(`x${name.replaceAll(' ', '_')}`, answer).failure(list({ table: 'Orders' }));
      expect(failure).toMatchObject({ code: 'SOURCE_FAILED', hop: 'source' });
      expect(failure.message).toContain(message);
      expect(JSON.stringify([failure.message, failure.details])).not.toMatch(/password|xxx/);
    });

    it.each([
      'http://127.0.0.1:9/x',
      '//evil.example/Orders',
      '../../shop/v4/Orders',
      '/shop/v4/Orders',
      'http://u:p@HOST/wild/ways/Orders?p=1',
      '/wild/ways/..%2f..%2fshop/v4/Orders',
      'file:///etc/passwd',
      'http://[',
    ])('follows no page to %s', async (link) => {
      const ways = wild('ways', (response) => {
        json(
          response,
          200,
          `{"value":[],"@odata.nextLink":${JSON.stringify(link.replace('HOST', new URL(server.origin).host))}}`,
        );
      });
      await ways.text({ name: 'listTables' });
      const before = server.asked.length;
      expect((await ways.failure(list())).message).toContain('lies at another address');
      expect(server.asked.slice(before)).toEqual([]);
    });

    it.each([
      ['<!DOCTYPE x [<!ENTITY a "b">]><Edmx Version="4.0">&a;</Edmx>', 'a document type'],
      ['<Edmx Version="4.0"><a b="&lol;"/></Edmx>', 'an entity'],
      ['<Edmx Version="4.0">', 'not whole'],
      ['<Edmx Version="1.0"></Edmx>', 'not OData 4'],
      [`<Edmx Version="4.0">${'<a>'.repeat(1000)}`, 'too deep'],
      ['{"$Version":"4.0"}', 'not whole'],
    ])('takes no description like %s', async (metadata, problem) => {
      const path = '/wild/meta/$metadata';
      server.wild.set(path, (_, response) =>
        response.writeHead(200, { 'content-type': 'application/xml' }).end(metadata),
      );
      const failure = await callerAt(`${server.origin}/wild/meta/`).failure({ name: 'listTables' });
      expect(failure).toMatchObject({ code: 'SOURCE_FAILED', details: { problem: expect.stringContaining(problem) } });
    });
  });
});
