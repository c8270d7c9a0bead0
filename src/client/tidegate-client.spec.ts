import { describe, expect, it } from 'vitest';
import { ApiError } from './api-error.js';
import { items, pages } from './pages.js';
import { createTidegateClient } from './tidegate-client.js';

const json = (body: unknown, init: ResponseInit = {}): Response =>
  new Response(JSON.stringify(body), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });

const FABRIC_FAILURE = {
  requestId: 'f'.repeat(32),
  errorCode: 'EntityNotFound',
  message: 'The alert does not exist, or is not visible to you.',
  moreDetails: [
    { errorCode: 'ALERT_NOT_FOUND', message: 'Check the id.' },
    { errorCode: 'alertId', message: '17' },
  ],
  isRetriable: false,
  hop: 'control-plane',
  outcome: 'not-executed',
  remedy: 'Check the id.',
};

/** A client whose calls are answered one after the other; keeps what was sent. */
function answeredBy(...answers: (Response | (() => Response))[]) {
  const sent: { url: string; method: string; authorization: string | null; body: string }[] = [];
  let tokens = 0;
  const client = createTidegateClient({
    baseUrl: 'https://tidegate.example/',
    token: async () => `token-${(tokens += 1)}`,
    fetch: async (request) => {
      const { url, method, headers } = request;
      sent.push({ url, method, authorization: headers.get('authorization'), body: await request.text() });
      const answer = answers.shift();
      if (!answer) throw new Error('nobody expected this call');
      return typeof answer === 'function' ? answer() : answer;
    },
  });
  return { client, sent };
}

const failureOf = async (call: Promise<unknown>): Promise<ApiError> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ApiError) return error;
  throw new Error(`no ApiError but ${String(error)}`);
};

describe('the typed client', () => {
  it('sends path, query and body with a token of now, and gives the body of the answer', async () => {
    const alert = { id: '17', kind: 'gateway-offline' };
    const { client, sent } = answeredBy(json(alert), json({ isAllowed: true }));
    const params = { path: { alertId: 'a/b' } };
    expect(await client.get('/v1/alerts/{alertId}', { params })).toEqual(alert);
    const body = { user: 'maker', operation: 'listItems', gatewayId: '17' } as const;
    expect((await client.post('/v1/explain', { body })).isAllowed).toBe(true);
    expect(sent).toEqual([
      { url: 'https://tidegate.example/v1/alerts/a%2Fb', method: 'GET', authorization: 'Bearer token-1', body: '' },
      {
        url: 'https://tidegate.example/v1/explain',
        method: 'POST',
        authorization: 'Bearer token-2',
        body: JSON.stringify(body),
      },
    ]);
  });

  it('gives nothing where there is nothing to say', async () => {
    const { client } = answeredBy(new Response(null, { status: 200, headers: { 'content-length': '0' } }));
    expect(await client.delete('/v1/joinTokens/{joinTokenId}', { params: { path: { joinTokenId: 'x' } } })).toBe(
      undefined,
    );
  });

  it('throws what the service says, under our own code', async () => {
    const { client } = answeredBy(json(FABRIC_FAILURE, { status: 404 }));
    const error = await failureOf(client.get('/v1/alerts/{alertId}', { params: { path: { alertId: '17' } } }));
    expect(error).toMatchObject({
      status: 404,
      code: 'ALERT_NOT_FOUND',
      message: FABRIC_FAILURE.message,
      remedy: 'Check the id.',
      traceId: FABRIC_FAILURE.requestId,
      retryable: false,
      hop: 'control-plane',
      outcome: 'not-executed',
      details: { alertId: '17' },
    });
  });

  it.each([
    [{ error: { code: 'GATEWAY_OFFLINE', message: 'away', retryable: true, remedy: 'wait', traceId: 't' } }, 'wait'],
    [
      { status: 503, message: 'away', error: { code: 'x' }, code: 'GATEWAY_OFFLINE', retryable: true, remedy: 'w' },
      'w',
    ],
    [{ detail: 'away', code: 'GATEWAY_OFFLINE', retryable: true, remedy: 'wait', traceId: 't' }, 'wait'],
  ])('reads the failures of the other surfaces too: %j', async (body, remedy) => {
    const { client } = answeredBy(json(body, { status: 503 }));
    const error = await failureOf(client.get('/v1/regions'));
    expect(error).toMatchObject({ code: 'GATEWAY_OFFLINE', message: 'away', retryable: true, remedy });
  });

  it('takes an answer of something in between for what it is', async () => {
    const { client } = answeredBy(new Response('<html>Bad Gateway</html>', { status: 502 }));
    const error = await failureOf(client.get('/v1/regions'));
    expect(error).toMatchObject({ status: 502, code: 'HTTP_502', retryable: true, remedy: '', traceId: '' });
  });

  it('waits as long as it is told to and sends the same again, body and all', async () => {
    const busy = (): Response =>
      json({ errorCode: 'RequestBlocked' }, { status: 429, headers: { 'retry-after': '0' } });
    const { client, sent } = answeredBy(busy, busy, json({ isAllowed: false }));
    const body = { user: 'maker', operation: 'test', gatewayId: '17' } as const;
    expect((await client.post('/v1/explain', { body })).isAllowed).toBe(false);
    expect(sent.map((each) => each.body)).toEqual(Array.from({ length: 3 }, () => JSON.stringify(body)));
    expect(sent.map((each) => each.authorization)).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3']);
  });

  it('gives up after four tries, and at once where the wait is too long for it', async () => {
    const busy = (seconds: string) => () =>
      json({ errorCode: 'RequestBlocked', isRetriable: true }, { status: 429, headers: { 'retry-after': seconds } });
    const patient = answeredBy(busy('0'), busy('0'), busy('0'), busy('0'));
    await failureOf(patient.client.get('/v1/regions'));
    expect(patient.sent).toHaveLength(4);
    const hurried = answeredBy(busy('31'));
    const error = await failureOf(hurried.client.get('/v1/regions'));
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: 31, retryable: true });
  });

  it('stops waiting when it is told to stop', async () => {
    const stop = new AbortController();
    const { client } = answeredBy(() => {
      setTimeout(() => stop.abort(new Error('enough')), 1);
      return json({}, { status: 429, headers: { 'retry-after': '20' } });
    });
    await expect(client.get('/v1/regions', { signal: stop.signal })).rejects.toThrow('enough');
  });

  it('reads a list page by page, only as far as it is asked for, narrowed as the first one was', async () => {
    const page = (id: string, continuationToken?: string) => () =>
      json({ value: [{ id }], ...(continuationToken && { continuationToken }) });
    const query = { state: 'Open' } as const;
    const whole = answeredBy(page('1', 'a+b'), page('2', 'c'), page('3'));
    const ids: string[] = [];
    for await (const alert of items(whole.client, '/v1/alerts', { params: { query } })) ids.push(alert.id);
    expect(ids).toEqual(['1', '2', '3']);
    expect(whole.sent.map(({ url }) => new URL(url).search)).toEqual([
      '?state=Open',
      '?state=Open&continuationToken=a%2Bb',
      '?state=Open&continuationToken=c',
    ]);
    const first = answeredBy(page('1', 'more'));
    for await (const [alert] of pages(first.client, '/v1/alerts')) {
      expect(alert?.id).toBe('1');
      break;
    }
    expect(first.sent).toHaveLength(1);
  });
});
