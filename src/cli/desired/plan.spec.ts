import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../client/api-error.js';
import type { TidegateClient } from '../../client/tidegate-client.js';
import type { Shell } from '../shell.js';
import { applyPlan, StoppedPartway } from './apply-plan.js';
import { parseDescribed } from './described-file.js';
import { makePlan } from './plan.js';

const { n = '', e = '' } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const base64 = (text: string): string => Buffer.from(text, 'base64url').toString('base64');
const sealingKey = { modulus: base64(n), exponent: base64(e) };

const ID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ME = ID(1);
const MAKER = ID(2);
const HQ = ID(10);
const EUROPE = ID(20);
const ORDERS = ID(30);
const FILES = ID(31);

const refusal = new ApiError({
  status: 409,
  code: 'LAST_ADMINISTRATOR',
  message: 'no',
  remedy: 'Add another.',
  traceId: 't',
  retryable: false,
  hop: undefined,
  outcome: undefined,
  retryAfterSeconds: undefined,
  details: {},
});

const connection = (id: string, displayName: string, path: string, type = 'PostgreSQL') => ({
  id,
  displayName,
  gatewayId: HQ,
  connectionDetails: { type, path },
  privacyLevel: 'Organizational',
  credentialDetails: { credentialType: 'Basic', singleSignOnType: 'None', connectionEncryption: 'Encrypted' },
  environmentIds: [EUROPE],
});

const type = (name: string, ...parameters: string[]) => ({
  type: name,
  creationMethods: [{ name, parameters: parameters.map((each) => ({ name: each, dataType: 'Text', required: true })) }],
});

/** What the service answers by path; writes are kept. */
function service(refuseAt = Number.POSITIVE_INFINITY) {
  const answers: Record<string, unknown> = {
    '/v1/tenantPolicy': { version: 3, installers: 'Open', allowedKinds: null, limits: { tenantRequestsPerMinute: 9 } },
    '/v1/environments': { value: [{ id: EUROPE, displayName: 'Europe', region: 'europe' }] },
    '/v1/regions': { environmentRegions: [{ key: 'europe' }, { key: 'asia' }] },
    '/v1/gateways': { value: [{ id: HQ, displayName: 'hq', cpuThreshold: 0, loadBalancingSetting: 'Failover' }] },
    '/v1/gateways/{gatewayId}': { publicKey: sealingKey, keyId: 'k' },
    '/v1/gateways/{gatewayId}/members': { value: [{ id: ID(40), displayName: 'one', enabled: true }] },
    '/v1/gateways/{gatewayId}/roleAssignments': {
      value: [
        { id: ME, principal: { id: ME, type: 'User' }, role: 'Admin' },
        { id: MAKER, principal: { id: MAKER, type: 'User' }, role: 'ConnectionCreator', allowedKinds: ['http'] },
      ],
    },
    '/v1/connections': {
      value: [connection(ORDERS, 'Orders', 'db;orders'), connection(FILES, 'Files', '/srv', 'Folder')],
    },
    '/v1/connections/{connectionId}/roleAssignments': { value: [] },
    '/v1/connections/supportedConnectionTypes': {
      value: [type('PostgreSQL', 'server', 'database'), type('Folder', 'path'), type('File', 'path')],
    },
    '/v1/licences/users/{idOrUpn}': { user: { id: MAKER } },
  };
  const writes: string[] = [];
  const bodies: unknown[] = [];
  const write = (method: string) => async (path: string, init: { body?: unknown }) => {
    if (writes.length >= refuseAt) throw refusal;
    writes.push(`${method} ${path}`);
    bodies.push(init.body);
    return { id: ID(99) };
  };
  const get = async (path: string) => {
    if (!(path in answers)) throw new Error(`nobody expected ${path}`);
    return answers[path];
  };
  const methods = { get, put: write('PUT'), post: write('POST'), patch: write('PATCH'), delete: write('DELETE') };
  return { client: methods as unknown as TidegateClient, writes, bodies };
}

const shell = { env: { PW: 'secret' }, isInteractive: false } as unknown as Shell;

const planOf = (text: string, options: { client?: TidegateClient; prune?: boolean; reseal?: string[] } = {}) =>
  makePlan(parseDescribed(`version: 1\n${text}`, 'x.yaml'), {
    client: options.client ?? service().client,
    shell,
    me: ME,
    resealed: new Set(options.reseal),
    ...(options.prune === true && { prune: true }),
  });

const steps = async (...given: Parameters<typeof planOf>): Promise<string[]> =>
  (await planOf(...given)).map(({ action, kind, name }) => `${action} ${kind} ${name}`);

const orders = (more = '', server = 'db'): string => `connections:
  - name: Orders
    gateway: hq
    type: postgresql
    parameters: { server: '${server}', database: orders }
    credential: { type: Basic, username: u, passwordEnv: PW }
${more}`;

