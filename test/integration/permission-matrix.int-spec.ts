import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fabricErrorCode } from '../../src/common/errors/fabric-error-code.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, type GivenCaller } from '../support/given.js';
import {
  PERMISSION_MATRIX,
  ROLES,
  statusOf,
  SUBJECTS,
  verdictOf,
  type MatrixRow,
  type Role,
  type Subject,
  type Surface,
  type Tried,
} from '../support/permission-matrix.js';
import { recordingRelay } from '../support/recording-relay.js';

const SURFACES: readonly Surface[] = ['fabric'];

/** One cell: who, holding it how, tries what on which gateway and connection. Ids of its own where it changes them. */
interface Cell extends Holder {
  readonly row: MatrixRow;
  readonly own: { readonly gatewayId: string; readonly connectionId: string; readonly targetId: string };
  readonly newcomerId: string;
}

const isRole = (subject: Subject): subject is Role => subject in ROLES;
/** Who asks, and how they hold their role. */
interface Holder {
  readonly subject: Subject;
  readonly isThroughGroup: boolean;
}
const holders: readonly Holder[] = SUBJECTS.flatMap((subject) =>
  (isRole(subject) ? [false, true] : [false]).map((isThroughGroup) => ({ subject, isThroughGroup })),
);
const nameOf = ({ subject, isThroughGroup }: Holder) => (isThroughGroup ? `${subject} through a group` : subject);

const newOwn = () => ({ gatewayId: randomUUID(), connectionId: randomUUID(), targetId: randomUUID() });
const cells: readonly Cell[] = PERMISSION_MATRIX.flatMap((row) =>
  holders.map((holder) => ({ row, ...holder, own: newOwn(), newcomerId: randomUUID() })),
);

