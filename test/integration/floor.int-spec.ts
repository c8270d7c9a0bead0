import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { ProbeController } from '../support/probe.controller.js';
import { until } from '../support/until.js';

describe('the HTTP floor', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ controllers: [ProbeController] });
  });
  afterAll(() => app.stop());

  it('closes every route that does not open itself', async () => {
    await request(app.url).get('/v1/whoami').expect(401);
    await request(app.url).get('/v1/open').expect(200);
  });

  it('gives every answer the headers that forbid caching, guessing and framing, and says nothing of what serves it', async () => {
    for (const path of ['/v1/open', '/v1/whoami', '/nothing']) {
      const { headers } = await request(app.url).get(path);
      expect(headers).toMatchObject({
        'cache-control': expect.stringMatching(/^no-store/) as string,
        'x-content-type-options': 'nosniff',
      });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('strict-transport-security');
    }
  });

  it('uses the trace id of the caller in body, header and error, and makes one where it is malformed', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const open = await request(app.url).get('/v1/open').set('traceparent', traceparent);
    expect(open.body.traceId).toBe(traceId);
    expect(open.headers['x-ms-request-id']).toBe(traceId);
    const failed = await request(app.url).get('/v1/fail/domain').set('traceparent', traceparent);
    expect(failed.body.requestId).toBe(traceId);
    const made = await request(app.url).get('/v1/open').set('traceparent', 'x');
    expect(made.body.traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps the trace id of a request after its body was read', async () => {
    const traceId = '5bf92f3577b34da6a3ce929d0e0e4736';
    const { body } = await request(app.url)
      .post('/v1/echo')
      .set('traceparent', `00-${traceId}-00f067aa0ba902b7-01`)
      .send({ name: 'ab' })
      .expect(201);
    expect(body).toEqual({ body: { name: 'ab' }, traceId });
  });

  it('keeps concurrent requests apart', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID().replaceAll('-', ''));
    const answers = await Promise.all(
      ids.map((id) =>
        request(app.url).post('/v1/echo').set('traceparent', `00-${id}-00f067aa0ba902b7-01`).send({ name: 'x' }),
      ),
    );
    expect(answers.map(({ body }) => (body as { traceId: string }).traceId)).toEqual(ids);
  });

  describe('answers a failure in the shape of the surface that the path belongs to', () => {
    it('/v1', async () => {
      const { body, headers } = await request(app.url).get('/v1/fail/domain').expect(409);
      expect(body).toEqual({
        requestId: headers['x-ms-request-id'],
        errorCode: 'REGION_MISMATCH',
        message: 'The environment and the gateway are in different regions.',
        moreDetails: [
          { errorCode: 'environmentRegion', message: 'asia' },
          { errorCode: 'gatewayRegion', message: 'westeurope' },
        ],
        isRetriable: false,
        hop: 'control-plane',
        outcome: 'not-sent',
        remedy: expect.stringContaining('gateway in one of the regions') as string,
      });
      expect(headers['x-ms-public-api-error-code']).toBe('REGION_MISMATCH');
    });

    it('/apim', async () => {
      const { body, headers } = await request(app.url).get('/apim/filesystem/fail/domain').expect(409);
      const traceId = headers['x-ms-request-id'];
      const message = 'The environment and the gateway are in different regions.';
      expect(body).toMatchObject({
        status: 409,
        message: `${message}\r\nclientRequestId: ${traceId}`,
        error: { code: 'REGION_MISMATCH', message },
        source: new URL(app.url).host,
        code: 'REGION_MISMATCH',
        traceId,
        details: { environmentRegion: 'asia', gatewayRegion: 'westeurope' },
      });
    });

    it('/agent', async () => {
      const { body, headers } = await request(app.url).get('/agent/v1/fail/domain').expect(409);
      expect(headers['content-type']).toContain('application/problem+json');
      expect(body).toMatchObject({ type: 'urn:tidegate:error:REGION_MISMATCH', status: 409, code: 'REGION_MISMATCH' });
    });

    it.each([
      ['/v1/nothing', 'errorCode', 'EntityNotFound'],
      ['/nothing', 'errorCode', 'EntityNotFound'],
      ['/apim/nothing', 'code', 'ROUTE_NOT_FOUND'],
      ['/agent/v1/nothing', 'code', 'ROUTE_NOT_FOUND'],
    ])('%s, where there is no route', async (path, field, code) => {
      const { body } = await request(app.url).get(path).expect(404);
      expect((body as Record<string, unknown>)[field]).toBe(code);
    });
  });

  it('says when to come again', async () => {
    const { headers } = await request(app.url).get('/apim/filesystem/fail/busy').expect(429);
    expect(headers['retry-after']).toBe('7');
  });

  it('tells a caller nothing of an unexpected failure, and the log everything, once', async () => {
    const { body } = await request(app.url).get('/v1/fail/bug').expect(500);
    expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(body).toMatchObject({ errorCode: 'UnknownError' });
    const lines = app.logs.filter((line) => line.includes('hunter2'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: 'failure', traceId: body.requestId, code: 'INTERNAL' });
  });

  it.each([
    ['an unknown field', { name: 'ab', colour: 'red' }, 'colour'],
    ['a value of another type', { name: 1 }, 'name'],
    ['a fault deep inside', { name: 'ab', inner: { count: 'x' } }, 'inner.count'],
    ['nothing', undefined, ''],
    ['a list', [], ''],
  ])('refuses a body with %s and names the place', async (_what, body, path) => {
    const response = await request(app.url).post('/v1/echo').send(body).expect(400);
    expect(response.body.errorCode).toBe('VALIDATION_FAILED');
    expect(response.body.moreDetails).toContainEqual({ errorCode: 'path', message: path });
  });

  it.each(['{', '{"name":', '{"name":"a"}}', '{"__proto__":{"x":1},"name":"a"}', '\u0000'])(
    'refuses %j as JSON',
    async (text) => {
      const { body } = await request(app.url).post('/v1/echo').type('json').send(text).expect(400);
      expect(body.errorCode).toBe('VALIDATION_FAILED');
    },
  );

  it('refuses another media type', async () => {
    const { body } = await request(app.url).post('/v1/echo').type('xml').send('<a/>').expect(415);
    expect(body.errorCode).toBe('MEDIA_TYPE_UNSUPPORTED');
    await request(app.url).post('/v1/echo').type('form').send('name=a').expect(415);
  });

  it('refuses JSON above 2 MiB, announced or not, and serves the next request', async () => {
    const large = JSON.stringify({ name: 'a'.repeat(3_000_000) });
    const announced = await fetch(`${app.url}/v1/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: large,
    });
    expect(announced.status).toBe(413);
    expect(await announced.json()).toMatchObject({ errorCode: 'PAYLOAD_TOO_LARGE' });
    const chunked = await fetch(`${app.url}/v1/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Readable.toWeb(Readable.from([large.slice(0, 2_000_000), large.slice(2_000_000)])) as ReadableStream,
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    await request(app.url).get('/v1/open').expect(200);
  });

  it('hands bodies below /apim/http on as a stream, of any type and size', async () => {
    const block = Buffer.alloc(1_000_000, 7);
    const body = Readable.toWeb(Readable.from([block, block, block, block, block])) as ReadableStream;
    for (const type of ['application/json', 'application/octet-stream']) {
      const response = await fetch(`${app.url}/apim/http/x`, {
        method: 'PUT',
        headers: { 'content-type': type },
        body: type === 'application/json' ? '{broken' : body,
        duplex: 'half',
      });
      expect(await response.json()).toEqual({ bytes: type === 'application/json' ? 7 : 5_000_000 });
    }
  });

  it('leaves names in a query as they are, and takes a slash at the end', async () => {
    const { body } = await request(app.url).get("/v1/open/?$filter=name%20eq%20'a'&$top=5").expect(200);
    expect(body.query).toEqual({ $filter: "name eq 'a'", $top: '5' });
  });

  it('survives a request line that is none', async () => {
    const { hostname, port } = new URL(app.url);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.end('GET nonsense\r\n\r\n\u0000\u0001'));
      socket
        .on('close', () => resolve())
        .on('error', () => resolve())
        .resume();
    });
    await request(app.url).get('/v1/open').expect(200);
  });

  it('says that the database is away, and comes back with it', async () => {
    const prisma = app.app.get(PrismaService);
    await app.database.cut();
    try {
      const token = await app.directory.token({ id: randomUUID(), tenantId: randomUUID(), type: 'User', name: 'x' });
      const { body } = await request(app.url).get('/v1/whoami').set('authorization', `Bearer ${token}`).expect(503);
      expect(body).toMatchObject({ errorCode: 'DATABASE_UNAVAILABLE', isRetriable: true, outcome: 'not-sent' });
    } finally {
      await app.database.restore();
    }
    await until('the database answers', () =>
      prisma.$queryRaw`SELECT 1`.then(
        () => true,
        () => false,
      ),
    );
  });
});
