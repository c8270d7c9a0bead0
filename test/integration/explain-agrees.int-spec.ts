import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { OPERATIONS_BY_KIND } from '../../src/contract/capabilities.js';
import { operationNameSchema, type OperationName } from '../../src/contract/operations.js';
import type { AdministratorCountService } from '../../src/modules/administrators/administrator-count.service.js';
import type { AdministratorsService } from '../../src/modules/administrators/administrators.service.js';
import type { GatewayRolesService } from '../../src/modules/administrators/gateway-roles.service.js';
import { GATEWAY_ROLES } from '../../src/modules/administrators/gateway-roles.types.js';
import { ChangersService } from '../../src/modules/admission/changers.service.js';
import { ExplainService } from '../../src/modules/admission/explain.service.js';
import type { ConnectionOwnersService } from '../../src/modules/connections/connection-owners.service.js';
import { CONNECTION_ROLES } from '../../src/modules/connections/connections.types.js';
import type { FlowRequest } from '../../src/modules/flow-requests/dispatcher.service.js';
import type { GatewayStatesService } from '../../src/modules/gateways/gateway-states.service.js';
import type { PrincipalsService } from '../../src/modules/identity/principals.service.js';
import type { TenantPolicyService } from '../../src/modules/tenant-policy/tenant-policy.service.js';
import { DispatcherFixture } from '../support/dispatcher.js';
import { bytesOf } from '../support/relay.js';

const CASES = 10_000;
const OPERATIONS = operationNameSchema.options;

let its: DispatcherFixture;
let explain: ExplainService;
beforeAll(async () => {
  its = await DispatcherFixture.start();
  const nobody = { list: async () => [] };
  const principals = {
    findByIdOrUpn: async (tenantId: string, id: string) => ({
      ...its.caller,
      id,
      tenantId,
      state: 'Active',
      appId: null,
    }),
  } as unknown as PrincipalsService;
  const owners = { list: async () => [] } as unknown as ConnectionOwnersService;
  explain = new ExplainService(
    its.admission,
    {} as GatewayStatesService,
    {} as GatewayRolesService,
    {} as AdministratorCountService,
    {} as TenantPolicyService,
    principals,
    new ChangersService(nobody as unknown as AdministratorsService, owners),
  );
});
afterAll(() => its.stop());

const memberArbitrary = fc.record({
  // Mostly well, or hardly any case would come to the last rules.
  enabled: fc.constantFrom(true, true, true, false),
  draining: fc.constantFrom(false, false, false, true),
  secondsSilent: fc.constantFrom(1, 1, 30, 60, undefined),
  connectedEpoch: fc.constantFrom(1, 1, 1, 2, null),
  operations: fc.constantFrom<readonly OperationName[]>(
    OPERATIONS_BY_KIND.postgresql,
    OPERATIONS_BY_KIND.postgresql,
    ['listTables'],
    [],
  ),
  contractVersions: fc.constantFrom<number[]>([1], [1], [99]),
  keyIds: fc.constantFrom<string[]>([], ['key-1'], ['key-0'], ['key-0'], ['key-0', 'key-1']),
});

const caseArbitrary = fc.record({
  isVisible: fc.integer({ min: 0, max: 19 }).map((die) => die > 0),
  licence: fc.constantFrom('eligible', 'eligible', 'eligible', 'none', 'unknown'),
  connectionRole: fc.constantFrom(null, ...CONNECTION_ROLES),
  gatewayRole: fc.constantFrom(null, ...GATEWAY_ROLES),
  isComplete: fc.boolean(),
  allowedKinds: fc.constantFrom(undefined, undefined, undefined, ['http'], ['postgresql', 'http']),
  bound: fc.subarray(['europe', 'us'] as const),
  named: fc.constantFrom(undefined, 'europe', 'europe', 'us', 'foreign', 'no id'),
  region: fc.constantFrom('westeurope', 'westeurope', 'westeurope', 'westus', 'southeastasia'),
  loadBalancing: fc.constantFrom('Failover', 'DistributeEvenly'),
  members: fc.array(memberArbitrary, { maxLength: 3 }),
  operation: fc.oneof(fc.constantFrom(...OPERATIONS_BY_KIND.postgresql), fc.constantFrom(...OPERATIONS)),
});
type Case = typeof caseArbitrary extends fc.Arbitrary<infer T> ? T : never;

