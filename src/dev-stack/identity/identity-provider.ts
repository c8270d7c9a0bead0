import '../not-in-production.js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { JSONWebKeySet } from 'jose';
import type { Provider } from 'oidc-provider';
import type { ServerCertificate } from '../certificates.js';
import { LoopbackServer } from '../loopback-server.js';
import { accessTokenClaims, type TokenSubject } from './access-token.js';
import type { DirectoryTenant } from './directory.js';
import { handleLogin } from './login.js';
import { MemoryStore } from './memory-store.js';
import { mintOddToken, type OddToken } from './odd-token.js';
import { sendPage, page } from './pages.js';
import { audienceOf } from './resources.js';
import { SigningKeys } from './signing-keys.js';
import { createTenantProvider, ROUTES } from './tenant-provider.js';

export interface IdentityProviderOptions {
  /** Keeps keys and ports. */
  readonly folder: string;
  readonly certificate: ServerCertificate;
  readonly tenants: readonly DirectoryTenant[];
  /** Application id of the product: `aud` of tokens for it. */
  readonly audience: string;
  /** Public client of people. */
  readonly clientId: string;
  readonly httpPort?: number;
  readonly httpsPort?: number;
  /** Told of faults, one line each. */
  readonly log?: (line: string) => void;
}

export interface MintOptions extends OddToken {
  readonly tenantId: string;
  /** User principal name of a person, or client id of an application. */
  readonly subject: string;
  readonly audience?: string;
}

interface TenantEntry {
  readonly tenant: DirectoryTenant;
  readonly store: MemoryStore;
  readonly provider: Provider;
  readonly answer: ReturnType<Provider['callback']>;
}

/**
 * Plays Microsoft Entra ID for the development tenants: metadata, keys, authorization code with PKCE, device code, client
 * credentials, and for the seeded users a password grant. The issuer is an https address, since the libraries that check
 * tokens read metadata over nothing else; the same endpoints answer plain http for curl and browsers.
 */
export class IdentityProvider {
  private readonly tenants = new Map<string, TenantEntry>();
  private servers: readonly LoopbackServer[] = [];
  private keys: SigningKeys | undefined;
  private httpPort = 0;
  private httpsPort = 0;

  constructor(private readonly options: IdentityProviderOptions) {}

  async start(): Promise<void> {
    const { folder, certificate, tenants } = this.options;
    this.keys = await SigningKeys.load(join(folder, 'signing-keys.json'));
    const handler = (request: IncomingMessage, response: ServerResponse): void => {
      this.handle(request, response).catch((error: unknown) => this.fail(response, error));
    };
    const https = await LoopbackServer.start({
      handler,
      certificate,
      port: this.options.httpsPort,
      portFile: join(folder, 'https-port'),
    });
    this.servers = [https];
    const http = await LoopbackServer.start({
      handler,
      port: this.options.httpPort,
      portFile: join(folder, 'http-port'),
    });
    this.servers = [https, http];
    this.httpsPort = https.port;
    this.httpPort = http.port;
    for (const tenant of tenants) {
      await this.renew(tenant, new MemoryStore());
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
    this.servers = [];
    this.tenants.clear();
  }

  /** What the product takes for Entra's address: https, with the development certificate. */
  get authority(): string {
    return `https://localhost:${this.httpsPort}`;
  }

  /** The same endpoints over plain http. */
  get httpAuthority(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  /** `iss` of a tenant's tokens. */
  issuer(tenantId: string): string {
    return `${this.authority}/${tenantId}/v2.0`;
  }

  tokenEndpoint(tenantId: string): string {
    return `${this.httpAuthority}/${tenantId}${ROUTES.token}`;
  }

  /** Public keys, as the key sets list them. */
  publicKeys(): JSONWebKeySet {
    return {
      keys: this.signingKeys().jwks.keys.map(({ kty, n, e, kid, use, alg }) =>
        Object.fromEntries(Object.entries({ kty, n, e, kid, use, alg }).filter(([, value]) => value !== undefined)),
      ),
    };
  }

  /** Signs with a new key from now on; the last one stays published. Kept over restarts. */
  async rotateSigningKey(): Promise<void> {
    await this.signingKeys().rotate();
    for (const { tenant, store } of this.tenants.values()) await this.renew(tenant, store);
  }

  /** For tests: a token that no client could obtain. Without oddities it is as good as an issued one. */
  async mint({ tenantId, subject, audience = this.options.audience, ...odd }: MintOptions): Promise<string> {
    const { tenant } = this.tenants.get(tenantId) ?? {};
    const user = tenant?.users.find(({ username }) => username === subject);
    const app = tenant?.apps.find(({ clientId }) => clientId === subject);
    const who: TokenSubject | undefined = user ? { type: 'user', user } : app ? { type: 'app', app } : undefined;
    if (!who) throw new Error(`nobody is called ${subject} in tenant ${tenantId}`);
    const claims = accessTokenClaims({
      issuer: this.issuer(tenantId),
      tenantId,
      subject: who,
      clientId: app?.clientId ?? this.options.clientId,
      audience: audienceOf(audience),
      productAudience: this.options.audience,
    });
    return mintOddToken(this.signingKeys(), claims, odd);
  }

  private async handle(request: IncomingMessage & { originalUrl?: string }, response: ServerResponse): Promise<void> {
    // A web page elsewhere whose name was pointed at loopback must not be talked to.
    if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? '')) {
      return sendPage(response, 421, page('Not served here', '<p>This server answers on loopback only.</p>'));
    }
    const [, tenantId = '', path = '/'] = /^\/([^/?]+)(\/.*)?$/.exec(request.url ?? '') ?? [];
    const entry = this.tenants.get(tenantId.toLowerCase());
    if (!entry) {
      response.writeHead(400, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
      response.end(JSON.stringify({ error: 'invalid_tenant', error_description: 'AADSTS90002: tenant not found' }));
      return;
    }
    if (path.startsWith('/login/')) return handleLogin(entry, request, response);
    // Entra has the metadata one folder down; the library takes what is before its own path for the mount point.
    request.url = path.replace(/^\/v2\.0(?=\/\.well-known\/)/, '');
    request.originalUrl = `/${entry.tenant.id}${request.url}`;
    await entry.answer(request, response);
  }

  private async renew(tenant: DirectoryTenant, store: MemoryStore): Promise<void> {
    const { audience, clientId, log } = this.options;
    const keys = this.signingKeys();
    const provider = await createTenantProvider({
      issuer: this.issuer(tenant.id),
      tenant,
      audience,
      clientId,
      keys,
      store,
    });
    provider.on('server_error', (_ctx, error) => log?.(`identity: ${error.stack ?? error.message}`));
    this.tenants.set(tenant.id, { tenant, store, provider, answer: provider.callback() });
  }

  private fail(response: ServerResponse, error: unknown): void {
    this.options.log?.(`identity: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }

  private signingKeys(): SigningKeys {
    if (!this.keys) throw new Error('the identity provider was not started');
    return this.keys;
  }
}
