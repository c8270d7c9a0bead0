import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { RelayProvisioner } from '../../relay-broker/relay-provisioner.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { EpochTimings } from './epoch-timings.js';
import { lockGateway, type LockedGateway } from './gateway-lock.js';
import { PastEpochsService } from './past-epochs.service.js';
import { SessionKeyStoreService } from './session-key-store.service.js';

/** Ten members have eleven queues, and a slow relay takes a second for each. */
const TRANSACTION = { timeout: 30_000, maxWait: 10_000 };

/** What changes of a gateway's members while its epoch changes. @returns what the audit record gets */
export type EpochWork = (tx: Transaction, gateway: LockedGateway) => Promise<readonly AuditRecord[]>;

/** Begins new epochs: the one way in which keys and queues that somebody knows become worthless. */
@Injectable()
export class EpochsService {
  private readonly log = new Logger(EpochsService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly keys: SessionKeyStoreService,
    private readonly past: PastEpochsService,
    private readonly provisioner: RelayProvisioner,
    private readonly audit: AuditService,
    private readonly changes: Changes,
    private readonly timings: EpochTimings,
  ) {}

  /**
   * Begins a new epoch of a gateway together with a change of its members: new keys, new places on the relay, then the
   * old ones removed. If any part of it fails nothing has changed.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, BROKER_UNAVAILABLE, VAULT_UNAVAILABLE; whatever `work` throws
   */
  async change(tenantId: string, gatewayId: string, work: EpochWork): Promise<{ epoch: number }> {
    const gateway = await this.begin({ tenantId, gatewayId }, work, (places) => places);
    await this.past.removeOf(gateway);
    return { epoch: gateway.epoch };
  }

  /**
   * The same where security must not wait for the relay. While that is away the epoch begins without its places: members
   * have them made when they ask for their session, and the old ones are removed by the sweep of past epochs.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE; whatever `work` throws
   */
  async changeAtOnce(tenantId: string, gatewayId: string, work: EpochWork): Promise<{ epoch: number }> {
    let isReady = false;
    const gateway = await this.begin({ tenantId, gatewayId }, work, async (places) => {
      isReady = await this.isDoneSoon(places, gatewayId);
    });
    if (isReady) await this.isDoneSoon(this.past.removeOf(gateway), gatewayId);
    return { epoch: gateway.epoch };
  }

  /** @param settle what becomes of the work of making the new places */
  private async begin(
    { tenantId, gatewayId }: { readonly tenantId: string; readonly gatewayId: string },
    work: EpochWork,
    settle: (places: Promise<unknown>) => Promise<unknown>,
  ) {
    await this.keys.prepare(tenantId);
    return this.prisma.$transaction(async (tx) => {
      const locked = await lockGateway(tx, tenantId, gatewayId);
      const records = await work(tx, locked);
      const rows = await tx.member.findMany({ where: { gatewayId, tenantId }, select: { id: true } });
      const members = rows.map(({ id }) => id);
      // `work` may have moved it to another namespace of its region.
      const { namespace } = await tx.gateway.findFirstOrThrow({
        where: { id: gatewayId, tenantId },
        select: { namespace: true },
      });
      const next = { ...locked, tenantId, gatewayId, namespace, epoch: locked.epoch + 1 };
      await this.keys.withdraw(tx, next, members);
      await this.keys.begin(tx, next, members);
      await tx.gateway.updateMany({ where: { id: gatewayId, tenantId }, data: { epoch: next.epoch } });
      // Under the lock, though it waits for the relay: an epoch that can be seen can be reached, and places left by a
      // change that fails after this are those of the next one.
      await settle(Promise.all(members.map((memberId) => this.provisioner.provision({ ...next, memberId }))));
      await this.changes.publish(tx, 'gateway', gatewayId);
      await this.audit.recordAll(tx, tenantId, records);
      return next;
    }, TRANSACTION);
  }

  private async isDoneSoon(work: Promise<unknown>, gatewayId: string): Promise<boolean> {
    const waiting = new AbortController();
    const isDone = work.then(
      () => true,
      (error: unknown) => {
        this.log.warn({ event: 'epoch.without-relay', gatewayId, reason: String(error).slice(0, 300) });
        return false;
      },
    );
    const isLate = pause(this.timings.relayPatienceMs, false, { signal: waiting.signal }).catch(() => false);
    try {
      return await Promise.race([isDone, isLate]);
    } finally {
      waiting.abort();
    }
  }

  /**
   * Lets a member that joins take part in the epoch that is.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE
   */
  async admit(
    tx: Transaction,
    { tenantId, gatewayId, memberId }: { tenantId: string; gatewayId: string; memberId: string },
  ): Promise<void> {
    const { epoch } = await lockGateway(tx, tenantId, gatewayId);
    await this.keys.add(tx, { tenantId, gatewayId, epoch }, memberId);
    await this.changes.publish(tx, 'gateway', gatewayId);
  }
}
