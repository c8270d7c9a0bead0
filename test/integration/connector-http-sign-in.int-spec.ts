import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HeaderList, Operation } from '../../src/contract/operations.js';
import type { HttpTarget } from '../../src/contract/targets.js';
import type { ConnectorRequest, SecretName } from '../../src/gateway-agent/connectors/connector.js';
import { HttpConnector } from '../../src/gateway-agent/connectors/http/http.connector.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { Caller, readBytes, secretOf, until } from './connector-harness.js';

const KEY = 'k€y/1&2=3';
const CLIENT = { clientid: 'client:1', clientsecret: 'se+cret %ä' };

const call = (method: string, path: string, headers: HeaderList = []): Operation => ({
  name: 'httpRequest',
  method,
  path,
  headers,
});

interface Seen {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Handler = (request: Seen, response: ServerResponse) => void;

/** A server that notes what it is asked. */
async function listen(handle: () => Handler): Promise<{ server: Server; origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = { url: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      handle()(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, seen, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

describe('signing in at a web API', () => {
  let api: Awaited<ReturnType<typeof listen>>;
  let issuer: Awaited<ReturnType<typeof listen>>;
  let connector: HttpConnector;
  let caller: Caller;
  let now = 1_770_000_000_000;
  /** Tokens that the API takes; undefined: it asks for none. */
  let accepted: Set<string> | undefined;
  let issue: Handler;
  let issued = 0;

  const target = (more: Partial<HttpTarget> = {}): HttpTarget => ({ kind: 'http', url: `${api.origin}/base`, ...more });
  const by = (
    credentialType: ConnectorRequest['credentialType'],
    values: Partial<Record<SecretName, string>>,
    more: Partial<HttpTarget> = {},
  ): Partial<ConnectorRequest> => ({ credentialType, secret: secretOf(values), target: target(more) });
  const byClient = (more: Partial<HttpTarget> = {}, values: Partial<Record<SecretName, string>> = CLIENT) =>
    by('OAuth2', values, { tokenEndpoint: `${issuer.origin}/token?tenant=a`, ...more });
  const last = () => api.seen.at(-1)!;

  beforeAll(async () => {
    api = await listen(() => ({ url, headers }, response) => {
      if (url.startsWith('/base/redirect')) {
        response.writeHead(302, { location: `https://other.example${url}`, link: `<${url}&p=2>; rel="next"` }).end();
        return;
      }
      const isRefused = accepted && !accepted.has((headers.authorization ?? '').replace('Bearer ', ''));
      response.writeHead(isRefused ? 401 : 200).end('body');
    });
    issuer = await listen(() => issue);
  });
  beforeEach(() => {
    connector = new HttpConnector({ allowsLoopbackTokens: true, now: () => now });
    caller = new Caller(connector, {
      target: target(),
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: 'h',
      secret: secretOf({}),
    });
    accepted = undefined;
    issued = 0;
    api.seen.length = 0;
    issuer.seen.length = 0;
    issue = (_request, response) => {
      issued += 1;
      json(response, 200, { access_token: `token-${issued}`, token_type: 'Bearer', expires_in: 3600 });
    };
    return () => connector.close();
  });
  afterAll(async () => {
    for (const { server } of [api, issuer]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('puts a key into its header, in place of one that the caller sent', async () => {
    const use = by('Key', { key: 'abc' }, { apiKeyName: 'X-Api-Key' });
    await caller.text(call('GET', '/x', [['x-api-key', 'mine']]), use);
    expect(last().headers['x-api-key']).toBe('abc');
    await caller.text(
      call('GET', '/x', [['Authorization', 'mine']]),
      by('Key', { key: 'ApiKey abc' }, { apiKeyName: 'Authorization' }),
    );
    expect(last().headers.authorization).toBe('ApiKey abc');
  });

  it('puts a key into the query, in place of one that the caller sent, and leaves the rest as sent', async () => {
    const use = by('Key', { key: KEY }, { apiKeyName: 'api-key', apiKeyIn: 'query' });
    await caller.text(call('GET', '/x?a=%2b+&api-key=mine&b=?&api%2Dkey=too&&c'), use);
    expect(last().url).toBe(`/base/x?a=%2b+&b=?&c&api-key=${encodeURIComponent(KEY)}`);
    await caller.text(call('GET', '/x'), use);
    expect(last().url).toBe(`/base/x?api-key=${encodeURIComponent(KEY)}`);
    expect(new URL(last().url, api.origin).searchParams.get('api-key')).toBe(KEY);
  });

  it('hands no key back that the source repeats in its headers', async () => {
    const use = by('Key', { key: KEY }, { apiKeyName: 'api-key', apiKeyIn: 'query' });
    const answer = await caller.run(call('GET', '/redirect?x=1'), use);
    await readBytes(answer);
    const headers = JSON.stringify(answer.http?.headers);
    expect(headers).toContain('/base/redirect?x=1');
    expect(headers).not.toContain(encodeURIComponent(KEY));
  });

  it('sends an access token that the credential holds', async () => {
    await caller.text(call('GET', '/x'), by('OAuth2', { accesstoken: 'of-mine' }));
    expect(last().headers.authorization).toBe('Bearer of-mine');
    expect(issuer.seen).toEqual([]);
  });

  it('fetches a token for the client, once for all who wait, and keeps it until shortly before its end', async () => {
    const use = byClient({ scope: 'api://x/.default offline' });
    await Promise.all(Array.from({ length: 8 }, () => caller.text(call('GET', '/x'), use)));
    expect(issuer.seen).toHaveLength(1);
    const [asked] = issuer.seen;
    expect(asked?.url).toBe('/token?tenant=a');
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toEqual({
      grant_type: 'client_credentials',
      scope: 'api://x/.default offline',
    });
    const pair = Buffer.from(asked?.headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
    expect(pair).toBe('client%3A1:se%2Bcret+%25%C3%A4');
    expect(api.seen.map(({ headers }) => headers.authorization)).toEqual(Array(8).fill('Bearer token-1'));

    now += 3500 * 1000;
    await caller.text(call('GET', '/x'), use);
    expect(issuer.seen).toHaveLength(1);
    now += 60 * 1000;
    await caller.text(call('GET', '/x'), use);
    expect([issuer.seen.length, last().headers.authorization]).toEqual([2, 'Bearer token-2']);
  });

  it('keeps tokens apart by connection, scope and secret, and forgets those of a changed connection', async () => {
    await caller.text(call('GET', '/x'), byClient());
    await caller.text(call('GET', '/x'), byClient({ scope: 's' }));
    await caller.text(call('GET', '/x'), byClient({}, { ...CLIENT, clientsecret: 'other' }));
    await caller.text(call('GET', '/x'), { ...byClient(), connectionId: 'other' });
    expect(issued).toBe(4);
    await connector.forget('h');
    await caller.text(call('GET', '/x'), { ...byClient(), connectionId: 'other' });
    expect(issued).toBe(4);
    await caller.text(call('GET', '/x'), byClient());
    expect(issued).toBe(5);
  });

  it('fetches another token when the source refuses one, and sends the request again with its body', async () => {
    accepted = new Set(['token-1', 'token-2']);
    await caller.text(call('GET', '/x'), byClient());
    now += 60_000;
    accepted.delete('token-1');
    const body = (async function* () {
      yield Buffer.from('pay');
      yield Buffer.from('load');
    })();
    const answer = await caller.run(call('POST', '/x', [['content-length', '7']]), { ...byClient(), body });
    await readBytes(answer);
    expect(answer.http?.status).toBe(200);
    expect(api.seen.slice(-2).map(({ headers, body: sent }) => [headers.authorization, sent])).toEqual([
      ['Bearer token-1', 'payload'],
      ['Bearer token-2', 'payload'],
    ]);
  });

  it('tries once more and not for ever: a fresh token that is refused is the caller’s answer', async () => {
    accepted = new Set();
    const ask = async () => {
      const answer = await caller.run(call('GET', '/x'), byClient());
      await readBytes(answer);
      return answer.http?.status;
    };
    expect(await ask()).toBe(401);
    expect(await ask()).toBe(401);
    expect([issued, api.seen.length]).toEqual([1, 2]);
    now += 60_000;
    expect(await ask()).toBe(401);
    expect([issued, api.seen.length]).toEqual([2, 4]);
  });

  it('sends no long body twice: it is not kept', async () => {
    accepted = new Set(['token-1']);
    await caller.text(call('GET', '/x'), byClient());
    now += 60_000;
    accepted.clear();
    const body = (async function* () {
      for (let part = 0; part < 20; part += 1) yield Buffer.alloc(10_000, 'x');
    })();
    const answer = await caller.run(call('POST', '/x'), { ...byClient(), body });
    await readBytes(answer);
    expect([answer.http?.status, api.seen.length]).toEqual([401, 2]);
  });

  it('names the client in the body where the header is refused', async () => {
    issue = ({ body, headers }, response) => {
      const form = new URLSearchParams(body);
      const isNamed = form.get('client_id') === CLIENT.clientid && form.get('client_secret') === CLIENT.clientsecret;
      if (isNamed && headers.authorization === undefined)
        json(response, 200, { access_token: 'posted', expires_in: '60' });
      else json(response, 401, { error: 'invalid_client' });
    };
    await caller.text(call('GET', '/x'), byClient());
    expect(last().headers.authorization).toBe('Bearer posted');
  });

  it.each<[string, Handler, string, object]>([
    [
      'a refused client',
      (_, response) => json(response, 401, { error: 'invalid_client', error_description: 'se+cret' }),
      'SOURCE_DENIED',
      { reason: 'invalid_client', status: 401 },
    ],
    [
      'a refused scope',
      (_, response) => json(response, 400, { error: 'invalid_scope' }),
      'SOURCE_DENIED',
      { reason: 'invalid_scope' },
    ],
    ['no JSON', (_, response) => response.end('<html>'), 'SOURCE_FAILED', { status: 200 }],
    [
      'another kind of token',
      (_, response) => json(response, 200, { access_token: 'x', token_type: 'mac' }),
      'SOURCE_FAILED',
      {},
    ],
    [
      'a token that breaks headers',
      (_, response) => json(response, 200, { access_token: 'a\r\nx: y' }),
      'SOURCE_FAILED',
      {},
    ],
    [
      'a long answer',
      (_, response) => void response.end(`${' '.repeat(200_000)}{"access_token":"x"}`),
      'SOURCE_FAILED',
      {},
    ],
    ['a failure', (_, response) => json(response, 503, {}), 'SOURCE_FAILED', { status: 503 }],
    ['a hang-up', (_, response) => response.destroy(), 'SOURCE_UNREACHABLE', {}],
  ])(
    'says what became of %s, without a word of the secret, and asks the source nothing',
    async (_name, handler, code, details) => {
      issue = handler;
      const failure = await caller.failure(call('POST', '/x'), byClient());
      expect(failure).toMatchObject({ code, hop: 'source', outcome: 'not-executed', details });
      expect(failure.details).toMatchObject({ tokenEndpoint: issuer.origin });
      expect(JSON.stringify([failure.message, failure.details])).not.toMatch(/se\+cret|client:1/);
      expect(api.seen).toEqual([]);
    },
  );

  it('does not try a refused client again at once', async () => {
    issue = (_, response) => json(response, 400, { error: 'unauthorized_client' });
    for (let times = 0; times < 3; times += 1) await caller.failure(call('GET', '/x'), byClient());
    expect(issuer.seen).toHaveLength(1);
    now += 6000;
    await caller.failure(call('GET', '/x'), byClient());
    expect(issuer.seen).toHaveLength(2);
  });

  it('follows no redirect of a token endpoint', async () => {
    issue = (_, response) => void response.writeHead(307, { location: `${api.origin}/steal` }).end();
    expect((await caller.failure(call('GET', '/x'), byClient())).code).toBe('SOURCE_FAILED');
    expect(api.seen).toEqual([]);
  });

  it.each([
    ['http://login.example/token', true],
    ['http://127.0.0.1.example/token', true],
    ['http://127.0.0.1:1/token', false],
    ['https://a:b@127.0.0.1:1/token', true],
  ])(
    'sends a secret over TLS only, or to the machine itself in development: %s',
    async (tokenEndpoint, isDevelopment) => {
      const strict = new HttpConnector({ allowsLoopbackTokens: isDevelopment });
      const use = { target: target(), credentialType: 'Anonymous', encryption: 'Any', connectionId: 'h' } as const;
      const strictCaller = new Caller(strict, { ...use, secret: secretOf({}) });
      const failure = await strictCaller.failure(call('GET', '/x'), byClient({ tokenEndpoint }));
      expect(failure).toMatchObject({ code: 'VALIDATION_FAILED', outcome: 'not-executed' });
      await strict.close();
    },
  );

  it('lets a caller go who leaves while the token is fetched, and the others have it', async () => {
    let answer: (() => void) | undefined;
    issue = (_, response) => {
      answer = () => json(response, 200, { access_token: 'late' });
    };
    const leaving = new AbortController();
    const gone = caller.failure(call('GET', '/x'), { ...byClient(), signal: leaving.signal });
    const staying = caller.text(call('GET', '/x'), byClient());
    await until(() => answer !== undefined);
    leaving.abort();
    expect(await gone).toMatchObject({ code: 'REQUEST_CANCELLED', outcome: 'not-executed' });
    answer?.();
    expect(await staying).toBe('body');
  });

  it.each<[ConnectorRequest['credentialType'], Partial<Record<SecretName, string>>, Partial<HttpTarget>]>([
    ['Key', {}, { apiKeyName: 'x' }],
    ['Key', { key: 'a' }, {}],
    ['Key', { key: 'a\nb' }, { apiKeyName: 'x' }],
    ['OAuth2', {}, {}],
    ['OAuth2', { accesstoken: 'a\r\nb' }, {}],
    ['OAuth2', { accesstoken: 'a' }, { tokenEndpoint: 'https://login.example/' }],
    ['OAuth2', { clientid: 'a' }, { tokenEndpoint: 'https://login.example/' }],
    ['Windows', { username: 'a' }, {}],
  ])('refuses a credential that does not fit: %s %j %j', async (type, values, more) => {
    const failure = await caller.failure(call('GET', '/x'), by(type, values, more));
    expect(failure).toBeInstanceOf(SourceError);
    expect(failure).toMatchObject({ code: 'VALIDATION_FAILED', outcome: 'not-executed' });
    expect(api.seen).toEqual([]);
  });

  it('is part of the test of a connection', async () => {
    accepted = new Set(['token-1']);
    await caller.text({ name: 'test' }, byClient());
    accepted.clear();
    expect((await caller.failure({ name: 'test' }, byClient())).code).toBe('SOURCE_DENIED');
  });
});