describe('a plan', () => {
  it('is empty where everything is as the file says, and for what it does not mention', async () => {
    const text = `policy: { installers: Open, allowedKinds: all }
environments: [{ name: Europe, region: europe }]
gateways:
  - name: hq
    loadBalancingSetting: Failover
    members: [{ name: one, enabled: true }]
    roles: [{ user: '${MAKER}', role: ConnectionCreator }]
${orders()}`;
    expect(await steps(text)).toEqual([]);
    expect(await steps(orders('', 'db:5432'))).toEqual([]);
  });

  it('says what was and what is to be', async () => {
    const text =
      'policy: { allowedKinds: [http], limits: { tenantRequestsPerMinute: 7 } }\ngateways: [{ name: hq, cpuThreshold: 80 }]';
    expect((await planOf(text)).map(({ fields }) => fields)).toEqual([
      [
        { field: 'allowedKinds', before: null, after: ['http'] },
        { field: 'tenantRequestsPerMinute', before: 9, after: 7 },
      ],
      [{ field: 'cpuThreshold', before: 0, after: 80 }],
    ]);
  });

  it('takes nothing away unless it is told to, and never the role of whoever applies it', async () => {
    const text = `environments: []\ngateways: [{ name: hq, roles: [] }]\n${orders('    environments: []\n')}`;
    expect(await steps(text)).toEqual([]);
    const pruned = [
      'delete binding of Orders to Europe',
      'delete connection Files',
      `delete gateway role of User ${MAKER} on hq`,
      'delete environment Europe',
    ];
    expect(await steps(text, { prune: true })).toEqual(pruned);
    expect(await steps(`prune: true\n${text}`)).toEqual(pruned);
  });

  it('seals a credential anew only where what it is bound to changes, or on demand', async () => {
    const sealed = async (...given: Parameters<typeof planOf>) =>
      (await planOf(...given)).some(({ fields }) => fields.some(({ field }) => field === 'sealed credential'));
    expect(await sealed(orders('    privacyLevel: Public\n'))).toBe(false);
    expect(await sealed(orders('    encryption: Any\n'))).toBe(true);
    expect(await sealed(orders('', 'db:5433'))).toBe(true);
    expect(await sealed(orders(), { reseal: ['Orders'] })).toBe(true);
  });

  it('names everything that is not there, with its line, before anything changes', async () => {
    const text = `environments: [{ name: Moon, region: moon }]
gateways: [{ name: hq, members: [{ name: two, enabled: true }] }, { name: nowhere }]
connections:
  - { name: a, gateway: hq, type: Nothing, parameters: {}, credential: { type: Anonymous } }
  - { name: b, gateway: hq, type: Folder, parameters: { url: x }, credential: { type: Anonymous }, environments: [Mars] }
  - { name: b, gateway: hq, type: Folder, parameters: { path: x }, credential: { type: Anonymous } }
`;
    const error = await planOf(text).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'REFERENCES_WRONG' });
    const lines = String((error as Error).message).split('\n');
    expect(lines.map((each) => each.replace(/^x\.yaml:(\d+):\d+: (.{20}).*$/, '$1 $2')).toSorted()).toEqual([
      '2 there is no region m',
      '3 hq has no member two',
      '3 there is no gateway ',
      '5 Connections cannot l',
      '6 Folder takes other p',
      '6 there is no environm',
      '7 connections: b on hq',
    ]);
  });
});

describe('its application', () => {
  const text = `environments: [{ name: Asia, region: asia }]
gateways: [{ name: hq, cpuThreshold: 80 }]
${orders('    environments: [Asia]\n', 'other')}`;

  it('does the steps in order, with the ids of what came into being', async () => {
    const { client, writes, bodies } = service();
    await applyPlan(await planOf(text, { client }), () => undefined);
    expect(writes).toEqual([
      'POST /v1/environments',
      'PATCH /v1/gateways/{gatewayId}',
      'PATCH /v1/connections/{connectionId}',
      'PUT /v1/connections/{connectionId}/environments/{environmentId}',
    ]);
    expect(JSON.stringify(bodies)).toContain('encryptedCredentials');
    expect(JSON.stringify(bodies)).not.toContain('secret');
  });

  it('stops at the first refusal and says what was done and what not', async () => {
    const { client } = service(1);
    const stop = await applyPlan(await planOf(text, { client }), () => undefined).catch((error: unknown) => error);
    expect(stop).toBeInstanceOf(StoppedPartway);
    expect(stop).toMatchObject({ code: 'LAST_ADMINISTRATOR', remedy: 'Add another.', exitCode: 3 });
    expect((stop as StoppedPartway).show()).toMatchObject({
      done: [{ kind: 'environment' }],
      notDone: [{ kind: 'gateway' }, { kind: 'connection' }, { kind: 'binding' }],
    });
  });

  it('does nothing when a secret is missing', async () => {
    const { client, writes } = service();
    const changes = await planOf(text.replace('PW', 'NOT_SET'), { client });
    await expect(applyPlan(changes, () => undefined)).rejects.toMatchObject({ code: 'SECRET_MISSING' });
    expect(writes).toEqual([]);
  });
});
