import type { SourceKind } from '../../src/contract/targets.js';
import { randomBytes, randomUUID } from 'node:crypto';
import type { TestApp } from './app.js';
import { Given, type GivenCaller } from './given.js';
import type { TestMember } from './test-member.js';

export type Ids = Readonly<Record<string, string>>;

/** A tenant that has one of everything. */
export interface FullTenant {
  /** Administers the tenant and its gateway. */
  readonly owner: GivenCaller;
  readonly member: TestMember;
  /** By the name of the parameter that carries them. */
  readonly ids: Ids;
  readonly connections: Readonly<Record<SourceKind, string>>;
  /** What it calls things, found nowhere else. */
  readonly names: readonly string[];
}

/** Of a server's key, as `ssh-keygen -lf` shows it. */
const HOST_KEY = `SHA256:${'A'.repeat(43)}`;

export async function fullTenant(app: TestApp): Promise<FullTenant> {
  const given = new Given(app);
  const owner = await given.caller({ isTenantAdministrator: true });
  const { tenantId } = owner;
  const gateway = await given.gateway({ admin: owner });
  const environmentName = `environment-${randomUUID()}`;
  const environment = await given.environment({ tenantId, displayName: environmentName });
  const make = async (changes: object) => (await given.connection({ gateway, ...changes })).id;
  const open = { credentialType: 'Anonymous', values: [] } as const;
  const server = 'source.example';
  const connections: Readonly<Record<SourceKind, string>> = {
    sql: await make({ target: { kind: 'sql', server, port: 1433, database: 'sales' } }),
    mysql: await make({ target: { kind: 'mysql', server, port: 3306, database: 'sales' } }),
    oracle: await make({ target: { kind: 'oracle', server, port: 1521, service: 'sales' } }),
    odata: await make({ target: { kind: 'odata', url: 'https://api.example/odata' }, ...open }),
    sftp: await make({ target: { kind: 'sftp', server, port: 22, path: '/data', hostKey: HOST_KEY } }),
    postgresql: await make({ environmentIds: [environment.id] }),
    http: await make({ target: { kind: 'http', url: 'https://api.example/' }, ...open }),
    filesystem: await make({ target: { kind: 'filesystem', path: '/data' }, credentialType: 'Anonymous' }),
  };
  const grantee = await given.userOf({ id: connections.postgresql, gateway, owner });
  const traceId = randomBytes(16).toString('hex');
  const [joinToken, alert, flowRequest] = [randomUUID(), randomUUID(), randomUUID()];
  const run = (sql: string, ...values: unknown[]) => app.database.query(sql, values);
  await run(
    `INSERT INTO join_token (id, "tenantId", hash, region, "gatewayName", "createdBy", "createdByType", "expiresAt")
     VALUES ($1, $2, $3, 'westeurope', $4, $5, 'User', now() + interval '15 minutes')`,
    ...[joinToken, tenantId, randomBytes(32), `planned-${joinToken}`, owner.id],
  );
  await run(
    `INSERT INTO alert (id, "tenantId", kind, state, "gatewayId", details, "openKey")
     VALUES ($1, $2, 'gateway-single-administrator', 'Open', $3, $4, $5)`,
    ...[alert, tenantId, gateway.id, JSON.stringify({ name: gateway.name }), `single ${gateway.id}`],
  );
  await run(
    `INSERT INTO flow_request ("requestId", "traceId", "tenantId", "callerId", "connectionId", "gatewayId", operation,
       "startedAt", "finishedAt", status, attempts, "requestBytes", "replyBytes", timings, client)
     VALUES ($1, $2, $3, $4, $5, $6, 'listItems', now(), now(), 'succeeded', 1, 1, 1, '{}', '{}')`,
    ...[flowRequest, traceId, tenantId, owner.id, connections.postgresql, gateway.id],
  );
  const rollout = randomUUID();
  await run(
    `INSERT INTO rollout (id, "tenantId", "gatewayId", version, "memberIds", state, "orderedBy")
     VALUES ($1, $2, $3, '3000.1.1', ARRAY[$4::uuid], 'succeeded', $5)`,
    ...[rollout, tenantId, gateway.id, gateway.memberId, owner.id],
  );
  const rotation = randomUUID();
  await run(
    `INSERT INTO rotation (id, "tenantId", "gatewayId", state, "oldKeyId", "newKeyId", "startedBy", "finishedAt")
     VALUES ($1, $2, $3, 'done', 'old', 'new', $4, now())`,
    ...[rotation, tenantId, gateway.id, owner.id],
  );
  await run(
    `INSERT INTO recovery_lock ("tenantId", "gatewayId", "callerId", failures, "countedFrom") VALUES ($1, $2, $3, 1, now())`,
    ...[tenantId, gateway.id, owner.id],
  );
  await run(
    `INSERT INTO exposure ("memberId", "connectionId", "tenantId", "gatewayId") VALUES ($1, $2, $3, $4)`,
    ...[randomUUID(), connections.postgresql, tenantId, gateway.id],
  );
  const [diagnosis, logTail] = [randomUUID(), randomUUID()];
  await run(
    `INSERT INTO diagnosis ("memberId", id, "tenantId", "gatewayId", "requestedBy", "requestedAt", "openUntil")
     VALUES ($1, $2, $3, $4, $5, now() - interval '1 minute', now() + interval '1 hour')`,
    ...[gateway.memberId, diagnosis, tenantId, gateway.id, owner.id],
  );
  await run(
    `INSERT INTO log_tail (id, "tenantId", "gatewayId", "memberId", "requestedBy", "requestedAt", until, state, "openFor")
     VALUES ($1, $2, $3, $4, $5, now(), now() + interval '1 hour', 'open', $4)`,
    ...[logTail, tenantId, gateway.id, gateway.memberId, owner.id],
  );
  const operation = randomUUID();
  await run(
    `INSERT INTO operation (id, "tenantId", "createdBy", kind, status, result, "expiresAt")
     VALUES ($1, $2, $3, 'gateway.checkStatus', 'Succeeded', '{}', now() + interval '1 hour')`,
    ...[operation, tenantId, owner.id],
  );
  const azure = { subscriptionId: randomUUID(), resourceGroupName: `group-${randomUUID()}` };
  const connectionGatewayName = `resource-${randomUUID()}`;
  await run(
    `INSERT INTO connection_gateway_resource (id, "tenantId", "subscriptionId", "resourceGroup", "resourceGroupKey",
       name, "nameKey", location, tags, "gatewayId", "createdBy")
     VALUES ($1, $2, $3, $4, $4, $5, $5, 'westeurope', '{}', $6, $7)`,
    ...[randomUUID(), tenantId, azure.subscriptionId, azure.resourceGroupName, connectionGatewayName],
    ...[gateway.id, owner.id],
  );
  const ids = {
    ...{ ...azure, connectionGatewayName },
    ...{ datasourceId: connections.postgresql, permissionId: owner.id },
    ...{ operationId: operation, rolloutId: rollout, rotationId: rotation, callerId: owner.id, version: '3000.1.1' },
    ...{ diagnosisId: diagnosis, logTailId: logTail },
    ...{ gatewayId: gateway.id, memberId: gateway.memberId, environmentId: environment.id },
    ...{
      connectionId: connections.postgresql,
      joinTokenId: joinToken,
      alertId: alert,
      traceId,
      requestId: flowRequest,
    },
    ...{ principalId: grantee.id, userId: owner.id, idOrUpn: owner.id, user: owner.id, tenantId },
  };
  return { owner, member: gateway.member, ids, connections, names: [gateway.name, owner.displayName, environmentName] };
}
