import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { Changes } from '../../src/common/prisma/changes.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { ConnectionCreationService } from '../../src/modules/connections/connection-creation.service.js';
import { TenantPolicyService } from '../../src/modules/tenant-policy/tenant-policy.service.js';
import type { Explanation } from '../../src/modules/admission/explain.types.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, TEST_TARGET, type GivenCaller, type GivenGateway } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

const E1 = [
  {
    servicePlanId: '0f9b09cb-62d1-4ff4-9129-43f4996f83f4',
    servicePlanName: 'FLOW_O365_P1',
    skuPartNumber: 'STANDARDPACK',
  },
];

describe('explain', () => {
  let app: TestApp;
  let given: Given;
  let gateway: GivenGateway;
  let admin: GivenCaller;
  let environmentId: string;
  beforeAll(async () => {
    const { module } = recordingRelay();
    app = await startTestApp({
      imports: [FabricApiModule, ManagementApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
    gateway = await given.gateway({ name: 'HQ' });
    ({ admin } = gateway);
    ({ id: environmentId } = await given.environment({ tenantId: admin.tenantId, displayName: 'Production' }));
  });
  afterAll(() => app.stop());

  const ask = (caller: GivenCaller, question: Record<string, unknown>) =>
    request(app.url).post('/v1/explain').set('authorization', caller.authorization).send(question);
  const explain = async (caller: GivenCaller, question: Record<string, unknown>): Promise<Explanation> => {
    const answer = await ask(caller, { user: caller.id, operation: 'listItems', ...question });
    expect(answer.status, answer.text).toBe(200);
    return answer.body as Explanation;
  };
  const colleague = (changes: Parameters<Given['caller']>[0] = {}) =>
    given.caller({ tenantId: admin.tenantId, ...changes });
  const decisive = ({ rules, decidedBy }: Explanation) => rules.find(({ rule }) => rule === decidedBy);

  describe('the commonest complaints, in words a maker understands', () => {
    it('the gateway does not show up, because it is in another region', async () => {
      const american = await given.environment({
        tenantId: admin.tenantId,
        region: 'unitedstates',
        displayName: 'Sales US',
      });
      const answer = await explain(admin, { gatewayId: gateway.id, environmentId: american.id });
      expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'region' });
      expect(decisive(answer)).toMatchObject({ code: 'REGION_MISMATCH', verdict: 'refused' });
      expect(decisive(answer)?.reason).toBe(
        'The gateway “HQ” is in West Europe, but the environment “Sales US” is in United States (including Preview): it sees only gateways in ' +
          'Central US, East US, East US 2, East US 3, North Central US, South Central US, West US, West US 2, West US 3 or West Central US.',
      );
      expect(decisive(answer)?.changeableBy[0]?.role).toContain('install a gateway in Central US');
    });

    it('the licence does not include the gateway', async () => {
      const maker = await colleague({ isLicensed: false, name: 'Mia' });
      app.graph.plans.set(`${maker.tenantId}/${maker.id}`, E1);
      const { id } = await given.connection({ gateway });
      const answer = await explain(maker, { connectionId: id, environmentId });
      expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'licence' });
      expect(decisive(answer)).toMatchObject({
        code: 'LICENCE_REQUIRED',
        reason: 'No licence of Mia includes the gateway. They hold: Office 365 E1 (FLOW_O365_P1).',
        changeableBy: [{ role: 'Licence administrator of the tenant', people: [] }],
      });
    });

    it('a role is missing, and whom to ask for it', async () => {
      const maker = await colleague({ name: 'Noa' });
      const { id } = await given.connection({ gateway, displayName: 'Warehouse' });
      const answer = await explain(maker, { connectionId: id, environmentId });
      expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'role' });
      expect(decisive(answer)).toMatchObject({
        code: 'ROLE_MISSING',
        reason: 'Noa has no role at the connection “Warehouse” and does not administer its gateway “HQ”.',
        changeableBy: [
          { role: 'Owner of the connection', people: [{ id: admin.id, displayName: admin.displayName }] },
          { role: 'Administrator of the gateway “HQ”', people: [{ id: admin.id, upn: admin.upn }] },
        ],
      });
    });

    it('the type of data source is not allowed', async () => {
      const maker = await colleague({ name: 'Pat' });
      await request(app.url)
        .post(`/v1/gateways/${gateway.id}/roleAssignments`)
        .set('authorization', admin.authorization)
        .send({ principal: { id: maker.id, type: 'User' }, role: 'ConnectionCreator', allowedKinds: ['http'] })
        .expect(201);
      const answer = await explain(maker, { gatewayId: gateway.id, environmentId, kind: 'postgresql' });
      expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'sourceType' });
      expect(decisive(answer)?.reason).toBe(
        'Pat may create connections on this gateway, but only to HTTP: PostgreSQL is not among them.',
      );
      expect(
        await explain(maker, { gatewayId: gateway.id, environmentId, kind: 'http', operation: 'httpRequest' }),
      ).toMatchObject({
        // The test member announces the operations of PostgreSQL only.
        rules: expect.arrayContaining([expect.objectContaining({ rule: 'sourceType', verdict: 'passed' })]),
      });
    });

    it('the agent is offline, on which machine and since when', async () => {
      const sleeping = await given.gateway({ admin, name: 'Branch', isOnline: false });
      await given.beat(sleeping.memberId, 600);
      const answer = await explain(admin, { gatewayId: sleeping.id, environmentId, kind: 'postgresql' });
      expect(answer).toMatchObject({ isAllowed: false, decidedBy: 'agentOnline' });
      expect(decisive(answer)).toMatchObject({ code: 'GATEWAY_OFFLINE' });
      expect(decisive(answer)?.reason).toMatch(
        /^No member of the gateway “Branch” is online: “.+” was last heard from 10 minutes ago\.$/,
      );
      expect(decisive(answer)?.changeableBy[0]?.role).toMatch(/^Operator of the machine “.+”$/);
      expect(answer.rules.at(-1)).toMatchObject({ rule: 'agentVersion', verdict: 'unknown' });
    });
  });

  it('tells that a member came back without the key of a credential, until it has fetched it', async () => {
    const own = await given.gateway({ admin, name: 'Depot' });
    const { id: connectionId } = await given.connection({ gateway: own });
    const [row] = await app.database.query<{ sealingKeyId: string }>(
      'SELECT "sealingKeyId" FROM gateway WHERE id = $1',
      [own.id],
    );
    const holds = async (keyIds: readonly string[]): Promise<void> => {
      await app.database.query('UPDATE member SET "keyIds" = $2 WHERE id = $1', [own.memberId, keyIds]);
      await app.app.get(Changes, { strict: false }).publish(app.app.get(PrismaService), 'gateway', own.id);
    };
    await holds(['of last year']);
    const lacking = await until('the change is known', async () => {
      const answer = await explain(admin, { connectionId, environmentId });
      return answer.isAllowed ? undefined : answer;
    });
    expect(lacking.decidedBy).toBe('agentKey');
    expect(decisive(lacking)).toMatchObject({ code: 'GATEWAY_KEY_MISSING', verdict: 'refused' });
    expect(decisive(lacking)?.reason).toMatch(
      /^The credential was sealed to a key that no online member of the gateway “Depot” has yet: “.+” was away/,
    );

    // It has confirmed the new key, and its heartbeat is yet to come.
    await app.database.query(
      `INSERT INTO rotation (id, "tenantId", "gatewayId", state, "underWay", "oldKeyId", "newKeyId", receipts, "startedBy")
       VALUES ($1, $2, $3, 'resealing', $3, 'of last year', $4, ARRAY[$5::uuid], $1)`,
      [randomUUID(), admin.tenantId, own.id, row?.sealingKeyId, own.memberId],
    );
    await holds(['of last year']);
    await until('it is known', async () => (await explain(admin, { connectionId, environmentId })).isAllowed);
  });

  it('says of every rule that nothing speaks against it', async () => {
    const { id } = await given.connection({ gateway });
    const answer = await explain(admin, { connectionId: id, environmentId });
    expect(answer).toMatchObject({ isAllowed: true, gateway: { displayName: 'HQ', region: 'westeurope' } });
    expect(answer.decidedBy).toBeUndefined();
    expect(answer.rules.map(({ rule, verdict }) => `${rule} ${verdict}`)).toEqual([
      'visible passed',
      'licence passed',
      'role passed',
      'tenantPolicy passed',
      'environment passed',
      'region passed',
      'operation passed',
      'credential passed',
      'agentOnline passed',
      'agentVersion passed',
      'agentKey passed',
    ]);
    expect(answer.rules.every(({ reason }) => /^\S.{10,}\.$/.test(reason))).toBe(true);
  });

  it('says of a connection that is to be made what making it would say', async () => {
    const { tenantId } = admin;
    const american = await given.environment({ tenantId, region: 'unitedstates' });
    const policies = app.app.get(TenantPolicyService, { strict: false });
    const creation = app.app.get(ConnectionCreationService, { strict: false });
    const wanted = {
      target: TEST_TARGET,
      credentialType: 'Basic',
      encryption: 'Any',
      privacyLevel: 'Organizational',
      values: [{ gatewayId: gateway.id, sealed: await sealedCredential() }],
    } as const;
    const codes = new Set<string>();
    for (const isLicensed of [true, false]) {
      for (const allowedKinds of [undefined, ['http'], ['postgresql']] as const) {
        const caller = await colleague({ isLicensed });
        await app.database.query(
          `INSERT INTO gateway_role ("gatewayId", "principalId", "tenantId", "principalType", role, "allowedKinds")
           VALUES ($1, $2, $3, 'User', 'ConnectionCreator', $4)`,
          [gateway.id, caller.id, tenantId, allowedKinds ?? []],
        );
        for (const role of [caller, await colleague({ isLicensed })]) {
          for (const environment of [environmentId, american.id, randomUUID()]) {
            for (const policy of [{}, { allowedKinds: ['http'] as const }, { minimumAdministrators: 3 }]) {
              const decided = { ...(await policies.get(tenantId)), ...policy };
              const spy = vi.spyOn(policies, 'get').mockResolvedValue(decided);
              const made = await creation
                .create(role, {
                  ...wanted,
                  gatewayId: gateway.id,
                  environmentIds: [environment],
                  displayName: randomUUID(),
                })
                .then(
                  () => 'made',
                  (error: unknown) => (error instanceof DomainError ? error.code : 'broken'),
                );
              const question = { gatewayId: gateway.id, environmentId: environment, kind: 'postgresql' };
              const answer = await explain(role, question);
              spy.mockRestore();
              const before = answer.rules.slice(
                0,
                answer.rules.findIndex(({ rule }) => rule === 'operation'),
              );
              expect(before.find(({ verdict }) => verdict !== 'passed')?.code ?? 'made').toBe(made);
              codes.add(made);
            }
          }
        }
      }
    }
    expect([...codes].sort()).toEqual([
      'ADMINISTRATORS_TOO_FEW',
      'ENVIRONMENT_NOT_FOUND',
      'KIND_FORBIDDEN',
      'KIND_NOT_ALLOWED',
      'LICENCE_REQUIRED',
      'REGION_MISMATCH',
      'ROLE_MISSING',
      'made',
    ]);
  });

  it('finds the user by name, and answers owners and administrators about others, but not other makers', async () => {
    const maker = await colleague({ name: 'quinn' });
    const { id } = await given.connection({ gateway });
    const question = { user: 'QUINN@test.example', connectionId: id, environmentId, operation: 'listItems' };
    expect((await ask(admin, question).expect(200)).body).toMatchObject({ user: { id: maker.id }, decidedBy: 'role' });
    expect((await ask(maker, question).expect(200)).body).toMatchObject({ decidedBy: 'role' });
    const stranger = await colleague();
    expect((await ask(stranger, question).expect(403)).body).toMatchObject({ errorCode: 'NOT_ADMINISTRATOR' });
    const chief = await colleague({ isTenantAdministrator: true });
    await ask(chief, question).expect(200);
    const unknown = { ...question, user: 'nobody@test.example' };
    expect((await ask(chief, unknown).expect(404)).body.moreDetails[0]).toMatchObject({
      errorCode: 'PRINCIPAL_NOT_FOUND',
    });
  });

  it('knows nothing of other tenants', async () => {
    const foreign = await given.connection();
    const answer = await ask(admin, { user: admin.id, connectionId: foreign.id, operation: 'listItems' }).expect(404);
    expect(answer.body.errorCode).toBe('EntityNotFound');
    await ask(admin, { user: admin.id, gatewayId: foreign.gateway.id, operation: 'listItems' }).expect(404);
  });

  it('calls a rule unknown, not broken, while the directory is away', async () => {
    const maker = await colleague({ isLicensed: false });
    const { id } = await given.connection({ gateway });
    app.graph.isDown = true;
    try {
      const answer = await explain(admin, { user: maker.id, connectionId: id, environmentId });
      expect(decisive(answer)).toMatchObject({ rule: 'licence', verdict: 'unknown', code: 'LICENCE_UNAVAILABLE' });
      expect(answer.rules).toContainEqual(expect.objectContaining({ rule: 'region', verdict: 'passed' }));
    } finally {
      app.graph.isDown = false;
    }
  });

  it.each([
    [{ operation: 'listItems' }, 'name either a gateway or a connection'],
    [{ operation: 'dropEverything', gatewayId: '00000000-0000-4000-8000-000000000000' }, 'operation'],
    [{ operation: 'listItems', gatewayId: 'x' }, 'gatewayId'],
  ])('says what is wrong with %j', async (question, word) => {
    const answer = await ask(admin, { user: admin.id, ...question }).expect(400);
    expect(JSON.stringify(answer.body)).toContain(word);
  });
});
