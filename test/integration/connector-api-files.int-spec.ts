import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import type { Operation } from '../../src/contract/operations.js';
import type { FileEntry } from '../../src/contract/table.js';
import { CONNECTION, route, startConnectorSurface, type ConnectorSurface } from '../support/connector-surface.js';

const files = `/apim/filesystem/${CONNECTION}/datasets/default`;
const publicUrl = 'https://tidegate.example';
const idOf = (path: string) => Buffer.from(path).toString('base64url');

const entryOf = (path: string, more: Partial<FileEntry> = {}): FileEntry => ({
  name: path.split('/').at(-1) ?? '',
  path,
  isFolder: false,
  size: 4,
  modifiedAt: '2026-03-31T12:00:00.000Z',
  mediaType: 'text/csv',
  etag: '"1"',
  ...more,
});

let surface: ConnectorSurface;
beforeAll(async () => {
  surface = await startConnectorSurface();
});
afterAll(() => surface.stop());
beforeEach(() => {
  surface.dispatcher.requests.length = 0;
});

const call = (method: 'get' | 'post' | 'put', path: string) =>
  request(surface.url)[method](path).set({ authorization: 'Bearer maker' });
const operations = (): Operation[] => surface.dispatcher.requests.map(({ operation }) => operation);
const answers = (by: Partial<Record<Operation['name'], unknown>>) => {
  surface.dispatcher.answer = ({ operation: { name } }) => {
    const answer = by[name];
    if (answer instanceof Error) throw answer;
    return { chunks: [typeof answer === 'string' ? answer : JSON.stringify(answer)], mediaType: 'text/csv' };
  };
};

describe('a folder in pages', () => {
  it('leads from each page to the next, by link and by marker', async () => {
    answers({ pageFolder: { entries: [entryOf('/in/a ä.csv')], next: 'a ä.csv' } });
    const first = await call('get', `${files}/foldersV2/${idOf('/in')}?nextPageMarker=&useFlatListing=false`).expect(
      200,
    );
    expect(operations()).toEqual([{ name: 'pageFolder', path: '/in', top: 500 }]);
    const { value, nextLink, nextPageMarker } = first.body as {
      value: object[];
      nextLink: string;
      nextPageMarker: string;
    };
    expect(value).toEqual([expect.objectContaining({ Id: idOf('/in/a ä.csv'), Path: '/in/a ä.csv' })]);
    expect(nextLink).toBe(
      `${publicUrl}${files}/foldersV2/${idOf('/in')}?useFlatListing=false&nextPageMarker=${nextPageMarker}`,
    );
    answers({ pageFolder: { entries: [] } });
    const second = await call('get', nextLink.slice(publicUrl.length)).expect(200);
    expect(operations().at(-1)).toEqual({ name: 'pageFolder', path: '/in', top: 500, after: 'a ä.csv' });
    expect(second.body).toEqual({ value: [] });
  });

  it('begins at the root, or at a path', async () => {
    answers({ pageFolder: { entries: [] } });
    await call('get', `${files}/foldersV2`).expect(200);
    await call('get', `${files}/foldersV2?path=in/b`).expect(200);
    expect(operations().map((one) => 'path' in one && one.path)).toEqual(['/', '/in/b']);
  });

  it('is where a plain list that was cut leads to', async () => {
    surface.dispatcher.answer = () => ({
      chunks: [JSON.stringify([entryOf('/in/a.csv'), entryOf('/in/b.csv')])],
      trailer: { hasMore: true },
    });
    const { headers } = await call('get', `${files}/folders/${idOf('/in')}`).expect(200);
    const next = `${publicUrl}${files}/foldersV2/${idOf('/in')}?nextPageMarker=${idOf('b.csv')}`;
    expect(headers['link']).toBe(`<${next}>; rel="next"`);
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify([entryOf('/in/a.csv')])] });
    expect((await call('get', `${files}/folders/${idOf('/in')}`)).headers['link']).toBeUndefined();
  });

  it.each(['!', 'a', idOf('x'.repeat(300))])('refuses a marker that is none: %s', async (marker) => {
    const { body } = await call('get', `${files}/foldersV2?nextPageMarker=${encodeURIComponent(marker)}`).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', status: 400 });
    expect(operations()).toEqual([]);
  });
});

