import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { armErrorCode } from '../../src/common/errors/arm-error-code.js';
import { CATALOGUE, type ErrorCode } from '../../src/common/errors/catalogue.js';
import { fabricErrorCode } from '../../src/common/errors/fabric-error-code.js';
import { powerBiErrorCode } from '../../src/common/errors/power-bi-error.js';
import { ArmApiModule } from '../../src/modules/arm-api/arm-api.module.js';
import { FabricApiModule } from '../../src/modules/fabric-api/fabric-api.module.js';
import { ManagementApiModule } from '../../src/modules/management-api/management-api.module.js';
import { PowerbiApiModule } from '../../src/modules/powerbi-api/powerbi-api.module.js';
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
  type SurfaceCall,
  type Tried,
} from '../support/permission-matrix.js';
import { recordingRelay } from '../support/recording-relay.js';

/** How a surface writes lists and refusals. */
interface Spelling {
  /** What stands in a list, by what tells its entries apart. */
  readonly listed: (text: string) => readonly string[];
  readonly codeOf: (text: string) => string | undefined;
  readonly expected: (code: ErrorCode, call: SurfaceCall) => string;
}
const SPELLINGS: Readonly<Record<Surface, Spelling>> = {
  fabric: {
    listed: (text) => (JSON.parse(text) as { value: { id: string }[] }).value.map(({ id }) => id),
    codeOf: (text) => (JSON.parse(text) as { errorCode: string }).errorCode,
    expected: (code, call) => fabricErrorCode(code, call),
  },
  arm: {
    listed: (text) => (JSON.parse(text) as { name: string }[]).map(({ name }) => name),
    codeOf: (text) => (JSON.parse(text) as { error: { code: string } }).error.code,
    expected: (code) => armErrorCode(code),
  },
  powerbi: {
    listed: (text) => (JSON.parse(text) as { value: { id: string }[] }).value.map(({ id }) => id),
    codeOf: (text) => (JSON.parse(text) as { error: { code: string } }).error.code,
    expected: (code) => powerBiErrorCode({ code, hop: CATALOGUE[code].hop }),
  },
};
const SURFACES = Object.keys(SPELLINGS) as Surface[];

/** One cell: who, holding it how, tries what on which gateway and connection. Ids of its own where it changes them. */
interface Cell extends Holder {
  readonly row: MatrixRow;
  readonly surface: Surface;
  readonly own: ReturnType<typeof newOwn>;
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

const newOwn = () => ({
  gatewayId: randomUUID(),
  connectionId: randomUUID(),
  memberId: randomUUID(),
  targetId: randomUUID(),
});
const cells: readonly Cell[] = PERMISSION_MATRIX.flatMap((row) =>
  SURFACES.filter((surface) => row.on[surface]).flatMap((surface) =>
    holders.map((holder) => ({ row, surface, ...holder, own: newOwn(), newcomerId: randomUUID() })),
  ),
);

describe('who may what', () => {
  const callers = new Map<string, GivenCaller>();
  let app: TestApp;
  let shared: Omit<Tried, 'newcomerId' | 'freshName'>;

  beforeAll(async () => {
    app = await startTestApp({
      imports: [FabricApiModule, ArmApiModule, PowerbiApiModule, ManagementApiModule],
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
    const { id: gatewayId, memberId, region } = connection.gateway;
    const azure = { region, subscriptionId: randomUUID(), resourceName: 'the-gateway' };
    shared = { gatewayId, memberId, connectionId: connection.id, targetId: randomUUID(), environmentId, ...azure };
    await app.database.query(
      `INSERT INTO connection_gateway_resource (id, "tenantId", "subscriptionId", "resourceGroup", "resourceGroupKey",
         name, "nameKey", location, tags, "gatewayId", "createdBy")
       VALUES ($1, $2, $3, 'matrix', 'matrix', $4, $4, $5, '{}', $6, $7)`,
      [randomUUID(), tenantId, azure.subscriptionId, azure.resourceName, region, gatewayId, founder.id],
    );
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
    await copyMembers(tenantId);
  }

  /**
   * Members that one cell looks at. All were looked at before. Whoever is to read or stop a log began to watch it, be it as
   * an administrator that they are no more: what they began gives them no right.
   */
  async function copyMembers(tenantId: string) {
    const looking = cells.filter(({ row }) => row.usesUp === 'member');
    const watching = looking.filter(({ row }) => /^(read|stop watching) the log/.test(row.verb));
    const members = looking.map(({ own }) => own.memberId);
    const { memberId, gatewayId } = shared;
    await app.database.query(
      `INSERT INTO member (id, "tenantId", "gatewayId", name, "identityKey", "receivingKey", machine, version, capabilities)
       SELECT own, "tenantId", "gatewayId", own::text, "identityKey", "receivingKey", uuid_send(own), version,
         jsonb_set(capabilities, '{features}', '["diagnosis", "log-tail"]')
       FROM member, unnest($1::uuid[]) own WHERE "tenantId" = $2 AND id = $3`,
      [members, tenantId, memberId],
    );
    await app.database.query(
      `INSERT INTO diagnosis ("memberId", id, "tenantId", "gatewayId", "requestedBy", "requestedAt")
       SELECT own, own, $2, $3, $4, now() - interval '1 hour' FROM unnest($1::uuid[]) own`,
      [members, tenantId, gatewayId, shared.targetId],
    );
    await app.database.query(
      `INSERT INTO log_tail (id, "tenantId", "gatewayId", "memberId", "requestedBy", "requestedAt", until, state, "openFor")
       SELECT own, $3, $4, own, caller, now(), now() + interval '5 minutes', 'open', own
       FROM unnest($1::uuid[], $2::uuid[]) AS watch(own, caller)`,
      [
        watching.map(({ own }) => own.memberId),
        watching.map((cell) => callers.get(nameOf(cell))?.id),
        tenantId,
        gatewayId,
      ],
    );
  }

  function triedBy({ row: { usesUp }, own, newcomerId }: Cell): Tried {
    return {
      ...shared,
      ...(usesUp === 'principals' && { targetId: own.targetId }),
      ...(usesUp === 'connection' && { connectionId: own.connectionId }),
      ...(usesUp === 'member' && { memberId: own.memberId }),
      ...(usesUp === 'gateway' && { gatewayId: own.gatewayId }),
      newcomerId,
      freshName: `made by ${newcomerId}`,
    };
  }

  describe.each(SURFACES)('on the surface of %s', (surface) => {
    const tries = cells.flatMap((cell) => {
      const on = cell.surface === surface ? cell.row.on[surface] : undefined;
      return on ? [[sentenceOf(cell), cell, on] as const] : [];
    });
    it.each(tries)('%s', async (_sentence, cell, on) => {
      const tried = triedBy(cell);
      const call = on(tried);
      const { listed, codeOf, expected } = SPELLINGS[surface];
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
      const isList = [cell.row.refused, cell.row.otherTenant].includes('left out');
      if (isList && (verdict === 'done' || verdict === 'left out')) {
        const shown = listed(text);
        const isShown = [tried.gatewayId, tried.connectionId, tried.resourceName].some((one) => shown.includes(one));
        expect(isShown).toBe(verdict === 'done');
      } else if (verdict !== 'done' && verdict !== 'left out') {
        expect(codeOf(text)).toBe(expected(verdict, call));
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
