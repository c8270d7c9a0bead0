import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { CONNECTION, route, startConnectorSurface, type ConnectorSurface } from '../support/connector-surface.js';

let surface: ConnectorSurface;
beforeAll(async () => {
  surface = await startConnectorSurface();
});
afterAll(() => surface.stop());
beforeEach(() => {
  surface.dispatcher.requests.length = 0;
  surface.dispatcher.answer = () => ({ chunks: ['[]'] });
  route.grant.connectionRole = 'User';
});

const base = `/apim/postgresql/${CONNECTION}/v2`;
const items = `${base}/datasets/default/tables/orders/items`;
type Method = 'get' | 'post' | 'patch' | 'delete';
const call = (method: Method, path: string) => request(surface.url)[method](path).set('authorization', 'Bearer maker');

describe('datasets and tables', () => {
  it('has one dataset, named after server and database', async () => {
    const { body } = await call('get', `${base}/datasets`).expect(200);
    expect(body).toEqual({ value: [{ Name: 'default', DisplayName: 'db.corp,wh,1' }] });
    const metadata = await call('get', `${base}/$metadata.json/datasets`).expect(200);
    expect(metadata.body).toMatchObject({ tabular: { urlEncoding: 'double' }, blob: null });
  });

  it('shows the datasets only to those who may use the connection', async () => {
    route.grant.connectionRole = null;
    const { body } = await call('get', `${base}/datasets`).expect(403);
    expect(body).toMatchObject({ code: 'ROLE_MISSING' });
  });

  it('lists tables', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[{"name":"[public].[or', 'ders]","displayName":"orders"}]'] });
    const { body } = await call('get', `${base}/datasets/default/tables`).expect(200);
    expect(body).toEqual({ value: [{ Name: '[public].[orders]', DisplayName: 'orders' }] });
    expect(surface.dispatcher.last).toMatchObject({
      kind: 'postgresql',
      connectionId: CONNECTION,
      operation: { name: 'listTables' },
    });
  });

  it('describes a table and declares what the agent executes', async () => {
    const column = { sourceType: 'text', nullable: true, hasDefault: false, readOnly: false };
    const table = {
      name: '[public].[orders]',
      displayName: 'orders',
      changes: { new: 'id' },
      columns: [
        {
          ...column,
          name: 'id',
          type: 'integer',
          sourceType: 'bigint',
          nullable: false,
          hasDefault: true,
          readOnly: true,
          keyOrder: 1,
        },
        { ...column, name: 'who', type: 'string', nullable: false, maxLength: 80 },
        { ...column, name: 'raw', type: 'binary', sourceType: 'bytea' },
      ],
    };
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify(table)] });
    const { body } = await call(
      'get',
      `${base}/$metadata.json/datasets/default/tables/%255Bpublic%255D.%255Borders%255D?api-version=2015-09-01`,
    ).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({ name: 'getTable', table: '[public].[orders]' });
    expect(body).toMatchObject({
      name: '[public].[orders]',
      'x-ms-permission': 'read-write',
      'x-ms-capabilities': {
        filterRestrictions: { filterable: true, nonFilterableProperties: ['raw'] },
        filterFunctionSupport: expect.arrayContaining([
          'eq',
          'ne',
          'lt',
          'le',
          'gt',
          'ge',
          'and',
          'or',
          'not',
          'contains',
          'startswith',
          'endswith',
        ]),
        countRestrictions: { countable: true },
        groupRestriction: { ungroupableProperties: ['raw'] },
      },
      'x-tidegate-triggers': { onnewitems: { available: true, column: 'id' }, onupdateditems: { available: false } },
      schema: {
        items: {
          required: ['who'],
          properties: {
            id: { 'x-ms-keyType': 'primary', 'x-ms-permission': 'read-only' },
            who: { maxLength: 80 },
            raw: { 'x-ms-sort': 'none' },
          },
        },
      },
    });
    expect(Object.keys(body.schema.items.properties)).toEqual(['id', 'who', 'raw']);
    expect(body['x-ms-capabilities'].filterFunctionSupport).toEqual(expect.arrayContaining(['length', 'sum', 'now']));
  });

  it('declares less, and no grouping and no triggers, as long as one member is older', async () => {
    const column = {
      name: 'a',
      type: 'string',
      sourceType: 'text',
      nullable: true,
      hasDefault: false,
      readOnly: false,
    };
    const table = { name: '[public].[t]', displayName: 't', columns: [column], changes: { new: 'a' } };
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify(table)] });
    const older = { contractVersions: [1], operations: { postgresql: ['listItems', 'getTable'] }, features: [] };
    const member = { enabled: true, capabilities: older };
    route.gateway.members.push(member as unknown as (typeof route.gateway.members)[number]);
    const { body } = await call('get', `${base}/$metadata.json/datasets/default/tables/t`).expect(200);
    route.gateway.members.pop();
    const capabilities = body['x-ms-capabilities'];
    expect(capabilities.groupRestriction).toEqual({ ungroupableProperties: ['a'] });
    expect(capabilities.filterFunctionSupport).toContain('contains');
    expect(capabilities.filterFunctionSupport).not.toContain('length');
    expect(capabilities.filterFunctionSupport).not.toContain('sum');
    expect(body.schema.items.properties.a['x-ms-capabilities'].filterFunctions).not.toContain('length');
    expect(body['x-tidegate-triggers'].onnewitems).toMatchObject({ available: false });
  });

  it('answers REPLY_INVALID when the agent says something else', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['{"tables":'] });
    const { body } = await call('get', `${base}/datasets/default/tables`).expect(502);
    expect(body).toMatchObject({ code: 'REPLY_INVALID' });
  });
});

