import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TLS_12_SUITES, TLS_13_SUITES } from '../../src/contract/tls-suites.js';
import { Network } from '../../src/gateway-agent/network/network.js';
import { NO_PROXY } from '../../src/gateway-agent/network/network-settings.js';
import { probePort, type PortProbe } from '../../src/gateway-agent/network/probe-port.js';
import { proxyAddress } from '../../src/gateway-agent/network/proxy-address.js';
import { ProxyExceptions } from '../../src/gateway-agent/network/proxy-exceptions.js';
import { ConnectProxy } from '../support/connect-proxy.js';
import { selfSigned } from '../support/self-signed.js';
import { TcpForwarder } from '../support/tcp-forwarder.js';

type Pair = Awaited<ReturnType<typeof selfSigned>>;

describe('reaching the cloud', () => {
  const closing: (() => Promise<unknown> | void)[] = [];
  const pairs = {} as Record<'rsa' | 'ec' | 'expired', Pair>;
  beforeAll(async () => {
    pairs.rsa = await selfSigned('rsa');
    pairs.ec = await selfSigned('ec');
    // Ended a day before it began to be looked at: the beginning lies a minute back.
    pairs.expired = await selfSigned('ec', -0.0001);
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  async function listen(server: Server): Promise<number> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => void server.close());
    return (server.address() as AddressInfo).port;
  }
  async function serve(kind: keyof typeof pairs, options: TlsOptions = {}): Promise<number> {
    const server = createTlsServer({ ...pairs[kind], ...options }, (socket) => {
      socket.on('error', () => undefined);
      socket.end();
    });
    server.on('tlsClientError', () => undefined);
    return listen(server);
  }
  const probe = (port: number, more: Partial<PortProbe> = {}) =>
    probePort({ host: '127.0.0.1', port, ca: [pairs.rsa.cert, pairs.ec.cert, pairs.expired.cert].join('\n'), ...more });

  describe('over TLS', () => {
    it.each(TLS_12_SUITES)('takes %s, and the server’s word for it', async (suite) => {
      const port = await serve(suite.includes('ECDSA') ? 'ec' : 'rsa', { ciphers: suite, maxVersion: 'TLSv1.2' });
      const verdict = await probe(port);
      expect(verdict).toMatchObject({ open: true, tls: { protocol: 'TLSv1.2' } });
      const words = suite.replace('-SHA', '_SHA').split(/[-_]/).slice(0, 2);
      for (const word of words) expect(verdict.open && verdict.tls.suite).toContain(word);
    });

    it.each(TLS_13_SUITES)('takes %s', async (suite) => {
      const verdict = await probe(await serve('rsa', { ciphers: suite, minVersion: 'TLSv1.3' }));
      expect(verdict).toMatchObject({ open: true, tls: { protocol: 'TLSv1.3', suite, subject: 'rsa', issuer: 'rsa' } });
    });

    it.each<[string, TlsOptions]>([
      ['TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
      ['static RSA', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256:AES256-SHA' }],
      ['finite-field Diffie-Hellman', { maxVersion: 'TLSv1.2', ciphers: 'DHE-RSA-AES128-GCM-SHA256', dhparam: 'auto' }],
      ['SHA-1', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA' }],
      ['ChaCha20 in TLS 1.2', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-CHACHA20-POLY1305' }],
      ['ChaCha20 in TLS 1.3', { minVersion: 'TLSv1.3', ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
    ])('refuses a server that knows only %s, and says so', async (_, options) => {
      const port = await serve('rsa', options);
      expect(await probe(port)).toMatchObject({
        open: false,
        fault: 'tls-protocol',
        reason: expect.stringContaining(`127.0.0.1:${port}: no TLS version or cipher suite in common`) as string,
        remedy: expect.stringContaining('TLS 1.2') as string,
      });
    });

    it('tells what else is wrong with a server', async () => {
      const good = await serve('ec');
      const other = { ca: pairs.rsa.cert };
      expect(await probe(good, other)).toMatchObject({ fault: 'tls-untrusted', remedy: expect.stringContaining('--ca-file') as string }); // prettier-ignore
      expect(await probe(good, { host: 'localhost' })).toMatchObject({ fault: 'tls-name' });
      expect(await probe(await serve('expired'))).toMatchObject({ fault: 'tls-date' });
      const plain = await listen(createServer((socket) => socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'))); // prettier-ignore
      expect(await probe(plain)).toMatchObject({ fault: 'tls-absent' });
      const cutting = await listen(createServer((socket) => socket.destroy()));
      expect(await probe(cutting)).toMatchObject({ fault: 'cut' });
    });

    it('tells why nothing was reached at all', async () => {
      const server = createServer();
      const port = await listen(server);
      await new Promise((resolve) => server.close(resolve));
      expect(await probe(port)).toMatchObject({ fault: 'refused' });
      expect(await probe(443, { host: 'relay.tidegate.invalid' })).toMatchObject({ fault: 'name-unknown' });
      const silent = await listen(createServer((socket) => socket.on('error', () => undefined)));
      const startedAt = Date.now();
      expect(await probe(silent, { timeoutMs: 300 })).toMatchObject({ fault: 'timeout' });
      expect(Date.now() - startedAt).toBeLessThan(3_000);
    });

    it('ends when it is told to', async () => {
      const silent = await listen(createServer((socket) => socket.on('error', () => undefined)));
      const stop = new AbortController();
      const waiting = probe(silent, { signal: stop.signal });
      stop.abort(new Error('stopped'));
      await expect(waiting).rejects.toThrow('stopped');
    });
  });

  describe('through a proxy', () => {
    const login = { username: 'svc', password: 'needle:ü' };
    const start = async (options: Parameters<typeof ConnectProxy.start>[0]) => {
      const proxy = await ConnectProxy.start(options);
      closing.push(() => proxy.stop());
      return proxy;
    };

    it('signs in, and lets the proxy resolve the name', async () => {
      const port = await serve('ec');
      const proxy = await start({ login, names: { [`127.0.0.1:${port}`]: port } });
      expect(await probe(port, { proxy: proxyAddress(proxy.url, login) })).toMatchObject({ open: true });
      expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
      expect(await probe(443, { host: 'relay.tidegate.invalid', proxy: proxyAddress(proxy.url, login) })).toMatchObject({ fault: 'proxy-refused' }); // prettier-ignore
      expect(proxy.asked.at(-1)).toBe('relay.tidegate.invalid:443');
    });

    it.each([
      ['no login', undefined, 'asks for a user name'],
      ['a wrong login', { username: 'svc', password: 'needle-wrong' }, 'refuses the user name or the password'],
    ])('names the proxy and what to do when it answers 407 to %s', async (_, given, words) => {
      const proxy = await start({ login });
      const verdict = await probe(443, { proxy: proxyAddress(proxy.url, given) });
      expect(verdict).toMatchObject({ fault: 'proxy-sign-in' });
      const said = JSON.stringify(verdict);
      expect(said).toContain(`The proxy ${proxy.url} ${words}`);
      expect(said).toContain('proxy.passwordFile');
      expect(said).not.toMatch(/needle|Basic/);
    });

    it('tells a proxy that refuses, one that is none, and one that is away', async () => {
      const refusing = await start({ status: 403 });
      expect(await probe(443, { proxy: proxyAddress(refusing.url) })).toMatchObject({ fault: 'proxy-refused', reason: expect.stringContaining('127.0.0.1:443') as string }); // prettier-ignore
      const none = await listen(
        createServer((socket) => socket.on('error', () => undefined).end('220 mail ready\r\n\r\n')),
      );
      expect(await probe(443, { proxy: proxyAddress(`http://127.0.0.1:${none}`) })).toMatchObject({
        fault: 'proxy-broken',
      });
      const endless = await listen(
        createServer((socket) => socket.on('error', () => undefined).write('x'.repeat(20_000))),
      );
      expect(await probe(443, { proxy: proxyAddress(`http://127.0.0.1:${endless}`) })).toMatchObject({ fault: 'proxy-broken' }); // prettier-ignore
      await refusing.stop();
      expect(await probe(443, { proxy: proxyAddress(refusing.url) })).toMatchObject({ fault: 'proxy-unreachable' });
    });

    it('speaks TLS to a proxy that wants it', async () => {
      const port = await serve('ec');
      const inner = await start({ login });
      const front = createTlsServer(pairs.ec, (socket) => {
        socket.on('error', () => undefined);
        socket.pipe(connect(inner.port, '127.0.0.1').on('error', () => undefined)).pipe(socket);
      });
      const secure = await listen(front);
      const proxy = proxyAddress(`https://127.0.0.1:${secure}`, login);
      expect(await probe(port, { proxy })).toMatchObject({ open: true });
      expect(inner.asked).toEqual([`127.0.0.1:${port}`]);
    });

    it('goes around it only to the exceptions', async () => {
      const proxy = await start({});
      const forwarder = await TcpForwarder.start({ port: await serve('ec') });
      closing.push(() => forwarder.stop());
      const settings = { ...NO_PROXY, proxy: proxyAddress(proxy.url) };
      const call = { host: '127.0.0.1', port: forwarder.port };
      (await new Network(settings, pairs.ec.cert).secure(call)).destroy();
      expect(proxy.asked).toHaveLength(1);
      const exceptions = new ProxyExceptions(['127.0.0.0/8']);
      (await new Network({ ...settings, exceptions }, pairs.ec.cert).secure(call)).destroy();
      expect(proxy.asked).toHaveLength(1);
    });
  });
});
