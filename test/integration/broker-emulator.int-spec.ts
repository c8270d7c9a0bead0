import { randomBytes, randomUUID } from 'node:crypto';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import type { AppConfig } from '../../src/config/env.js';
import { parseRelayConfig, type EmulatorNamespace } from '../../src/config/relay.js';
import { memberQueue, workQueue } from '../../src/contract/queues.js';
import { ServiceBusStandIn } from '../../src/dev-stack/service-bus/service-bus.js';
import { EmulatorProvisioner } from '../../src/relay-broker/emulator.provisioner.js';
import { ServiceBusBroker } from '../../src/relay-broker/service-bus.broker.js';
import { withDatabase, type TestDatabase } from '../support/database.js';
import { RelayMember } from '../support/relay-member.js';
import { bytesOf, dispatchOf } from '../support/relay.js';

const QUEUES = ['tidegate-1', 'tidegate-2', 'tidegate-3', 'tidegate-4'];

describe("the relay on Microsoft's emulator", () => {
  let database: TestDatabase;
  let prisma: PrismaService;
  let bus: ServiceBusStandIn;
  let config: EmulatorNamespace;
  let provisioner: EmulatorProvisioner;
  beforeAll(async () => {
    database = await withDatabase();
    prisma = new PrismaService({ databaseUrl: database.url } as AppConfig);
    bus = new ServiceBusStandIn({ emulatorPort: 0, emulatorQueues: QUEUES, rules: [] });
    await bus.start();
    const connectionString =
      `Endpoint=sb://127.0.0.1:${bus.emulatorPort};SharedAccessKeyName=RootManageSharedAccessKey;` +
      'SharedAccessKey=SAS_KEY_VALUE;UseDevelopmentEmulator=true';
    const parsed = parseRelayConfig({
      namespaces: [
        { name: 'local', regions: ['westeurope'], mode: 'emulator', emulator: { connectionString, queues: QUEUES } },
      ],
    });
    config = parsed.namespaces[0] as EmulatorNamespace;
    provisioner = new EmulatorProvisioner(config, prisma, false);
  });
  afterAll(async () => {
    await provisioner.close();
    await bus.stop();
    await prisma.$disconnect();
    await database.drop();
  });

  it('is refused in production', () => {
    expect(() => new EmulatorProvisioner(config, prisma, true)).toThrow('not for production');
  });

  it('serves requests over queues of the pool and gives them back', async () => {
    const broker = new ServiceBusBroker([provisioner], 'replica-1');
    await broker.start();
    const [gatewayId, memberId] = [randomUUID(), randomUUID()];
    const address = { namespace: 'local', gatewayId, epoch: 1, memberId };
    await provisioner.provision(address);
    await provisioner.provision(address);
    const { relay, queues } = await provisioner.access(address);
    expect(relay).toEqual({ mode: 'emulator', connectionString: config.emulator.connectionString });
    expect(QUEUES).toEqual(expect.arrayContaining([queues.work, queues.member]));

    const [requestKey, replyKey] = [randomBytes(32), randomBytes(32)];
    const client = new ServiceBusClient(config.emulator.connectionString);
    const member = new RelayMember({ client, gatewayId, memberId, epoch: 1, requestKey, replyKey, queues });
    member.listen();
    const link = { gatewayId, epoch: 1, namespace: 'local', requestKey, replyKeys: new Map([[memberId, replyKey]]) };
    expect((await bytesOf((await broker.dispatch(dispatchOf(link))).body)).toString()).toBe('[]');
    const addressed = await broker.dispatch(dispatchOf(link, { memberId }));
    expect((await bytesOf(addressed.body)).toString()).toBe('[]');
    await client.close();

    await provisioner.remove({ gatewayId, epoch: 1 });
    await expect(broker.dispatch(dispatchOf(link))).rejects.toMatchObject({ code: 'GATEWAY_OFFLINE' });
    await broker.stop();
    expect(await prisma.relayQueueLease.count({ where: { purpose: { not: null } } })).toBe(0);
  });

  it('gives every purpose its own queue, whoever asks at the same time, and says when the pool is used up', async () => {
    const gatewayId = randomUUID();
    const other = new EmulatorProvisioner(config, prisma, false);
    const members = [randomUUID(), randomUUID(), randomUUID()];
    await Promise.all(
      members.flatMap((memberId) =>
        [provisioner, other].map((one) => one.provision({ namespace: 'local', gatewayId, epoch: 1, memberId })),
      ),
    );
    const purposes = [workQueue(gatewayId, 1), ...members.map((memberId) => memberQueue(gatewayId, 1, memberId))];
    const places = await Promise.all(purposes.map(async (purpose) => other.placeOf(purpose)));
    expect(new Set(places).size).toBe(4);
    const more = { namespace: 'local', gatewayId, epoch: 1, memberId: randomUUID() };
    await expect(provisioner.provision(more)).rejects.toMatchObject({ code: 'BROKER_UNAVAILABLE' });
    await provisioner.remove({ gatewayId, epoch: 1 });
  });
});