describe('names in paths', () => {
  it.each([
    ['orders', 'orders'],
    ['%5Bpublic%5D.%5Borders%5D', '[public].[orders]'],
    ['%255Bpublic%255D.%255Borders%255D', '[public].[orders]'],
    ['100%25', '100%'],
    ['a%252Fb', 'a/b'],
    ['%C3%A4%20b', 'ä b'],
    [encodeURIComponent(encodeURIComponent('ü'.repeat(60))), 'ü'.repeat(60)],
  ])('reads the name of a table however it is encoded: %#', async (segment, table) => {
    await call('get', `${base}/datasets/default/tables/${segment}/items`).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({ name: 'listItems', table });
  });

  it.each(['default', 'db.corp%2Cwh%2C1', 'DB.corp%252Cwh%252C1', 'db.corp%3A5432%2Cwh%2C1', 'db.corp,wh,1'])(
    'takes the dataset %s',
    async (dataset) => {
      await call('get', `${base}/datasets/${dataset}/tables/orders/items`).expect(200);
    },
  );

  it.each(['db.corp%2Cother', 'elsewhere%2Cwh%2C1', 'db.corp', 'x'])(
    'answers 404 for the dataset %s and sends nothing',
    async (dataset) => {
      const { body } = await call('get', `${base}/datasets/${dataset}/tables/orders/items`).expect(404);
      expect(body).toMatchObject({ code: 'TABLE_NOT_FOUND', hop: 'control-plane', outcome: 'not-sent' });
      expect(surface.dispatcher.requests).toEqual([]);
    },
  );

  it('lets the dispatcher refuse who may not use the connection, whatever the dataset', async () => {
    route.grant.connectionRole = null;
    surface.dispatcher.answer = () => Promise.reject(new DomainError('LICENCE_REQUIRED'));
    const { body } = await call('get', `${base}/datasets/guess%2Cguess/tables/orders/items`).expect(403);
    expect(body).toMatchObject({ code: 'LICENCE_REQUIRED' });
  });

  it('decodes the key of a row once only: what looks encoded may be the key', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['{}'] });
    await call('get', `${items}/a%2541%2Fb`).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({ name: 'getItem', table: 'orders', key: 'a%41/b' });
  });

  it.each(['not-a-guid', 'c0ffee00-0000-4000-8000-00000000dead'])('answers 404 for the connection %s', async (id) => {
    surface.dispatcher.answer = ({ connectionId }) =>
      Promise.reject(new DomainError('CONNECTION_NOT_FOUND', { connectionId }));
    const { body } = await call('get', `/apim/postgresql/${id}/v2/datasets/default/tables`).expect(404);
    expect(body).toMatchObject({ code: 'CONNECTION_NOT_FOUND', details: { connectionId: id } });
  });
});

