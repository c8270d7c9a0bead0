import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpAdapter } from '../../src/common/http/server.js';
import { CertificateError } from '../../src/common/http/tls/certificate-pair.js';
import { TLS_12_SUITES, TLS_13_SUITES } from '../../src/contract/tls-suites.js';
import { ServedCertificate } from '../../src/common/http/tls/served-certificate.js';
import { ConfigError } from '../../src/config/env.js';
import { testConfig } from '../support/app.js';
import { selfSigned } from '../support/self-signed.js';
import { until } from '../support/until.js';

/** A suite and version that a client insists on, and what was agreed; undefined when the server refused. */
async function handshake(
  port: number,
  wish: ConnectionOptions,
): Promise<{ suite: string; protocol: string } | undefined> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...wish });
  try {
    await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    return { suite: socket.getCipher().name, protocol: socket.getProtocol() ?? '' };
  } catch {
    return undefined;
  } finally {
    socket.destroy();
  }
}

const oldest = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
const only12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
const only13 = { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const;

describe('TLS', () => {
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    Logger.overrideLogger(['fatal']); // what goes wrong here on purpose need not be read
    folder = await mkdtemp(join(tmpdir(), 'tidegate-tls-'));
  });
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()));
    await rm(folder, { recursive: true });
  });

  async function write(name: string, pair: { cert: string; key: string }) {
    const files = { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}-key.pem`) };
    await writeFile(files.certFile, pair.cert);
    await writeFile(files.keyFile, pair.key, { mode: 0o600 });
    return files;
  }

  describe.each(['rsa', 'ec'] as const)('with a certificate of kind %s', (kind) => {
    let port: number;
    let cert: string;

    beforeAll(async () => {
      const pair = await selfSigned(kind);
      const { certFile, keyFile } = await write(kind, pair);
      cert = pair.cert;
      const config = testConfig('postgresql://nobody@127.0.0.1:1/none', {
        TIDEGATE_PUBLIC_URL: 'https://127.0.0.1',
        TIDEGATE_TLS_CERT_FILE: certFile,
        TIDEGATE_TLS_KEY_FILE: keyFile,
      });
      const instance = createHttpAdapter(config).getInstance<FastifyInstance>();
      instance.get('/hello', () => ({ hello: 'world' }));
      await instance.listen({ port: 0, host: '127.0.0.1' });
      closing.push(() => instance.close());
      port = (instance.server.address() as AddressInfo).port;
    });

    it.each(TLS_12_SUITES)('speaks %s exactly if the certificate can', async (suite) => {
      const canSpeak = suite.includes(kind === 'rsa' ? 'ECDHE-RSA' : 'ECDHE-ECDSA');
      expect(await handshake(port, { ...only12, ciphers: suite })).toEqual(
        canSpeak ? { suite, protocol: 'TLSv1.2' } : undefined,
      );
    });

    it.each(TLS_13_SUITES)('speaks %s', async (suite) => {
      expect(await handshake(port, { ...only13, ciphers: suite })).toEqual({ suite, protocol: 'TLSv1.3' });
    });

    it.each([
      ['static RSA', { ...only12, ciphers: 'AES128-GCM-SHA256' }],
      ['ChaCha20 in 1.2', { ...only12, ciphers: 'ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-CHACHA20-POLY1305' }],
      ['SHA-1', { ...only12, ciphers: 'ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES128-SHA' }],
      ['finite fields', { ...only12, ciphers: 'DHE-RSA-AES256-GCM-SHA384' }],
      ['ChaCha20 in 1.3', { ...only13, ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
      ['TLS 1.1 and 1.0', oldest],
    ] as const)('refuses %s', async (_name, wish) => {
      expect(await handshake(port, wish)).toBeUndefined();
    });

    it('chooses the stronger suite, whatever the client likes better', async () => {
      const suites = TLS_12_SUITES.filter((suite) => suite.includes(kind === 'rsa' ? '-RSA-' : '-ECDSA-'));
      const found = await handshake(port, { ...only12, ciphers: suites.toReversed().join(':') });
      expect(found?.suite).toBe(suites[0]);
    });

    it('answers over it, and tells browsers to stay with it', async () => {
      const { Agent, request } = await import('undici');
      const dispatcher = new Agent({ connect: { ca: cert } });
      const answer = await request(`https://127.0.0.1:${port}/hello`, { dispatcher });
      expect(await answer.body.json()).toEqual({ hello: 'world' });
      expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d+/);
      await dispatcher.close();
    });
  });

  it('takes new files while it runs, keeps the last good pair when they are bad, and cuts nobody off', async () => {
    const first = await selfSigned('ec');
    const second = await selfSigned('rsa');
    const files = await write('changing', first);
    const certificate = new ServedCertificate(files);
    const server: Server = createServer(certificate.options, (_request, answer) => answer.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    certificate.follow(server, 20);
    closing.push(
      () => certificate.stop(),
      () => new Promise((resolve) => server.close(resolve)),
    );
    const { port } = server.address() as AddressInfo;
    const shown = async (): Promise<string | undefined> => {
      const socket = await opened(port);
      const { subject } = socket.getPeerCertificate();
      socket.destroy();
      return String(subject.CN);
    };
    const old = await opened(port);

    await writeFile(files.certFile, second.cert); // the key is still the first one's
    await expect(
      until('a pair that does not match is taken', async () => (await shown()) === 'rsa', 300),
    ).rejects.toThrow();
    await writeFile(files.keyFile, second.key);
    await until('the second pair is shown', async () => (await shown()) === 'rsa');
    await writeFile(files.certFile, 'nothing');
    expect(await shown()).toBe('rsa');

    const answer = new Promise<string>((resolve) => old.once('data', (bytes: Buffer) => resolve(bytes.toString())));
    old.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(await answer).toContain('200 OK');
    old.destroy();
  });

  it('does not start with settings or files that cannot serve', async () => {
    const good = await write('good', await selfSigned('ec'));
    const other = await write('other', await selfSigned('ec'));
    expect(() => new ServedCertificate({ ...good, keyFile: other.keyFile })).toThrow(/TIDEGATE_TLS_KEY_FILE does not/);
    expect(() => new ServedCertificate({ ...good, certFile: join(folder, 'none') })).toThrow(/CERT_FILE.*ENOENT/);
    expect(() => new ServedCertificate({ ...good, keyFile: good.certFile })).toThrow(CertificateError);

    const settings = (tls: Record<string, string>) => () => testConfig('postgresql://nobody@127.0.0.1:1/none', tls);
    expect(settings({ TIDEGATE_TLS_CERT_FILE: good.certFile })).toThrow(ConfigError);
    expect(
      settings({
        TIDEGATE_PUBLIC_URL: 'http://tidegate.example',
        TIDEGATE_TLS_CERT_FILE: good.certFile,
        TIDEGATE_TLS_KEY_FILE: good.keyFile,
      }),
    ).toThrow(/TIDEGATE_PUBLIC_URL must begin with https/);
  });
});

async function opened(port: number): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return socket;
}
