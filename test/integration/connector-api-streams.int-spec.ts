import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import type { FlowRequest } from '../../src/modules/flow-requests/flow-requests.types.js';
import { CONNECTION, startConnectorSurface, type ConnectorSurface } from '../support/connector-surface.js';
import { until } from '../support/until.js';

let surface: ConnectorSurface;
beforeAll(async () => {
  surface = await startConnectorSurface();
});
afterAll(() => surface.stop());
beforeEach(() => {
  surface.dispatcher.requests.length = 0;
});

const http = `/apim/http/${CONNECTION}`;
const files = `/apim/filesystem/${CONNECTION}/datasets/default`;
const items = `/apim/postgresql/${CONNECTION}/v2/datasets/default/tables/orders/items`;
const authorization = 'Bearer maker';
type Method = 'get' | 'post' | 'put' | 'delete' | 'head' | 'options' | 'patch';
const call = (method: Method, path: string) => request(surface.url)[method](path).set({ authorization });
const ok = { status: 200, headers: [] as [string, string][] };

/** Opens a request and hands over its answer unread. */
async function open(path: string): Promise<IncomingMessage> {
  const [response] = (await once(get({ port: surface.port, path, headers: { authorization } }), 'response')) as [
    IncomingMessage,
  ];
  return response;
}

async function digest(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest('hex');
}

