import { Logger } from '@nestjs/common';
import { ServiceBusClient } from '@azure/service-bus';
import { BoundedCache } from '../common/bounded-cache.js';
import { DomainError } from '../common/errors/domain-error.js';
import type { PrismaService } from '../common/prisma/prisma.service.js';
import type { EmulatorNamespace } from '../config/relay.js';
import type { RelayAccess } from '../contract/membership.js';
import { gatewayPrefix, memberQueue, replyQueue, workQueue } from '../contract/queues.js';
import { clientOptions } from './bus-options.js';
import { drainDeadLetters } from './dead-letters.js';
import type { NamespaceProvisioner } from './namespace-provisioner.js';
import type { MemberAddress, MemberPlaces, RelayHost } from './relay-provisioner.js';
import { CELL, CELL_EPOCH } from './service-bus.provisioner.js';

/** A lease is only taken back when a gateway, an epoch or a replica ends. */
const PLACE_MS = 60_000;
const MAX_PLACES = 1_000;

/** Number of the advisory lock under which queues are leased; any that nobody else uses. */
const LEASE_LOCK = 7_310_001;

/**
 * Microsoft's emulator has no administration client, knows no minted tokens and makes no queues at run time: its queues
 * are handed out from the pool that its configuration declares, and everybody gets the same connection string. That is
 * why it is for development only.
 */
export class EmulatorProvisioner implements NamespaceProvisioner {
  private readonly log = new Logger(EmulatorProvisioner.name);
  private readonly places = new BoundedCache<string, string>(MAX_PLACES, PLACE_MS);
  private receiving: ServiceBusClient | undefined;
  private isPoolKnown = false;

  /** @throws Error in production */
  constructor(
    private readonly config: EmulatorNamespace,
    private readonly prisma: PrismaService,
    isProduction: boolean,
  ) {
    if (isProduction) throw new Error(`relay namespace ${config.name}: the emulator is not for production`);
  }

  get name(): string {
    return this.config.name;
  }

  get regions(): readonly string[] {
    return this.config.regions;
  }

  get host(): RelayHost {
    const [, name = 'localhost'] = /Endpoint=sb:\/\/([^:/;]+)/i.exec(this.config.emulator.connectionString) ?? [];
    return { name, ports: [5672] };
  }

  /** There is no management to ask: what the link says decides alone. */
  async isReachable(): Promise<boolean> {
    return false;
  }

  async provision({ gatewayId, epoch, memberId }: MemberAddress): Promise<void> {
    await this.lease(workQueue(gatewayId, epoch));
    await this.lease(memberQueue(gatewayId, epoch, memberId));
  }

  async remove({ gatewayId, epoch, memberId }: { gatewayId: string; epoch: number; memberId?: string }): Promise<void> {
    if (memberId !== undefined) return this.release({ purpose: memberQueue(gatewayId, epoch, memberId) });
    await this.release({ purpose: { startsWith: `${gatewayPrefix(gatewayId, epoch)}/` } });
  }

  async access({ gatewayId, epoch, memberId }: MemberAddress): Promise<{ relay: RelayAccess; queues: MemberPlaces }> {
    const queues = {
      work: await this.lease(workQueue(gatewayId, epoch)),
      member: await this.lease(memberQueue(gatewayId, epoch, memberId)),
    };
    return { relay: { mode: 'emulator', connectionString: this.config.emulator.connectionString }, queues };
  }

  async drainDeadLetters(places?: readonly MemberAddress[]): Promise<number> {
    const purposes = places?.flatMap(({ gatewayId, epoch, memberId }) => [
      workQueue(gatewayId, epoch),
      memberQueue(gatewayId, epoch, memberId),
    ]);
    const leases = await this.prisma.relayQueueLease.findMany({
      where: { purpose: purposes ? { in: purposes } : { startsWith: 'gw/' } },
      select: { queue: true },
    });
    if (leases.length === 0) return 0;
    this.receiving ??= this.newClient();
    return drainDeadLetters(
      this.receiving,
      leases.map(({ queue }) => queue),
      this.log,
    );
  }

  replyPlace(replicaId: string): Promise<string> {
    return this.lease(replyQueue(CELL, CELL_EPOCH, replicaId));
  }

  releaseReplyPlace(replicaId: string): Promise<void> {
    return this.release({ purpose: replyQueue(CELL, CELL_EPOCH, replicaId) });
  }

  placeOf(purpose: string): string | Promise<string | undefined> {
    return this.places.get(purpose) ?? this.find(purpose);
  }

  client(): ServiceBusClient {
    return this.newClient();
  }

  async close(): Promise<void> {
    await this.receiving?.close();
  }

  private newClient(): ServiceBusClient {
    return new ServiceBusClient(this.config.emulator.connectionString, clientOptions('amqp'));
  }

  private async find(purpose: string): Promise<string | undefined> {
    const lease = await this.prisma.relayQueueLease.findUnique({ where: { purpose }, select: { queue: true } });
    if (lease) this.places.set(purpose, lease.queue);
    return lease?.queue;
  }

  /** @throws DomainError BROKER_UNAVAILABLE when the pool is used up */
  private async lease(purpose: string): Promise<string> {
    await this.makePoolKnown();
    const known = await this.find(purpose);
    if (known !== undefined) return known;
    const queue = await this.prisma.$transaction(async (tx) => {
      // One at a time: two that lease for the same purpose must not both find it without a queue.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LEASE_LOCK})`;
      const held = await tx.relayQueueLease.findUnique({ where: { purpose }, select: { queue: true } });
      if (held) return held.queue;
      const where = { purpose: null, queue: { in: this.config.emulator.queues } };
      const free = await tx.relayQueueLease.findFirst({ where, orderBy: { queue: 'asc' }, select: { queue: true } });
      if (!free) return undefined;
      await tx.relayQueueLease.update({ where: { queue: free.queue }, data: { purpose }, select: { queue: true } });
      return free.queue;
    });
    if (queue === undefined) {
      throw new DomainError(
        'BROKER_UNAVAILABLE',
        { namespace: this.name, queues: this.config.emulator.queues.length },
        {
          message: 'All queues of the emulator are in use.',
        },
      );
    }
    this.places.set(purpose, queue);
    return queue;
  }

  private async release({ purpose }: { purpose: string | { startsWith: string } }): Promise<void> {
    await this.prisma.relayQueueLease.updateMany({ where: { purpose }, data: { purpose: null } });
    this.places.clear();
  }

  private async makePoolKnown(): Promise<void> {
    if (this.isPoolKnown) return;
    await this.prisma.relayQueueLease.createMany({
      data: this.config.emulator.queues.map((queue) => ({ queue })),
      skipDuplicates: true,
    });
    this.isPoolKnown = true;
  }
}
