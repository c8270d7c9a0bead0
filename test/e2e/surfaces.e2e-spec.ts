import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { E2eStack } from '../support/e2e-stack.js';
import type { SurfaceClient, Thing } from '../support/surface-client.js';
import { keyInXml, sampleDatabase, sealedLogin, surfaceClients } from '../support/surface-clients.js';
import * as arm from '../support/surface-schemas/arm.js';
import * as cdp from '../support/surface-schemas/connector.js';
import * as fab from '../support/surface-schemas/fabric.js';
import { closed, listOf, OPEN, orNull } from '../support/surface-schemas/json-schema.js';
import * as pbi from '../support/surface-schemas/power-bi.js';
import { until } from '../support/until.js';

const CLUSTER = closed(pbi.V2_CLUSTER_KEYS);
const ONE_CLUSTER = pbi.odataOne(pbi.V2_CLUSTER_KEYS);
const V2_DATASOURCE = closed(pbi.V2_DATASOURCE_KEYS, pbi.V2_DATASOURCE_OURS);
const ONE_V2_DATASOURCE = pbi.odataOne({ ...pbi.V2_DATASOURCE_KEYS, ...pbi.V2_DATASOURCE_OURS });
const EXPAND = '$expand=permissions,memberGateways';
const SUBSCRIPTION = '3f2e1d0c-1111-4222-8333-444455556666';
const ARM_VERSION = 'api-version=2016-06-01';

const idsOf = (things: readonly Thing[]): string[] => things.map(({ id }) => id);
const withId = (things: readonly Thing[], id: string): Thing => {
  const found = things.find((thing) => thing.id === id);
  if (!found) throw new Error(`${id} is not in the list`);
  return found;
};

