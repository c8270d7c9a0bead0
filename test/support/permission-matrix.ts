import { CATALOGUE, type ErrorCode } from '../../src/common/errors/catalogue.js';
import { PORTAL_PERMISSIONS } from './portal-permissions.js';

/** Roles that somebody can hold, each also through a group. */
export const ROLES = {
  ConnectionCreator: 'gateway',
  ConnectionCreatorWithResharing: 'gateway',
  Admin: 'gateway',
  User: 'connection',
  UserWithReshare: 'connection',
  Owner: 'connection',
} as const;
export type Role = keyof typeof ROLES;

/** Who asks: holders of one role and nothing else, and those who need none. */
export const SUBJECTS = [...(Object.keys(ROLES) as Role[]), 'none', 'tenant administrator', 'other tenant'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What the caller gets: the thing done, a refusal, or a list in which it is missing. */
export type Verdict = 'done' | 'left out' | ErrorCode;

/** What one row of the matrix is tried on. Roles of all subjects stand at the gateway and the connection. */
export interface Tried {
  readonly gatewayId: string;
  readonly connectionId: string;
  /** Of the gateway. It can be looked at from afar, was looked at before, and the caller watches its log. */
  readonly memberId: string;
  /** Of the tenant; holds the lowest role at the gateway and at the connection. */
  readonly targetId: string;
  /** Of the tenant; holds nothing. */
  readonly newcomerId: string;
  readonly environmentId: string;
  /** Used once. */
  readonly freshName: string;
  /** Of the gateway. */
  readonly region: string;
  /** Where the gateway is a resource of Azure. */
  readonly subscriptionId: string;
  readonly resourceName: string;
}

/** One call as a surface spells it. */
export interface SurfaceCall {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** Status when it was done. */
  readonly success: number;
}

/** The surfaces, by name. A further one is a further key here and in the rows it serves. */
export type Surface = 'fabric' | 'arm' | 'powerbi';

/** One right: who has it, what the others are told, and how it is asked for. */
export interface MatrixRow {
  readonly verb: string;
  readonly allowed: readonly Subject[];
  /** What everybody else of the tenant is told. */
  readonly refused: Verdict;
  readonly otherTenant: Verdict;
  /** What doing it changes for whoever comes next: each case is tried on one of its own. */
  readonly usesUp?: 'principals' | 'connection' | 'gateway' | 'member';
  /** A surface that has no word for it is left out. */
  readonly on: Readonly<Partial<Record<Surface, (tried: Tried) => SurfaceCall>>>;
}

/** Expected for a subject, whether they hold their role themselves or through a group. */
export function verdictOf(row: MatrixRow, subject: Subject): Verdict {
  if (subject === 'other tenant') return row.otherTenant;
  return row.allowed.includes(subject) ? 'done' : row.refused;
}

export function statusOf(verdict: Verdict, call: SurfaceCall): number {
  return verdict === 'done' || verdict === 'left out' ? call.success : CATALOGUE[verdict].status;
}

const call = (
  method: SurfaceCall['method'],
  path: (tried: Tried) => string,
  { body, success = 200 }: { body?: (tried: Tried) => object; success?: number } = {},
) => ({
  fabric: (tried: Tried): SurfaceCall => ({
    method,
    path: `/v1/${path(tried)}`,
    success,
    ...(body && { body: body(tried) }),
  }),
});

/** A call as Azure Resource Manager spells it, below the provider in a resource group or in the subscription. */
const arm = (method: SurfaceCall['method'], path: (tried: Tried) => string, body?: (tried: Tried) => object) => ({
  arm: (tried: Tried): SurfaceCall => {
    const { subscriptionId } = tried;
    const group = path(tried).startsWith('locations') ? '' : '/resourceGroups/matrix';
    return {
      method,
      path: `/subscriptions/${subscriptionId}${group}/providers/Microsoft.Web/${path(tried)}?api-version=2016-06-01`,
      success: 200,
      ...(body && { body: body(tried) }),
    };
  },
});
const azureResource = ({ resourceName }: Tried) => `connectionGateways/${resourceName}`;
const installations = ({ region }: Tried) => `locations/${region}/connectionGatewayInstallations`;
const installation = (tried: Tried) => `${installations(tried)}/${tried.gatewayId}`;
const linked = (tried: Tried) => ({
  location: tried.region,
  properties: {
    connectionGatewayInstallation: {
      id: `/subscriptions/${tried.subscriptionId}/providers/Microsoft.Web/${installation(tried)}`,
    },
  },
});

/** A call as Power BI spells it, in whichever of its versions has a word for it. */
const powerBi = (
  method: SurfaceCall['method'],
  path: (tried: Tried) => string,
  { body, success = 200 }: { body?: (tried: Tried) => object; success?: number } = {},
) => ({
  powerbi: (tried: Tried): SurfaceCall => ({
    method,
    path: `/${path(tried)}`,
    success,
    ...(body && { body: body(tried) }),
  }),
});
const oldGateway = ({ gatewayId }: Tried) => `v1.0/myorg/gateways/${gatewayId}`;
const oldDatasource = (tried: Tried) => `${oldGateway(tried)}/datasources/${tried.connectionId}`;
const cluster = ({ gatewayId }: Tried) => `v2.0/myorg/me/gatewayClusters/${gatewayId}`;
const clusterDatasource = (tried: Tried) => `${cluster(tried)}/datasources/${tried.connectionId}`;
const clusterUsers = (tried: Tried) => `${clusterDatasource(tried)}/users`;
const CLUSTER_ROLES = {
  ConnectionCreator: 'ConnectionCreator',
  ConnectionCreatorWithResharing: 'ConnectionCreatorWithReshare',
  Admin: 'Admin',
} as const;
const RIGHTS = { User: 'Read', UserWithReshare: 'ReadWrite', Owner: 'Admin' } as const;

const gateway = ({ gatewayId }: Tried) => `gateways/${gatewayId}`;
const gatewayRoles = (tried: Tried) => `${gateway(tried)}/roleAssignments`;
const member = (tried: Tried) => `${gateway(tried)}/members/${tried.memberId}`;
const gatewayRole = (tried: Tried) => `${gatewayRoles(tried)}/${tried.targetId}`;
const connection = ({ connectionId }: Tried) => `connections/${connectionId}`;
const connectionRoles = (tried: Tried) => `${connection(tried)}/roleAssignments`;
const connectionRole = (tried: Tried) => `${connectionRoles(tried)}/${tried.targetId}`;
const toNewcomer =
  (role: string) =>
  ({ newcomerId: id }: Tried) => ({ principal: { id, type: 'User' }, role });

const AT_GATEWAY = ['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator', 'tenant administrator'] as const;
const ADMINISTRATORS = ['Admin', 'tenant administrator'] as const;
const AT_CONNECTION = ['Admin', 'Owner', 'UserWithReshare', 'User'] as const;
const OWNERS = ['Admin', 'Owner'] as const;
const NO_GATEWAY = { otherTenant: 'GATEWAY_NOT_FOUND' } as const;
const NO_RESOURCE = { otherTenant: 'AZURE_RESOURCE_NOT_FOUND' } as const;
const NO_CONNECTION = { otherTenant: 'CONNECTION_NOT_FOUND' } as const;
const ROLE_MISSING = { refused: 'ROLE_MISSING' } as const;
const NOT_ADMINISTRATOR = { refused: 'NOT_ADMINISTRATOR' } as const;
const LEFT_OUT = { refused: 'left out', otherTenant: 'left out' } as const;

/** Who may what. */
export const PERMISSION_MATRIX: readonly MatrixRow[] = [
  // First: whoever makes a connection in a later row owns one from then on.
  ...PORTAL_PERMISSIONS,
  {
    verb: 'find the gateway in the list',
    allowed: AT_GATEWAY,
    ...LEFT_OUT,
    on: { ...call('GET', () => 'gateways'), ...powerBi('GET', () => 'v1.0/myorg/gateways') },
  },
  {
    verb: 'read the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: { ...call('GET', gateway), ...powerBi('GET', oldGateway) },
  },
  {
    verb: 'list the members of the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: {
      ...call('GET', (tried) => `${gateway(tried)}/members`),
      ...powerBi('GET', (tried) => `${cluster(tried)}?$expand=memberGateways`),
    },
  },
  ...(
    [
      ['ask for a diagnosis of a member', 'POST', 'diagnosis', 202],
      ['read the diagnosis of a member', 'GET', 'diagnosis', 200],
      ['ask to watch the log of a member', 'POST', 'logTail', 202],
      ['read the log of a member', 'GET', 'logTail', 200],
      ['stop watching the log of a member', 'DELETE', 'logTail', 200],
    ] as const
  ).map(([verb, method, what, success]) => ({
    verb,
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    usesUp: 'member' as const,
    on: call(method, (tried) => `${member(tried)}/${what}`, {
      success,
      ...(method === 'POST' && { body: () => ({}) }),
    }),
  })),
  {
    verb: 'change the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    on: {
      ...call('PATCH', gateway, { body: () => ({ loadBalancingSetting: 'DistributeEvenly' }) }),
      ...powerBi('PATCH', cluster, { body: () => ({ loadBalancingSelectorType: 'Random' }) }),
    },
  },
  {
    verb: 'list the roles at the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: { ...call('GET', gatewayRoles), ...powerBi('GET', (tried) => `${cluster(tried)}?$expand=permissions`) },
  },
  {
    verb: 'read a role at the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: call('GET', gatewayRole),
  },
  ...(
    [
      ['add a connection creator', 'ConnectionCreator', [...ADMINISTRATORS, 'ConnectionCreatorWithResharing']],
      ['add a creator who may reshare', 'ConnectionCreatorWithResharing', ADMINISTRATORS],
      ['add an administrator', 'Admin', ADMINISTRATORS],
    ] as const
  ).map(([verb, role, allowed]) => ({
    verb,
    allowed,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    usesUp: 'principals' as const,
    on: {
      ...call('POST', gatewayRoles, { body: toNewcomer(role), success: 201 }),
      ...powerBi('POST', (tried) => `${cluster(tried)}/permissions`, {
        body: ({ newcomerId: id }) => ({ id, role: CLUSTER_ROLES[role] }),
      }),
    },
  })),
  {
    verb: 'change a role at the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    usesUp: 'principals' as const,
    on: call('PATCH', gatewayRole, { body: () => ({ role: 'ConnectionCreatorWithResharing' }) }),
  },
  {
    verb: 'take a role at the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    usesUp: 'principals' as const,
    on: {
      ...call('DELETE', gatewayRole),
      ...powerBi('DELETE', (tried) => `${cluster(tried)}/permissions/${tried.targetId}`),
    },
  },
  {
    verb: 'find the connection in the list',
    allowed: AT_CONNECTION,
    ...LEFT_OUT,
    on: call('GET', () => 'connections'),
  },
  {
    verb: 'make a connection on the gateway',
    allowed: ['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator'],
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: {
      ...call('POST', () => 'connections', {
        body: ({ gatewayId, freshName }) => ({
          connectivityType: 'OnPremisesGateway',
          gatewayId,
          displayName: freshName,
          connectionDetails: {
            type: 'Web',
            creationMethod: 'Web',
            parameters: [{ dataType: 'Text', name: 'url', value: 'http://intranet.example/' }],
          },
          credentialDetails: { skipTestConnection: true, credentials: { credentialType: 'Anonymous' } },
        }),
        success: 201,
      }),
      ...powerBi('POST', (tried) => `${oldGateway(tried)}/datasources`, {
        body: ({ freshName }) => ({
          dataSourceType: 'Web',
          connectionDetails: '{"url":"http://intranet.example/"}',
          dataSourceName: freshName,
          credentialDetails: {
            credentialType: 'Anonymous',
            credentials: '{"credentialData":[]}',
            encryptedConnection: 'NotEncrypted',
            encryptionAlgorithm: 'None',
            privacyLevel: 'None',
          },
        }),
        success: 201,
      }),
    },
  },
  {
    verb: 'read the connection',
    allowed: AT_CONNECTION,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: { ...call('GET', connection), ...powerBi('GET', oldDatasource) },
  },
  {
    verb: 'test the connection',
    allowed: AT_CONNECTION,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: call('POST', (tried) => `${connection(tried)}/testConnection`),
  },
  {
    verb: 'change the connection',
    allowed: OWNERS,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: {
      ...call('PATCH', connection, { body: () => ({ privacyLevel: 'Private' }) }),
      ...powerBi('PATCH', clusterDatasource, { body: () => ({ datasourceAnnotation: 'tried' }) }),
    },
  },
  {
    verb: 'bind the connection to an environment',
    allowed: OWNERS,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: call('PUT', (tried) => `${connection(tried)}/environments/${tried.environmentId}`),
  },
  {
    verb: 'unbind the connection from an environment',
    allowed: OWNERS,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: call('DELETE', (tried) => `${connection(tried)}/environments/${tried.environmentId}`),
  },
  {
    verb: 'list the roles at the connection',
    allowed: [...AT_CONNECTION, 'tenant administrator'],
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: { ...call('GET', connectionRoles), ...powerBi('GET', (tried) => `${oldDatasource(tried)}/users`) },
  },
  {
    verb: 'read a role at the connection',
    allowed: [...AT_CONNECTION, 'tenant administrator'],
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: call('GET', connectionRole),
  },
  ...(
    [
      ['share the connection for use', 'User', [...OWNERS, 'tenant administrator', 'UserWithReshare']],
      ['share the connection for resharing', 'UserWithReshare', [...OWNERS, 'tenant administrator']],
      ['add an owner of the connection', 'Owner', [...OWNERS, 'tenant administrator']],
    ] as const
  ).map(([verb, role, allowed]) => ({
    verb,
    allowed,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    usesUp: 'principals' as const,
    on: {
      ...call('POST', connectionRoles, { body: toNewcomer(role), success: 201 }),
      ...powerBi('POST', clusterUsers, {
        body: ({ newcomerId: identifier }) => ({ identifier, datasourceAccessRight: RIGHTS[role] }),
      }),
    },
  })),
  {
    verb: 'change a role at the connection',
    allowed: [...OWNERS, 'tenant administrator'],
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    usesUp: 'principals' as const,
    on: call('PATCH', connectionRole, { body: () => ({ role: 'UserWithReshare' }) }),
  },
  {
    verb: 'take a role at the connection',
    allowed: [...OWNERS, 'tenant administrator'],
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    usesUp: 'principals' as const,
    on: {
      ...call('DELETE', connectionRole),
      ...powerBi('DELETE', (tried) => `${clusterUsers(tried)}/${tried.targetId}`),
    },
  },
  {
    verb: 'delete the connection',
    allowed: OWNERS,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    usesUp: 'connection',
    on: { ...call('DELETE', connection), ...powerBi('DELETE', oldDatasource) },
  },
  {
    verb: 'delete the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    usesUp: 'gateway',
    on: { ...call('DELETE', gateway), ...powerBi('DELETE', cluster) },
  },
  {
    verb: 'find the gateway among the resources of Azure',
    allowed: AT_GATEWAY,
    ...LEFT_OUT,
    on: arm('GET', () => 'connectionGateways'),
  },
  {
    verb: 'read the gateway as a resource of Azure',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_RESOURCE,
    on: arm('GET', azureResource),
  },
  {
    verb: 'change the resource that the gateway is',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_RESOURCE,
    on: arm('PATCH', azureResource, () => ({ tags: { matrix: 'tried' } })),
  },
  {
    verb: 'make the gateway a resource of Azure',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    on: arm('PUT', azureResource, linked),
  },
  {
    verb: 'find the gateway among those to make resources of',
    allowed: ADMINISTRATORS,
    ...LEFT_OUT,
    on: arm('GET', installations),
  },
  {
    verb: 'read the gateway as one to make a resource of',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    on: arm('GET', installation),
  },
];