describe('rows', () => {
  it('come as the agent wrote them, with their count', async () => {
    surface.dispatcher.answer = () => ({
      chunks: ['[{"id":12345678901234567890.10', ',"b":"ä"}]'],
      trailer: { count: 7, hasMore: true },
    });
    const { text, headers } = await call('get', `${items}?$count=true&$top=1&$filter=id%20gt%203`).expect(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(text).toContain('"value":[{"id":12345678901234567890.10,"b":"ä"}],"@odata.count":7}');
    expect(JSON.parse(text)['@odata.context']).toBe(
      `https://tidegate.example${base}/$metadata#datasets('default')/tables('orders')/items`,
    );
    expect(surface.dispatcher.last.operation).toEqual({
      name: 'listItems',
      table: 'orders',
      filter: { kind: 'comparison', operator: 'gt', column: 'id', value: { type: 'number', value: '3' } },
      count: true,
      top: 1,
      skip: 0,
    });
  });

  it('link to the next page when the caller did not say how many', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { hasMore: true } });
    const { body } = await call('get', `${items}?$filter=${encodeURIComponent("n eq 'a b'")}&x=1`).expect(200);
    const next = new URL(body['@odata.nextLink']);
    expect(next.origin).toBe('https://tidegate.example');
    await call('get', next.pathname + next.search).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({
      name: 'listItems',
      top: 2048,
      skip: 2048,
      filter: { column: 'n', value: { value: 'a b' } },
    });
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { hasMore: true, continuation: '["9"]' } });
    const third = new URL((await call('get', next.pathname + next.search).expect(200)).body['@odata.nextLink']);
    await call('get', third.pathname + third.search).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({ name: 'queryItems', after: '["9"]', skip: 0 });
    const elsewhere = third.pathname.replace('orders', 'people') + third.search;
    const { body: refused } = await call('get', elsewhere).expect(400);
    expect(refused).toMatchObject({ code: 'VALIDATION_FAILED', details: { option: '$skiptoken' } });
  });

  it('do not link further when the caller said how many, or when there are no more', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { hasMore: true, count: 3 } });
    expect(Object.keys((await call('get', `${items}?$top=5`)).body)).toEqual(['@odata.context', 'value']);
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { hasMore: false } });
    expect(Object.keys((await call('get', items)).body)).toEqual(['@odata.context', 'value']);
  });

  it('are read with blanks as plus and quotes as %27', async () => {
    await call('get', `${items}?$select=a,b_x0020_c&$filter=a+eq+%27x%27%27y%27&$orderby=a+desc`).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({
      select: ['a', 'b c'],
      filter: { value: { type: 'string', value: "x'y" } },
      orderBy: [{ column: 'a', descending: true }],
    });
  });

  it.each([
    ['$filter=a%20eq', 'FILTER_INVALID', { position: 4 }],
    [`$filter=${'('.repeat(20_000)}`, 'FILTER_INVALID', {}],
    [`$filter=${'a'.repeat(33_000)}`, 'FILTER_INVALID', { position: 32_768 }],
    ['$filter=%7B%22a%22%3A1%7D', 'FILTER_INVALID', { position: 0 }],
    ['$apply=topcount(1,a)', 'VALIDATION_FAILED', { option: '$apply', position: 0 }],
    ['$filter=time(a)%20eq%201', 'FILTER_INVALID', { position: 0 }],
    ['$expand=a', 'VALIDATION_FAILED', { option: '$expand' }],
    ['$skiptoken=7', 'VALIDATION_FAILED', { option: '$skiptoken' }],
    ['$top=many', 'VALIDATION_FAILED', { option: '$top' }],
  ])('refuses a query out of shape: %#', async (query, code, details) => {
    const { body, headers } = await call('get', `${items}?${query}`).expect(400);
    expect(body).toMatchObject({
      status: 400,
      code,
      hop: 'control-plane',
      outcome: 'not-sent',
      retryable: false,
      details,
    });
    expect(body.error).toEqual({ code, message: expect.any(String) });
    expect(body.message).toBe(`${body.error.message}\r\nclientRequestId: ${body.traceId}`);
    expect(headers['x-ms-request-id']).toBe(body.traceId);
    expect(surface.dispatcher.requests).toEqual([]);
  });

  it('are created, changed and deleted, annotations of an earlier answer left out', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['{"@odata.etag":"","id":1}'] });
    const row = { '@odata.etag': '', ItemInternalId: 'x', name: 'Ada', tags: [1, { a: null }] };
    const created = await call('post', items).send(row).expect(200);
    expect(created.body).toEqual({ '@odata.etag': '', id: 1 });
    expect(surface.dispatcher.last.operation).toEqual({
      name: 'createItem',
      table: 'orders',
      row: { name: 'Ada', tags: [1, { a: null }] },
    });

    await call('patch', `${items}/7`).send({ name: 'Bob' }).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({
      name: 'updateItem',
      table: 'orders',
      key: '7',
      row: { name: 'Bob' },
    });

    surface.dispatcher.answer = () => ({});
    const deleted = await call('delete', `${items}/7`).expect(200);
    expect(deleted.text).toBe('');
    expect(surface.dispatcher.last.operation).toEqual({ name: 'deleteItem', table: 'orders', key: '7' });
  });

  it.each([
    ['a list', [1], 400, 'VALIDATION_FAILED'],
    ['a text', '"x"', 400, 'VALIDATION_FAILED'],
    ['a number that parsing has changed', '{"id":9007199254740993}', 400, 'VALIDATION_FAILED'],
    ['broken JSON', '{"a":', 400, 'VALIDATION_FAILED'],
    ['a row larger than a message of the relay', { a: 'x'.repeat(200_000) }, 413, 'PAYLOAD_TOO_LARGE'],
    ['3 MB', { a: 'x'.repeat(3_000_000) }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('are not created from %s', async (_, body, status, code) => {
    const answer = await call('post', items).type('json').send(body).expect(status);
    expect(answer.body).toMatchObject({ status, code, error: { code } });
    expect(surface.dispatcher.requests).toEqual([]);
  });

  it('that the agent refuses before the first byte are an ordinary error', async () => {
    surface.dispatcher.answer = () => ({ chunks: failing([], new DomainError('COLUMN_UNKNOWN', { column: 'x' })) });
    const { body } = await call('get', items).expect(400);
    expect(body).toMatchObject({ code: 'COLUMN_UNKNOWN', hop: 'connector', details: { column: 'x' } });
  });

  it('whose trailer says that something is missing are an error', async () => {
    const error = {
      code: 'SOURCE_FAILED',
      hop: 'source',
      outcome: 'unknown',
      message: 'The link to the source broke.',
    } as const;
    surface.dispatcher.answer = () => ({ chunks: ['[{"id":1}'], trailer: { error } });
    const { body } = await call('get', items).expect(502);
    expect(body).toMatchObject({ code: 'SOURCE_FAILED', hop: 'source', outcome: 'unknown' });
  });
});

describe('native queries and procedures', () => {
  it('pass the statement and its values, and wrap the rows', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[{"n":1}]'] });
    const query = { query: 'select @n as n', actualParameters: { n: 1 } };
    const { text } = await call('post', `${base}/datasets/default/query/sql`).send(query).expect(200);
    expect(text).toBe('{"ResultSets":{"Table1":[{"n":1}]},"OutputParameters":{}}');
    expect(surface.dispatcher.last.operation).toEqual({
      name: 'executeQuery',
      query: 'select @n as n',
      parameters: { n: 1 },
    });
  });

  it.each([{}, { query: '' }, { query: 5 }, { query: 'x', actualParameters: [1] }, { query: 'x'.repeat(131_073) }])(
    'refuse a body out of shape: %#',
    async (body) => {
      const answer = await call('post', `${base}/datasets/default/query/sql`).send(body).expect(400);
      expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(surface.dispatcher.requests).toEqual([]);
    },
  );

  it('run a procedure by name', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['{"ResultSets":{},"OutputParameters":{},"ReturnCode":0}'] });
    await call('post', `${base}/datasets/default/procedures/%5Bpublic%5D.%5Bclose%5D`).send({ month: 1 }).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({
      name: 'executeProcedure',
      procedure: '[public].[close]',
      parameters: { month: 1 },
    });
  });
});

