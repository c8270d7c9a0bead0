import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../scripts/describe-openapi.mjs';
import { AppModule } from '../../src/app.module.js';
import { CommonModule } from '../../src/common/common.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, testConfig, type TestApp } from '../support/app.js';
import type { SourceKind } from '../../src/contract/targets.js';
import { fullTenant, type FullTenant, type Ids } from '../support/full-tenant.js';
import { Given, type GivenCaller } from '../support/given.js';
import { currentOpenApi, routesOf, type Route } from '../support/openapi.js';
import { recordingRelay } from '../support/recording-relay.js';
import { testSealingKey } from '../support/test-member.js';
import { sample, type JsonSchema } from '../support/sample.js';

/** Everything that answers without a token. Another open route must be added here by hand. */
const OPEN = [
  'GET /',
  'GET /agent/v1/discovery',
  'GET /docs',
  'GET /docs/{file}',
  'GET /health',
  'GET /openapi.json',
  'GET /portal',
  'GET /portal/config.json',
  'GET /portal/{path}',
  'POST /agent/v1/registrations/lookups',
  'POST /agent/v1/tokens',
];

/** What the path of a connector's route needs beside ids, and bodies that schemas alone do not tell. */
const CONNECTOR_WORDS = { dataset: 'default', table: 'orders', procedure: 'work', path: 'a', id: fileId('/a.txt') };

/** Has no end of its own; what it tells whom is tried by its own test. */
const isEndless = ({ path }: Route) => path === '/v1/live';

/** What paths need beside ids and is the same for all tenants. */
const COMMON_WORDS = { location: 'westeurope', connectorName: 'postgresql' };

/** The release's own, which are the same for everybody. */
const isOfRelease = ({ path }: Route) => path.startsWith('/v1/connectors/');

/** Places of Azure that belong to nobody: every tenant finds its own there. Deleting what is not there succeeds. */
const isAzurePlace = ({ path }: Route) =>
  path.startsWith('/subscriptions/') && !path.includes('{connectionGatewayName}') && !path.includes('{gatewayId}');
const isDoneAlready = ({ operation }: Route, status: number) =>
  operation.operationId === 'connectionGateways.remove' && status === 204;

/** How Power BI's clients write "nobody". */
const OPEN_CREDENTIAL = {
  ...{ credentialType: 'Anonymous', credentials: '{"credentialData":[]}', encryptionAlgorithm: 'None' },
  ...{ encryptedConnection: 'NotEncrypted', privacyLevel: 'None' },
};

/** Requests whose shape has rules that a schema cannot say, by operation; `ids` are those of tenant A. */
const BODIES: Readonly<Record<string, (ids: Ids) => unknown>> = {
  'connections.create': ({ gatewayId }) => ({
    connectivityType: 'OnPremisesGateway',
    gatewayId,
    displayName: `stolen ${randomUUID()}`,
    connectionDetails: {
      type: 'Web',
      creationMethod: 'Web',
      parameters: [{ dataType: 'Text', name: 'url', value: 'https://api.example/' }],
    },
    credentialDetails: { skipTestConnection: true, credentials: { credentialType: 'Anonymous' } },
  }),
  'joinTokens.create': () => ({ region: 'westeurope', gatewayName: `gateway ${randomUUID()}` }),
  'explain.explain': ({ user, environmentId, connectionId }) => ({
    ...{ user, environmentId, connectionId, operation: 'listItems' },
  }),
  // Tenants name their environments themselves: the same id in two of them would be no leak.
  'environments.import': () => ({
    environments: [{ id: randomUUID(), displayName: `environment ${randomUUID()}`, region: 'europe' }],
  }),
  'agentRotations.bring': ({ memberId }) => ({
    publicKey: testSealingKey().publicKey,
    packages: [{ memberId, sealed: 'c2VhbGVk' }],
    bundle: 'c2VhbGVk',
    signature: 'A'.repeat(86),
  }),
  'gatewayRoleAssignments.update': () => ({ role: 'ConnectionCreator' }),
  'connectionGateways.createOrUpdate': ({ subscriptionId, gatewayId }) => ({
    location: 'westeurope',
    properties: {
      connectionGatewayInstallation: {
        id: `/subscriptions/${subscriptionId}/providers/Microsoft.Web/locations/westeurope/connectionGatewayInstallations/${gatewayId}`,
      },
    },
  }),
  'connectionGateways.update': () => ({ tags: { stolen: 'yes' } }),
  'powerBiDatasources.create': () => ({
    ...{ dataSourceType: 'Web', connectionDetails: '{"url":"https://api.example/"}', dataSourceName: randomUUID() },
    credentialDetails: OPEN_CREDENTIAL,
  }),
  'powerBiDatasources.update': () => ({ credentialDetails: OPEN_CREDENTIAL }),
  'ownClusterDatasources.create': ({ memberId = '' }) => ({
    ...{ datasourceType: 'Web', connectionDetails: '{"url":"https://api.example/"}', datasourceName: randomUUID() },
    credentialDetails: { [memberId]: OPEN_CREDENTIAL },
  }),
  'ownClusterDatasources.changeCredentials': () => OPEN_CREDENTIAL,
  'tenantClusterDatasources.changeCredentials': () => OPEN_CREDENTIAL,
  ...Object.fromEntries(
    ['powerBiDatasourceUsers', 'ownClusterDatasourceUsers', 'tenantClusterDatasourceUsers'].map((users) => [
      `${users}.add`,
      ({ userId }: Ids) => ({ identifier: userId, datasourceAccessRight: 'Read' }),
    ]),
  ),
  'environments.create': () => ({ displayName: `environment ${randomUUID()}`, region: 'europe' }),
};

