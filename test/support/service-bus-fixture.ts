import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import type { ServiceBusClientOptions } from '@azure/service-bus';
import { ServiceBusAdministrationClient, ServiceBusClient } from '@azure/service-bus';
import * as x509 from '@peculiar/x509';
import WebSocket from 'ws';
import type { ServiceBusOptions } from '../../src/dev-stack/service-bus/service-bus.js';
import { ServiceBusStandIn } from '../../src/dev-stack/service-bus/service-bus.js';
import type { SasRule } from '../../src/dev-stack/service-bus/token.js';

export const MANAGE: SasRule = { name: 'provisioner', key: 'bWFuYWdlLWtleQ==', rights: ['Manage'] };
export const LISTEN: SasRule = { name: 'agents-listen', key: 'bGlzdGVuLWtleQ==', rights: ['Listen'] };
export const SEND: SasRule = { name: 'agents-send', key: 'c2VuZC1rZXk=', rights: ['Send'] };

/** Client options that make a failing test fail soon. */
export const IMPATIENT: ServiceBusClientOptions = {
  retryOptions: { maxRetries: 0, timeoutInMs: 5000, retryDelayInMs: 50 },
};

export interface Certificates {
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** A CA of its own and a certificate for localhost, and for more names and addresses. */
export async function makeCertificates(names: readonly string[] = []): Promise<Certificates> {
  x509.cryptoProvider.set(webcrypto as never);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const make = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [caKeys, keys] = [await make(), await make()];
  const notBefore = new Date(Date.now() - 60_000);
  const notAfter = new Date(Date.now() + 3_600_000);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Stand-in test CA',
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=localhost',
    issuer: ca.subject,
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        ...names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
      ]),
    ],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.toString('base64')}\n-----END PRIVATE KEY-----\n`;
  return { ca: ca.toString('pem'), key, cert: cert.toString('pem') };
}

/** A running stand-in with clients that trust its certificate; everything is closed by `stop`. */
export class ServiceBusFixture {
  private readonly clients: ServiceBusClient[] = [];

  private constructor(
    readonly bus: ServiceBusStandIn,
    readonly certificates: Certificates,
  ) {}

  static async start(
    options: Partial<ServiceBusOptions> = {},
    names: readonly string[] = [],
  ): Promise<ServiceBusFixture> {
    const certificates = await makeCertificates(names);
    const bus = new ServiceBusStandIn({ tls: certificates, rules: [MANAGE, LISTEN, SEND], ...options });
    await bus.start();
    return new ServiceBusFixture(bus, certificates);
  }

  connectionString(rule: Pick<SasRule, 'name' | 'key'> = MANAGE): string {
    return `Endpoint=sb://localhost:${this.bus.port}/;SharedAccessKeyName=${rule.name};SharedAccessKey=${rule.key}`;
  }

  /** A client over WebSockets, the only TLS transport whose CA can be set inside a process on Node 20. */
  client(rule?: Pick<SasRule, 'name' | 'key'>, options = IMPATIENT): ServiceBusClient {
    return this.keep(new ServiceBusClient(this.connectionString(rule), { ...options, ...this.webSockets() }));
  }

  /** A client whose tokens come from `getToken`, as the agent's do. */
  clientWithTokens(getToken: (audience: string) => string): ServiceBusClient {
    const credential = {
      isSasTokenProvider: true,
      getToken: (audience: string) => Promise.resolve({ token: getToken(audience), expiresOnTimestamp: 0 }),
    };
    const host = `localhost:${this.bus.port}`;
    return this.keep(new ServiceBusClient(host, credential, { ...IMPATIENT, ...this.webSockets() }));
  }

  /** A client that takes the plain port for Microsoft's emulator. */
  emulatorClient(key = 'SAS_KEY_VALUE'): ServiceBusClient {
    const text =
      `Endpoint=sb://127.0.0.1:${this.bus.emulatorPort};SharedAccessKeyName=RootManageSharedAccessKey;` +
      `SharedAccessKey=${key};UseDevelopmentEmulator=true`;
    return this.keep(new ServiceBusClient(text, IMPATIENT));
  }

  admin(rule?: Pick<SasRule, 'name' | 'key'>): ServiceBusAdministrationClient {
    const options = { tlsOptions: { ca: this.certificates.ca }, retryOptions: { maxRetries: 0 } };
    return new ServiceBusAdministrationClient(this.connectionString(rule), options);
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.close()));
    await this.bus.stop();
  }

  private webSockets(): ServiceBusClientOptions {
    return {
      webSocketOptions: { webSocket: WebSocket, webSocketConstructorOptions: { ca: this.certificates.ca } },
    };
  }

  private keep(client: ServiceBusClient): ServiceBusClient {
    this.clients.push(client);
    return client;
  }
}