async function bodyOf({ body }: FlowRequest): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (body instanceof Uint8Array) chunks.push(body);
  else if (body) for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('requests to an HTTP API', () => {
  it.each<Method>(['get', 'post', 'put', 'patch', 'delete', 'options'])('pass with the method %s', async (method) => {
    surface.dispatcher.answer = () => ({
      http: { status: 200, headers: [['content-type', 'text/plain']] },
      chunks: ['done'],
    });
    await call(method, `${http}/x`).expect(200, 'done');
    expect(surface.dispatcher.last).toMatchObject({ kind: 'http', operation: { method: method.toUpperCase() } });
  });

  it('pass with path and query exactly as sent, also without any', async () => {
    surface.dispatcher.answer = () => ({ http: ok });
    for (const path of ['/a%2Fb//c/%20?q=%2B+%20&q=2&$top=1', '/', '/?a', '/..%2f..%2f']) {
      await call('get', http + path).expect(200);
      expect(surface.dispatcher.last.operation).toMatchObject({ path });
    }
    await call('get', http).expect(200);
    expect(surface.dispatcher.last.operation).toMatchObject({ path: '/' });
  });

  it('pass without what is meant for this service', async () => {
    surface.dispatcher.answer = () => ({ http: ok });
    await call('get', http).set({ cookie: 'a=b', 'x-ms-client-session-id': 's', 'x-own': '1' }).expect(200);
    const { operation } = surface.dispatcher.last;
    const names = operation.name === 'httpRequest' ? operation.headers.map(([name]) => name) : [];
    expect(names).toContain('x-own');
    expect(names).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(authorization|cookie|host|x-ms-client-.*)$/)]),
    );
  });

  it('answer with the status, headers and bytes of the source', async () => {
    const headers: [string, string][] = [
      ['Content-Type', 'text/x-own'],
      ['X-A', '1'],
      ['x-a', '2'],
      ['Set-Cookie', 'c=d'],
    ];
    surface.dispatcher.answer = () => ({ http: { status: 418, headers }, chunks: ['ä\u0000'] });
    const answer = await call('get', http).buffer(true).expect(418);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/x-own', 'x-a': '1, 2' });
    expect(answer.headers['x-ms-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.text).toBe('ä\u0000');
  });

  it('answer without a body where HTTP has none', async () => {
    surface.dispatcher.answer = () => ({ http: { status: 200, headers: [['content-length', '5']] } });
    const head = await call('head', http).expect(200);
    expect(head.headers['content-length']).toBe('5');
    surface.dispatcher.answer = () => ({ http: { status: 304, headers: [['etag', '"1"']] } });
    expect((await call('get', http).expect(304)).headers['etag']).toBe('"1"');
  });

  it('hand a small body over at once and derive its key, whatever its type', async () => {
    surface.dispatcher.answer = () => ({ http: ok });
    const flow = { 'x-ms-workflow-run-id': 'r', 'x-ms-action-tracking-id': 'a' };
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x/y']) {
      await call('post', http)
        .set({ ...flow, 'content-type': type })
        .send('{broken')
        .expect(200);
      expect(Buffer.from(surface.dispatcher.last.body as Uint8Array).toString()).toBe('{broken');
      expect(surface.dispatcher.last.idempotencyKey).toBe('flow:r//a');
    }
  });

  it.each([true, false])('stream a body of 5 MB, its length known: %s', async (isLengthKnown) => {
    const bytes = randomBytes(5_000_000);
    surface.dispatcher.answer = async (flow) => {
      expect(flow.body).not.toBeInstanceOf(Uint8Array);
      return {
        http: ok,
        chunks: [
          createHash('sha256')
            .update(await bodyOf(flow))
            .digest('hex'),
        ],
      };
    };
    const headers = isLengthKnown ? { 'content-length': bytes.length } : {};
    const sending = httpRequest({
      port: surface.port,
      path: http,
      method: 'POST',
      headers: { authorization, ...headers },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    for (let at = 0; at < bytes.length; at += 500_000) sending.write(bytes.subarray(at, at + 500_000));
    sending.end();
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    expect((await response.toArray()).join('')).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('are answered although their body was refused half read', async () => {
    surface.dispatcher.answer = async ({ body }) => {
      for await (const chunk of body as AsyncIterable<Uint8Array>) if (chunk.length > 0) break;
      throw new DomainError('GATEWAY_OFFLINE');
    };
    const headers = { authorization, 'content-length': 5_000_000 };
    const sending = httpRequest({ port: surface.port, path: http, method: 'POST', headers });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    sending.write(randomBytes(500_000));
    const [response] = await answered;
    expect(response.statusCode).toBe(503);
    expect(JSON.parse((await response.toArray()).join(''))).toMatchObject({ code: 'GATEWAY_OFFLINE' });
    sending.on('error', () => undefined).destroy();
  });
});

describe('files', () => {
  const entry = {
    name: 'q1.csv',
    path: '/reports/q1 ä.csv',
    isFolder: false,
    size: 4,
    modifiedAt: '2026-03-31T12:00:00.000Z',
    mediaType: 'text/csv',
    etag: '"1"',
  };
  const id = Buffer.from(entry.path).toString('base64url');

  it('are listed, with ids that lead back to them', async () => {
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify([entry])] });
    const { body } = await call('get', `${files}/folders`).expect(200);
    expect(body).toEqual([
      {
        Id: id,
        Name: 'q1.csv',
        DisplayName: 'q1.csv',
        Path: entry.path,
        LastModified: entry.modifiedAt,
        Size: 4,
        MediaType: 'text/csv',
        IsFolder: false,
        ETag: '"1"',
        FileLocator: id,
      },
    ]);
    expect(surface.dispatcher.last).toMatchObject({ kind: 'filesystem', operation: { name: 'listFolder', path: '/' } });
    await call('get', `${files}/folders/${Buffer.from('/a').toString('base64url')}`).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({ name: 'listFolder', path: '/a' });
    await call('get', `${files}/folders?path=a/b`).expect(200);
    expect(surface.dispatcher.last.operation).toEqual({ name: 'listFolder', path: '/a/b' });
  });

  it.each([
    [`files/${id}`, 'getFile', entry.path],
    [`GetFileByPath?path=${encodeURIComponent(entry.path)}`, 'getFile', entry.path],
    [`GetFileByPath?path=%2F..%2Fsecret`, 'getFile', '/../secret'],
  ])('are described: %#', async (path, name, place) => {
    surface.dispatcher.answer = () => ({ chunks: [JSON.stringify(entry)] });
    const { body } = await call('get', `${files}/${path}`).expect(200);
    expect(body).toMatchObject({ Id: id });
    expect(surface.dispatcher.last.operation).toEqual({ name, path: place });
  });

  it.each([`files/${id}/content`, `GetFileContentByPath?path=${encodeURIComponent(entry.path)}`])(
    'are read: %#',
    async (path) => {
      surface.dispatcher.answer = () => ({ chunks: ['a;b\n'], mediaType: 'text/csv' });
      const answer = await call('get', `${files}/${path}`).expect(200);
      expect([answer.text, answer.headers['content-type']]).toEqual(['a;b\n', 'text/csv']);
      expect(surface.dispatcher.last.operation).toEqual({ name: 'readFile', path: entry.path });
    },
  );

  it('are created, replaced and deleted', async () => {
    let written: unknown;
    surface.dispatcher.answer = async (flow) => {
      written = [flow.operation, (await bodyOf(flow)).toString()];
      return flow.operation.name === 'writeFile' ? { chunks: [JSON.stringify(entry)] } : {};
    };
    const created = await call('post', `${files}/files?folderPath=/in/&name=new.txt`).type('json').send('{no json');
    expect([created.status, created.body.Id]).toEqual([200, id]);
    expect(written).toEqual([{ name: 'writeFile', path: '/in/new.txt', mode: 'create' }, '{no json']);
    await call('put', `${files}/files/${id}`).type('text/plain').send('text').expect(200);
    expect(written).toEqual([{ name: 'writeFile', path: entry.path, mode: 'replace' }, 'text']);
    await call('post', `${files}/files?name=empty`).expect(200);
    expect(written).toEqual([{ name: 'writeFile', path: '/empty', mode: 'create' }, '']);
    await call('delete', `${files}/files/${id}`).expect(200, '');
    expect(written).toEqual([{ name: 'deleteFile', path: entry.path }, '']);
  });

  it.each([
    ['post', 'files?folderPath=/a', 'VALIDATION_FAILED'],
    ['post', 'files?folderPath=/a&name=b/c', 'VALIDATION_FAILED'],
    ['get', 'GetFileByPath', 'VALIDATION_FAILED'],
    ['get', 'GetFileByPath?path=a&path=b', 'VALIDATION_FAILED'],
    ['get', 'files/not!an!id', 'FILE_NOT_FOUND'],
    ['get', `files/${Buffer.from('no slash').toString('base64url')}`, 'FILE_NOT_FOUND'],
  ] as const)('is refused out of shape: %#', async (method, path, code) => {
    const { body } = await call(method, `${files}/${path}`);
    expect(body).toMatchObject({ code, outcome: expect.stringMatching(/not-(sent|executed)/) });
    expect(surface.dispatcher.requests).toEqual([]);
  });
});