/** Sets the scene. @returns the environment to name */
function arrange(one: Case): string | undefined {
  its.reset();
  its.isLicensed = one.licence === 'eligible';
  its.isLicenceUnknown = one.licence === 'unknown';
  its.policy = { ...its.policy, allowedKinds: one.allowedKinds };
  const places = { europe: its.europe, us: its.us };
  its.change({
    grant: { connectionRole: one.connectionRole, gatewayRole: one.gatewayRole, isComplete: one.isComplete },
    environments: one.bound.map((name) => places[name]),
    gateway: {
      region: one.region,
      loadBalancing: one.loadBalancing,
      members: one.members.map(({ secondsSilent, operations, contractVersions, ...member }) =>
        its.member({
          ...member,
          lastHeartbeatAt: secondsSilent === undefined ? null : new Date(Date.now() - secondsSilent * 1_000),
          capabilities: { contractVersions, operations: { postgresql: [...operations] }, features: [] },
        }),
      ),
    },
  });
  if (one.named === 'foreign') return randomUUID();
  if (one.named === 'europe' || one.named === 'us') return places[one.named].id;
  return one.named;
}

async function dispatched(operation: OperationName, environmentId: string | undefined): Promise<string> {
  try {
    if (operation === 'test') {
      await its.dispatcher.test(its.caller, its.request().connectionId, new AbortController().signal);
    } else {
      const wish = { operation: { name: operation } as FlowRequest['operation'] };
      const request = its.request(environmentId === undefined ? wish : { ...wish, environmentId });
      await bytesOf((await its.dispatcher.dispatch(its.caller, request)).body);
    }
    return 'sent';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

async function explained(operation: OperationName, environmentId: string | undefined): Promise<string> {
  try {
    const { connectionId } = its.request();
    const question = { user: its.caller.id, connectionId, operation };
    const answer = await explain.explain(
      its.caller,
      environmentId === undefined ? question : { ...question, environmentId },
    );
    const decisive = answer.rules.find(({ verdict }) => verdict !== 'passed');
    expect(answer.isAllowed).toBe(decisive === undefined);
    return decisive?.code ?? 'sent';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

it(`says of ${CASES} random cases what the dispatcher does`, { timeout: 300_000 }, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(caseArbitrary, async (one) => {
      const environmentId = arrange(one);
      if (!one.isVisible) its.route = undefined;
      const said = await explained(one.operation, environmentId);
      expect(await dispatched(one.operation, environmentId)).toBe(said);
      // A test has fewer rules: what only tests meet does not count.
      if (one.operation !== 'test') seen.set(said, (seen.get(said) ?? 0) + 1);
    }),
    { numRuns: CASES },
  );
  // A generator that never came to a rule would agree about it for free.
  expect([...seen.keys()].sort()).toEqual(
    [
      'CONNECTION_NOT_FOUND',
      'ENVIRONMENT_NOT_FOUND',
      'ENVIRONMENT_REQUIRED',
      'GATEWAY_KEY_MISSING',
      'GATEWAY_OFFLINE',
      'GATEWAY_TOO_OLD',
      'IDENTITY_UNAVAILABLE',
      'KIND_FORBIDDEN',
      'LICENCE_REQUIRED',
      'LICENCE_UNAVAILABLE',
      'OPERATION_UNSUPPORTED',
      'REGION_MISMATCH',
      'ROLE_MISSING',
      'sent',
    ].sort(),
  );
});
