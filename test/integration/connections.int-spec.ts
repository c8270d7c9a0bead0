import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { AdministratorsModule } from '../../src/modules/administrators/administrators.module.js';
import { GatewayRoleAssignmentsService } from '../../src/modules/administrators/gateway-role-assignments.service.js';
import { ConnectionBindingsService } from '../../src/modules/connections/connection-bindings.service.js';
import { ConnectionChangesService } from '../../src/modules/connections/connection-changes.service.js';
import { ConnectionRoleAssignmentsService } from '../../src/modules/connections/connection-role-assignments.service.js';
import { ConnectionsModule } from '../../src/modules/connections/connections.module.js';
import { ConnectionsService } from '../../src/modules/connections/connections.service.js';
import { RelayBrokerModule } from '../../src/relay-broker/relay-broker.module.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { Given, sealedCredential, TEST_TARGET, type GivenConnection } from '../support/given.js';
import { recordingRelay } from '../support/recording-relay.js';
import { until } from '../support/until.js';

describe('the route of a connection', () => {
  let app: TestApp;
  let given: Given;
  const service = <T>(type: new (...dependencies: never[]) => T): T => app.app.get(type, { strict: false });
  const route = ({ id, owner }: GivenConnection, callerId = owner.id) =>
    service(ConnectionsService).route({ tenantId: owner.tenantId, id: callerId, type: 'User' }, id);

  beforeAll(async () => {
    const { module } = recordingRelay();
    app = await startTestApp({
      imports: [ConnectionsModule, AdministratorsModule],
      override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(module),
    });
    given = new Given(app);
  });
  afterAll(() => app.stop());

  it('holds everything that one request needs', async () => {
    const gateway = await given.gateway();
    const { id: environmentId } = await given.environment({ tenantId: gateway.admin.tenantId });
    const sealed = await sealedCredential();
    const connection = await given.connection({
      gateway,
      values: [{ gatewayId: gateway.memberId, sealed }],
      environmentIds: [environmentId],
    });

    const known = await route(connection);

    expect(known.connection).toMatchObject({
      id: connection.id,
      kind: 'postgresql',
      target: TEST_TARGET,
      credential: sealed,
    });
    expect(known.gateway).toMatchObject({ id: gateway.id, region: 'westeurope', namespace: 'ns-europe', epoch: 1 });
    expect(known.gateway.members).toMatchObject([{ id: gateway.memberId, connectedEpoch: 1, enabled: true }]);
    expect(known.gateway.members[0]?.lastHeartbeatAt).toBeInstanceOf(Date);
    expect(known.grant).toEqual({ connectionRole: 'Owner', gatewayRole: 'Admin', isComplete: true });
    expect(known.environments).toMatchObject([{ id: environmentId, region: 'europe' }]);
  });

  it('keeps the sealed credential under a second layer', async () => {
    const sealed = await sealedCredential();
    const gateway = await given.gateway();
    const { id } = await given.connection({ gateway, values: [{ gatewayId: gateway.id, sealed }] });
    const [row] = await app.database.query<{ credential: Buffer }>('SELECT credential FROM connection WHERE id = $1', [
      id,
    ]);
    expect(row?.credential.includes(sealed.slice(0, 40))).toBe(false);
  });

  it('is not found from another tenant, for an unknown id, and for what is no id', async () => {
    const connection = await given.connection();
    const connections = service(ConnectionsService);
    const stranger = await given.caller();
    for (const id of [connection.id, randomUUID(), 'none', `${connection.id}'--`]) {
      await expect(connections.route(stranger, id)).rejects.toMatchObject({
        code: 'CONNECTION_NOT_FOUND',
      });
    }
  });

  it('is read once for many callers of one busy connection, and remembered for a moment', async () => {
    const connection = await given.connection();
    const queries = countQueries();
    await Promise.all(Array.from({ length: 20 }, () => route(connection)));
    await route(connection);
    expect(queries.stop()).toBe(1);
  });

  describe('is forgotten at once', () => {
    it('when a role is taken, at the replica that took it and at every other', async () => {
      const second = await startTestApp({
        imports: [ConnectionsModule],
        database: app.database,
        vault: app.vault,
        override: (builder) => builder.overrideModule(RelayBrokerModule).useModule(recordingRelay().module),
      });
      try {
        const connection = await given.connection();
        const user = await given.userOf(connection);
        const elsewhere = () => second.app.get(ConnectionsService, { strict: false }).route(user, connection.id);
        expect((await route(connection, user.id)).grant.connectionRole).toBe('User');
        expect((await elsewhere()).grant.connectionRole).toBe('User');

        await service(ConnectionRoleAssignmentsService).revoke(connection.owner, connection.id, user.id);

        expect((await route(connection, user.id)).grant.connectionRole).toBeNull();
        await until(
          'the other replica to forget',
          async () => (await elsewhere()).grant.connectionRole === null,
          1_000,
        );
      } finally {
        await second.stop();
      }
    });

    it('when the credential changes', async () => {
      const connection = await given.connection();
      await route(connection);
      const sealed = await sealedCredential();
      const values = [{ gatewayId: connection.gateway.id, sealed }];
      await service(ConnectionChangesService).update(connection.owner, connection.id, { values });
      expect((await route(connection)).connection.credential).toBe(sealed);
    });

    it('when an environment is bound and unbound', async () => {
      const connection = await given.connection();
      const { id } = await given.environment({ tenantId: connection.owner.tenantId });
      expect((await route(connection)).environments).toEqual([]);
      await service(ConnectionBindingsService).bind(connection.owner, connection.id, id);
      expect((await route(connection)).environments).toHaveLength(1);
      await service(ConnectionBindingsService).unbind(connection.owner, connection.id, id);
      expect((await route(connection)).environments).toEqual([]);
    });

    it('when a role at its gateway is given', async () => {
      const connection = await given.connection();
      const colleague = await given.caller({ tenantId: connection.owner.tenantId });
      expect((await route(connection, colleague.id)).grant.gatewayRole).toBeNull();
      await service(GatewayRoleAssignmentsService).assign(connection.owner, connection.gateway.id, colleague, {
        role: 'Admin',
        allowedKinds: undefined,
      });
      await until(
        'the new role to count',
        async () => (await route(connection, colleague.id)).grant.gatewayRole === 'Admin',
        1_000,
      );
    });
  });

  it('gives its members as they are: a member that fell silent shows in two seconds', async () => {
    const connection = await given.connection();
    await route(connection);
    await given.beat(connection.gateway.memberId, 60);
    const isSilent = async () => {
      const [member] = (await route(connection)).gateway.members;
      return Date.now() - (member?.lastHeartbeatAt?.getTime() ?? 0) > 50_000;
    };
    await until('the route to be read again', isSilent, 3_000);
  });

  /** Counts the route's own query on its way to the database. */
  function countQueries() {
    const prisma = service(PrismaService);
    const original = prisma.$queryRaw.bind(prisma);
    let count = 0;
    Object.defineProperty(prisma, '$queryRaw', {
      configurable: true,
      value: (...args: Parameters<typeof original>) => {
        count += 1;
        return original(...args);
      },
    });
    return {
      stop: () => {
        // Its own again, which knows of transactions; the copy does not.
        Reflect.deleteProperty(prisma, '$queryRaw');
        return count;
      },
    };
  }
});
