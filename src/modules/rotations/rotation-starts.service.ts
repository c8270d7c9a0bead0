import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuditRecord } from '../audit/audit.types.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { RotationStarter, type AnsweringRotation, type CompromisedMember } from '../recovery/rotation-starter.types.js';
import { RotationLeases } from './rotation-leases.service.js';
import { ROTATION, toRotation, type RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';

interface Starter {
  readonly id: string;
  readonly type: string;
}

/** Begins rotations, one at a time for a gateway. */
@Injectable()
export class RotationStarts extends RotationStarter {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly leases: RotationLeases,
    private readonly orders: MemberOrdersService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {
    super();
  }

  /** @throws DomainError GATEWAY_NOT_FOUND */
  override async startAfter({ at, ...place }: CompromisedMember, startedBy: Starter): Promise<void> {
    await this.begin({ ...place, startedBy, hasGrace: false, compromisedAt: at });
  }

  override newestWithoutGrace(tenantId: string, gatewayId: string): Promise<AnsweringRotation | null> {
    return this.prisma.rotation.findFirst({
      where: { tenantId, gatewayId, hasGrace: false },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      select: { id: true, state: true, startedAt: true },
    });
  }

  /**
   * Begins a rotation. After a compromise one that is under way is overtaken: the member that was lost may hold its key
   * too; but none that answers this compromise already.
   *
   * @throws DomainError ROTATION_UNDER_WAY, GATEWAY_NOT_FOUND
   */
  async begin(wanted: {
    readonly tenantId: string;
    readonly gatewayId: string;
    readonly startedBy: Starter;
    readonly hasGrace: boolean;
    readonly compromisedAt?: Date;
  }): Promise<RotationRow> {
    const { tenantId, gatewayId, startedBy, hasGrace, compromisedAt } = wanted;
    const id = randomUUID();
    const begun = await this.prisma.$transaction(async (tx) => {
      const [gateway] = await tx.$queryRaw<{ sealingKeyId: string }[]>`
        SELECT "sealingKeyId" FROM gateway
        WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
      if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
      const answer = compromisedAt && (await answerTo({ tenantId, gatewayId, at: compromisedAt }, tx));
      if (answer) return toRotation(answer);
      const overtaken = hasGrace ? [] : await this.overtake(tx, tenantId, gatewayId);
      const row = await tx.rotation
        .create({
          data: {
            id,
            tenantId,
            gatewayId,
            state: 'distributing',
            underWay: gatewayId,
            oldKeyId: gateway.sealingKeyId,
            receipts: [],
            hasGrace,
            startedBy: startedBy.id,
            ...(compromisedAt && { startedAt: notBefore(compromisedAt) }),
          },
          select: ROTATION,
        })
        .catch(refusedAs({ taken: new DomainError('ROTATION_UNDER_WAY', { gatewayId }) }));
      await this.orders.bumpAll(tx, tenantId, gatewayId);
      await this.changes.publish(tx, 'gateway', gatewayId);
      await this.changes.publish(tx, 'rotation', '*', tenantId);
      const actor = { id: startedBy.id, type: startedBy.type };
      const about = (action: string, rotationId: string, details: AuditRecord['details'] = {}): AuditRecord => {
        return { tenantId, actor, action, gatewayId, subject: { type: 'rotation', id: rotationId }, details };
      };
      await this.audit.recordAll(tx, tenantId, [
        ...overtaken.map((rotationId) => about('rotation.superseded', rotationId)),
        about('rotation.started', id, { hasGrace, keyId: gateway.sealingKeyId }),
      ]);
      return toRotation(row);
    });
    await this.leases.elect(begun, new Date());
    return this.store.get({ id: gatewayId, tenantId }, begun.id);
  }

  /** @returns which were under way */
  private async overtake(tx: Transaction, tenantId: string, gatewayId: string): Promise<string[]> {
    const rows = await tx.rotation.updateManyAndReturn({
      where: { tenantId, gatewayId, underWay: gatewayId },
      data: { state: 'superseded', underWay: null, leaderId: null, leaseUntil: null, finishedAt: new Date() },
      select: { id: true },
    });
    return rows.map((row) => row.id);
  }
}

/** The rotation that answers a compromise, if one was begun. */
function answerTo({ tenantId, gatewayId, at }: CompromisedMember, tx: Transaction) {
  return tx.rotation.findFirst({
    where: { tenantId, gatewayId, hasGrace: false, startedAt: { gte: at } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: ROTATION,
  });
}

/** The clock of the replica that begins a rotation may be behind that of the one that revoked the member. */
function notBefore(at: Date): Date {
  const now = new Date();
  return at > now ? at : now;
}
