import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { CONNECTION, startConnectorSurface, type Answer, type ConnectorSurface } from '../support/connector-surface.js';

/** Types by key; a key with a question mark may be absent. What is not named is ours, and listed as such. */
type Shape = Readonly<Record<string, string>>;

const DATASETS: Shape = { tabular: 'object', blob: 'null', 'datasetFormat?': 'string', 'parameters?': 'array' };
const TABULAR: Shape = {
  ...{ source: 'string', displayName: 'string', urlEncoding: 'string' },
  ...{ tableDisplayName: 'string', tablePluralName: 'string' },
};
const PARAMETER: Shape = {
  ...{ name: 'string', type: 'string', urlEncoding: 'string', description: 'string', required: 'boolean' },
  ...{ 'x-ms-summary': 'string', 'x-ms-dynamic-values?': 'object' },
};
const NAME: Shape = { Name: 'string', DisplayName: 'string', 'DynamicProperties?': 'object' };
const TABLE: Shape = {
  ...{ name: 'string', title: 'string', 'x-ms-permission': 'string', 'x-ms-capabilities': 'object', schema: 'object' },
  ...{ 'referencedEntities?': 'object', 'webUrl?': 'string' },
};
const CAPABILITIES: Shape = {
  ...{ 'sortRestrictions?': 'object', 'filterRestrictions?': 'object', 'selectRestrictions?': 'object' },
  ...{ 'countRestrictions?': 'object', 'groupRestriction?': 'object', 'filterFunctionSupport?': 'array' },
  ...{ 'serverPagingOptions?': 'array', 'isOnlyServerPagable?': 'boolean', 'isPageable?': 'boolean' },
  ...{ 'isDelegable?': 'boolean', 'odataVersion?': 'number', 'supportsRecordPermission?': 'boolean' },
  'supportsJoin?': 'boolean',
};
const COLUMN: Shape = {
  ...{ title: 'string', 'description?': 'string', 'type?': 'string', 'format?': 'string', 'maxLength?': 'number' },
  ...{ 'x-ms-keyType?': 'string', 'x-ms-keyOrder?': 'number', 'x-ms-permission': 'string', 'x-ms-sort': 'string' },
  'x-ms-capabilities?': 'object',
};
const ITEMS: Shape = {
  ...{ '@odata.context': 'string', value: 'array', '@odata.count?': 'number', '@odata.nextLink?': 'string' },
};
const METADATA: Shape = { name: 'string', title: 'string', schema: 'object' };
const QUERY_RESULT: Shape = { ResultSets: 'object', OutputParameters: 'object' };
const FAILURE: Shape = { status: 'number', message: 'string', error: 'object', source: 'string' };
const FAILURE_OURS = ['code', 'hop', 'outcome', 'retryable', 'remedy', 'traceId', 'details'];

/** Functions that the SQL connector's own description knows: another word would mean nothing to a client. */
const KNOWN_FUNCTIONS =
  'lt le eq ne gt ge min max countdistinct add sub mul div mod negate now not and or day month year hour minute second ' +
  'date time totaloffsetminutes totalseconds round floor ceiling contains startswith endswith length indexof replace ' +
  'substring substringof tolower toupper trim concat sum average null';

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function expectShape(value: unknown, shape: Shape, ours: readonly string[] = []): void {
  const object = value as Record<string, unknown>;
  for (const [name, type] of Object.entries(shape)) {
    const key = name.replace(/\?$/, '');
    if (name.endsWith('?') && !(key in object)) continue;
    expect(typeOf(object[key]), key).toBe(type);
  }
  const known = [...Object.keys(shape).map((name) => name.replace(/\?$/, '')), ...ours];
  expect(Object.keys(object).filter((key) => !known.includes(key))).toEqual([]);
}

