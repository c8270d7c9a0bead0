import type { MatrixRow, Subject, SurfaceCall, Tried } from './permission-matrix.js';

const ask = (
  method: SurfaceCall['method'],
  path: (tried: Tried) => string,
  { body }: { body?: object } = {},
): MatrixRow['on'] => ({
  fabric: (tried) => ({ method, path: `/v1/${path(tried)}`, success: 200, ...(body && { body }) }),
});

const AT_GATEWAY: readonly Subject[] = ['Admin', 'ConnectionCreatorWithResharing', 'ConnectionCreator'];
const AT_CONNECTION: readonly Subject[] = ['Admin', 'Owner', 'UserWithReshare', 'User'];
const CHIEF = 'tenant administrator';
const EVERYBODY: readonly Subject[] = [...AT_GATEWAY, 'Owner', 'UserWithReshare', 'User', 'none', CHIEF];
const LEFT_OUT = { refused: 'left out', otherTenant: 'left out' } as const;
/** Whose administrator asks the same of the own tenant. */
const OWN_TENANT = { refused: 'NOT_ADMINISTRATOR', otherTenant: 'done' } as const;
/** Everybody may ask; what is in the answer are tests of its own. */
const OPEN = { allowed: EVERYBODY, refused: 'done', otherTenant: 'done' } as const;
/** As many as one page has. */
const ALL = 'top=1000';

/** Who may what of that which stands behind the portal's pages. */
export const PORTAL_PERMISSIONS: readonly MatrixRow[] = [
  {
    verb: 'find the gateway among the summaries',
    allowed: [...AT_GATEWAY, CHIEF],
    ...LEFT_OUT,
    on: ask('GET', () => `gatewaySummaries?${ALL}`),
  },
  {
    verb: 'find the gateway among the summaries of all of the tenant',
    allowed: [CHIEF],
    refused: 'NOT_ADMINISTRATOR',
    otherTenant: 'left out',
    on: ask('GET', () => `gatewaySummaries?scope=tenant&${ALL}`),
  },
  {
    verb: 'find the connection among the summaries',
    allowed: [...AT_CONNECTION, CHIEF],
    ...LEFT_OUT,
    on: ask('GET', () => `connectionSummaries?${ALL}`),
  },
  {
    verb: 'read who uses the connection',
    allowed: ['Admin', 'Owner', CHIEF],
    refused: 'ROLE_MISSING',
    otherTenant: 'CONNECTION_NOT_FOUND',
    on: ask('GET', ({ connectionId }) => `connections/${connectionId}/usage`),
  },
  {
    verb: 'search the directory',
    allowed: ['Admin', 'ConnectionCreatorWithResharing', 'Owner', 'UserWithReshare', CHIEF],
    ...OWN_TENANT,
    on: ask('GET', () => 'directory/search?query=some'),
  },
  {
    verb: 'see beforehand whom a change of the policy affects',
    allowed: [CHIEF],
    ...OWN_TENANT,
    on: ask('POST', () => 'tenantPolicy/preview', { body: { version: 0, minimumAdministrators: 2 } }),
  },
  { verb: 'read the overview', ...OPEN, on: ask('GET', () => 'overview') },
  {
    verb: 'read the statistics of requests',
    ...OPEN,
    on: ask('GET', ({ gatewayId }) => `requests/statistics?gatewayId=${gatewayId}`),
  },
  {
    verb: 'read what the network has to let through',
    ...OPEN,
    on: ask('GET', ({ region }) => `network?region=${region}`),
  },
  { verb: 'read who they are taken for', ...OPEN, on: ask('GET', () => 'me') },
  // The answer itself has no end.
  { verb: 'hear what changes', ...OPEN, on: ask('HEAD', () => 'live') },
];