describe('what a connection leads to', () => {
  it('is one server with one database', async () => {
    const root = `/apim/postgresql/${CONNECTION}`;
    expect((await call('get', `${root}/servers`).expect(200)).body).toEqual({
      value: [{ Name: 'db.corp', DisplayName: 'db.corp' }],
    });
    for (const server of ['db.corp', 'DB.CORP', 'db.corp%3A5432', 'db%252Ecorp']) {
      const { body } = await call('get', `${root}/v2/databases?server=${server}`).expect(200);
      expect(body).toEqual({ value: [{ Name: 'wh,1', DisplayName: 'wh,1' }] });
    }
    expect((await call('get', `${root}/v2/databases?server=other`).expect(404)).body.code).toBe('TABLE_NOT_FOUND');
    expect((await call('get', `${root}/v2/databases`).expect(400)).body.details).toMatchObject({ option: 'server' });
    route.grant.connectionRole = null;
    await call('get', `${root}/servers`).expect(403);
    await call('get', `${root}/v2/databases?server=other`).expect(403);
  });

  it('is tried by signing in', async () => {
    surface.dispatcher.answer = () => ({});
    await call('get', `/apim/postgresql/${CONNECTION}/testconnection`).expect(200);
    expect(surface.dispatcher.last).toMatchObject({ kind: 'postgresql', operation: { name: 'test' } });
    surface.dispatcher.answer = () => Promise.reject(new DomainError('SOURCE_DENIED'));
    const { body, status } = await call('get', `/apim/postgresql/${CONNECTION}/testconnection`);
    expect(body).toMatchObject({ status, code: 'SOURCE_DENIED' });
  });
});

