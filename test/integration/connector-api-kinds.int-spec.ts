import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from '../../src/contract/targets.js';
import { CONNECTION, route, startConnectorSurface, type ConnectorSurface } from '../support/connector-surface.js';

const hostKey = `SHA256:${'k'.repeat(43)}`;
const TABULAR: readonly (readonly [Target, string])[] = [
  [{ kind: 'sql', server: 'db.corp', port: 1433, database: 'wh,1' }, 'db.corp,wh,1'],
  [{ kind: 'mysql', server: 'db.corp', port: 3307, database: 'wh' }, 'db.corp:3307,wh'],
  [{ kind: 'oracle', server: 'db.corp', port: 1521, service: 'FREE' }, 'db.corp,FREE'],
  [{ kind: 'odata', url: 'https://api.corp:8443/odata/v4/' }, 'api.corp:8443,/odata/v4/'],
];
const FILES: Target = { kind: 'sftp', server: 'files.corp', port: 22, path: '/in', hostKey };

let surface: ConnectorSurface;
const was = structuredClone(route.connection);
const lead = (target: Target): void => void Object.assign(route.connection, { kind: target.kind, target });
const call = (method: 'get' | 'post', path: string) =>
  request(surface.url)[method](path).set('authorization', 'Bearer maker');

beforeAll(async () => {
  surface = await startConnectorSurface();
});
afterAll(async () => {
  Object.assign(route.connection, was);
  await surface.stop();
});
beforeEach(() => {
  surface.dispatcher.requests.length = 0;
  surface.dispatcher.answer = () => ({ chunks: ['[]'], trailer: { hasMore: true, continuation: '["1"]' } });
});

describe.each(TABULAR)('a connection to %j', (target, dataset) => {
  const base = `/apim/${target.kind}/${CONNECTION}`;
  beforeEach(() => lead(target));

  it('answers below the name of its kind, links included', async () => {
    const { body } = await call('get', `${base}/v2/datasets`).expect(200);
    expect(body).toEqual({ value: [{ Name: 'default', DisplayName: dataset }] });
    const items = `${base}/v2/datasets/${encodeURIComponent(dataset)}/tables/t/items`;
    const list = await call('get', `${items}?$top=1`).expect(200);
    expect(surface.dispatcher.last).toMatchObject({ kind: target.kind, operation: { name: 'listItems', table: 't' } });
    const link = list.body as Record<string, string>;
    expect(link['@odata.context']).toContain(`/apim/${target.kind}/`);
    await call('get', `${base}/testconnection`).expect(200);
    expect(surface.dispatcher.last).toMatchObject({ kind: target.kind, operation: { name: 'test' } });
    const servers = await call('get', `${base}/servers`).expect(200);
    const [{ Name: server }] = (servers.body as { value: [{ Name: string }] }).value;
    const databases = await call('get', `${base}/v2/databases?server=${encodeURIComponent(server)}`).expect(200);
    const [{ Name: database }] = (databases.body as { value: [{ Name: string }] }).value;
    expect(`${server},${database}`).toBe(dataset);
  });

  it('is not found below the name of another kind, and does not answer for another dataset', async () => {
    const other = `/apim/postgresql/${CONNECTION}/v2/datasets`;
    await call('get', other).expect(404);
    const { body } = await call('get', `${base}/v2/datasets/elsewhere%2Cx/tables`).expect(404);
    expect(body).toMatchObject({ code: 'TABLE_NOT_FOUND' });
  });

  it('takes statements only where the source has a language of its own', async () => {
    const query = () => call('post', `${base}/v2/datasets/default/query/sql`).send({ query: 'SELECT 1' });
    if (target.kind === 'odata') {
      await query().expect(404);
      await call('get', `${base}/v2/datasets/default/procedures`).expect(404);
      await call('get', `${base}/v2/datasets/default/tables/t/onnewitems`).expect(404);
      return;
    }
    await query().expect(200);
    expect(surface.dispatcher.last).toMatchObject({ kind: target.kind, operation: { name: 'executeQuery' } });
  });
});

it('an SFTP server has the routes of files', async () => {
  lead(FILES);
  const base = `/apim/sftp/${CONNECTION}`;
  await call('get', `${base}/testconnection`).expect(200);
  expect(surface.dispatcher.last).toMatchObject({ kind: 'sftp', operation: { name: 'test' } });
  await call('get', `${base}/$metadata.json/datasets`).expect(200);
  await call('get', `/apim/filesystem/${CONNECTION}/$metadata.json/datasets`).expect(404);
  const entry = {
    name: 'a',
    path: '/a',
    isFolder: false,
    size: 1,
    modifiedAt: '2026-01-01T00:00:00Z',
    mediaType: 'text/plain',
    etag: 'e',
  };
  surface.dispatcher.answer = () => ({ chunks: [JSON.stringify([entry])], trailer: { hasMore: true } });
  const { headers } = await call('get', `${base}/datasets/default/folders`).expect(200);
  expect(headers['link']).toContain(`/apim/sftp/${CONNECTION}/datasets/default/foldersV2/`);
});
