import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDevelopmentCa, type DevelopmentCa } from '../../src/dev-stack/certificates.js';
import { loadSecrets, type DevelopmentSecrets } from '../../src/dev-stack/development-secrets.js';
import { developmentDirectory } from '../../src/dev-stack/identity/development-directory.js';
import { IdentityProvider } from '../../src/dev-stack/identity/identity-provider.js';
import {
  AUDIENCE,
  CONTROL_PLANE_CLIENT_ID,
  DIRECTORY_ROLES,
  PUBLIC_CLIENT_ID,
  SERVICE_PRINCIPALS,
  TENANTS,
  USER_SCOPE,
  USERS,
} from '../../src/dev-stack/seed-data.js';

const CONTOSO = TENANTS[0]!.id;
const FABRIKAM = TENANTS[1]!.id;
const DEFAULT_SCOPE = `api://${AUDIENCE}/.default`;
const REDIRECT = 'http://127.0.0.1:53211/signed-in';
const user = (name: string) => USERS.find((candidate) => candidate.name === name)!;
const automation = SERVICE_PRINCIPALS[0]!;

let folder: string;
let ca: DevelopmentCa;
let secrets: DevelopmentSecrets;
let identity: IdentityProvider;

interface TokenBody {
  readonly error?: string;
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token: string;
}

async function start(): Promise<IdentityProvider> {
  const provider = new IdentityProvider({
    folder: join(folder, 'identity'),
    certificate: await ca.issue(),
    tenants: developmentDirectory(secrets),
    audience: AUDIENCE,
    clientId: PUBLIC_CLIENT_ID,
  });
  await provider.start();
  return provider;
}

async function token(form: Record<string, string>, tenantId = CONTOSO): Promise<{ status: number; body: TokenBody }> {
  const answer = await fetch(identity.tokenEndpoint(tenantId), { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as TokenBody };
}

const passwordForm = (name: string, changes: Record<string, string> = {}) => ({
  grant_type: 'password',
  client_id: PUBLIC_CLIENT_ID,
  scope: USER_SCOPE,
  username: user(name).username,
  password: secrets.users[name]!,
  ...changes,
});

const appForm = (changes: Record<string, string> = {}) => ({
  grant_type: 'client_credentials',
  client_id: automation.clientId,
  client_secret: secrets.servicePrincipals[automation.name]!,
  scope: DEFAULT_SCOPE,
  ...changes,
});

function verify(accessToken: string, tenantId = CONTOSO) {
  const keys = createRemoteJWKSet(new URL(`${identity.httpAuthority}/${tenantId}/discovery/v2.0/keys`));
  return jwtVerify(accessToken, keys, { issuer: identity.issuer(tenantId), audience: AUDIENCE, typ: 'JWT' });
}

/** A browser as far as sign-in needs one: keeps cookies, does not follow redirects. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async go(url: string, form?: Record<string, string>): Promise<{ status: number; location: string; text: string }> {
    const answer = await fetch(new URL(url, identity.httpAuthority), {
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
  }

  /** Follows redirects within the provider. */
  async follow(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; location: string; text: string }> {
    let answer = await this.go(url, form);
    while (answer.location !== '' && !answer.location.startsWith(REDIRECT)) answer = await this.go(answer.location);
    return answer;
  }
}

function authorizeUrl(challenge: string | undefined, changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: PUBLIC_CLIENT_ID,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: `openid offline_access ${USER_SCOPE}`,
    state: 'xyz',
    ...(challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...changes,
  });
  return `/${CONTOSO}/oauth2/v2.0/authorize?${query.toString()}`;
}

const loginAction = (html: string) => /action="([^"]+\/login\/[^"]+)"/.exec(html)?.[1] ?? '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidegate-test-'));
  ca = await ensureDevelopmentCa(folder);
  secrets = await loadSecrets(folder);
  identity = await start();
});