describe('triggers', () => {
  const trigger = `${base}/datasets/default/tables/%255Bpublic%255D.%255Borders%255D/onnewitems`;
  const next = (location: string | undefined) => new URL(location ?? '').pathname + new URL(location ?? '').search;

  it('begin a watch, answer 202 while there is nothing and 200 with the rows', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { count: 0, hasMore: false, continuation: 's1' } });
    const first = await call('get', `${trigger}?$filter=a%20eq%201&$top=5`).expect(202);
    expect(first.text).toBe('');
    expect(first.headers).toMatchObject({ 'retry-after': '60' });
    const operation = { name: 'pollItems', table: '[public].[orders]', what: 'new', top: 5, filter: { column: 'a' } };
    expect(surface.dispatcher.last.operation).toMatchObject(operation);
    expect(surface.dispatcher.last.operation).not.toHaveProperty('since');

    surface.dispatcher.answer = () => ({
      chunks: ['[{"id":1}]'],
      trailer: { count: 1, hasMore: true, continuation: 's2' },
    });
    const second = await call('get', next(first.headers['location'])).expect(200);
    expect(second.body).toEqual({ value: [{ id: 1 }] });
    expect(second.headers).toMatchObject({ 'retry-after': '1' });
    expect(surface.dispatcher.last.operation).toMatchObject({ ...operation, since: 's1' });
    await call('get', next(second.headers['location'])).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({ ...operation, since: 's2' });

    const elsewhere = next(second.headers['location']).replace('onnewitems', 'onupdateditems');
    const { body } = await call('get', elsewhere).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { option: 'triggerState' } });
  });

  it('for changes take the name of a column', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { continuation: 's' } });
    const path = trigger.replace('onnewitems', 'onupdateditems');
    await call('get', `${path}?$triggerColumn=changed_x0020_at`).expect(202);
    expect(surface.dispatcher.last.operation).toMatchObject({ what: 'updated', column: 'changed at', top: 100 });
  });

  it.each([
    ['$orderby=a', '$orderby'],
    ['$top=0', '$top'],
    ['$top=1001', '$top'],
    ['$skip=1', '$skip'],
    ['triggerState=abc', 'triggerState'],
    ['triggerState=a&triggerState=b', 'triggerState'],
  ])('refuse %s', async (query, option) => {
    const { body } = await call('get', `${trigger}?${query}`).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { option } });
    expect(surface.dispatcher.requests).toEqual([]);
  });
});