describe('a copy', () => {
  it('names its source by id or path, and overwrites only when told to', async () => {
    answers({ copyFile: entryOf('/done/a.csv') });
    const copied = await call('post', `${files}/copyFile?source=${idOf('/in/a.csv')}&destination=done/a.csv`).expect(
      200,
    );
    expect(copied.body).toMatchObject({ Id: idOf('/done/a.csv') });
    await call('post', `${files}/copyFile?source=%2Fin%2Fa.csv&destination=/done/a.csv&overwrite=True`)
      .send({ unread: true })
      .expect(200);
    expect(operations()).toEqual([
      { name: 'copyFile', path: '/in/a.csv', destination: '/done/a.csv', overwrite: false },
      { name: 'copyFile', path: '/in/a.csv', destination: '/done/a.csv', overwrite: true },
    ]);
  });

  it('has a key that the flow run gives it, as every write', async () => {
    answers({ copyFile: entryOf('/b') });
    await call('post', `${files}/copyFile?source=/a&destination=/b`)
      .set({ 'x-ms-workflow-run-id': 'r', 'x-ms-action-tracking-id': 'a' })
      .expect(200);
    expect(surface.dispatcher.last.idempotencyKey).toBe('flow:r//a');
  });
});

describe('a trigger for files', () => {
  const watch = (name: string, query = '') => call('get', `${files}/triggers/${name}?folderId=${idOf('/in')}${query}`);

  it.each([
    ['batch/onnewfile', 'created'],
    ['batch/onupdatedfile', 'modified'],
  ])('%s begins with 202, and the state of now in the address', async (name, change) => {
    answers({ listChanges: { entries: [], state: 'AQE_-', hasMore: false } });
    const { headers, text } = await watch(name, '&maxFileCount=3').expect(202);
    expect(text).toBe('');
    const location = `${publicUrl}${files}/triggers/${name}?folderId=${idOf('/in')}&maxFileCount=3&triggerState=AQE_-`;
    expect([headers['location'], Number(headers['retry-after']) > 1]).toEqual([location, true]);
    expect(operations()).toEqual([{ name: 'listChanges', path: '/in', change, top: 3 }]);
    await call('get', location.slice(publicUrl.length)).expect(202);
    expect(operations().at(-1)).toEqual({ name: 'listChanges', path: '/in', change, top: 3, state: 'AQE_-' });
  });

  it('hands over what came, and asks for the rest soon', async () => {
    const entries = [entryOf('/in/a.csv'), entryOf('/in/b.csv')];
    answers({ listChanges: { entries, state: 'B', hasMore: true } });
    const { body, headers } = await watch('batch/onnewfile', '&triggerState=A').expect(200);
    expect((body as { Path: string }[]).map(({ Path }) => Path)).toEqual(['/in/a.csv', '/in/b.csv']);
    expect(headers['location']).toMatch(/&triggerState=B$/);
    expect(headers['retry-after']).toBe('1');
  });

  it.each([
    ['onnewfile', 'created'],
    ['onupdatedfile', 'modified'],
  ])('%s hands one file over with its content, its description in headers', async (name, change) => {
    answers({ listChanges: { entries: [entryOf('/in/ä.csv')], state: 'B', hasMore: false }, readFile: 'a;b' });
    const { text, headers } = await watch(name, '&triggerState=A').expect(200);
    expect([text, headers['content-type']]).toEqual(['a;b', 'text/csv']);
    expect(headers).toMatchObject({
      'x-ms-file-id': idOf('/in/ä.csv'),
      'x-ms-file-name-encoded': Buffer.from('ä.csv').toString('base64'),
      'x-ms-file-path-encoded': Buffer.from('/in/ä.csv').toString('base64'),
      'x-ms-file-last-modified': '2026-03-31T12:00:00.000Z',
    });
    expect(headers).not.toHaveProperty('x-ms-file-name');
    expect(headers['location']).toMatch(/&triggerState=B$/);
    expect(operations()).toEqual([
      { name: 'listChanges', path: '/in', change, top: 1, state: 'A' },
      { name: 'readFile', path: '/in/ä.csv' },
    ]);
  });

  it('hands the description over alone when no content is wanted', async () => {
    answers({ listChanges: { entries: [entryOf('/in/a.csv')], state: 'B', hasMore: false } });
    const { body, headers } = await watch('onnewfile', '&triggerState=A&includeFileContent=false').expect(200);
    expect(body).toMatchObject({ Path: '/in/a.csv' });
    expect(headers['x-ms-file-name']).toBe('a.csv');
    expect(operations()).toHaveLength(1);
  });

  it('passes over a file that is gone before it is read, and says nothing of it', async () => {
    const states = ['B', 'C'];
    surface.dispatcher.answer = ({ operation }) => {
      if (operation.name === 'readFile') throw new DomainError('FILE_NOT_FOUND');
      const state = states.shift();
      const entries = state === 'B' ? [entryOf('/in/gone.csv')] : [];
      return { chunks: [JSON.stringify({ entries, state, hasMore: false })] };
    };
    const { headers, text } = await watch('onnewfile', '&triggerState=A').expect(202);
    expect([text, headers['x-ms-file-name'], headers['content-type']]).toEqual(['', undefined, undefined]);
    expect(headers['location']).toMatch(/&triggerState=C$/);
    expect(operations().map(({ name }) => name)).toEqual(['listChanges', 'readFile', 'listChanges']);
  });

  it('keeps its place when reading fails for another reason', async () => {
    answers({
      listChanges: { entries: [entryOf('/in/a')], state: 'B', hasMore: false },
      readFile: new DomainError('SOURCE_DENIED'),
    });
    const { body } = await watch('onnewfile', '&triggerState=A').expect(502);
    expect(body).toMatchObject({ code: 'SOURCE_DENIED' });
  });

  it.each([
    'onnewfile',
    'onnewfile?folderId=',
    'onnewfile?folderId=/in&includeFileContent=maybe',
    'batch/onnewfile?folderId=/in&maxFileCount=0',
    'batch/onnewfile?folderId=/in&maxFileCount=101',
    'batch/onnewfile?folderId=/in&triggerState=a%2Fb',
    'batch/onupdatedfile?folderId=/in&folderId=/out',
    `batch/onupdatedfile?folderId=/in&triggerState=${'a'.repeat(8193)}`,
  ])('is refused out of shape: %s', async (path) => {
    const { body } = await call('get', `${files}/triggers/${path}`).expect(400);
    expect(body).toMatchObject({ code: 'VALIDATION_FAILED', error: { code: 'VALIDATION_FAILED' } });
    expect(operations()).toEqual([]);
  });
});

