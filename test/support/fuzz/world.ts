import { CHANNEL } from '../../../src/common/prisma/changes.js';
import request from 'supertest';
import type { TestApp } from '../app.js';
import { fullTenant, type FullTenant } from '../full-tenant.js';
import { Given } from '../given.js';
import type { Route } from '../openapi.js';
import type { Callers, FuzzWorld } from './requests.js';
import type { Known } from './values.js';

/** Words that stand for something in a path or body, beside ids. */
const WORDS: Known = {
  region: ['westeurope', 'europe', 'atlantis'],
  dataset: ['default', 'default,default'],
  table: ['public.orders', 'orders'],
  procedure: ['public.work'],
  id: ['1', Buffer.from('/a.txt').toString('base64url')],
  path: ['/a.txt', '/'],
  folderPath: ['/'],
  folderId: ['/', 'Lw'],
  source: ['/a.txt', Buffer.from('/a.txt').toString('base64url')],
  destination: ['/b.txt'],
  file: ['start.js', 'swagger-ui.css', 'favicon-32x32.png'],
  action: ['gateway.registered'],
  server: ['db.site.example'],
  url: ['https://api.example/'],
  location: ['westeurope', 'West Europe', 'atlantis'],
  connectorName: ['postgresql', 'http', 'filesystem'],
  dataSourceType: ['PostgreSql', 'WEB', 'Folder'],
  datasourceType: ['PostgreSql', 'WEB', 'Folder'],
  connectionDetails: [
    '{"server":"db.site.example","database":"sales"}',
    '{"url":"https://api.example/"}',
    '{"path":1}',
  ],
  credentials: ['{"credentialData":[]}'],
};

const kindOf = ({ path }: Route) =>
  /^\/apim\/(postgresql|http|filesystem)/.exec(path)?.[1] as keyof FullTenant['connections'];

/** Of its gateway, as Azure Resource Manager has it. */
function installationId({ subscriptionId, gatewayId }: Record<string, string>): string {
  const at = `/subscriptions/${subscriptionId ?? ''}/providers/Microsoft.Web/locations/westeurope`;
  return `${at}/connectionGatewayInstallations/${gatewayId ?? ''}`;
}

/** Two tenants with one of everything, and who calls on whose behalf. */
export async function fuzzWorld(app: TestApp, oversizedBytes: number): Promise<FuzzWorld & { beat(): Promise<void> }> {
  const given = new Given(app);
  const [own, foreign] = [await fullTenant(app), await fullTenant(app)];
  const colleague = await given.caller({ tenantId: own.owner.tenantId });
  const memberId = own.ids['memberId'] ?? '';
  const answer = await request(app.url)
    .post('/agent/v1/tokens')
    .send(await own.member.tokenRequest(memberId))
    .expect(200);
  const member = `Bearer ${(answer.body as { access_token: string }).access_token}`;
  const others = [
    { who: 'nobody', weight: 1, authorization: undefined },
    { who: 'a forger', weight: 1, authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
  ];
  const people: Callers = [
    { who: 'the owner', weight: 8, authorization: own.owner.authorization },
    { who: 'a colleague', weight: 2, authorization: colleague.authorization },
    { who: 'a stranger', weight: 2, authorization: foreign.owner.authorization },
    ...others,
  ];
  const members: Callers = [
    { who: 'the member', weight: 8, authorization: member },
    { who: 'the owner', weight: 1, authorization: own.owner.authorization },
    ...others,
  ];
  const isForMembers = (route: Route) => route.operation.security.some((one) => 'memberToken' in one);

  return {
    oversizedBytes,
    callers: (route) => (isForMembers(route) ? members : people),
    known: (route) => {
      const kind = kindOf(route);
      const idsOf = ({ ids, connections, owner }: FullTenant): Record<string, string> => ({
        ...ids,
        ...(kind && { connectionId: connections[kind] }),
        ...(route.path.startsWith('/v1/gateways/') && { principalId: owner.id }),
      });
      const [mine, theirs] = [idsOf(own), idsOf(foreign)];
      const ids = Object.entries(mine).map(([name, id]) => [name, [id, id, id, id.toUpperCase(), theirs[name] ?? id]]);
      const azure = route.path.startsWith('/subscriptions/') && { id: [mine, theirs].map(installationId) };
      return { ...WORDS, ...(Object.fromEntries(ids) as Known), ...azure };
    },
    beat: () => revive(app),
  };
}

/** Members as they are after a heartbeat, whatever was asked before: drained, disabled or moved to another epoch. */
async function revive({ database }: TestApp): Promise<void> {
  await database.query(
    `UPDATE member SET "lastHeartbeatAt" = now(), "connectedEpoch" = gateway.epoch, receiving = true, enabled = true,
       draining = false, "drainDeadline" = NULL, conditions = '{}', flaps = 0
     FROM gateway WHERE gateway.id = member."gatewayId"`,
    [],
  );
  await database.query('SELECT pg_notify($1, $2)', [CHANNEL, 'gateway *']);
}