describe('a long answer', () => {
  const MiB = 1024 * 1024;

  it('arrives whole', async () => {
    const chunks = Array.from({ length: 40 }, () => randomBytes(190_000));
    surface.dispatcher.answer = () => ({ chunks });
    const response = await open(`${files}/GetFileContentByPath?path=a`);
    expect(await digest(response)).toBe(createHash('sha256').update(Buffer.concat(chunks)).digest('hex'));
  });

  it('is framed as JSON however it is cut', async () => {
    const rows = JSON.stringify(Array.from({ length: 20_000 }, (_, row) => ({ row, text: 'ä'.repeat(20) })));
    const chunks = rows.match(/[^]{1,70000}/g)!;
    surface.dispatcher.answer = () => ({ chunks, trailer: { count: 20_000 } });
    const { body } = await call('get', `${items}?$count=true&$top=20000`).expect(200);
    expect([body.value.length, body['@odata.count']]).toEqual([20_000, 20_000]);
  });

  it('that breaks is cut, never closed as if it were complete', async () => {
    const { promise: trailer, reject } = deferred<never>();
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[{"id":1}');
      yield Buffer.from(',{"id":2}');
      const error = new DomainError('GATEWAY_TIMEOUT');
      reject(error);
      throw error;
    }
    surface.dispatcher.answer = () => ({ chunks: breaking(), trailer });
    const response = await open(items);
    expect(response.statusCode).toBe(200);
    await expect(response.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(response.complete).toBe(false);
  });

  it('whose trailer says that it is not whole is cut as well', async () => {
    const error = { code: 'SOURCE_FAILED', hop: 'source', outcome: 'unknown', message: 'gone' } as const;
    const { promise: trailer, resolve } = deferred<{ error: typeof error }>();
    async function* ending(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[{"id":1}');
      resolve({ error });
    }
    surface.dispatcher.answer = () => ({ chunks: ending(), trailer });
    const response = await open(items);
    await expect(response.toArray()).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('waits for a caller who reads slowly', async () => {
    let produced = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; produced < 200; produced++) yield Buffer.alloc(MiB);
    }
    surface.dispatcher.answer = () => ({ chunks: endless(), trailer: new Promise(() => undefined) });
    const response = await open(`${files}/GetFileContentByPath?path=a`);
    response.pause();
    let seen = -1;
    await until('the producer to stand still', async () => {
      const isStill = produced === seen;
      seen = produced;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return isStill && produced === seen;
    });
    expect(produced).toBeLessThan(40);
    response.destroy();
  });

  it('stops being made when its caller goes', async () => {
    let stopped = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(64 * 1024);
      } finally {
        stopped = true;
      }
    }
    surface.dispatcher.answer = () => ({ chunks: endless(), trailer: new Promise(() => undefined) });
    const response = await open(`${files}/GetFileContentByPath?path=a`);
    response.once('error', () => undefined).destroy();
    await until('the producer to stop', () => stopped);
    await until('the signal', () => surface.dispatcher.last.signal.aborted);
  });
});

describe('a caller who leaves before the answer', () => {
  it('takes the work along', async () => {
    surface.dispatcher.answer = () => new Promise(() => undefined);
    const waiting = get({ port: surface.port, path: items, headers: { authorization } }).on('error', () => undefined);
    await until('the request', () => surface.dispatcher.requests.length > 0);
    expect(surface.dispatcher.last.signal.aborted).toBe(false);
    waiting.destroy();
    await until('the signal', () => surface.dispatcher.last.signal.aborted);
    expect(surface.dispatcher.last.signal.reason).toMatchObject({ code: 'REQUEST_CANCELLED' });
  });

  it('is not said to have left when it got its answer', async () => {
    surface.dispatcher.answer = () => ({ chunks: ['[]'] });
    await call('get', items).expect(200);
    await call('get', `${files}/GetFileContentByPath?path=a`).expect(200);
    expect(surface.dispatcher.requests.map(({ signal }) => signal.aborted)).toEqual([false, false]);
  });
});

function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}