const COLUMN_BASE = { nullable: true, hasDefault: false, readOnly: false };
const DESCRIBED = {
  name: '[dbo].[Customers]',
  displayName: 'Customers',
  columns: [
    { ...COLUMN_BASE, name: 'id', type: 'integer', sourceType: 'integer', nullable: false, keyOrder: 1 },
    { ...COLUMN_BASE, name: 'name', type: 'string', sourceType: 'character varying(50)', maxLength: 50 },
    { ...COLUMN_BASE, name: 'at', type: 'date-no-tz', sourceType: 'timestamp without time zone' },
    { ...COLUMN_BASE, name: 'raw', type: 'json', sourceType: 'jsonb' },
  ],
};
const ROW = '{"@odata.etag":"","ItemInternalId":"d3c1c1f4-5b59-4f0e-9a9e-0d6f8e2f7c11","id":1,"name":"Ann"}';

describe('the connector runtime by its recorded contract', () => {
  let surface: ConnectorSurface;
  beforeAll(async () => {
    surface = await startConnectorSurface();
  });
  afterAll(() => surface.stop());

  const root = `/apim/postgresql/${CONNECTION}`;
  const table = 'datasets/default/tables/%255Bdbo%255D.%255BCustomers%255D';

  /** As the older client calls, and as the newer one does: both must see the same. */
  async function ask(
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    said: Answer,
    status = 200,
    body?: object,
  ) {
    surface.dispatcher.answer = () => said;
    const headers = { authorization: 'Bearer maker', 'x-ms-user-agent': 'PowerFx/1.3.0' };
    const direct = await request(surface.url)[method](path).set(headers).send(body).expect(status);
    const tunnel = { 'x-ms-request-method': method.toUpperCase(), 'x-ms-request-url': path };
    const old = { authority: 'localhost', scheme: 'https', path: '/invoke', 'x-ms-enable-selects': 'true', ...tunnel };
    const tunnelled = await request(surface.url)
      .post('/invoke')
      .set({ ...headers, ...old })
      .send(body)
      .expect(status);
    if (status < 300) expect(tunnelled.text).toBe(direct.text);
    return direct;
  }
  const json = (value: unknown): Answer => ({ chunks: [JSON.stringify(value)] });

  it('describes its datasets', async () => {
    for (const path of [`${root}/v2/$metadata.json/datasets`, `${root}/$metadata.json/datasets`]) {
      const { body } = await ask('get', path, {});
      expectShape(body, DATASETS);
      expectShape(body.tabular, TABULAR);
      for (const parameter of body.parameters) expectShape(parameter, PARAMETER);
      expect(body.datasetFormat).toBe('{server},{database}');
    }
  });

  it('lists datasets, servers, databases, tables and procedures by name', async () => {
    const names = json([{ name: '[dbo].[Customers]', displayName: 'Customers' }]);
    for (const path of [
      'v2/datasets',
      'servers',
      'v2/databases?server=db.corp',
      'v2/datasets/default/tables',
      'datasets/default/alltables',
      'v2/datasets/default/procedures',
    ]) {
      const { body } = await ask('get', `${root}/${path}`, names);
      expectShape(body, { value: 'array' });
      expect(body.value).toHaveLength(1);
      expectShape(body.value[0], NAME);
    }
  });

  it('describes a table', async () => {
    const { body } = await ask('get', `${root}/v2/$metadata.json/${table}?api-version=2015-09-01`, json(DESCRIBED));
    expectShape(body, TABLE, ['x-tidegate-triggers']);
    expectShape(body['x-ms-capabilities'], CAPABILITIES);
    expectShape(body.schema, { type: 'string', items: 'object', 'x-ms-permission': 'string' });
    expectShape(body.schema.items, { type: 'string', required: 'array', properties: 'object' });
    for (const column of Object.values(body.schema.items.properties)) expectShape(column, COLUMN);
    expect(body['x-ms-permission']).toMatch(/^read-(write|only)$/);
    const known = KNOWN_FUNCTIONS.split(' ');
    expect(known).toEqual(expect.arrayContaining(body['x-ms-capabilities'].filterFunctionSupport));
    expect(['top', 'skiptoken']).toEqual(expect.arrayContaining(body['x-ms-capabilities'].serverPagingOptions));
  });

  it('lists, reads and writes rows', async () => {
    const path = `${root}/v2/${table}/items`;
    const page = { chunks: [`[${ROW}]`], trailer: { count: 5, hasMore: true, continuation: '["1"]' } };
    const query =
      '$filter=%28startswith%28name%2c+%27A%27%29+and+id+ge+1%29&$orderby=name+asc&$select=id%2cname&$count=true';
    const { body } = await ask('get', `${path}?api-version=2015-09-01&${query}`, page);
    expectShape(body, ITEMS);
    expect(Object.keys(body).sort()).toEqual(
      Object.keys(ITEMS)
        .map((key) => key.replace('?', ''))
        .sort(),
    );
    expectShape(body.value[0], { '@odata.etag': 'string', ItemInternalId: 'string', id: 'number', name: 'string' });
    const grouped = `${path}?$apply=groupby((name),aggregate(id+with+sum+as+total))`;
    expectShape((await ask('get', grouped, json([{ name: 'A', total: 1 }]))).body, ITEMS);
    for (const [method, at, sent] of [
      ['get', `${path}/1`, undefined],
      ['patch', `${path}/1`, { name: 'Ann' }],
      ['post', path, { name: 'Ann' }],
    ] as const) {
      expect((await ask(method, at, { chunks: [ROW] }, 200, sent)).body).toEqual(JSON.parse(ROW));
    }
    expect((await ask('delete', `${path}/1`, {})).text).toBe('');
  });

  it('polls triggers', async () => {
    for (const name of ['onnewitems', 'onupdateditems']) {
      const path = `${root}/v2/${table}/${name}?$top=10`;
      const none = await ask('get', path, { chunks: ['[]'], trailer: { count: 0, continuation: 's' } }, 202);
      expect([none.text, none.headers['retry-after']]).toEqual(['', expect.stringMatching(/^\d+$/)]);
      expect(none.headers['location']).toMatch(/^https:\/\/tidegate\.example\/apim\/postgresql\//);
      const some = await ask('get', path, { chunks: [`[${ROW}]`], trailer: { count: 1, continuation: 't' } });
      expectShape(some.body, { value: 'array' });
      expect(some.headers['location']).toContain(name);
    }
  });

  it('describes and runs procedures and queries', async () => {
    const procedure = { name: '[dbo].[p]', displayName: 'p', inputs: [], outputs: [], columns: [] };
    const described = await ask('get', `${root}/v2/$metadata.json/datasets/default/procedures/p`, json(procedure));
    expectShape(described.body, METADATA);
    const result = { ResultSets: { Table1: [{ a: 1 }] }, OutputParameters: {}, ReturnCode: 0 };
    const ran = await ask('post', `${root}/v2/datasets/default/procedures/p`, json(result), 200, {});
    expectShape(ran.body, { ...QUERY_RESULT, ReturnCode: 'number' });
    const query = { query: 'select 1', actualParameters: {}, formalParameters: {} };
    expectShape(
      (await ask('post', `${root}/v2/$metadata.json/datasets/default/query/sql`, {}, 200, query)).body,
      METADATA,
    );
    expectShape(
      (await ask('post', `${root}/v2/datasets/default/query/sql`, json([{ a: 1 }]), 200, query)).body,
      QUERY_RESULT,
    );
    await ask('get', `${root}/testconnection`, {});
  });

  it('fails in the recorded shape, our code beside it', async () => {
    const failures: readonly (readonly [string, DomainError | undefined, number])[] = [
      [`${root}/v2/${table}/items?$filter=nonsense`, undefined, 400],
      [`${root}/v2/${table}/items?$expand=x`, undefined, 400],
      [`${root}/v2/${table}/items/1`, new DomainError('ITEM_NOT_FOUND'), 404],
      [`${root}/v2/nothing`, undefined, 404],
      [`${root}/v2/${table}/items`, new DomainError('GATEWAY_OFFLINE'), 503],
    ];
    for (const [path, error, status] of failures) {
      const said: Answer = error ? { chunks: { [Symbol.asyncIterator]: () => failing(error) } } : {};
      const { body } = await ask('get', path, said, status);
      expectShape(body, FAILURE, FAILURE_OURS);
      expect(body.status).toBe(status);
      expect(body.message).toMatch(/\r\nclientRequestId: [0-9a-f]{32}$/);
      expect(String(body.message).startsWith(String(body.error.message))).toBe(true);
    }
  });
});

async function* failing(error: Error): AsyncGenerator<Uint8Array> {
  yield* [];
  throw error;
}
