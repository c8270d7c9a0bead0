import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeaderList, Operation } from '../../src/contract/operations.js';
import { HttpConnector } from '../../src/gateway-agent/connectors/http/http.connector.js';
import { Caller, readBytes, secretOf, until } from './connector-harness.js';

const http = (method: string, path: string, headers: HeaderList = []): Operation => ({
  name: 'httpRequest',
  method,
  path,
  headers,
});

describe('the HTTP connector', () => {
  const seen: { method: string; url: string; raw: string[] }[] = [];
  const sockets = new Set<Socket>();
  let server: Server;
  let base: string;
  let connector: HttpConnector;
  let caller: Caller;
  let requestsClosed = 0;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    seen.push({ method: request.method ?? '', url: request.url ?? '', raw: request.rawHeaders });
    request.on('close', () => {
      if (!request.complete) requestsClosed += 1;
    });
    response.on('error', () => undefined);
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    if (path.endsWith('/echo')) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      request.pipe(response);
      return;
    }
    if (path.endsWith('/redirect')) {
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      return;
    }
    if (path.endsWith('/denied')) {
      response.writeHead(403).end('no');
      return;
    }
    if (path.endsWith('/failing')) {
      response.writeHead(500).end('broken');
      return;
    }
    if (path.endsWith('/gzip')) {
      response
        .writeHead(200, {
          'content-encoding': 'gzip',
          'set-cookie': ['a=1', 'b=2'],
          'X-Mixed': 'Kept',
          connection: 'keep-alive, x-hop',
          'x-hop': 'gone',
        })
        .end(gzipSync('hello'));
      return;
    }
    if (path.endsWith('/silent')) return;
    if (path.endsWith('/half')) {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      setTimeout(() => request.socket.destroy(), 30);
      return;
    }
    if (path.endsWith('/drop')) {
      request.socket.destroy();
      return;
    }
    if (path.endsWith('/headers')) {
      response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end();
      return;
    }
    if (path.endsWith('/huge-headers')) {
      for (let i = 0; i < 50; i += 1) response.setHeader(`x-${i}`, 'x'.repeat(5000));
      response.end();
      return;
    }
    if (path.endsWith('/endless')) {
      response.writeHead(200);
      const timer = setInterval(() => response.write(randomBytes(65_536)), 5);
      response.on('close', () => {
        clearInterval(timer);
        requestsClosed += 1;
      });
      return;
    }
    response.writeHead(200, { 'content-type': 'text/plain' }).end(`${request.method} ${request.url}`);
  }

  beforeAll(async () => {
    server = createServer(answer);
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/`;
    connector = new HttpConnector();
    caller = new Caller(connector, {
      target: { kind: 'http', url: base },
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: 'h',
      secret: secretOf({ username: 'user', password: 'pä:ss' }),
    });
  });
  afterAll(async () => {
    await connector.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('passes any method, path and query on as sent', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect(await caller.text(http(method, '/a%20b/c%2Fd;x=1?q=%27x%27&y=a+b'))).toBe(
        `${method} /api/v1/a%20b/c%2Fd;x=1?q=%27x%27&y=a+b`,
      );
    }
    expect(await caller.text(http('HEAD', '/x'))).toBe('');
    expect(await caller.text(http('GET', '/'))).toBe('GET /api/v1/');
    expect(await caller.text(http('GET', '/x?next=../../up'))).toBe('GET /api/v1/x?next=../../up');
  });

  it.each([
    '/../secret',
    '/..',
    '/a/../../secret',
    '/%2e%2e/secret',
    '/%2E./secret',
    '/.%2e/secret',
    '/%252e%252e/secret',
    '/..%2fsecret',
    '/..%5csecret',
    '/a/..\\secret',
    '//evil.example/x',
    '/\\evil.example',
    '/..;/secret',
    '/%c0%ae%c0%ae/secret',
    '/a b',
    '/a\tb',
    '/a\r\nHost: evil',
    '/é',
    '/a#b',
  ])('refuses the path %j', async (path) => {
    const before = seen.length;
    expect(await caller.failure(http('GET', path))).toMatchObject({ code: 'PATH_FORBIDDEN', outcome: 'not-executed' });
    expect(seen.length).toBe(before);
  });

  it('signs in with the credential, whatever the caller sends, and drops headers of the link', async () => {
    const headers: HeaderList = [
      ['Authorization', 'Bearer of-the-gateway'],
      ['Host', 'evil.example'],
      ['Connection', 'x-private'],
      ['X-Private', '1'],
      ['Transfer-Encoding', 'chunked'],
      ['Accept-Encoding', 'br'],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
    ];
    await caller.text(http('GET', '/x', headers), { credentialType: 'Basic' });
    const raw = seen.at(-1)?.raw ?? [];
    const of = (name: string): string[] => raw.filter((_, i) => i % 2 === 1 && raw[i - 1]?.toLowerCase() === name);
    expect(of('authorization')).toEqual([`Basic ${Buffer.from('user:pä:ss').toString('base64')}`]);
    expect(of('host')).toEqual([new URL(base).host]);
    expect([of('x-private'), of('transfer-encoding'), of('accept-encoding'), of('x-twice')]).toEqual([
      [],
      [],
      ['br'],
      ['a', 'b'],
    ]);
    await caller.text(http('GET', '/x', headers));
    expect(seen.at(-1)?.raw.map((text) => text.toLowerCase())).not.toContain('authorization');
  });

  it('passes status, headers and body back untouched', async () => {
    const gzip = await caller.run(http('GET', '/gzip'));
    expect(await readBytes(gzip)).toEqual(gzipSync('hello'));
    const headers = gzip.http?.headers ?? [];
    expect(headers.filter(([name]) => name.toLowerCase() === 'set-cookie')).toHaveLength(2);
    expect(headers).toContainEqual(['X-Mixed', 'Kept']);
    expect(headers.map(([name]) => name.toLowerCase())).not.toContain('x-hop');
    const redirect = await caller.run(http('GET', '/redirect'));
    expect([redirect.http?.status, (await readBytes(redirect)).toString()]).toEqual([302, '']);
    expect(redirect.http?.headers).toContainEqual(['location', 'http://169.254.169.254/latest']);
    for (const [path, status] of [
      ['/denied', 403],
      ['/failing', 500],
    ] as const) {
      const refused = await caller.run(http('GET', path));
      expect([refused.http?.status, (await readBytes(refused)).length > 0]).toEqual([status, true]);
    }
  });

  it('streams both ways in even memory', async () => {
    const chunk = randomBytes(1024 * 1024);
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 100; i += 1) yield chunk;
    }
    const before = process.memoryUsage().rss;
    const echo = await caller.run(http('POST', '/echo'), { body: large() });
    let size = 0;
    for await (const part of echo.body) size += part.byteLength;
    expect(size).toBe(100 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(120_000_000);
  });

  it('says what a lost answer means: nothing for a read, unknown for a write, broken after it began', async () => {
    expect(await caller.failure(http('GET', '/drop'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      hop: 'source',
      outcome: 'not-executed',
    });
    const before = seen.length;
    expect(await caller.failure(http('POST', '/drop'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'unknown',
    });
    expect(await caller.failure(http('DELETE', '/drop'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'unknown',
    });
    expect(seen.length - before).toBe(2);
    const half = await caller.run(http('GET', '/half'));
    await expect(readBytes(half)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    expect(await caller.failure(http('POST', '/half'), {})).toMatchObject({ outcome: 'executed' });
  });

  it('is SOURCE_UNREACHABLE when nobody listens or no name is known, with nothing executed', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const to = (url: string): { target: { kind: 'http'; url: string } } => ({ target: { kind: 'http', url } });
    expect(await caller.failure(http('POST', '/x'), to(`http://127.0.0.1:${port}`))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'not-executed',
      details: { reason: 'ECONNREFUSED' },
    });
    expect(await caller.failure(http('POST', '/x'), to('http://no-such-host.invalid'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'not-executed',
    });
    expect(await caller.failure(http('GET', '/x'), to(base.replace('http:', 'https:')))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'not-executed',
    });
    expect((await caller.failure(http('GET', '/x'), { encryption: 'Encrypted' })).code).toBe('VALIDATION_FAILED');
  });

  it('asks again when a kept-alive socket proves dead, for reads without a body only', async () => {
    let requests = 0;
    const fickle = createTcpServer((socket) => {
      let first = true;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        requests += 1;
        if (first) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
        else socket.destroy();
        first = false;
      });
    });
    await new Promise<void>((resolve) => fickle.listen(0, '127.0.0.1', resolve));
    const target = { kind: 'http', url: `http://127.0.0.1:${(fickle.address() as AddressInfo).port}` } as const;
    // Every socket serves one request and dies under the second; the client spreads requests over a few sockets.
    for (let i = 0; i < 6; i += 1) expect(await caller.text(http('GET', '/'), { target })).toBe('ok');
    expect(requests).toBeGreaterThan(6);
    requests = 0;
    const writeOnce = async (): Promise<string> =>
      caller
        .text(http('PUT', '/'), { target })
        .catch((error: { code: string; outcome: string }) => `${error.code} ${error.outcome}`);
    const writes = await Promise.all([0, 1, 2].map(async () => [await writeOnce(), await writeOnce()]));
    expect(requests).toBe(6);
    expect(writes.flat()).toContain('SOURCE_UNREACHABLE unknown');
    fickle.close();
  });

  it('refuses answers whose headers exceed what the relay carries', async () => {
    for (const path of ['/headers', '/huge-headers'])
      expect((await caller.failure(http('GET', path))).code).toBe('SOURCE_FAILED');
  });

  it('refuses headers that would break the request apart', async () => {
    for (const header of [
      ['X-Bad', 'a\r\nX-Injected: 1'],
      ['X Bad', 'a'],
      ['X-Bad\r\n', 'a'],
    ] as const) {
      expect(await caller.failure(http('GET', '/x', [[...header]]))).toMatchObject({
        code: 'VALIDATION_FAILED',
        outcome: 'not-executed',
      });
    }
    const body = (async function* () {
      yield Buffer.from('longer than said');
    })();
    expect((await caller.failure(http('POST', '/echo', [['Content-Length', '3']]), { body })).code).toBe(
      'VALIDATION_FAILED',
    );
  });

  it('ends the request at the source when cancelled: before the answer, within it, and while sending', async () => {
    const cancelAfter = (ms: number): AbortSignal => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(), ms);
      return controller.signal;
    };
    expect(await caller.failure(http('GET', '/silent'), { signal: cancelAfter(50) })).toMatchObject({
      code: 'REQUEST_CANCELLED',
      outcome: 'not-executed',
    });
    expect(await caller.failure(http('POST', '/silent'), { signal: cancelAfter(50) })).toMatchObject({
      code: 'REQUEST_CANCELLED',
      outcome: 'unknown',
    });
    const before = requestsClosed;
    expect(await caller.failure(http('GET', '/endless'), { signal: cancelAfter(80) })).toMatchObject({
      code: 'REQUEST_CANCELLED',
    });
    await until(() => requestsClosed > before);
    const stuck = (async function* () {
      yield Buffer.from('x');
      await new Promise(() => undefined);
    })();
    expect(await caller.failure(http('POST', '/silent'), { signal: cancelAfter(50), body: stuck })).toMatchObject({
      code: 'REQUEST_CANCELLED',
      outcome: 'unknown',
    });
    expect((await caller.failure(http('GET', '/x'), { signal: AbortSignal.abort() })).code).toBe('REQUEST_CANCELLED');
  });

  it('lets go of the source when the reader leaves', async () => {
    const before = requestsClosed;
    const iterator = (await caller.run(http('GET', '/endless'))).body[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    await until(() => requestsClosed > before);
  });

  it('tests the base URL: below 500 is well, 401 and 403 are a refused credential', async () => {
    const at = (path: string): { target: { kind: 'http'; url: string } } => ({
      target: { kind: 'http', url: `${base}${path}` },
    });
    expect(await caller.text({ name: 'test' })).toBe('');
    expect(await caller.text({ name: 'test' }, at('redirect'))).toBe('');
    expect((await caller.failure({ name: 'test' }, at('denied'))).code).toBe('SOURCE_DENIED');
    expect((await caller.failure({ name: 'test' }, at('failing'))).code).toBe('SOURCE_FAILED');
    expect((await caller.failure({ name: 'listTables' })).code).toBe('OPERATION_UNSUPPORTED');
    expect((await caller.failure(http('GET', '/x'), { credentialType: 'Windows' })).code).toBe('VALIDATION_FAILED');
  });
});
