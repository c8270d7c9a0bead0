import { CATALOGUE, type ErrorCode } from '../../src/common/errors/catalogue.js';

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
  /** Of the tenant; holds the lowest role at the gateway and at the connection. */
  readonly targetId: string;
  /** Of the tenant; holds nothing. */
  readonly newcomerId: string;
  readonly environmentId: string;
  /** Used once. */
  readonly freshName: string;
}

/** One call as a surface spells it. */
export interface SurfaceCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  /** Status when it was done. */
  readonly success: number;
}

/** The surfaces, by name. A further one is a further key here and in the rows it serves. */
export type Surface = 'fabric';

/** One right: who has it, what the others are told, and how it is asked for. */
export interface MatrixRow {
  readonly verb: string;
  readonly allowed: readonly Subject[];
  /** What everybody else of the tenant is told. */
  readonly refused: Verdict;
  readonly otherTenant: Verdict;
  /** What doing it changes for whoever comes next: each case is tried on one of its own. */
  readonly usesUp?: 'principals' | 'connection' | 'gateway';
  readonly on: Readonly<Record<Surface, (tried: Tried) => SurfaceCall>>;
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

const gateway = ({ gatewayId }: Tried) => `gateways/${gatewayId}`;
const gatewayRoles = (tried: Tried) => `${gateway(tried)}/roleAssignments`;
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
const NO_CONNECTION = { otherTenant: 'CONNECTION_NOT_FOUND' } as const;
const ROLE_MISSING = { refused: 'ROLE_MISSING' } as const;
const NOT_ADMINISTRATOR = { refused: 'NOT_ADMINISTRATOR' } as const;
const LEFT_OUT = { refused: 'left out', otherTenant: 'left out' } as const;

/** Who may what. */
export const PERMISSION_MATRIX: readonly MatrixRow[] = [
  { verb: 'find the gateway in the list', allowed: AT_GATEWAY, ...LEFT_OUT, on: call('GET', () => 'gateways') },
  { verb: 'read the gateway', allowed: AT_GATEWAY, ...ROLE_MISSING, ...NO_GATEWAY, on: call('GET', gateway) },
  {
    verb: 'list the members of the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: call('GET', (tried) => `${gateway(tried)}/members`),
  },
  {
    verb: 'change the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    on: call('PATCH', gateway, { body: () => ({ loadBalancingSetting: 'DistributeEvenly' }) }),
  },
  {
    verb: 'list the roles at the gateway',
    allowed: AT_GATEWAY,
    ...ROLE_MISSING,
    ...NO_GATEWAY,
    on: call('GET', gatewayRoles),
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
    on: call('POST', gatewayRoles, { body: toNewcomer(role), success: 201 }),
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
    on: call('DELETE', gatewayRole),
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
    on: call('POST', () => 'connections', {
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
  },
  {
    verb: 'read the connection',
    allowed: AT_CONNECTION,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    on: call('GET', connection),
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
    on: call('PATCH', connection, { body: () => ({ privacyLevel: 'Private' }) }),
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
    on: call('GET', connectionRoles),
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
    on: call('POST', connectionRoles, { body: toNewcomer(role), success: 201 }),
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
    on: call('DELETE', connectionRole),
  },
  {
    verb: 'delete the connection',
    allowed: OWNERS,
    ...ROLE_MISSING,
    ...NO_CONNECTION,
    usesUp: 'connection',
    on: call('DELETE', connection),
  },
  {
    verb: 'delete the gateway',
    allowed: ADMINISTRATORS,
    ...NOT_ADMINISTRATOR,
    ...NO_GATEWAY,
    usesUp: 'gateway',
    on: call('DELETE', gateway),
  },
];