afterAll(async () => {
  await identity.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('metadata', () => {
  it('names the https issuer and http endpoints when asked over http', async () => {
    const answer = await fetch(`${identity.httpAuthority}/${CONTOSO}/v2.0/.well-known/openid-configuration`, {
      headers: { origin: 'http://127.0.0.1:5173' },
    });
    const body: unknown = await answer.json();

    expect(answer.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/127\.0\.0\.1:5173)$/);
    expect(body).toMatchObject({
      issuer: `${identity.authority}/${CONTOSO}/v2.0`,
      token_endpoint: `${identity.httpAuthority}/${CONTOSO}/oauth2/v2.0/token`,
      authorization_endpoint: `${identity.httpAuthority}/${CONTOSO}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${identity.httpAuthority}/${CONTOSO}/oauth2/v2.0/devicecode`,
      jwks_uri: `${identity.httpAuthority}/${CONTOSO}/discovery/v2.0/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
  });

  it('names https endpoints when asked over https, with a certificate of the development authority', async () => {
    const body = await new Promise<{ issuer: string; jwks_uri: string }>((done, fail) => {
      const url = `${identity.authority}/${CONTOSO}/v2.0/.well-known/openid-configuration`;
      httpsRequest(url, { ca: ca.caPem, agent: false }, (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk)).on('end', () => done(JSON.parse(text)));
      })
        .on('error', fail)
        .end();
    });
    expect(body.jwks_uri).toBe(`${identity.authority}/${CONTOSO}/discovery/v2.0/keys`);
    expect(body.issuer).toBe(identity.issuer(CONTOSO));
  });

  it('refuses an unknown tenant', async () => {
    const answer = await fetch(
      `${identity.httpAuthority}/${automation.clientId}/v2.0/.well-known/openid-configuration`,
    );
    expect(answer.status).toBe(400);
  });

  it('refuses to answer under a name that is not loopback', async () => {
    const status = await new Promise((done, fail) => {
      const url = `${identity.httpAuthority}/${CONTOSO}/v2.0/.well-known/openid-configuration`;
      httpRequest(url, { headers: { host: 'evil.example' }, agent: false }, (answer) => {
        answer.resume();
        done(answer.statusCode);
      })
        .on('error', fail)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('the password grant', () => {
  it.each([USER_SCOPE, DEFAULT_SCOPE, `${AUDIENCE}/.default`])(
    'issues a v2 token of a person for %s',
    async (scope) => {
      const { status, body } = await token(passwordForm('contoso.maker', { scope }));

      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
      const { payload, protectedHeader } = await verify(body.access_token);
      expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
      expect(payload).toMatchObject({
        aud: AUDIENCE,
        tid: CONTOSO,
        oid: user('contoso.maker').objectId,
        sub: user('contoso.maker').objectId,
        preferred_username: 'contoso.maker@contoso.example',
        upn: 'contoso.maker@contoso.example',
        scp: 'user_impersonation',
        azp: PUBLIC_CLIENT_ID,
        ver: '2.0',
      });
      expect(payload.exp! - payload.iat!).toBe(3600);
      expect(payload).not.toHaveProperty('roles');
      expect(payload).not.toHaveProperty('wids');
      expect(payload).not.toHaveProperty('idtyp');
    },
  );

  it('names the directory roles of a tenant administrator', async () => {
    const { body } = await token(passwordForm('contoso.admin'));
    expect(decodeJwt(body.access_token).wids).toEqual([DIRECTORY_ROLES.powerPlatformAdministrator]);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }],
    ['an unknown user', { username: 'nobody@contoso.example' }],
    ['no password', { password: '' }],
    ["another tenant's user", { username: 'fabrikam.admin@fabrikam.example' }],
  ])('refuses %s', async (_what, changes) => {
    const { status, body } = await token(passwordForm('contoso.maker', changes));
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
    expect(JSON.stringify(body)).not.toContain(secrets.users['contoso.maker']);
  });

  it.each(['', 'openid', 'https://graph.microsoft.com/.default', 'api://other/.default'])(
    'refuses the scope "%s"',
    async (scope) => {
      const { status, body } = await token(passwordForm('contoso.maker', { scope }));
      expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_scope' });
    },
  );
});

describe('client credentials', () => {
  it('issue a token of an application with its roles', async () => {
    const { status, body } = await token(appForm());

    expect(status).toBe(200);
    const { payload } = await verify(body.access_token);
    expect(payload).toMatchObject({
      idtyp: 'app',
      roles: ['Tidegate.Automation'],
      oid: automation.objectId,
      azp: automation.clientId,
      tid: CONTOSO,
    });
    expect(payload).not.toHaveProperty('scp');
  });

  it('take the secret in the Authorization header as well', async () => {
    const { client_id: id, client_secret: secret, ...form } = appForm();
    const answer = await fetch(identity.tokenEndpoint(CONTOSO), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams(form),
    });
    expect(answer.status).toBe(200);
  });

  it('are asked for user_impersonation too', async () => {
    expect((await token(appForm({ scope: USER_SCOPE }))).status).toBe(200);
  });

  it('give the control plane, known in every tenant, a token for another resource without roles', async () => {
    const form = { client_id: CONTROL_PLANE_CLIENT_ID, client_secret: secrets.controlPlane };
    const { body } = await token(appForm({ ...form, scope: 'https://graph.microsoft.com/.default' }), FABRIKAM);
    const claims = decodeJwt(body.access_token);
    expect(claims).toMatchObject({ aud: 'https://graph.microsoft.com', tid: FABRIKAM, idtyp: 'app' });
    expect(claims).not.toHaveProperty('roles');
  });

  it('are refused with a wrong secret, in another tenant, and without a resource', async () => {
    expect((await token(appForm({ client_secret: 'wrong' }))).body.error).toBe('invalid_client');
    expect((await token(appForm(), FABRIKAM)).body.error).toBe('invalid_client');
    expect((await token(appForm({ scope: 'openid' }))).status).toBe(400);
    expect((await token(passwordForm('contoso.maker', { client_id: automation.clientId }))).body.error).toBe(
      'invalid_client',
    );
  });
});

describe('authorization code with PKCE', () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');

  it('signs a person in on the page, and renews the token', async () => {
    const browser = new Browser();
    const form = await browser.follow(authorizeUrl(challenge));
    expect(form.status).toBe(200);
    expect(form.text).toContain('contoso.maker@contoso.example');
    expect(form.text).not.toContain('fabrikam');

    const action = loginAction(form.text);
    const refused = await browser.go(action, { username: 'contoso.maker@contoso.example', password: 'wrong' });
    expect(refused.status).toBe(401);

    const done = await browser.follow(action, {
      username: 'contoso.maker@contoso.example',
      password: secrets.users['contoso.maker']!,
    });
    const answer = new URL(done.location).searchParams;
    expect(answer.get('state')).toBe('xyz');

    const exchange = {
      grant_type: 'authorization_code',
      client_id: PUBLIC_CLIENT_ID,
      redirect_uri: REDIRECT,
      code: answer.get('code') ?? '',
    };
    expect((await token({ ...exchange, code_verifier: randomBytes(32).toString('base64url') })).body.error).toBe(
      'invalid_grant',
    );
    const { body } = await token({ ...exchange, code_verifier: verifier });
    expect((await verify(body.access_token)).payload).toMatchObject({
      oid: user('contoso.maker').objectId,
      scp: 'user_impersonation',
      azp: PUBLIC_CLIENT_ID,
    });
    expect(decodeJwt(body.id_token)).toMatchObject({
      tid: CONTOSO,
      preferred_username: 'contoso.maker@contoso.example',
    });

    const refresh = { grant_type: 'refresh_token', client_id: PUBLIC_CLIENT_ID, refresh_token: body.refresh_token };
    const renewed = await token(refresh);
    expect((await verify(renewed.body.access_token)).payload.oid).toBe(user('contoso.maker').objectId);
    expect((await token(refresh)).body.error).toBe('invalid_grant');
  });

  it('needs a code challenge and a loopback address', async () => {
    const withoutChallenge = await new Browser().follow(authorizeUrl(undefined));
    expect(withoutChallenge.location).toContain('error=invalid_request');
    const elsewhere = await new Browser().go(authorizeUrl(challenge, { redirect_uri: 'http://evil.example/' }));
    expect({ status: elsewhere.status, location: elsewhere.location }).toEqual({ status: 400, location: '' });
    const localhost = await new Browser().go(authorizeUrl(challenge, { redirect_uri: 'http://localhost:9/a/b' }));
    expect(localhost.location).toContain(`/${CONTOSO}/login/`);
  });
});

describe('device code', () => {
  it('signs a person in on another device', async () => {
    const asked = await fetch(`${identity.httpAuthority}/${CONTOSO}/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: PUBLIC_CLIENT_ID, scope: `${USER_SCOPE} offline_access` }),
    });
    const device = (await asked.json()) as { device_code: string; user_code: string; verification_uri: string };
    expect(device.verification_uri).toBe(`${identity.httpAuthority}/${CONTOSO}/oauth2/deviceauth`);
    const poll = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: PUBLIC_CLIENT_ID,
      device_code: device.device_code,
    };
    expect((await token(poll)).body.error).toBe('authorization_pending');

    const browser = new Browser();
    const input = await browser.go(device.verification_uri);
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(input.text)?.[1] ?? '';
    const confirm = await browser.go(device.verification_uri, { xsrf, user_code: device.user_code });
    expect(confirm.text).toContain(device.user_code);
    const login = await browser.follow(device.verification_uri, { xsrf, user_code: device.user_code, confirm: 'yes' });
    const done = await browser.follow(loginAction(login.text), {
      username: 'contoso.admin@contoso.example',
      password: secrets.users['contoso.admin']!,
    });
    expect(done.text).toContain('Signed in');

    const { body } = await token(poll);
    expect((await verify(body.access_token)).payload).toMatchObject({
      oid: user('contoso.admin').objectId,
      wids: [DIRECTORY_ROLES.powerPlatformAdministrator],
    });
    expect(body.refresh_token).toEqual(expect.any(String));
  });
});