/** Everything but tests of sources: nobody answers here. */
const isReadable = ({ path }: Route) =>
  /^\/(v1|v1\.0|v2\.0|subscriptions)\//.test(path) && !path.endsWith('/datasources/{datasourceId}/status');
const isGet = ({ method }: Route) => method === 'get' || method === 'head';
const label = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
const isForMembers = ({ operation }: Route) => operation.security.some((one) => 'memberToken' in one);
const namesResource = (route: Route) => route.path.includes('{') && !isAzurePlace(route) && !isOfRelease(route);

describe('tenants', () => {
  let app: TestApp;
  let document: OpenApiDocument;
  let routes: Route[];
  /** What tenant A has; its ids by the name of the parameter that carries them. */
  let ids: Ids;
  let connections: FullTenant['connections'];
  /** What tenant A calls things, found nowhere else. */
  let names: FullTenant['names'];
  let owner: GivenCaller;
  let strangers: Record<string, GivenCaller>;
  let strangeMember: Pick<GivenCaller, 'authorization'>;

  beforeAll(async () => {
    const relay = recordingRelay();
    const modules = AppModule.with(testConfig('postgresql://localhost/none')).imports ?? [];
    const imports = modules.filter(
      (each) => !(typeof each === 'object' && 'module' in each && each.module === CommonModule),
    );
    app = await startTestApp({
      imports,
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(relay.module),
    });
    document = await currentOpenApi();
    routes = routesOf(document).filter(({ path }) => /^\/(v1|v1\.0|v2\.0|subscriptions|apim|agent)\//.test(path));
    ({ owner, ids, connections, names } = await fullTenant(app));
    const tenantId = randomUUID();
    const given = new Given(app);
    strangers = {
      user: await given.caller({ tenantId }),
      'tenant administrator': await given.caller({ tenantId, isTenantAdministrator: true }),
      'service principal': await given.caller({ tenantId, type: 'ServicePrincipal' }),
    };
    const { member, memberId } = await given.gateway({ admin: await given.caller({ tenantId }) });
    const answer = await request(app.url)
      .post('/agent/v1/tokens')
      .send(await member.tokenRequest(memberId))
      .expect(200);
    strangeMember = { authorization: `Bearer ${(answer.body as { access_token: string }).access_token}` };
  });
  afterAll(() => app.stop());

  /**
   * Where a route leads for tenant A's resources.
   *
   * @param isFiltered adds optional filters by tenant A's ids
   * @throws Error for a parameter that this test does not know
   */
  function place({ path, operation }: Route, isFiltered = false): string {
    const kind = /^\/apim\/(\w+)/.exec(path)?.[1] as SourceKind | undefined;
    const known: Ids = kind ? { ...CONNECTOR_WORDS, connectionId: connections[kind] } : { ...COMMON_WORDS, ...ids };
    // Roles of a gateway: its first administrator is the one that is there.
    const principalId = path.startsWith('/v1/gateways/') ? owner.id : ids['principalId']!;
    const value = (name: string) => {
      const found = name === 'principalId' ? principalId : known[name];
      if (found === undefined) throw new Error(`${path}: add a value for {${name}} to this test`);
      return encodeURIComponent(found);
    };
    const query = (operation.parameters ?? [])
      .filter(({ in: place, required, name }) => place === 'query' && (required || (isFiltered && name in ids)))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sample(schema as JsonSchema, ids, name)))}`);
    const filled = path.replace(/\{(\w+)\}/g, (_part, name: string) => value(name));
    return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
  }

  async function call(route: Route, caller?: Pick<GivenCaller, 'authorization'>, isFiltered = false) {
    const { method, operation } = route;
    const sent = request(app.url)[method as 'get'](place(route, isFiltered));
    if (caller) void sent.set('authorization', caller.authorization);
    const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const body = BODIES[operation.operationId]?.(ids) ?? (content && sample(content.schema, ids));
    const isText = type !== undefined && !/json/.test(type);
    if (type !== undefined) void sent.set('content-type', isText ? 'application/octet-stream' : 'application/json');
    const answer = await (type === undefined ? sent : sent.send(isText ? 'x' : JSON.stringify(body)));
    return {
      status: answer.status,
      text: answer.text ?? '',
      sent: place(route, isFiltered) + JSON.stringify(body ?? ''),
    };
  }

  /** What no other tenant may read there. Their own audit says which ids they tried in vain, and never a name. */
  function hiddenFrom({ path }: Route): readonly string[] {
    return path.startsWith('/v1/audit') ? names : [...names, ...Object.values(ids), ...Object.values(connections)];
  }

  /** Every row of tenant A, as one text a table. */
  async function rowsOfA(): Promise<Record<string, string>> {
    const tables = await app.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.columns WHERE column_name = 'tenantId' AND table_schema = 'public'`,
    );
    const all: Record<string, string> = {};
    for (const { name } of tables) {
      // What the service does by itself, by the clock: looking at principals, finding alerts, signing where chains stand.
      if (['principal', 'alert', 'audit_checkpoint'].includes(name)) continue;
      const [row] = await app.database.query<{ rows: string }>(
        `SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS rows FROM ${name} t WHERE "tenantId" = $1`,
        [ids['tenantId']],
      );
      all[name] = row?.rows ?? '';
    }
    return all;
  }

  it('answer nobody without a token, but for a fixed list of open routes', async () => {
    const all = routesOf(document);
    const open = all.filter(({ operation }) => operation.security.length === 0).map(label);
    expect(open.sort()).toEqual([...OPEN].sort());
    const wrong: string[] = [];
    for (const route of routes.filter((each) => !OPEN.includes(label(each)))) {
      const { status } = await call(route);
      if (status !== 401) wrong.push(`${label(route)}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(['user', 'tenant administrator', 'service principal'])(
    'are closed to a %s of another one: whatever names a resource answers 403 or 404, and nothing changes',
    async (who) => {
      const before = await rowsOfA();
      const wrong: string[] = [];
      const tries = routes.filter(namesResource).map(async (route) => {
        // Members have tokens of their own: there a member of the other tenant tries.
        const { status, text } = await call(route, isForMembers(route) ? strangeMember : strangers[who]);
        if (status !== 403 && status !== 404 && !isDoneAlready(route, status))
          wrong.push(`${label(route)}: ${status} ${text.slice(0, 300)}`);
      });
      await Promise.all(tries);
      expect(wrong).toEqual([]);
      expect(await rowsOfA()).toEqual(before);
    },
  );

  it.each(['user', 'tenant administrator', 'service principal'])(
    'show nothing to a %s of another one in lists and answers to everything else',
    async (who) => {
      const before = await rowsOfA();
      const wrong: string[] = [];
      for (const route of routes.filter((each) => !namesResource(each) && !isEndless(each))) {
        for (const isFiltered of isGet(route) ? [false, true] : [false]) {
          const { status, text, sent } = await call(route, strangers[who], isFiltered);
          // Gateways are made by agents only: there every body is refused.
          const isRefusedAlways = route.operation.operationId === 'gateways.create';
          const isRefusedForShape = status === 400 && route.path.startsWith('/v1/') && !isRefusedAlways;
          if (status >= 500 || isRefusedForShape) wrong.push(`${label(route)}: ${status} ${text.slice(0, 300)}`);
          // What was sent may come back, what was not must not.
          const shown = hiddenFrom(route).filter((secret) => !sent.includes(secret) && text.includes(secret));
          if (shown.length > 0) wrong.push(`${label(route)} shows ${shown.join(', ')}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await rowsOfA()).toEqual(before);
    },
  );

  // Last: what tenant A's own people cause must not look like the work of strangers.
  it('are found at the places that this test tries: their own administrator reads each', async () => {
    const wrong: string[] = [];
    for (const route of routes.filter(isGet).filter((each) => isReadable(each) && !isEndless(each))) {
      const { status, text } = await call(route, owner);
      if (status !== 200) wrong.push(`${label(route)}: ${status} ${text.slice(0, 200)}`);
    }
    expect(wrong).toEqual([]);
    for (const route of routes.filter(({ path }) => path.startsWith('/apim/'))) {
      const { text } = await call(route, owner);
      expect(text, label(route)).not.toContain('CONNECTION_NOT_FOUND');
    }
  });
});

function fileId(path: string): string {
  return Buffer.from(path).toString('base64url');
}
