import '../not-in-production.js';
import { randomBytes } from 'node:crypto';
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { accessTokenClaims, ACCESS_TOKEN_SECONDS, type TokenSubject } from './access-token.js';
import { findUser, signIn, type DirectoryTenant } from './directory.js';
import type { MemoryStore } from './memory-store.js';
import { loadOidcLibrary } from './oidc-library.js';
import { escapeHtml, page } from './pages.js';
import { audienceOf, OIDC_SCOPES, resourceOf, scopesOf } from './resources.js';
import type { SigningKeys } from './signing-keys.js';

export interface TenantProviderOptions {
  readonly issuer: string;
  readonly tenant: DirectoryTenant;
  /** Application id of the product, `aud` of tokens for it. */
  readonly audience: string;
  /** Public client of people. */
  readonly clientId: string;
  readonly keys: SigningKeys;
  readonly store: MemoryStore;
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const DAY_SECONDS = 86_400;

/** Paths below `/<tenantId>`, as Entra names them. */
export const ROUTES = {
  authorization: '/oauth2/v2.0/authorize',
  token: '/oauth2/v2.0/token',
  device_authorization: '/oauth2/v2.0/devicecode',
  code_verification: '/oauth2/deviceauth',
  end_session: '/oauth2/v2.0/logout',
  userinfo: '/oidc/userinfo',
  jwks: '/discovery/v2.0/keys',
} as const;

/** One tenant's endpoints. Made anew when the signing key changes; what it remembers is in the store. */
export async function createTenantProvider(options: TenantProviderOptions): Promise<Provider> {
  const { Provider: OidcProvider, errors } = await loadOidcLibrary();
  const provider = new OidcProvider(options.issuer, configuration(options));

  // Agents and command-line tools listen on any port of loopback, which no list of addresses can hold (RFC 8252, 7.3).
  provider.Client.prototype.redirectUriAllowed = isLoopbackAddress;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isLoopbackAddress;

  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async (ctx) => {
      const { username = '', password = '', scope } = ctx.oidc.params;
      const resource = resourceOf(typeof scope === 'string' ? scope : undefined, options.audience, false);
      if (resource === undefined)
        throw new errors.InvalidScope('the scope names no resource that is known', `${scope ?? ''}`);
      const user = signIn(options.tenant, username, password);
      if (!user) throw new errors.CustomOIDCProviderError('invalid_grant', 'AADSTS50126: invalid username or password');
      const claims = claimsFor(options, { type: 'user', user }, ctx.oidc.client.clientId, resource);
      ctx.set('cache-control', 'no-store');
      ctx.body = {
        token_type: 'Bearer',
        scope,
        expires_in: ACCESS_TOKEN_SECONDS,
        ext_expires_in: ACCESS_TOKEN_SECONDS,
        access_token: await options.keys.sign(claims),
      };
    },
    ['username', 'password', 'scope'],
  );
  return provider;
}

