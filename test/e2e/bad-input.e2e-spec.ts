import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealCredential } from '../../src/contract/sealed-credential.js';
import type { SealingPublicKey } from '../../src/contract/registration.js';
import { E2eStack, type Answer } from '../support/e2e-stack.js';
import { until } from '../support/until.js';

/** The longest anybody waits for a refusal here, in milliseconds. */
const PROMPT_MS = 20_000;

/** What every failure says, whatever it is. */
const SAYS_ALL = {
  code: expect.any(String),
  hop: expect.stringMatching(/^(control-plane|broker|member|connector|source)$/),
  outcome: expect.stringMatching(/^(not-sent|not-executed|executed|unknown)$/),
  remedy: expect.stringMatching(/\w/),
  traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
};

describe('bad input on the running stack', () => {
  let stack: E2eStack;
  const maker = 'contoso.maker';
  const unknownId = '11111111-1111-4111-8111-111111111111';

  beforeAll(async () => {
    stack = await E2eStack.start();
  });
  afterAll(() => stack?.stop());

  /** Nothing is left behind and everybody still works: the next ordinary request succeeds. */
  const stillServes = async (): Promise<void> => {
    const { status, body } = await stack.ask(maker, 'GET', stack.items(stack.sample.table, '?$top=1'));
    expect({ status, body }).toMatchObject({ status: 200 });
  };

  const refusal = async (ask: Promise<Answer>, status: number, code: string): Promise<Record<string, unknown>> => {
    const startedAt = Date.now();
    const answer = await ask;
    expect(answer).toMatchObject({ status, body: { ...SAYS_ALL, code } });
    expect(Date.now() - startedAt).toBeLessThan(PROMPT_MS);
    return answer.body as Record<string, unknown>;
  };

  describe('callers', () => {
    const withToken = async (authorization: string): Promise<Answer> => {
      const answer = await fetch(`${stack.description.baseUrl}${stack.items('movies', '?$top=1')}`, {
        headers: { authorization },
      });
      return { status: answer.status, headers: answer.headers, body: await answer.json() };
    };

    it('are refused without a token, with a broken one, with another audience, signature or algorithm', async () => {
      const { identity } = stack.stack.cloud;
      const tenantId = stack.description.oidc.contoso?.tenantId ?? '';
      const subject = stack.description.users[maker]?.username ?? '';
      const good = await identity.mint({ tenantId, subject });
      expect((await withToken(`Bearer ${good}`)).status).toBe(200);
      const [header = '', payload = '', signature = ''] = good.split('.');
      const forged = {
        ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object),
        oid: stack.description.users['contoso.admin']?.objectId,
      };
      const tokens = {
        missing: '',
        garbage: 'Bearer x.y.z',
        audience: `Bearer ${await identity.mint({ tenantId, subject, audience: 'https://graph.microsoft.com' })}`,
        forged: `Bearer ${header}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`,
        unsigned: `Bearer ${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`,
      };
      for (const [name, token] of Object.entries(tokens)) {
        expect({ name, ...(await withToken(token)) }).toMatchObject({
          name,
          status: 401,
          body: { ...SAYS_ALL, code: 'TOKEN_INVALID', outcome: 'not-sent' },
        });
      }
    });

    it('learn nothing about ids of another tenant', async () => {
      const paths = [
        `/v1/gateways/${stack.description.gateways['contoso.hq']?.id ?? ''}`,
        `/v1/connections/${stack.connection('contoso.warehouse')}`,
      ];
      for (const path of paths) {
        const foreign = await stack.ask('fabrikam.admin', 'GET', path);
        const unknown = await stack.ask('fabrikam.admin', 'GET', path.replace(/[^/]+$/, unknownId));
        expect(foreign.status).toBe(404);
        const shape = ({ body }: Answer): unknown => JSON.stringify(body).replaceAll(/[0-9a-f-]{32,36}/g, 'id');
        expect(shape(foreign)).toBe(shape(unknown));
      }
    });
  });

  it('names an unknown connection, table, row and column', async () => {
    await refusal(
      stack.ask(maker, 'GET', `/apim/postgresql/${unknownId}/v2/datasets/default/tables`),
      404,
      'CONNECTION_NOT_FOUND',
    );
    await refusal(stack.ask(maker, 'GET', stack.items('no_such_table')), 404, 'TABLE_NOT_FOUND');
    await refusal(stack.ask(maker, 'GET', `${stack.items('movies')}/99999999`), 404, 'ITEM_NOT_FOUND');
    const column = await refusal(
      stack.ask(maker, 'GET', stack.items('movies', '?$filter=nosuch eq 1')),
      400,
      'COLUMN_UNKNOWN',
    );
    expect(JSON.stringify(column.details)).toContain('nosuch');
    await refusal(stack.ask(maker, 'POST', stack.items('movies'), { json: { nosuch: 1 } }), 400, 'COLUMN_UNKNOWN');
    await stillServes();
  });

  it.each(['title eq', "title eq 'x", '(((', 'title like 1', '1 eq 1; DROP TABLE movies', 'contains(title)'])(
    'refuses the filter %s',
    async (filter) => {
      await refusal(
        stack.ask(maker, 'GET', stack.items('movies', `?$filter=${encodeURIComponent(filter)}`)),
        400,
        'FILTER_INVALID',
      );
    },
  );

  it('takes hostile text for what it is: text', async () => {
    for (const text of ["'; DROP TABLE movies; --", "x' OR '1'='1", '%', '\\', '"', '\u0000'.repeat(0) + '💧']) {
      const filter = encodeURIComponent(`title eq '${text.replaceAll("'", "''")}'`);
      const { status, body } = await stack.ask(maker, 'GET', stack.items('movies', `?$filter=${filter}`));
      expect({ text, status, body }).toMatchObject({ status: 200, body: { value: [] } });
    }
    await stillServes();
  });

  it('refuses 3 MB where a filter was meant', async () => {
    const huge = 'x'.repeat(3 * 1024 * 1024);
    const asBody = await stack.ask(maker, 'POST', stack.items('movies'), { json: { $filter: huge } });
    expect(asBody).toMatchObject({ status: 413, body: { ...SAYS_ALL, code: 'PAYLOAD_TOO_LARGE' } });
    await stillServes();
  });

  it.each(['/../../../etc/passwd', '..%2f..%2fetc%2fpasswd', '/weather/../../secrets.json'])(
    'keeps %s inside the root',
    async (path) => {
      const file = `/apim/filesystem/${stack.connection('contoso.files')}/datasets/default/GetFileContentByPath?path=${encodeURIComponent(path)}`;
      const { status, body } = await stack.ask(maker, 'GET', file);
      expect({ status, body }).toMatchObject({ body: SAYS_ALL });
      expect(['PATH_FORBIDDEN', 'FILE_NOT_FOUND']).toContain((body as { code: string }).code);
      expect(JSON.stringify(body)).not.toContain('root:');
    },
  );

  describe('connections', () => {
    const create = async (
      displayName: string,
      encryptedCredentials: string,
      environmentIds: readonly string[] = [],
    ): Promise<Answer> => {
      const { database } = stack.stack.site;
      return stack.ask('contoso.admin', 'POST', '/v1/connections', {
        json: {
          connectivityType: 'OnPremisesGateway',
          gatewayId: stack.description.gateways['contoso.hq']?.id,
          displayName,
          connectionDetails: {
            type: 'PostgreSQL',
            creationMethod: 'PostgreSql',
            parameters: [
              { dataType: 'Text', name: 'server', value: `${database.host}:${database.port}` },
              { dataType: 'Text', name: 'database', value: database.database },
            ],
          },
          credentialDetails: {
            connectionEncryption: 'NotEncrypted',
            skipTestConnection: true,
            credentials: {
              credentialType: 'Basic',
              values: [{ gatewayId: stack.description.gateways['contoso.hq']?.id, encryptedCredentials }],
            },
          },
          environmentIds,
        },
      });
    };
    const gatewayKey = async (): Promise<SealingPublicKey> =>
      (
        (await stack.ask('contoso.admin', 'GET', `/v1/gateways/${stack.description.gateways['contoso.hq']?.id ?? ''}`))
          .body as { publicKey: SealingPublicKey }
      ).publicKey;
    const seal = async (password: string, key?: SealingPublicKey): Promise<string> =>
      sealCredential(key ?? (await gatewayKey()), [
        { name: 'username', value: stack.stack.site.database.username },
        { name: 'password', value: password },
      ]);
    const test = (id: string): Promise<Answer> =>
      stack.ask('contoso.admin', 'POST', `/v1/connections/${id}/testConnection`);

    it('refuses a malformed envelope before storing anything', async () => {
      const { status, body } = await create('malformed', 'bm90IGFuIGVudmVsb3Bl');
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { errorCode: 'InvalidCredentialDetails', hop: 'control-plane', outcome: 'not-sent' },
      });
      const { body: page } = await stack.ask('contoso.admin', 'GET', '/v1/connections');
      expect(JSON.stringify(page)).not.toContain('malformed');
    });

    it('refuses to bind an environment of another region', async () => {
      const { status, body } = await create('elsewhere', await seal('x'), [stack.environment('contoso.us')]);
      expect({ status, body }).toMatchObject({ status: 409, body: { errorCode: 'REGION_MISMATCH' } });
    });

    it('finds a credential sealed to a wrong key, and says so at each use', async () => {
      const pair = await crypto.subtle.generateKey(
        { name: 'RSA-OAEP', modulusLength: 3072, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
        true,
        ['encrypt', 'decrypt'],
      );
      const { n = '', e = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
      const key = {
        modulus: Buffer.from(n, 'base64url').toString('base64'),
        exponent: Buffer.from(e, 'base64url').toString('base64'),
      };
      const created = await create('wrong key', await seal('x', key), [stack.environment('contoso.europe')]);
      expect(created.status).toBe(201);
      const { id } = created.body as { id: string };
      expect((await test(id)).body).toMatchObject({
        status: 'Offline',
        errors: [{ errorCode: 'CREDENTIAL_UNREADABLE' }],
      });
      await refusal(
        stack.ask('contoso.admin', 'GET', `/apim/postgresql/${id}/v2/datasets/default/tables`),
        422,
        'CREDENTIAL_UNREADABLE',
      );
    });

    it('reports a refused login as Offline with SOURCE_DENIED, and works after the credential was corrected', async () => {
      const created = await create('wrong password', await seal('not the password'), [
        stack.environment('contoso.europe'),
      ]);
      const { id } = created.body as { id: string };
      expect(await test(id)).toMatchObject({
        status: 200,
        body: { status: 'Offline', errors: [{ errorCode: 'SOURCE_DENIED', message: expect.any(String) }] },
      });
      const patched = await stack.ask('contoso.admin', 'PATCH', `/v1/connections/${id}`, {
        json: {
          connectivityType: 'OnPremisesGateway',
          credentialDetails: {
            credentials: {
              credentialType: 'Basic',
              values: [
                {
                  gatewayId: stack.description.gateways['contoso.hq']?.id,
                  encryptedCredentials: await seal(stack.stack.site.database.password),
                },
              ],
            },
          },
        },
      });
      expect(patched.status).toBe(200);
      expect((await test(id)).body).toMatchObject({ status: 'Online' });
    });
  });

  it('says that a source is down, and works when it is back', async () => {
    await stack.stack.sources.stopDatabase();
    await refusal(stack.ask(maker, 'GET', stack.items('movies', '?$top=1')), 502, 'SOURCE_UNREACHABLE');
    await stack.stack.sources.startDatabase();
    await until(
      'the source serves again',
      async () => (await stack.ask(maker, 'GET', stack.items('movies', '?$top=1'))).status === 200,
    );
  });

  it('says that the relay went away, and works when the link is back', async () => {
    const { bus } = stack.stack.cloud;
    bus.dropConnections();
    const during = await Promise.all(
      Array.from({ length: 5 }, () => stack.ask(maker, 'GET', stack.items('movies', '?$top=1'))),
    );
    for (const { status, body } of during) {
      if (status !== 200)
        expect(body).toMatchObject({
          ...SAYS_ALL,
          code: expect.stringMatching(/^(BROKER_UNAVAILABLE|GATEWAY_OFFLINE)$/),
        });
    }
    await sleep(1);
    await until(
      'requests go through again',
      async () => (await stack.ask(maker, 'GET', stack.items('movies', '?$top=1'))).status === 200,
      30_000,
    );
  });
});