describe('procedures and queries', () => {
  it('are described', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[{"name":"[public].[f]","displayName":"f"}]'] });
    expect((await call('get', `${base}/datasets/default/procedures`).expect(200)).body).toEqual({
      value: [{ Name: '[public].[f]', DisplayName: 'f' }],
    });
    const field = { name: 'a', type: 'integer', sourceType: 'int4' };
    const procedure = {
      name: '[public].[f]',
      displayName: 'f',
      inputs: [{ ...field, required: true }],
      outputs: [],
      columns: [field],
    };
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify(procedure)] });
    const { body } = await call(
      'get',
      `${base}/$metadata.json/datasets/default/procedures/%5Bpublic%5D.%5Bf%5D`,
    ).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({ name: 'getProcedure', procedure: '[public].[f]' });
    expect(body.schema.inputparameters).toMatchObject({ required: ['a'], properties: { a: { type: 'integer' } } });
    const results = body.schema.procedureresultschema.properties.ResultSets.properties;
    expect(results.Table1.items.properties).toHaveProperty('a');
  });

  it('take the parameters that their designer wrote down', async () => {
    const described = { query: 'select @a', formalParameters: { a: 'int', '@b': 'varchar(3)' } };
    const path = `${base}/$metadata.json/datasets/default/query/sql`;
    const { body } = await call('post', path).send(described).expect(200);
    expect(body.schema.actualparameters.properties).toMatchObject({ a: { type: 'integer' }, b: { type: 'string' } });
    expect((await call('post', path).expect(200)).body.schema.actualparameters.properties).toEqual({});
    await call('post', path)
      .send({ formalParameters: [1] })
      .expect(400);
    expect(surface.dispatcher.requests).toEqual([]);
  });
});

describe('one table under all its spellings', () => {
  const root = `/apim/postgresql/${CONNECTION}`;
  const names = ['%5Bpublic%5D.%5Ba%20b%2Cc%5D', '%255Bpublic%255D.%255Ba%2520b%252Cc%255D', '[public].[a%20b,c]'];
  const sets = ['default', 'db.corp%2Cwh%2C1', 'db.corp%252Cwh%252C1', 'db.corp,wh,1', 'DB.CORP%3A5432%2Cwh%2C1'];
  const spellings = sets.flatMap((set) =>
    names.flatMap((name) => [
      `${root}/v2/datasets/${set}/tables/${name}/items`,
      `${root}/datasets/${set}/tables/${name}/items`,
      `${root}/datasets(${set})/tables(${name})/items`,
      `${root}/v2/datasets('${set}')/tables('${name}')/items`,
      `${root}/datasets(%27${set}%27)/tables(%27${name}%27)/items`,
    ]),
  );

  it('is one: directly and through the tunnel', async () => {
    for (const url of spellings) {
      surface.dispatcher.requests.length = 0;
      await call('get', `${url}?$top=1`).expect(200);
      await tunnel('get', `${url}?$top=1`).expect(200);
      const expected = { name: 'listItems', table: '[public].[a b,c]', top: 1, skip: 0 };
      expect(
        surface.dispatcher.requests.map(({ operation }) => operation),
        url,
      ).toEqual([expected, expected]);
    }
  });
});

const tunnel = (method: string, url: string) =>
  call('post', '/invoke').set({ 'x-ms-request-method': method.toUpperCase(), 'x-ms-request-url': url });

