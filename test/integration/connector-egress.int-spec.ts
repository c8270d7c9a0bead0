import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/contract/operations.js';
import type { Target } from '../../src/contract/targets.js';
import type { Connector } from '../../src/gateway-agent/connectors/connector.js';
import { directEgress, type Egress } from '../../src/gateway-agent/connectors/egress.js';
import { createConnectors } from '../../src/gateway-agent/connectors/registry.js';
import { SourceError } from '../../src/gateway-agent/connectors/source-error.js';
import { selfSigned } from '../support/self-signed.js';
import { Caller, secretOf } from './connector-harness.js';

const HOST_KEY = `SHA256:${'A'.repeat(43)}`;

/** A server that counts who comes. */
async function listen(server: Server): Promise<{ port: number; visits: () => number; stop: () => Promise<unknown> }> {
  let visits = 0;
  server.on('connection', () => {
    visits += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, visits: () => visits, stop: () => new Promise((resolve) => server.close(resolve)) };
}

describe('the one door to data sources', () => {
  let allowed: Awaited<ReturnType<typeof listen>>;
  let denied: Awaited<ReturnType<typeof listen>>;
  let secure: Awaited<ReturnType<typeof listen>>;
  let ca: string;
  let connectors: ReadonlyMap<string, Connector>;
  const asked: string[] = [];

  /** Lets nobody through to the denied port. */
  const egress: Egress = {
    resolve: (place) => directEgress.resolve(place),
    connect: async (call) => {
      asked.push(`${call.host}:${call.port}`);
      if (call.port === denied.port) throw new SourceError('POLICY_DENIED', 'The operator does not allow this place.');
      return directEgress.connect(call);
    },
  };
  const call = (target: Target, operation: Operation, values: Record<string, string> = {}): Caller =>
    new Caller(connectors.get(target.kind)!, {
      target,
      credentialType:
        values.clientid === undefined ? (values.username === undefined ? 'Anonymous' : 'Basic') : 'OAuth2',
      encryption: 'Any',
      connectionId: `${target.kind} ${operation.name}`,
      secret: secretOf(values),
    });
  const get = (path: string): Operation => ({ name: 'httpRequest', method: 'GET', path, headers: [] });
  const failure = (target: Target, operation: Operation, values?: Record<string, string>) =>
    call(target, operation, values).failure(operation);

  function answer({ url }: IncomingMessage, response: ServerResponse): void {
    if (url === '/redirect') response.writeHead(307, { location: `http://127.0.0.1:${denied.port}/secret` }).end();
    else if (url?.endsWith('/$metadata'))
      response.writeHead(302, { location: `http://127.0.0.1:${denied.port}/$metadata` }).end();
    else if (url === '/token') response.writeHead(307, { location: `http://127.0.0.1:${denied.port}/token` }).end();
    else response.end('here');
  }

  beforeAll(async () => {
    const { cert, key } = await selfSigned('ec');
    ca = cert;
    denied = await listen(createServer((_, response) => response.end('must not be reached')));
    allowed = await listen(createServer(answer));
    secure = await listen(createTlsServer({ cert, key }, answer));
    connectors = createConnectors({ egress, certificateAuthority: cert, allowsLoopbackTokens: true });
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(async () => {
    for (const connector of connectors.values()) await connector.close();
    await Promise.all([allowed.stop(), denied.stop(), secure.stop()]);
  });

  it('is asked by every connector that reaches over the network, and what it refuses is not contacted', async () => {
    const url = `http://127.0.0.1:${denied.port}/`;
    const login = { username: 'u', password: 'p' };
    const place = { server: '127.0.0.1', port: denied.port };
    const targets: readonly (readonly [Target, Record<string, string>])[] = [
      [{ kind: 'http', url }, {}],
      [{ kind: 'odata', url }, {}],
      [{ kind: 'sftp', ...place, path: '/', hostKey: HOST_KEY }, login],
    ];
    for (const [target, values] of targets) {
      expect(await failure(target, { name: 'test' }, values)).toMatchObject({
        code: 'POLICY_DENIED',
        outcome: 'not-executed',
      });
    }
    expect(asked).toEqual(Array<string>(3).fill(`127.0.0.1:${denied.port}`));
    expect(denied.visits()).toBe(0);
  });

  it('leads nowhere that an allowed server points to', async () => {
    const url = `http://127.0.0.1:${allowed.port}`;
    const answered = await call({ kind: 'http', url }, get('/redirect')).run(get('/redirect'));
    expect(answered.http?.status).toBe(307);
    expect(answered.http?.headers).toContainEqual(['location', `http://127.0.0.1:${denied.port}/secret`]);
    await answered.body[Symbol.asyncIterator]().return?.();
    expect((await failure({ kind: 'odata', url }, { name: 'test' })).message).toContain('redirects are not followed');
    const tokens = { clientid: 'c', clientsecret: 's' };
    expect(await failure({ kind: 'http', url, tokenEndpoint: `${url}/token` }, get('/'), tokens)).toMatchObject({
      code: 'SOURCE_FAILED',
    });
    expect(denied.visits()).toBe(0);
  });

  it('stands before token endpoints, too', async () => {
    const target: Target = {
      kind: 'http',
      url: `http://127.0.0.1:${allowed.port}`,
      tokenEndpoint: `http://127.0.0.1:${denied.port}/token`,
    };
    const visits = allowed.visits();
    expect((await failure(target, get('/'), { clientid: 'c', clientsecret: 's' })).code).toBe('POLICY_DENIED');
    expect([denied.visits(), allowed.visits()]).toEqual([0, visits]);
  });

  it('is passed in the clear only: TLS is spoken behind it, with the certificate checked', async () => {
    const target: Target = { kind: 'http', url: `https://127.0.0.1:${secure.port}` };
    expect(await call(target, get('/')).text(get('/'))).toBe('here');
    expect(asked).toEqual([`127.0.0.1:${secure.port}`]);
    const trusting = createConnectors({ egress }).get('http')!;
    const other = new Caller(trusting, {
      target,
      credentialType: 'Anonymous',
      encryption: 'Any',
      connectionId: 'x',
      secret: secretOf({}),
    });
    expect(await other.failure(get('/'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      outcome: 'not-executed',
      details: { reason: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/) },
    });
    await trusting.close();
    expect(ca).toContain('BEGIN CERTIFICATE');
  });
});
