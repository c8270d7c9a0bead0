import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GraphStandIn } from '../../src/dev-stack/graph.js';
import {
  CONTROL_PLANE_CLIENT_ID,
  GROUPS,
  PRODUCTS,
  SERVICE_PRINCIPALS,
  TENANTS,
  USERS,
} from '../../src/dev-stack/seed-data.js';
import { StandInFixture } from '../support/stand-ins.js';

const CONTOSO = TENANTS[0]!.id;
const FABRIKAM = TENANTS[1]!.id;
const maker = USERS.find(({ name }) => name === 'contoso.maker')!;
const GRAPH = 'https://graph.microsoft.com';

let fixture: StandInFixture;
let graph: GraphStandIn;

interface GraphBody {
  readonly value?: readonly { readonly skuPartNumber: string }[];
  readonly '@odata.nextLink'?: string;
  readonly error?: { readonly code: string };
}

/** A token as the control plane gets it: client credentials, for Graph. */
async function appToken(tenantId: string, resource = GRAPH): Promise<string> {
  const answer = await fetch(fixture.identity.tokenEndpoint(tenantId), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CONTROL_PLANE_CLIENT_ID,
      client_secret: fixture.secrets.controlPlane,
      scope: `${resource}/.default`,
    }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function get(
  path: string,
  token?: string,
  init: RequestInit = {},
): Promise<{ status: number; headers: Headers; body: GraphBody }> {
  const bearer = token ?? (await appToken(CONTOSO));
  const answer = await fetch(`${graph.url}${path}`, {
    ...init,
    headers: { ...init.headers, ...(bearer === '' ? {} : { authorization: `Bearer ${bearer}` }) },
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as GraphBody };
}

beforeAll(async () => {
  fixture = await StandInFixture.start();
  graph = new GraphStandIn({ identity: fixture.identity });
  await graph.start();
});

afterEach(() => {
  graph.heal();
  graph.maxPage = 100;
});

afterAll(async () => {
  await graph.stop();
  await fixture.stop();
});

describe('licence details', () => {
  it.each([maker.objectId, maker.username, maker.objectId.toUpperCase()])('are found by %s', async (id) => {
    const { status, body } = await get(`/v1.0/users/${encodeURIComponent(id)}/licenseDetails`);
    expect(status).toBe(200);
    expect(body.value).toEqual([
      {
        id: expect.any(String),
        skuId: PRODUCTS.powerAutomatePremium.skuId,
        skuPartNumber: 'POWERAUTOMATE_ATTENDED_RPA',
        servicePlans: [
          {
            servicePlanId: '375cd0ad-c407-49fd-866a-0bff4f8a9a4d',
            servicePlanName: 'POWER_AUTOMATE_ATTENDED_RPA',
            provisioningStatus: 'Success',
            appliesTo: 'User',
          },
        ],
      },
    ]);
  });

  it('change when a test gives a user other licences', async () => {
    graph.setProducts(maker.objectId, [PRODUCTS.office365E1]);
    const { body } = await get(`/v1.0/users/${maker.objectId}/licenseDetails`);
    expect(body.value?.map(({ skuPartNumber }) => skuPartNumber)).toEqual(['STANDARDPACK']);
    graph.setProducts(maker.objectId, maker.products);
  });
});

describe('the directory', () => {
  it('knows people and service principals', async () => {
    expect((await get(`/v1.0/users/${maker.username}`)).body).toMatchObject({
      id: maker.objectId,
      userPrincipalName: maker.username,
      displayName: maker.displayName,
    });
    const { objectId, clientId } = SERVICE_PRINCIPALS[0]!;
    expect((await get(`/v1.0/servicePrincipals/${objectId}`)).body).toMatchObject({ id: objectId, appId: clientId });
  });

  it.each(['users/nobody@contoso.example', 'users/x/licenseDetails', 'servicePrincipals/x', 'users/%ff'])(
    "answers 404 in Graph's shape for %s",
    async (path) => {
      const { status, body } = await get(`/v1.0/${path}`);
      expect(status).toBe(404);
      expect(body.error).toMatchObject({
        code: 'Request_ResourceNotFound',
        message: expect.any(String),
        innerError: { 'request-id': expect.any(String) },
      });
    },
  );

  it('shows each tenant its own people only', async () => {
    expect((await get(`/v1.0/users/${maker.objectId}`, await appToken(FABRIKAM))).status).toBe(404);
    expect((await get(`/v1.0/users/fabrikam.admin@fabrikam.example`, await appToken(FABRIKAM))).status).toBe(200);
  });
});

describe('groups', () => {
  const [operators, nightShift] = GROUPS.map(({ objectId }) => objectId);
  const json = (body: unknown) => ({ method: 'POST', body: JSON.stringify(body) });

  it('hold the people of nested ones', async () => {
    const { body } = await get(
      `/v1.0/users/${maker.objectId}/getMemberGroups`,
      undefined,
      json({ securityEnabledOnly: false }),
    );
    expect(body.value).toEqual([nightShift, operators]);
  });

  it('are listed page by page, by an advanced query only', async () => {
    const path = `/v1.0/groups/${operators}/transitiveMembers/microsoft.graph.user?$select=id&$count=true`;
    const init = { headers: { ConsistencyLevel: 'eventual' } };
    expect((await get(path)).body.error?.code).toBe('Request_UnsupportedQuery');
    graph.maxPage = 2;
    const first = (await get(path, undefined, init)).body;
    const second = (await get(first['@odata.nextLink']?.slice(graph.url.length) ?? '', undefined, init)).body;
    expect(second['@odata.nextLink']).toBeUndefined();
    expect([first.value?.length, second.value]).toEqual([
      2,
      [{ id: USERS.find((user) => user.name === 'contoso.e1')?.objectId }],
    ]);
  });

  it('and people are described by id, as far as there are any and it was selected', async () => {
    graph.setState(maker.objectId, 'Disabled');
    const ids = [maker.objectId, operators, USERS.find(({ tenant }) => tenant === 'fabrikam')?.objectId];
    const path = '/v1.0/directoryObjects/getByIds?$select=id,accountEnabled';
    expect((await get(path, undefined, json({ ids }))).body.value).toEqual([
      { '@odata.type': '#microsoft.graph.user', id: maker.objectId, accountEnabled: false },
      { '@odata.type': '#microsoft.graph.group', id: operators },
    ]);
    graph.setState(maker.objectId, 'Gone');
    expect((await get(path, undefined, json({ ids }))).body.value).toHaveLength(1);
    expect((await get(`/v1.0/users/${maker.objectId}`)).status).toBe(404);
    graph.setState(maker.objectId, 'Active');
    expect((await get(path, undefined, json({ ids: [] }))).status).toBe(400);
    expect((await get(path, undefined, { method: 'POST', body: '{' })).status).toBe(400);
  });
});

describe('access', () => {
  it('takes a token for its own address, as the control plane asks for it', async () => {
    expect((await get(`/v1.0/users/${maker.objectId}`, await appToken(CONTOSO, graph.url))).status).toBe(200);
  });

  it('refuses everything but an application of the directory', async () => {
    const app = { tenantId: CONTOSO, subject: CONTROL_PLANE_CLIENT_ID, audience: GRAPH };
    const { identity } = fixture;
    const path = `/v1.0/users/${maker.objectId}`;
    expect((await get(path, await identity.mint(app))).status).toBe(200);
    const refused = {
      none: '',
      garbage: 'a.b.c',
      audience: await appToken(CONTOSO, 'https://vault.azure.net'),
      expired: await identity.mint({ ...app, claims: { exp: 1 } }),
      foreign: await identity.mint({ ...app, signature: 'foreign' }),
      hs256: await identity.mint({ ...app, signature: 'HS256' }),
      unsigned: await identity.mint({ ...app, signature: 'none' }),
      issuer: await identity.mint({ ...app, claims: { tid: FABRIKAM } }),
    };
    for (const [what, token] of Object.entries(refused)) {
      const { status, body } = await get(path, token);
      expect({ what, status, code: body.error?.code }).toEqual({
        what,
        status: 401,
        code: 'InvalidAuthenticationToken',
      });
    }
    const person = await identity.mint({ tenantId: CONTOSO, subject: maker.username, audience: GRAPH });
    expect((await get(path, person)).body.error?.code).toBe('Authorization_RequestDenied');
  });
});

describe('faults', () => {
  it('come as often as they were asked for', async () => {
    const path = `/v1.0/users/${maker.objectId}`;
    graph.failWith(429, { retryAfter: 7, times: 2 });
    const first = await get(path);
    expect({ status: first.status, retryAfter: first.headers.get('retry-after') }).toEqual({
      status: 429,
      retryAfter: '7',
    });
    expect([(await get(path)).status, (await get(path)).status]).toEqual([429, 200]);

    graph.failWith(503);
    expect([(await get(path)).status, (await get(path)).status]).toEqual([503, 503]);
    graph.heal();
    expect((await get(path)).status).toBe(200);
  });

  it('include slowness', async () => {
    graph.delayMs = 150;
    const token = await appToken(CONTOSO);
    const started = performance.now();
    await get(`/v1.0/users/${maker.objectId}`, token);
    expect(performance.now() - started).toBeGreaterThan(145);
  });
});