describe('who may what', () => {
  const callers = new Map<string, GivenCaller>();
  let app: TestApp;
  let shared: Omit<Tried, 'newcomerId' | 'freshName'>;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [FabricApiModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
    });
    const given = new Given(app);
    const founder = await given.caller();
    const { tenantId } = founder;
    const principals: { id: string; type: string; role: Role }[] = [];
    for (const holder of holders) {
      const { subject, isThroughGroup } = holder;
      const caller = await given.caller({
        tenantId: subject === 'other tenant' ? randomUUID() : tenantId,
        // An administrator of another tenant is nobody here either.
        isTenantAdministrator: subject === 'tenant administrator' || subject === 'other tenant',
      });
      callers.set(nameOf(holder), caller);
      if (!isRole(subject)) continue;
      const id = isThroughGroup ? randomUUID() : caller.id;
      if (isThroughGroup) app.graph.groups.set(`${tenantId}/${id}`, [caller.id]);
      principals.push({ id, type: isThroughGroup ? 'Group' : 'User', role: subject });
    }
    await know(
      tenantId,
      'Group',
      principals.filter(({ type }) => type === 'Group').map(({ id }) => id),
    );
    await know(
      tenantId,
      'User',
      cells.flatMap(({ own, newcomerId }) => [own.targetId, newcomerId]),
    );

    const connection = await given.connection({ gateway: await given.gateway({ admin: founder }) });
    const { id: environmentId } = await given.environment({ tenantId });
    shared = { gatewayId: connection.gateway.id, connectionId: connection.id, targetId: randomUUID(), environmentId };
    await know(tenantId, 'User', [shared.targetId]);
    await grant(tenantId, [...principals, { id: shared.targetId, type: 'User' }]);
    await copyForCells(tenantId);
  });
  afterAll(() => app.stop());

  const know = (tenantId: string, type: string, ids: readonly string[]) =>
    app.database.query(
      `INSERT INTO principal (id, "tenantId", type, "displayName", "lastSeenAt")
       SELECT id, $1, $2::principal_type, 'somebody', now() FROM unnest($3::uuid[]) id`,
      [tenantId, type, ids],
    );

  /** Gives everybody their role at the shared gateway or connection; the target, who has none, the lowest at both. */
  async function grant(tenantId: string, principals: readonly { id: string; type: string; role?: Role }[]) {
    const write = async (place: 'gateway' | 'connection', placeId: string, lowest: Role) => {
      const held = principals.filter(({ role = lowest }) => ROLES[role] === place);
      const kinds = place === 'gateway' ? [`, "allowedKinds"`, `, '{}'`] : ['', ''];
      await app.database.query(
        `INSERT INTO ${place}_role ("${place}Id", "tenantId", "principalId", "principalType", role${kinds[0]})
         SELECT $1, $2, p, t::principal_type, r::${place}_role_name${kinds[1]}
         FROM unnest($3::uuid[], $4::text[], $5::text[]) AS x(p, t, r)`,
        [
          placeId,
          tenantId,
          held.map(({ id }) => id),
          held.map(({ type }) => type),
          held.map(({ role }) => role ?? lowest),
        ],
      );
    };
    await write('gateway', shared.gatewayId, 'ConnectionCreator');
    await write('connection', shared.connectionId, 'User');
  }

  /** Targets, connections and gateways that one cell uses up: like the shared ones, with everybody's roles. */
  async function copyForCells(tenantId: string) {
    const own = (what: MatrixRow['usesUp']) => cells.filter(({ row }) => row.usesUp === what).map((cell) => cell.own);
    const { gatewayId, connectionId, targetId } = shared;
    const targets = own('principals').map((one) => one.targetId);
    const connections = own('connection').map((one) => one.connectionId);
    const gateways = own('gateway').map((one) => one.gatewayId);
    const copy = async (table: string, columns: string, from: string, values: unknown[]) =>
      app.database.query(`INSERT INTO ${table} (${columns}) SELECT ${from}`, values);
    const gatewayRole = `"gatewayId", "tenantId", "principalId", "principalType", role, "allowedKinds"`;
    const connectionRole = `"connectionId", "tenantId", "principalId", "principalType", role`;
    const values = (ids: readonly string[], id: string) => [ids, tenantId, id];
    await copy(
      'gateway_role',
      gatewayRole,
      `"gatewayId", "tenantId", own, "principalType", role, "allowedKinds"
       FROM gateway_role, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND "principalId" = $3`,
      values(targets, targetId),
    );
    await copy(
      'connection_role',
      connectionRole,
      `"connectionId", "tenantId", own, "principalType", role
       FROM connection_role, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND "principalId" = $3`,
      values(targets, targetId),
    );
    await copy(
      'connection',
      `id, "tenantId", "gatewayId", "displayName", kind, target, "credentialType", encryption, "createdBy"`,
      `own, "tenantId", "gatewayId", own::text, kind, target, 'Anonymous', encryption, "createdBy"
       FROM connection, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND id = $3`,
      values(connections, connectionId),
    );
    await copy(
      'connection_role',
      connectionRole,
      `own, "tenantId", "principalId", "principalType", role
       FROM connection_role, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND "connectionId" = $3`,
      values(connections, connectionId),
    );
    await copy(
      'gateway',
      `id, "tenantId", name, region, namespace, "sealingKey", "sealingKeyId", recovery`,
      `own, "tenantId", own::text, region, namespace, "sealingKey", "sealingKeyId", recovery
       FROM gateway, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND id = $3`,
      values(gateways, gatewayId),
    );
    await copy(
      'gateway_role',
      gatewayRole,
      `own, "tenantId", "principalId", "principalType", role, "allowedKinds"
       FROM gateway_role, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND "gatewayId" = $3`,
      values(gateways, gatewayId),
    );
  }

  function triedBy({ row: { usesUp }, own, newcomerId }: Cell): Tried {
    return {
      ...shared,
      ...(usesUp === 'principals' && { targetId: own.targetId }),
      ...(usesUp === 'connection' && { connectionId: own.connectionId }),
      ...(usesUp === 'gateway' && { gatewayId: own.gatewayId }),
      newcomerId,
      freshName: `made by ${newcomerId}`,
    };
  }

  describe.each(SURFACES)('on the surface of %s', (surface) => {
    it.each(cells.map((cell) => [sentenceOf(cell), cell] as const))('%s', async (_sentence, cell) => {
      const tried = triedBy(cell);
      const call = cell.row.on[surface](tried);
      const verdict = verdictOf(cell.row, cell.subject);
      const answer = await fetch(new URL(call.path, app.url), {
        method: call.method,
        headers: {
          authorization: callers.get(nameOf(cell))?.authorization ?? '',
          ...(call.body && { 'content-type': 'application/json' }),
        },
        ...(call.body && { body: JSON.stringify(call.body) }),
      });
      const text = await answer.text();
      expect(answer.status, text).toBe(statusOf(verdict, call));
      if (cell.row.refused === 'left out') {
        const ids = (JSON.parse(text) as { value: { id: string }[] }).value.map(({ id }) => id);
        const isShown = ids.includes(tried.gatewayId) || ids.includes(tried.connectionId);
        expect(isShown).toBe(verdict === 'done');
      } else if (verdict !== 'done') {
        expect((JSON.parse(text) as { errorCode: string }).errorCode).toBe(fabricErrorCode(verdict, call));
      }
    });
  });
});

function sentenceOf(cell: Cell): string {
  const verdict = verdictOf(cell.row, cell.subject);
  const who = nameOf(cell);
  if (verdict === 'done') return `${who} may ${cell.row.verb}`;
  return verdict === 'left out' ? `${who} does not ${cell.row.verb}` : `${who} may not ${cell.row.verb}: ${verdict}`;
}