describe('POST /invoke', () => {
  const row = { a: 1 };
  const table = { name: '[public].[t]', displayName: 't', columns: [] };
  const procedure = { name: 'p', displayName: 'p', inputs: [], outputs: [] };
  /** Every route of the tabular surface with a body where it takes one, and what a member would say. */
  const calls: readonly (readonly [Method, string, object | undefined, string])[] = [
    ['get', `${base}/$metadata.json/datasets`, undefined, ''],
    ['get', `${base}/datasets`, undefined, ''],
    ['get', `/apim/postgresql/${CONNECTION}/servers`, undefined, ''],
    ['get', `${base}/databases?server=db.corp`, undefined, ''],
    ['get', `/apim/postgresql/${CONNECTION}/testconnection`, undefined, ''],
    ['get', `${base}/datasets/default/tables`, undefined, '[]'],
    ['get', `${base}/$metadata.json/datasets/default/tables/t`, undefined, JSON.stringify(table)],
    ['get', `${items}?$filter=a%20eq%20%27%C3%A4%27&$count=true`, undefined, '[{"a":"ä"}]'],
    ['get', `${items}?$apply=groupby((a))`, undefined, '[]'],
    ['get', `${items}?$nothing=1`, undefined, '[]'],
    ['get', `${items}/7`, undefined, '{"id":7}'],
    ['post', items, row, '{"id":7}'],
    ['post', items, { a: 'x'.repeat(3_000_000) }, '{}'],
    ['patch', `${items}/7`, row, '{"id":7}'],
    ['delete', `${items}/7`, undefined, ''],
    ['get', `${base}/datasets/default/tables/orders/onnewitems`, undefined, '[]'],
    ['get', `${base}/datasets/default/tables/orders/onupdateditems`, undefined, '[]'],
    ['get', `${base}/datasets/default/procedures`, undefined, '[]'],
    ['get', `${base}/$metadata.json/datasets/default/procedures/p`, undefined, JSON.stringify(procedure)],
    ['post', `${base}/datasets/default/procedures/p`, row, '{"ResultSets":{},"OutputParameters":{},"ReturnCode":0}'],
    ['post', `${base}/datasets/default/query/sql`, { query: 'select 1' }, '[]'],
    ['post', `${base}/$metadata.json/datasets/default/query/sql`, {}, ''],
    ['get', `${base}/nothing`, undefined, ''],
    ['get', `/apim/postgresql/nobody/v2/datasets`, undefined, ''],
  ];

  it.each(calls)('carries %s %s as it is answered directly', async (method, url, body, said) => {
    surface.dispatcher.answer = () => ({ chunks: said === '' ? [] : [said], trailer: { count: 1, continuation: 'c' } });
    const direct = await call(method, url).send(body);
    const tunnelled = await tunnel(method, url).send(body);
    // What is one request's own: its trace.
    const plain = ({ text }: { text: string }) =>
      text.replace(/[0-9a-f]{32}/g, 'trace').replace(/127\.0\.0\.1:\d+/g, 'host');
    expect(plain(tunnelled)).toBe(plain(direct));
    expect(tunnelled.status).toBe(direct.status);
    for (const name of ['content-type', 'location', 'retry-after'])
      expect(tunnelled.headers[name]).toBe(direct.headers[name]);
    const [first, second] = surface.dispatcher.requests;
    expect(second?.operation).toEqual(first?.operation);
    expect(second?.client).toEqual(first?.client);
  });

  it("is refused in this surface's shape when it carries no call of it", async () => {
    for (const url of ['/v1/gateways', 'https://elsewhere.example/apim/', '/apim/../v1/gateways', '/invoke', '']) {
      const { body } = await tunnel('get', url).expect(400);
      expect(body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', details: { header: 'x-ms-request-url' } });
    }
    const { body } = await tunnel('trace', items).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { header: 'x-ms-request-method' } });
    expect((await call('get', '/invoke').expect(404)).body).toMatchObject({ code: 'ROUTE_NOT_FOUND', error: {} });
    await request(surface.url).post('/invoke').expect(401);
    const noToken = request(surface.url)
      .post('/invoke')
      .set({ 'x-ms-request-method': 'GET', 'x-ms-request-url': items });
    await noToken.expect(401);
    expect(surface.dispatcher.requests).toEqual([]);
  });
});

describe('what every call carries', () => {
  it('is handed on: environment, client, key', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['{}'] });
    const environmentId = '3f0d3a5e-52b5-4d0b-9a55-0c9f2c1a7e01';
    await call('post', items)
      .set('x-ms-client-environment-id', `/providers/Microsoft.PowerApps/environments/${environmentId}`)
      .set({ 'x-ms-client-session-id': 's1', 'x-ms-workflow-run-id': 'run1', 'x-ms-action-tracking-id': 'act1' })
      .send({ a: 1 })
      .expect(200);
    expect(surface.dispatcher.last).toMatchObject({
      environmentId,
      client: { sessionId: 's1', flowRunId: 'run1' },
      idempotencyKey: 'flow:run1//act1',
    });
    await call('patch', `${items}/1`)
      .set('idempotency-key', 'mine')
      .set('x-ms-workflow-run-id', 'r')
      .send({ a: 1 })
      .expect(200);
    expect(surface.dispatcher.last.idempotencyKey).toBe('mine');
    await call('get', items).set('idempotency-key', 'mine').expect(200);
    expect(surface.dispatcher.last.idempotencyKey).toBeUndefined();
  });

  it('is checked before anything is sent', async () => {
    const { body } = await call('get', items).set('x-ms-client-environment-id', 'nonsense').expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: { header: 'x-ms-client-environment-id' } });
    await request(surface.url).get(items).expect(401);
    expect(surface.dispatcher.requests).toEqual([]);
  });

  it("is answered in this surface's shape on paths that nobody serves", async () => {
    const { body } = await call('get', `${base}/datasets/default/nothing`).expect(404);
    expect(body).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND', error: { code: 'ROUTE_NOT_FOUND' } });
  });
});

async function* failing(chunks: string[], error: Error): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
  throw error;
}