/** One gateway, its connections and its rows, as every client that exists today sees them. */
describe('the surfaces beside one another', () => {
  let stack: E2eStack;
  let fabric: SurfaceClient;
  let powerBi: SurfaceClient;
  let powerShell: SurfaceClient;
  let azureCli: SurfaceClient;
  let clients: ReturnType<typeof surfaceClients>;
  let gatewayId: string;
  let region: string;
  let shown: Thing;
  /** Roots below which a surface has the gateway. */
  let at: { v1: string; v2: string; own: string; fabric: string };
  let outsider: { username: string; objectId: string };
  let maker: { username: string; objectId: string };

  beforeAll(async () => {
    stack = await E2eStack.start();
    clients = surfaceClients(stack);
    fabric = clients.fabric('contoso.admin');
    powerBi = clients.powerBi('contoso.admin');
    powerShell = clients.powerShell('contoso.admin');
    azureCli = clients.azureCli('contoso.admin');
    const { gateways, users } = stack.description;
    const [gateway] = Object.values(gateways);
    if (!gateway || !users['contoso.outsider'] || !users['contoso.maker']) throw new Error('the stack has no gateway');
    gatewayId = gateway.id;
    region = gateway.region;
    outsider = users['contoso.outsider'];
    maker = users['contoso.maker'];
    at = {
      v1: `/v1.0/myorg/gateways/${gatewayId}`,
      v2: `/v2.0/myorg/gatewayClusters/${gatewayId}`,
      own: `/v2.0/myorg/me/gatewayClusters/${gatewayId}`,
      fabric: `/v1/gateways/${gatewayId}`,
    };
    shown = await fabric.one('GET', at.fabric, fab.FABRIC_GATEWAY);
  });
  afterAll(() => stack?.stop());

  const rowsOf = (connectionId: string, query = '', table = stack.sample.table): string =>
    `/apim/postgresql/${connectionId}/v2/datasets/default/tables/${encodeURIComponent(table)}/items${query}`;

  it('shows the administrator one gateway under one id', async () => {
    const [listed] = await fabric.list('/v1/gateways', fab.FABRIC_GATEWAY);
    expect(listed).toEqual(shown);
    expect(shown).toMatchObject({ id: gatewayId, type: 'OnPremises', numberOfMemberGateways: 1 });
    const [member] = await fabric.list(`${at.fabric}/members`, fab.FABRIC_MEMBER);
    expect(member?.['publicKey']).toEqual(shown['publicKey']);

    const ofV1 = await powerBi.list('/v1.0/myorg/gateways', pbi.V1_GATEWAY);
    expect(withId(ofV1, gatewayId)).toEqual(await powerBi.one('GET', at.v1, pbi.V1_GATEWAY));
    expect(withId(ofV1, gatewayId)).toMatchObject({
      name: shown['displayName'],
      type: 'Resource',
      publicKey: shown['publicKey'],
      gatewayStatus: 'Live',
    });

    for (const path of [
      `/v2.0/myorg/gatewayClusters?${EXPAND}`,
      `/v2.0/myorg/me/gatewayclusters?${EXPAND}&$skip=0&$top=5000`,
    ]) {
      const cluster = withId(await powerShell.list(path, CLUSTER), gatewayId);
      expect(cluster).toMatchObject({ name: shown['displayName'], type: 'Resource', status: 'Live', region });
      const [ofV2] = cluster['memberGateways'] as Thing[];
      expect(ofV2).toMatchObject({ id: member?.id, name: member?.['displayName'], clusterId: gatewayId });
      expect(ofV2 && keyInXml(ofV2)).toEqual(shown['publicKey']);
    }
    for (const one of [at.own, `/v2.0/myorg/gatewayclusters(${gatewayId})`]) {
      expect((await powerShell.one('GET', `${one}?${EXPAND}`, ONE_CLUSTER)).id).toBe(gatewayId);
    }
    await powerShell.one('GET', `${at.v2}/status?$expand=permissions`, pbi.V2_STATUS);

    const place = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Web/locations/${region}`;
    const installations = `${place}/connectionGatewayInstallations`;
    const found = await azureCli.list(`${installations}?${ARM_VERSION}`, arm.ARM_INSTALLATION);
    expect(found.map(({ name }) => name)).toEqual([gatewayId]);
    expect(await azureCli.one('GET', `${installations}/${gatewayId}?${ARM_VERSION}`, arm.ARM_INSTALLATION)).toEqual(
      found[0],
    );
  });

  it('asks for its state, at once and as an operation', async () => {
    const [member] = await fabric.list(`${at.fabric}/members`, fab.FABRIC_MEMBER);
    for (const path of [at.fabric, `${at.fabric}/members/${member?.id}`]) {
      const started = await fabric.none('POST', `${path}/checkStatus`, {
        status: 202,
        headers: { prefer: 'respond-async' },
      });
      expect(Number(started.get('retry-after'))).toBeGreaterThan(0);
      const operation = ownHost(started);
      expect(operation).toBe(`/v1/operations/${started.get('x-ms-operation-id')}`);
      const last = await until('the operation to end', async () => {
        const { headers, body } = await fabric.answer('GET', operation, { schema: fab.FABRIC_OPERATION });
        return (body as Thing)['status'] === 'Succeeded' && headers;
      });
      const result = await fabric.one('GET', ownHost(last), fab.FABRIC_STATUS);
      expect(result).toMatchObject({ status: 'Online' });
      expect(await fabric.one('POST', `${path}/checkStatus`, fab.FABRIC_STATUS)).toEqual(result);
    }
    expect(await fabric.refused('POST', `${at.fabric}/restart`, { status: 400 })).toMatchObject({
      errorCode: 'UnsupportedGatewayType',
    });
  });

  it('takes settings over one surface and tells them over the others by their names there', async () => {
    await powerShell.none('PATCH', at.v2, {
      sends: pbi.V2_CLUSTER_UPDATE,
      json: {
        ...{
          name: 'Head office',
          department: 'IT',
          description: 'First floor',
          contactInformation: 'it@contoso.example',
        },
        ...{ allowCloudDatasourceRefresh: false, allowCustomConnectors: true, loadBalancingSelectorType: 'Random' },
      },
    });
    const told = {
      displayName: 'Head office',
      loadBalancingSetting: 'DistributeEvenly',
      allowCloudConnectionRefresh: false,
      allowCustomConnectors: true,
    };
    expect(await fabric.one('GET', at.fabric, fab.FABRIC_GATEWAY)).toMatchObject(told);
    const back = await fabric.one('PATCH', at.fabric, fab.FABRIC_GATEWAY, {
      sends: fab.FABRIC_GATEWAY_UPDATE,
      json: {
        type: 'OnPremises',
        displayName: shown['displayName'],
        loadBalancingSetting: shown['loadBalancingSetting'],
        allowCloudConnectionRefresh: shown['allowCloudConnectionRefresh'],
        allowCustomConnectors: shown['allowCustomConnectors'],
      },
    });
    expect(back).toEqual({
      ...shown,
      ...{ department: 'IT', description: 'First floor', contactInformation: ['it@contoso.example'] },
      settingsTag: expect.any(String),
    });
    expect(await powerShell.one('GET', at.v2, ONE_CLUSTER)).toMatchObject({
      name: shown['displayName'],
      description: 'First floor',
    });
    const [member] = await fabric.list(`${at.fabric}/members`, fab.FABRIC_MEMBER);
    const renamed = await fabric.one('PATCH', `${at.fabric}/members/${member?.id}`, fab.FABRIC_MEMBER, {
      sends: fab.FABRIC_MEMBER_UPDATE,
      json: { displayName: 'Rack 4', enabled: true },
    });
    expect(renamed).toMatchObject({ id: member?.id, displayName: 'Rack 4', enabled: true });
  });

  it('gives a role over one surface, changes it over another and takes it back', async () => {
    const roles = `${at.fabric}/roleAssignments`;
    const { headers, body } = await fabric.answer('POST', roles, {
      ...{ status: 201, schema: fab.FABRIC_GATEWAY_ROLE, sends: fab.FABRIC_GATEWAY_ROLE_NEW },
      json: { principal: { id: outsider.objectId, type: 'User' }, role: 'ConnectionCreatorWithResharing' },
    });
    expect((body as Thing).id).toBe(outsider.objectId);
    expect(headers.get('location')).toMatch(new RegExp(`/roleAssignments/${outsider.objectId}$`));
    const permissionOf = async (id: string): Promise<Thing> => {
      const cluster = await powerShell.one('GET', `${at.v2}?$expand=permissions`, ONE_CLUSTER);
      return withId(cluster['permissions'] as Thing[], id);
    };
    expect(await permissionOf(outsider.objectId)).toMatchObject({
      principalType: 'User',
      role: 'ConnectionCreatorWithReshare',
    });

    await powerShell.none('POST', `${at.v2}/permissions`, {
      sends: pbi.V2_PERMISSION_NEW,
      json: { id: outsider.objectId, role: 'ConnectionCreator', allowedDataSourceTypes: ['PostgreSql'] },
    });
    expect(await permissionOf(outsider.objectId)).toMatchObject({ allowedDataSources: ['PostgreSql'] });
    const one = `${roles}/${outsider.objectId}`;
    expect(await fabric.one('GET', one, fab.FABRIC_GATEWAY_ROLE)).toMatchObject({ role: 'ConnectionCreator' });
    const changed = await fabric.one('PATCH', one, fab.FABRIC_GATEWAY_ROLE, {
      sends: fab.FABRIC_GATEWAY_ROLE_UPDATE,
      json: { role: 'Admin' },
    });
    expect(changed).toMatchObject({ role: 'Admin' });
    expect(idsOf(await fabric.list(roles, fab.FABRIC_GATEWAY_ROLE))).toContain(outsider.objectId);
    await powerShell.none('DELETE', `${at.v2}/permissions/${outsider.objectId}`);
    await fabric.refused('GET', one, { status: 404 });
  });

  it('carries a connection made over Fabric through its life over the others', async () => {
    const source = sampleDatabase(stack);
    const types = await fabric.list(
      `/v1/connections/supportedConnectionTypes?gatewayId=${gatewayId}`,
      fab.FABRIC_CONNECTION_TYPE,
    );
    const type = types.find((each) => each['type'] === 'PostgreSQL');
    expect(type).toMatchObject({
      creationMethods: [
        {
          parameters: [
            { name: 'server', required: true },
            { name: 'database', required: true },
          ],
        },
      ],
    });
    const wanted = async (password?: string) => ({
      connectivityType: 'OnPremisesGateway',
      gatewayId,
      displayName: 'Over Fabric',
      privacyLevel: 'Organizational',
      connectionDetails: {
        ...{ type: 'PostgreSQL', creationMethod: 'PostgreSql' },
        parameters: Object.entries(source).map(([name, value]) => ({ dataType: 'Text', name, value })),
      },
      credentialDetails: {
        ...{ singleSignOnType: 'None', connectionEncryption: 'NotEncrypted', skipTestConnection: false },
        credentials: {
          credentialType: 'Basic',
          values: [{ gatewayId, encryptedCredentials: await sealedLogin(stack, shown['publicKey'], password) }],
        },
      },
    });
    const creation = { sends: fab.FABRIC_CONNECTION_NEW } as const;
    // Fabric tries a connection before it is kept.
    const wrong = { ...creation, json: await wanted('wrong'), status: 400 };
    expect(await fabric.refused('POST', '/v1/connections', wrong)).toMatchObject({ errorCode: 'IncorrectCredentials' });
    const made = await fabric.answer('POST', '/v1/connections', {
      ...{ ...creation, json: await wanted(), status: 201, schema: fab.FABRIC_CONNECTION },
    });
    const { id } = made.body as Thing;
    expect(made.headers.get('location')).toMatch(new RegExp(`/v1/connections/${id}$`));
    expect(made.body).toMatchObject({
      connectionDetails: { type: 'PostgreSQL', path: `${source.server};${source.database}` },
    });
    const one = `/v1/connections/${id}`;
    const [ofV1, ofV2] = [`${at.v1}/datasources`, `${at.v2}/datasources`].map((root) => `${root}/${id}`) as [
      string,
      string,
    ];

    // Seen.
    expect(withId(await fabric.list('/v1/connections', fab.FABRIC_CONNECTION), id)).toEqual(made.body);
    const datasource = withId(await powerBi.list(`${at.v1}/datasources`, pbi.V1_DATASOURCE), id);
    expect(datasource).toEqual(await powerBi.one('GET', ofV1, pbi.V1_DATASOURCE));
    expect(datasource).toMatchObject({ datasourceName: 'Over Fabric', datasourceType: 'PostgreSql', gatewayId });
    expect(JSON.parse(String(datasource['connectionDetails']))).toEqual(source);
    expect(await powerShell.one('GET', ofV2, ONE_V2_DATASOURCE)).toMatchObject({ id, clusterId: gatewayId });
    const cluster = await powerShell.one('GET', at.v2, ONE_CLUSTER);
    expect(cluster['dataSourceIds']).toContain(id);

    // Tested.
    expect(await fabric.one('POST', `${one}/testConnection`, fab.FABRIC_CONNECTION_STATUS)).toMatchObject({
      status: 'Online',
    });
    await powerBi.none('GET', `${ofV1}/status`);
    await powerShell.none('GET', `${ofV2}/status`);

    // Shared and used.
    const classic = clients.classicPowerFx('contoso.outsider');
    const newer = clients.newerPowerFx('contoso.outsider');
    const rows = rowsOf(id, '?api-version=2015-09-01&$orderby=id+asc&$top=3');
    await classic.refused('GET', rows, { status: 403 });
    await powerBi.none('POST', `${ofV1}/users`, {
      sends: pbi.V1_USER,
      json: { emailAddress: outsider.username, datasourceAccessRight: 'Read', principalType: 'User' },
    });
    const through = await classic.one('GET', rows, cdp.rows(cdp.MOVIE));
    expect(through['value']).toHaveLength(3);
    expect(withoutIds(await newer.one('GET', rows, cdp.rows(cdp.MOVIE)))).toEqual(withoutIds(through));
    const roles = `${one}/roleAssignments`;
    const role = withId(await fabric.list(roles, fab.FABRIC_CONNECTION_ROLE), outsider.objectId);
    expect(role).toMatchObject({ role: 'User', principal: { id: outsider.objectId, type: 'User' } });
    await fabric.one('PATCH', `${roles}/${outsider.objectId}`, fab.FABRIC_CONNECTION_ROLE, {
      sends: fab.FABRIC_CONNECTION_ROLE_UPDATE,
      json: { role: 'UserWithReshare' },
    });
    const rightOf = (users: readonly Thing[]): unknown =>
      users.find(({ identifier }) => identifier === outsider.objectId)?.['datasourceAccessRight'];
    expect(rightOf(await powerShell.list(`${ofV2}/users`, pbi.V2_USER))).toBe('ReadWrite');
    expect(rightOf(await powerBi.list(`${ofV1}/users`, pbi.V1_USER))).toBe('Read');
    await powerShell.none('DELETE', `${ofV2}/users/${outsider.username}`);
    await newer.refused('GET', rows, { status: 403 });

    // Renamed and deleted.
    await fabric.one('PATCH', one, fab.FABRIC_CONNECTION, {
      sends: fab.FABRIC_CONNECTION_UPDATE,
      json: { connectivityType: 'OnPremisesGateway', displayName: 'Renamed', privacyLevel: 'Private' },
    });
    expect(await powerBi.one('GET', ofV1, pbi.V1_DATASOURCE)).toMatchObject({ datasourceName: 'Renamed' });
    await powerBi.none('DELETE', ofV1);
    await fabric.refused('GET', one, { status: 404 });
    await powerShell.refused('GET', ofV2, { status: 404 });
    await clients.classicPowerFx('contoso.admin').refused('GET', rows, { status: 404 });
  });

  it('keeps what v1.0 publishes untried, and answers as its clients insist', async () => {
    const { publicKey } = await powerBi.one('GET', at.v1, pbi.V1_GATEWAY);
    const details = async (password?: string) => ({
      credentialType: 'Basic',
      credentials: await sealedLogin(stack, publicKey, password),
      ...{ encryptedConnection: 'NotEncrypted', encryptionAlgorithm: 'RSA-OAEP', privacyLevel: 'None' },
      ...{ useCallerAADIdentity: false, useEndUserOAuth2Credentials: 'False' },
    });
    const datasources = `${at.v1}/datasources`;
    const made = await powerBi.one('POST', datasources, pbi.V1_DATASOURCE, {
      ...{ status: 201, sends: pbi.V1_PUBLISH },
      json: {
        dataSourceType: 'PostgreSql',
        connectionDetails: JSON.stringify(sampleDatabase(stack)),
        datasourceName: 'Over v1.0',
        credentialDetails: await details('wrong'),
      },
    });
    const one = `${datasources}/${made.id}`;
    const failed = await powerBi.refused('GET', `${one}/status`, { status: 400 });
    expect(failed['error']).toMatchObject({ code: expect.stringMatching(/^DM_GWPipeline_/) });
    await powerBi.none('PATCH', one, { sends: pbi.V1_UPDATE, json: { credentialDetails: await details() } });
    await powerBi.none('GET', `${one}/status`);
    const connection = `/v1/connections/${made.id}`;
    expect(await fabric.one('GET', connection, fab.FABRIC_CONNECTION)).toMatchObject({
      displayName: 'Over v1.0',
      privacyLevel: 'None',
      credentialDetails: { credentialType: 'Basic', connectionEncryption: 'NotEncrypted' },
    });
    const principal = { id: outsider.objectId, type: 'User' };
    await fabric.one('POST', `${connection}/roleAssignments`, fab.FABRIC_CONNECTION_ROLE, {
      ...{ status: 201, sends: fab.FABRIC_CONNECTION_ROLE_NEW },
      json: { principal, role: 'User' },
    });
    const users = await powerBi.list(`${one}/users`, pbi.V1_USER);
    expect(users.map(({ emailAddress }) => emailAddress)).toContain(outsider.username);
    await powerBi.none('DELETE', `${one}/users/${encodeURIComponent(outsider.username)}`);
    await fabric.refused('GET', `${connection}/roleAssignments/${outsider.objectId}`, { status: 404 });
    await fabric.none('DELETE', connection);
    await powerBi.refused('GET', one, { status: 404 });
  });

  it('takes one sealed credential for each member over v2.0', async () => {
    const cluster = await powerShell.one('GET', `${at.own}?$expand=memberGateways`, ONE_CLUSTER);
    const members = cluster['memberGateways'] as Thing[];
    const details = async (member: Thing, password?: string) => ({
      ...{ credentialType: 'Basic', encryptedConnection: 'NotEncrypted', privacyLevel: 'Organizational' },
      ...{ encryptionAlgorithm: 'RSA-OAEP', isCredentialEncrypted: true },
      credentials: await sealedLogin(stack, keyInXml(member), password),
    });
    const entries = members.map(async (member) => [member.id, await details(member)] as const);
    const made = await powerShell.one('POST', `${at.own}/datasources`, ONE_V2_DATASOURCE, {
      sends: pbi.V2_PUBLISH,
      json: {
        ...{ datasourceType: 'PostgreSql', datasourceName: 'Over v2.0', singleSignOnType: 'None' },
        connectionDetails: JSON.stringify(sampleDatabase(stack)),
        credentialDetails: Object.fromEntries(await Promise.all(entries)),
      },
      status: 201,
    });
    const one = `${at.own}/datasources/${made.id}`;
    expect(idsOf(await powerShell.list(`${at.own}/datasources`, V2_DATASOURCE))).toContain(made.id);
    await powerShell.none('PATCH', one, {
      sends: pbi.V2_RENAME,
      json: { datasourceName: 'Renamed over v2.0', datasourceAnnotation: '{}', singleSignOnType: 'None' },
    });
    const [first] = members as [Thing];
    const credentials = async (password?: string) =>
      powerShell.answer('PATCH', `${one}/credentials`, {
        ...{ sends: pbi.V2_DETAILS, schema: pbi.odataList(pbi.V2_DATASOURCE_ERROR) },
        json: await details(first, password),
      });
    expect(((await credentials('wrong')).body as { value: Thing[] }).value).toHaveLength(1);
    expect(((await credentials()).body as { value: Thing[] }).value).toEqual([]);
    await powerShell.none('POST', `${one}/users`, {
      sends: pbi.V2_USER,
      json: { identifier: maker.objectId, datasourceAccessRight: 'ReadWrite', principalType: 'User' },
    });
    const roles = await fabric.list(`/v1/connections/${made.id}/roleAssignments`, fab.FABRIC_CONNECTION_ROLE);
    expect(withId(roles, maker.objectId)).toMatchObject({ role: 'UserWithReshare' });
    await clients.newerPowerFx('contoso.maker').one('GET', rowsOf(made.id, '?$top=1'), cdp.rows(cdp.MOVIE));
    await powerShell.none('DELETE', one);
    await fabric.refused('GET', `/v1/connections/${made.id}`, { status: 404 });
  });

  it('keeps the policy of the tenant', async () => {
    const policy = () => powerShell.one('GET', '/v2.0/myorg/gatewayPolicy', pbi.V2_POLICY);
    const set = (resourceGatewayInstallPolicy: string) =>
      powerShell.none('POST', '/v2.0/myorg/gatewayPolicy', {
        sends: pbi.V2_POLICY_UPDATE,
        json: { resourceGatewayInstallPolicy },
      });
    const list = (operation: 'Add' | 'Remove') =>
      powerShell.none('POST', '/v2.0/myorg/gatewayInstallers', {
        sends: pbi.V2_INSTALLERS_UPDATE,
        json: { ids: [maker.objectId], operation, gatewayType: 'Resource' },
      });
    const listed = async () => {
      const path = `/v2.0/myorg/gatewayInstallers?$filter=${encodeURIComponent("type eq 'Resource'")}`;
      return idsOf(await powerShell.list(path, pbi.V2_INSTALLER));
    };
    await list('Add');
    expect(await listed()).toEqual([maker.objectId]);
    await set('Restricted');
    expect((await policy())['policy']).toContain('EnterpriseInstallRestricted');
    await set('Open');
    expect((await policy())['policy']).not.toContain('EnterpriseInstallRestricted');
    await list('Remove');
    expect(await listed()).toEqual([]);
    await clients.powerShell('contoso.maker').refused('GET', '/v2.0/myorg/gatewayPolicy', { status: 403 });
  });

  it('is a resource of a subscription for Logic Apps', async () => {
    const group = `/subscriptions/${SUBSCRIPTION}/resourcegroups/integration/providers/Microsoft.Web/`;
    const one = `${group}/connectionGateways/office?${ARM_VERSION}`;
    const installation = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Web/locations/${region}/connectionGatewayInstallations/${gatewayId}`;
    const made = await azureCli.one('PUT', one, arm.ARM_GATEWAY, {
      ...{ status: 201, sends: arm.ARM_GATEWAY_NEW },
      json: {
        location: region,
        tags: { team: 'it' },
        properties: { connectionGatewayInstallation: { id: installation } },
      },
    });
    expect(made).toMatchObject({
      name: 'office',
      tags: { team: 'it' },
      properties: { displayName: shown['displayName'] },
    });
    expect(await azureCli.one('GET', one, arm.ARM_GATEWAY)).toEqual(made);
    for (const scope of [
      `${group}/connectionGateways`,
      `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Web/connectionGateways`,
    ]) {
      expect(await azureCli.list(`${scope}?${ARM_VERSION}`, arm.ARM_GATEWAY)).toEqual([made]);
    }
    const found = await azureCli.one('GET', `${installation}?${ARM_VERSION}`, arm.ARM_INSTALLATION);
    expect(found['properties']).toMatchObject({ connectionGateway: { id: made.id } });
    const tags = { tags: { team: 'data' } };
    const changed = await azureCli.one('PATCH', one, arm.ARM_GATEWAY, { sends: arm.ARM_GATEWAY_UPDATE, json: tags });
    expect(changed).toMatchObject(tags);
    await azureCli.none('DELETE', one);
    await azureCli.none('DELETE', one, { status: 204 });
    await azureCli.refused('GET', one, { status: 404 });
    await fabric.one('GET', at.fabric, fab.FABRIC_GATEWAY);
  });

  it.each(['classicPowerFx', 'newerPowerFx'] as const)('gives rows to the %s client', async (name) => {
    const client = clients[name]('contoso.maker');
    const id = stack.connection('contoso.warehouse');
    const root = `/apim/postgresql/${id}`;
    await client.one('GET', `${root}/v2/$metadata.json/datasets?api-version=2015-09-01`, cdp.DATASET_METADATA);
    for (const path of ['/v2/datasets', '/servers', '/v2/datasets/default/procedures']) {
      await client.one('GET', `${root}${path}`, cdp.NAMES);
    }
    const source = sampleDatabase(stack);
    const dataset = encodeURIComponent(`${source.server},${source.database}`);
    const tables = await client.one('GET', `${root}/v2/datasets/${dataset}/tables?api-version=2015-09-01`, cdp.NAMES);
    const table = (tables['value'] as { Name: string; DisplayName: string }[]).find(({ Name }) =>
      /\bmovies\b/.test(Name),
    );
    const double = encodeURIComponent(encodeURIComponent(table?.Name ?? ''));
    const described = await client.one(
      ...(['GET', `${root}/v2/$metadata.json/datasets/${dataset}/tables/${double}?api-version=2015-09-01`] as const),
      cdp.TABLE_METADATA,
    );
    expect(described['schema']).toMatchObject({ items: { properties: { id: { 'x-ms-keyType': 'primary' } } } });

    const items = rowsOf(id, '', table?.Name);
    const filter = encodeURIComponent("not(startswith(title, 'Zz')) and imdb_votes ge 0");
    const first = await client.one(
      ...([
        'GET',
        `${items}?api-version=2015-09-01&$filter=${filter}&$orderby=id+asc&$select=id,title&$count=true&$top=2`,
      ] as const),
      cdp.rows(cdp.MOVIE),
    );
    expect(first['value']).toHaveLength(2);
    expect(first['@odata.count']).toBeGreaterThan(2);
    const paged = await client.one('GET', `${items}?$orderby=id+asc`, cdp.rows(cdp.MOVIE));
    const link = paged['@odata.nextLink'];
    const { pathname, search } = new URL(String(link));
    const next = await client.one('GET', `${pathname}${search}`, cdp.rows(cdp.MOVIE));
    const ids = [paged, next].flatMap((page) => (page['value'] as { id: number }[]).map((row) => row.id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(next['value']).not.toEqual([]);
    const apply = encodeURIComponent('aggregate($count as n)');
    await client.one('GET', `${items}?$apply=${apply}`, cdp.rows(OPEN));

    const key = name === 'classicPowerFx' ? 9_100_001 : 9_100_002;
    const sent = { sends: cdp.ROW_SENT };
    const title = `O'Hara ${randomUUID()}`;
    expect(await client.one('POST', items, cdp.MOVIE, { ...sent, json: { id: key, title } })).toMatchObject({ title });
    await client.one('PATCH', `${items}/${key}`, cdp.MOVIE, { ...sent, json: { title: 'changed' } });
    expect(await client.one('GET', `${items}/${key}`, cdp.MOVIE)).toMatchObject({ id: key, title: 'changed' });
    await client.none('DELETE', `${items}/${key}`);
    await client.refused('GET', `${items}/${key}`, { status: 404 });
    await client.refused('GET', `${items}?$filter=nonsense`, { status: 400 });

    const query = { query: 'SELECT 1 AS one', actualParameters: {} };
    const asked = { sends: cdp.QUERY_SENT, json: query };
    expect(await client.one('POST', `${root}/v2/datasets/default/query/sql`, cdp.QUERY_RESULT, asked)).toMatchObject({
      ResultSets: { Table1: [{ one: 1 }] },
    });
    await client.answer('GET', `${root}/testconnection`, {});
  });

  it('tells of new rows when polled, and runs procedures', async () => {
    const client = clients.classicPowerFx('contoso.maker');
    const id = stack.connection('contoso.warehouse');
    const trigger = rowsOf(id).replace(/items$/, 'onnewitems?$top=10');
    const begun = await client.none('GET', trigger, { status: 202 });
    expect(Number(begun.get('retry-after'))).toBeGreaterThan(0);
    const title = `New ${randomUUID()}`;
    const row = await client.one('POST', rowsOf(id), cdp.MOVIE, { sends: cdp.ROW_SENT, json: { title } });
    const next = await client.answer('GET', ownAddress(begun), { schema: cdp.CHANGED_ROWS });
    expect((next.body as { value: Thing[] }).value).toEqual([expect.objectContaining({ id: row.id, title })]);
    await client.none('GET', ownAddress(next.headers), { status: 202 });
    await client.none('DELETE', `${rowsOf(id)}/${row.id}`);

    const database = new pg.Client({ connectionString: stack.stack.site.database.adminUrl });
    await database.connect();
    await database.query('CREATE FUNCTION next_of(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n + 1 $$');
    await database.end();
    const root = `/apim/postgresql/${id}/v2`;
    const { value } = await client.one('GET', `${root}/datasets/default/procedures`, cdp.NAMES);
    const procedure = (value as { Name: string }[]).find(({ Name }) => /next_of/.test(Name))?.Name ?? '';
    const place = `datasets/default/procedures/${encodeURIComponent(procedure)}`;
    await client.one('GET', `${root}/$metadata.json/${place}`, cdp.CALL_METADATA);
    const ran = await client.one('POST', `${root}/${place}`, cdp.PROCEDURE_RESULT, {
      sends: cdp.ROW_SENT,
      json: { n: 41 },
    });
    expect(JSON.stringify(ran)).toContain('42');
  });

  it('gives files and the answers of a web API to them as well', async () => {
    const [classic, newer] = [clients.classicPowerFx('contoso.maker'), clients.newerPowerFx('contoso.maker')];
    const files = `/apim/filesystem/${stack.connection('contoso.files')}/datasets/default`;
    const listing = await newer.answer('GET', `${files}/folders`, { schema: listOf(cdp.BLOB) });
    expect((await classic.answer('GET', `${files}/folders`, { schema: listOf(cdp.BLOB) })).body).toEqual(listing.body);
    const file = (listing.body as { Id: string; IsFolder: boolean }[]).find(({ IsFolder }) => !IsFolder);
    const one = `${files}/files/${encodeURIComponent(file?.Id ?? '')}`;
    expect(await newer.one('GET', one, cdp.BLOB)).toEqual(file);
    await newer.answer('GET', `${one}/content`, {});
    const content = { content: 'through the tunnel' };
    const written = await classic.one('POST', `${files}/files?folderPath=%2F&name=tunnel.txt`, cdp.BLOB, content);
    const kept = `${files}/files/${encodeURIComponent(String(written['Id']))}`;
    expect((await newer.answer('GET', `${kept}/content`, {})).body).toBe(content.content);
    await newer.one('PUT', kept, cdp.BLOB, { content: 'shorter' });
    await classic.none('DELETE', kept);
    await newer.refused('GET', kept, { status: 404 });
    const api = `/apim/http/${stack.connection('contoso.api')}${stack.sampleApiPath}`;
    const direct = await newer.answer('GET', api, { schema: orNull(OPEN) });
    expect(direct.body).toBeTypeOf('object');
    expect((await classic.answer('GET', api, {})).body).toEqual(direct.body);
  });

  it('says over each surface that it cannot be reached, and in the end is gone from all of them', async () => {
    const [member] = await fabric.list(`${at.fabric}/members`, fab.FABRIC_MEMBER);
    const connections = await powerBi.list(`${at.v1}/datasources`, pbi.V1_DATASOURCE);
    const [connection] = connections as [Thing];
    await fabric.one('PATCH', `${at.fabric}/members/${member?.id}`, fab.FABRIC_MEMBER, {
      sends: fab.FABRIC_MEMBER_UPDATE,
      json: { enabled: false },
    });
    expect(await fabric.one('POST', `${at.fabric}/checkStatus`, fab.FABRIC_STATUS)).toMatchObject({
      status: 'Offline',
      errorDetails: [{ errorCode: 'DMTS_GatewayIsDisabled' }],
    });
    expect(await powerShell.one('GET', `${at.v2}/status`, pbi.V2_STATUS)).toMatchObject({
      clusterStatus: 'Unreachable',
    });
    const untested = await powerBi.refused('GET', `${at.v1}/datasources/${connection.id}/status`, { status: 400 });
    expect(untested['error']).toMatchObject({ code: 'DM_GWPipeline_Client_GatewayUnreachable' });
    const used = clients.newerPowerFx('contoso.maker');
    await used.refused('GET', rowsOf(stack.connection('contoso.warehouse')), { status: 503 });

    await fabric.refused('DELETE', at.fabric, { status: 409 });
    for (const { id } of connections) await powerBi.none('DELETE', `${at.v1}/datasources/${id}`);
    await powerShell.none('DELETE', at.v2);
    await fabric.refused('GET', at.fabric, { status: 404 });
    await powerShell.refused('GET', at.own, { status: 404 });
    await powerBi.refused('GET', at.v1, { status: 404 });
    const place = `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Web/locations/${region}`;
    const path = `${place}/connectionGatewayInstallations?${ARM_VERSION}`;
    expect(await azureCli.list(path, arm.ARM_INSTALLATION)).toEqual([]);
  });
});

/** Clients of Fabric ask the host that they called, whatever the address says. */
function ownHost(headers: Headers): string {
  return new URL(headers.get('location') ?? '').pathname;
}

/** Where a trigger's answer says to ask next. */
function ownAddress(headers: Headers): string {
  const { pathname, search } = new URL(headers.get('location') ?? '');
  return `${pathname}${search}`;
}

/** Rows but for the ids that are drawn anew each time they are read. */
function withoutIds(page: Thing): unknown[] {
  return (page['value'] as Thing[]).map((row) => ({ ...row, ItemInternalId: undefined }));
}