describe('minted tokens', () => {
  const minted = (odd: object = {}) =>
    identity.mint({ tenantId: CONTOSO, subject: 'contoso.maker@contoso.example', ...odd });

  it('are good without oddities', async () => {
    expect((await verify(await minted())).payload.oid).toBe(user('contoso.maker').objectId);
  });

  it.each([
    ['a wrong audience', { claims: { aud: 'other' } }],
    ['an old expiry', { claims: { exp: 1 } }],
    ['a foreign key', { signature: 'foreign' }],
    ['HS256 with the public key', { signature: 'HS256' }],
    ['no signature', { signature: 'none' }],
    ['an unknown kid', { kid: 'unknown' }],
    ['another typ', { typ: 'other' }],
  ])('carry %s', async (_what, odd) => {
    await expect(verify(await minted(odd))).rejects.toThrow();
  });
});

describe('over time', () => {
  it('rotates its key: new tokens name the new one, tokens of the last one still verify', async () => {
    const old = (await token(passwordForm('contoso.maker'))).body.access_token;
    await identity.rotateSigningKey();
    const fresh = (await token(passwordForm('contoso.maker'))).body.access_token;
    const app = (await token(appForm())).body.access_token;

    expect(decodeProtectedHeader(fresh).kid).not.toBe(decodeProtectedHeader(old).kid);
    expect(decodeProtectedHeader(app).kid).toBe(decodeProtectedHeader(fresh).kid);
    await verify(old);
    await verify(fresh);
    expect(identity.publicKeys().keys.map((key) => Object.keys(key).sort())).toEqual(
      Array(2).fill(['alg', 'e', 'kid', 'kty', 'n', 'use']),
    );
  });

  it('keeps issuer and keys over a restart, in files that only the owner reads', async () => {
    const before = (await token(passwordForm('contoso.maker'))).body.access_token;
    const issuer = identity.issuer(CONTOSO);
    await identity.stop();
    await expect(fetch(identity.tokenEndpoint(CONTOSO))).rejects.toThrow();
    identity = await start();

    expect(identity.issuer(CONTOSO)).toBe(issuer);
    await verify(before);
    for (const name of ['identity/signing-keys.json', 'secrets.json', 'ca-key.pem']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    expect(await loadSecrets(folder)).toEqual(secrets);
    expect((await ensureDevelopmentCa(folder)).caPem).toBe(ca.caPem);
  });
});

const CLIENTS = `
import { ClientSecretCredential } from '@azure/identity';
import { createRequire } from 'node:module';
const { BearerStrategy } = createRequire(process.cwd() + '/')('passport-azure-ad');
const { authority, tenantId, clientId, secret, audience } = JSON.parse(process.env.TEST_INPUT);
const credential = new ClientSecretCredential(tenantId, clientId, secret, { authorityHost: authority, disableInstanceDiscovery: true });
const { token } = await credential.getToken('api://' + audience + '/.default');
const strategy = new BearerStrategy(
  { identityMetadata: authority + '/' + tenantId + '/v2.0/.well-known/openid-configuration', clientID: audience, audience,
    issuer: authority + '/' + tenantId + '/v2.0', validateIssuer: true, loggingLevel: 'error' },
  (payload, done) => done(null, payload),
);
strategy.success = ({ oid }) => { console.log(oid); process.exit(0); };
strategy.fail = (reason) => { console.log('refused ' + reason); process.exit(1); };
strategy.error = strategy.fail;
strategy.authenticate({ headers: { authorization: 'Bearer ' + token } });
`;

it('serves the unmodified @azure/identity and passport-azure-ad over https', async () => {
  const caFile = join(folder, 'trusted.pem');
  await writeFile(caFile, ca.caPem);
  const input = {
    authority: identity.authority,
    tenantId: CONTOSO,
    clientId: automation.clientId,
    secret: secrets.servicePrincipals[automation.name],
    audience: AUDIENCE,
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', CLIENTS], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile, TEST_INPUT: JSON.stringify(input) },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((done) => child.once('close', done));
  expect({ code, output: output.trim() }).toEqual({ code: 0, output: automation.objectId });
});
