import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase, type TestDatabase } from '../support/database.js';
import { ProbeController } from '../support/probe.controller.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { somebody, TEST_AUTHORITY, type TokenChanges } from '../support/tokens.js';

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const nowSeconds = () => Math.floor(Date.now() / 1000);

describe.each(['passport-azure-ad', 'jose'])('signing in, verified by %s', (verifier) => {
  let app: TestApp;
  let database: TestDatabase;
  const tenantId = randomUUID();
  const otherTenantId = randomUUID();
  const user = somebody({ tenantId, name: 'ada' });

  const whoami = (token: string) => request(app.url).get('/v1/whoami').set('authorization', `Bearer ${token}`);

  beforeAll(async () => {
    database = await withDatabase();
    app = await startTestApp({
      controllers: [ProbeController],
      database,
      environment: { TIDEGATE_TOKEN_VERIFIER: verifier, TIDEGATE_TENANTS: `${tenantId},${otherTenantId}` },
    });
  });
  afterAll(async () => {
    await app.stop();
    await database.drop();
  });

  it('lets a person in and knows who it is', async () => {
    const { body } = await whoami(await app.directory.token(user)).expect(200);
    expect(body).toMatchObject({
      id: user.id,
      type: 'User',
      tenantId,
      upn: 'ada@test.example',
      isTenantAdministrator: false,
      scopes: ['user_impersonation'],
    });
  });

  it('takes tokens of the v1 endpoint', async () => {
    const claims = {
      iss: `https://sts.windows.net/${tenantId}/`,
      ver: '1.0',
      upn: 'ada@contoso.example',
      preferred_username: undefined,
    };
    const { body } = await whoami(await app.directory.token(user, { claims })).expect(200);
    expect(body.upn).toBe('ada@contoso.example');
  });

  it('lets a service principal in by its application role', async () => {
    const robot = somebody({ tenantId, type: 'ServicePrincipal', name: 'robot' });
    const { body } = await whoami(await app.directory.token(robot)).expect(200);
    expect(body).toMatchObject({ type: 'ServicePrincipal', scopes: ['Tidegate.Automation'] });
  });

  it.each(['62e90394-69f5-4237-9190-012177145e10', 'a9ea8996-122f-4c74-9520-8edcd192826c'])(
    'sees a tenant administrator by directory role %s',
    async (role) => {
      const token = await app.directory.token(user, {
        claims: { wids: ['b79fbf4d-3ef9-4689-8143-76b194e85509', role] },
      });
      expect((await whoami(token).expect(200)).body.isTenantAdministrator).toBe(true);
    },
  );

  it.each<[string, TokenChanges]>([
    ['another audience', { claims: { aud: 'api://other' } }],
    ['several audiences', { claims: { aud: ['api://tidegate-test', 'api://other'] } }],
    ['an expired time', { claims: { iat: nowSeconds() - 9000, nbf: nowSeconds() - 9000, exp: nowSeconds() - 400 } }],
    ['a life of years', { claims: { exp: nowSeconds() + 90_000_000 } }],
    ['a time that has not come', { claims: { nbf: nowSeconds() + 900 } }],
    ['no expiry', { claims: { exp: undefined } }],
    ["another tenant's issuer", { claims: { iss: `${TEST_AUTHORITY}/${otherTenantId}/v2.0` } }],
    ['another authority', { claims: { iss: `https://evil.example/${tenantId}/v2.0` } }],
    ['a tenant id that does not match its issuer', { claims: { tid: otherTenantId } }],
    ['no object id', { claims: { oid: undefined } }],
    ['a key that is not listed', { header: { kid: 'nobody' } }],
    ['the signature of another key', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
    ['a critical extension', { header: { crit: ['b64'], b64: true } }],
    ['the type of another object', { header: { typ: 'logout+jwt' } }],
    ['no type', { header: { typ: undefined } }],
    ['two names for its key', { header: { x5t: 'another' } }],
    ['16 KB and more', { claims: { groups: 'g'.repeat(17_000) } }],
  ])('refuses a token with %s', async (_what, changes) => {
    const response = await whoami(await app.directory.token(user, changes)).expect(401);
    expect(response.body).toMatchObject({ errorCode: 'TOKEN_INVALID', hop: 'control-plane', outcome: 'not-sent' });
    expect(response.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('refuses a token signed with HS256 and the public key, which the metadata would allow', async () => {
    const good = await app.directory.token(user);
    const { kid, publicKey } = app.directory.current;
    const input = `${b64({ alg: 'HS256', typ: 'JWT', kid })}.${good.split('.')[1]}`;
    const secret = publicKey.export({ type: 'spki', format: 'pem' });
    const signature = createHmac('sha256', secret).update(input).digest('base64url');
    await whoami(`${input}.${signature}`).expect(401);
    await whoami(`${input}.${signature.padEnd(342, 'A')}`).expect(401);
  });

  it('refuses a token that is not signed', async () => {
    const payload = (await app.directory.token(user)).split('.')[1];
    await whoami(`${b64({ alg: 'none', typ: 'JWT' })}.${payload}.`).expect(401);
    await whoami(`${b64({ alg: 'RS256', typ: 'JWT', kid: app.directory.current.kid })}.${payload}.`).expect(401);
  });

  it('refuses a payload that was changed after signing', async () => {
    const [header, payload = '', signature] = (await app.directory.token(user)).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const changed = b64({ ...claims, wids: ['62e90394-69f5-4237-9190-012177145e10'] });
    await whoami(`${header}.${changed}.${signature}`).expect(401);
  });

  it.each(['', 'Bearer', 'Bearer ', 'Bearer a b', 'Basic eDp5', 'Bearer a.b', 'Bearer ...', 'Bearer {}.{}.{}'])(
    'refuses the header %j',
    async (authorization) => {
      await request(app.url).get('/v1/whoami').set('authorization', authorization).expect(401);
    },
  );

  it('refuses a person without the scope and names it', async () => {
    const token = await app.directory.token(user, { claims: { scp: 'profile openid' } });
    const { body } = await whoami(token).expect(403);
    expect(body).toMatchObject({ errorCode: 'SCOPE_MISSING' });
    expect(JSON.stringify(body.moreDetails)).toContain('user_impersonation');
  });

  it('refuses an application without the role', async () => {
    const robot = somebody({ tenantId, type: 'ServicePrincipal' });
    const { body } = await whoami(await app.directory.token(robot, { claims: { roles: ['Other.Role'] } })).expect(403);
    expect(body.errorCode).toBe('SCOPE_MISSING');
  });

  it("refuses a person's id token, even when the person holds the application role", async () => {
    const claims = { scp: undefined, roles: ['Tidegate.Automation'] };
    expect((await whoami(await app.directory.token(user, { claims })).expect(403)).body.errorCode).toBe(
      'SCOPE_MISSING',
    );
  });

  it('refuses a tenant that is not admitted, without asking its directory for keys', async () => {
    const stranger = somebody();
    const fetched = app.directory.fetched.length;
    expect((await whoami(await app.directory.token(stranger)).expect(403)).body.errorCode).toBe('TENANT_NOT_ADMITTED');
    expect(app.directory.fetched.length).toBe(fetched);
    expect(await database.query('SELECT 1 FROM tenant WHERE id = $1', [stranger.tenantId])).toEqual([]);
  });

  it('never writes a token to its log', async () => {
    const token = await app.directory.token(user, { claims: { aud: 'api://other' } });
    await whoami(token).expect(401);
    expect(app.logs.join('')).not.toContain(token.split('.')[2]);
    expect(app.logs.join('')).not.toContain(token.split('.')[1]);
  });
});

describe.each(['passport-azure-ad', 'jose'])('signing keys, with %s', (verifier) => {
  const start = () =>
    startTestApp({ controllers: [ProbeController], environment: { TIDEGATE_TOKEN_VERIFIER: verifier } });
  const whoami = (app: TestApp, token: string) =>
    request(app.url).get('/v1/whoami').set('authorization', `Bearer ${token}`);

  it('are fetched once for many, and once more for a key that is new', async () => {
    const app = await start();
    try {
      const tenantId = randomUUID();
      const people = [1, 2, 3, 4, 5].map(() => somebody({ tenantId }));
      const tokens = await Promise.all(people.map((person) => app.directory.token(person)));
      await Promise.all(tokens.map((token) => whoami(app, token).expect(200)));
      expect(app.directory.fetched.length).toBe(2);
    } finally {
      await app.stop();
    }
  });

  it('that cannot be fetched make 503, not 401; a caller known for a minute is served still', async () => {
    const app = await start();
    try {
      const known = await app.directory.token(somebody());
      await whoami(app, known).expect(200);
      app.directory.isDown = true;
      const response = await whoami(app, await app.directory.token(somebody())).expect(503);
      expect(response.body).toMatchObject({ errorCode: 'IDENTITY_UNAVAILABLE', isRetriable: true });
      await whoami(app, known).expect(200);
      app.directory.isDown = false;
      await whoami(app, await app.directory.token(somebody())).expect(200);
    } finally {
      await app.stop();
    }
  });

  it('of a tenant that the directory does not know are asked for once', async () => {
    const app = await start();
    try {
      const stranger = somebody();
      app.directory.unknownTenants.add(stranger.tenantId);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await whoami(app, await app.directory.token(stranger)).expect(401);
      }
      expect(app.directory.fetched.length).toBe(1);
    } finally {
      await app.stop();
    }
  });
});