describe('a connection to a folder', () => {
  it('is tested through the gateway', async () => {
    answers({ test: '' });
    await call('get', `/apim/filesystem/${CONNECTION}/testconnection`).expect(200, '');
    expect(surface.dispatcher.last).toMatchObject({ kind: 'filesystem', operation: { name: 'test' } });
  });

  it('says that it holds files and no tables, and nothing of a connection of another kind', async () => {
    const path = `/apim/filesystem/${CONNECTION}/$metadata.json/datasets`;
    await call('get', path).expect(404);
    const { kind } = route.connection;
    route.connection.kind = 'filesystem';
    const { body } = await call('get', path).expect(200);
    route.connection.kind = kind;
    expect(body).toMatchObject({ tabular: null, blob: { source: 'singleton' } });
  });

  it('shows content as bytes when no type is to be guessed', async () => {
    answers({ readFile: 'a;b' });
    const read = `${files}/files/${idOf('/a.csv')}/content?inferContentType=`;
    expect((await call('get', `${read}false`).expect(200)).headers['content-type']).toBe('application/octet-stream');
    expect((await call('get', `${read}true`).expect(200)).headers['content-type']).toBe('text/csv');
  });
});

describe('a custom connector', () => {
  it.each(['contoso', 'shared_my-20api-5fabc', 'My%20API'])('of the name %s calls its web API', async (name) => {
    const headers: [string, string][] = [['content-type', 'text/plain']];
    surface.dispatcher.answer = () => ({ http: { status: 200, headers }, chunks: ['done'] });
    await call('post', `/apim/${name}/${CONNECTION}/v1/orders%2F1?x=/apim/http/`).send('order').expect(200, 'done');
    expect(surface.dispatcher.last).toMatchObject({
      connectionId: CONNECTION,
      kind: 'http',
      operation: { name: 'httpRequest', method: 'POST', path: '/v1/orders%2F1?x=/apim/http/' },
    });
    expect(Buffer.from(surface.dispatcher.last.body as Uint8Array).toString()).toBe('order');
  });

  it('is answered in the connector’s shape when its connection is none', async () => {
    const { body } = await call('get', '/apim/contoso/no-id/x').expect(404);
    expect(body).toMatchObject({ code: 'CONNECTION_NOT_FOUND', status: 404 });
  });
});