function configuration(options: TenantProviderOptions): Configuration {
  const { tenant, audience, clientId, keys, store } = options;
  const cookie = (name: string) => `tidegate_${name}_${tenant.id.slice(0, 8)}`;
  return {
    adapter: (model) => store.adapter(model),
    jwks: keys.jwks,
    routes: ROUTES,
    scopes: OIDC_SCOPES,
    claims: { openid: ['sub', 'oid', 'tid', 'name', 'preferred_username'] },
    responseTypes: ['code'],
    subjectTypes: ['public'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'], userinfoSigningAlgValues: ['RS256'] },
    pkce: { required: () => true },
    clients: [
      {
        client_id: clientId,
        client_name: 'Tidegate',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE, 'password'],
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/'],
      },
      ...tenant.apps.map((app) => ({
        client_id: app.clientId,
        client_secret: app.secret,
        client_name: app.displayName,
        token_endpoint_auth_method: 'client_secret_post' as const,
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      })),
    ],
    // Cookies know no port: another tenant's, or another stack's, must not be taken for this one's.
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      names: { session: cookie('session'), interaction: cookie('interaction'), resume: cookie('resume') },
      short: { httpOnly: true, sameSite: 'lax' },
      long: { httpOnly: true, sameSite: 'lax' },
    },
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 600,
      DeviceCode: 900,
      Grant: 90 * DAY_SECONDS,
      IdToken: ACCESS_TOKEN_SECONDS,
      Interaction: 900,
      RefreshToken: 90 * DAY_SECONDS,
      Session: DAY_SECONDS,
    },
    interactions: { url: (_ctx, { uid }) => `/${tenant.id}/login/${uid}` },
    clientBasedCORS: (_ctx, origin) => isLoopbackAddress(origin),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    loadExistingGrant: (ctx) => grantEverything(ctx, audience),
    findAccount: (_ctx, objectId) => {
      const user = findUser(tenant, objectId);
      if (!user) return undefined;
      const { displayName: name, username } = user;
      return {
        accountId: objectId,
        claims: () => ({ sub: objectId, oid: objectId, tid: tenant.id, name, preferred_username: username }),
      };
    },
    renderError: (ctx, { error, error_description: description }) => {
      ctx.type = 'html';
      ctx.body = page('Sign-in failed', `<p class="error">${escapeHtml(`${error}: ${description ?? ''}`)}</p>`);
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      deviceFlow: deviceFlow(),
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = page(
            'Sign out?',
            `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
          );
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = page('Signed out', '<p>You can close this page.</p>');
        },
      },
      resourceIndicators: {
        enabled: true,
        // Without a resource the library would issue a token that only its own userinfo endpoint takes.
        defaultResource: (ctx, client) =>
          resourceOf(scopeOf(ctx), audience, client?.grantTypeAllowed('client_credentials') ?? false) ?? 'urn:none',
        useGrantedResource: () => true,
        getResourceServerInfo: async (_ctx, resource, client) => {
          const isApp = client.grantTypeAllowed('client_credentials');
          if (resourceOf(`${resource}/.default`, audience, isApp) === undefined) {
            const { errors } = await loadOidcLibrary();
            throw new errors.InvalidTarget('the scope names no resource that is known');
          }
          return {
            scope: scopesOf(resource).join(' '),
            audience: audienceOf(resource),
            accessTokenTTL: ACCESS_TOKEN_SECONDS,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, jwt) => {
          const { clientId: azp = '', resourceServer } = token;
          const subject = subjectOf(tenant, azp, token.kind === 'AccessToken' ? token.accountId : undefined);
          jwt.header = { typ: 'JWT' };
          jwt.payload = { ...claimsFor(options, subject, azp, resourceServer?.identifier() ?? '') };
        },
      },
    },
  };
}

function deviceFlow(): NonNullable<NonNullable<Configuration['features']>['deviceFlow']> {
  return {
    enabled: true,
    charset: 'base-20',
    mask: '****-****',
    userCodeInputSource: (ctx, form, _out, error) => {
      const message = error ? '<p class="error" role="alert">That code is not known or no longer good.</p>' : '';
      ctx.body = page(
        'Enter the code',
        `${message}<p>Enter the code that the device shows.</p>${form}<button type="submit" form="op.deviceInputForm">Next</button>`,
      );
    },
    userCodeConfirmSource: (ctx, form, client, _deviceInfo, userCode) => {
      ctx.body = page(
        'Is this your device?',
        `<p>${escapeHtml(client.clientName ?? client.clientId)} asks to sign in with the code <strong>${escapeHtml(userCode)}</strong>.</p>
${form}<button type="submit" form="op.deviceConfirmForm">Continue</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button>`,
      );
    },
    successSource: (ctx) => {
      ctx.body = page('Signed in', '<p>You can close this page and return to the device.</p>');
    },
  };
}

/** No consent screens: the only client of people is the product's own. */
async function grantEverything(ctx: KoaContextWithOIDC, audience: string) {
  const { client, session, provider } = ctx.oidc;
  if (!client || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const found = known === undefined ? undefined : await provider.Grant.find(known);
  if (found) return found;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(OIDC_SCOPES.join(' '));
  grant.addResourceScope(`api://${audience}`, scopesOf(`api://${audience}`).join(' '));
  await grant.save();
  return grant;
}

function claimsFor(options: TenantProviderOptions, subject: TokenSubject, clientId: string, resource: string) {
  return accessTokenClaims({
    issuer: options.issuer,
    tenantId: options.tenant.id,
    subject,
    clientId,
    audience: audienceOf(resource),
    productAudience: options.audience,
  });
}

function subjectOf(tenant: DirectoryTenant, clientId: string, accountId: string | undefined): TokenSubject {
  const user = accountId === undefined ? undefined : findUser(tenant, accountId);
  if (user) return { type: 'user', user };
  const app = tenant.apps.find((candidate) => candidate.clientId === clientId);
  if (app && accountId === undefined) return { type: 'app', app };
  throw new Error('a token for nobody');
}

function scopeOf(ctx: KoaContextWithOIDC): string | undefined {
  const scope = ctx.oidc.params?.['scope'];
  return typeof scope === 'string' ? scope : undefined;
}

function isLoopbackAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, hash } = new URL(address);
  return protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(hostname) && username === '' && hash === '';
}
