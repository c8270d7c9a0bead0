import { Injectable } from '@nestjs/common';
import { Prisma } from '../../generated/prisma/client.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AuditService } from '../audit/audit.service.js';
import { SERVICE } from '../audit/audit.types.js';
import { ResealingService } from '../connections/resealing.service.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { RecoveryColumnService } from './recovery-column.service.js';
import { nextStep, type Step } from './rotation.policy.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';

type Place = Pick<RotationRow, 'id' | 'tenantId' | 'gatewayId'>;

/** Moves rotations on. Every step is looked for anew from what is there, so that a crash between two of them loses nothing. */
@Injectable()
export class RotationProgressService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly resealing: ResealingService,
    private readonly recovery: RecoveryColumnService,
    private readonly orders: MemberOrdersService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** Takes as many steps as there are to take. @returns the rotation as it is then @throws DomainError ROTATION_NOT_FOUND */
  async advance(rotation: RotationRow, now = new Date()): Promise<RotationRow> {
    // Looked at without a lock first: most calls find nothing to do.
    if ((await this.step(this.prisma, rotation, now)) === 'none') return rotation;
    // The vault may have to be asked for the tenant's key: before the transaction, not within.
    await this.recovery.recoveryKey(rotation);
    const moved = await this.prisma.$transaction((tx) => this.take(tx, rotation, now));
    return moved ? this.advance(moved, now) : this.store.get({ ...rotation, id: rotation.gatewayId }, rotation.id);
  }

  /** Takes one step. @returns undefined when somebody else has taken it */
  private async take(tx: Transaction, place: Place, now: Date): Promise<RotationRow | undefined> {
    const { tenantId, gatewayId } = place;
    // The gateway first, as everywhere. Connections being stored hold a share of it: none slips in between count and step.
    await tx.$queryRaw`
      SELECT 1 FROM gateway WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
    const rotation = await this.store.take(tx, place);
    const step = await this.step(tx, rotation, now);
    if (step === 'none') return undefined;
    await this.write(tx, rotation, step, now);
    await this.changes.publish(tx, 'gateway', gatewayId);
    await this.changes.publish(tx, 'rotation', '*', tenantId);
    await this.record(tx, rotation, step);
    return this.store.get({ id: gatewayId, tenantId }, rotation.id, tx);
  }

  private async step(client: Transaction, rotation: RotationRow, now: Date): Promise<Step> {
    const { tenantId, gatewayId, newKeyId, state } = rotation;
    if (state === 'superseded' || state === 'done' || newKeyId === null) return 'none';
    const [members, remaining, recoveryKey] = [
      await this.store.members(tenantId, gatewayId, client),
      await this.resealing.count({ tenantId, gatewayId, keyId: newKeyId }, client),
      state === 'distributing' ? await this.recovery.recoveryKey({ tenantId, gatewayId }, client) : '',
    ];
    return nextStep({ ...rotation, state }, { members, remaining, recoveryKey, now });
  }

  private async write(tx: Transaction, rotation: RotationRow, step: Step, now: Date): Promise<void> {
    const { id, tenantId, gatewayId, newKeyId, leaderId } = rotation;
    const set = (data: Prisma.RotationUpdateManyMutationInput) =>
      tx.rotation.updateMany({ where: { id, tenantId }, data });
    switch (step) {
      case 'anew':
        await set({
          newKey: Prisma.DbNull,
          newKeyId: null,
          packages: Prisma.DbNull,
          signature: null,
          receipts: [],
        });
        if (leaderId !== null) await this.orders.bump(tx, tenantId, leaderId);
        return;
      case 'resealing':
        if (rotation.state === 'distributing') await this.switchKeys(tx, rotation);
        else await this.orders.bumpAll(tx, tenantId, gatewayId);
        await set({
          state: 'resealing',
          ...(rotation.state === 'distributing' && {
            total: await this.resealing.count({ tenantId, gatewayId, keyId: newKeyId ?? '' }, tx),
          }),
        });
        return;
      case 'grace':
        await set({ state: 'grace', resealedAt: rotation.resealedAt ?? now, leaderId: null, leaseUntil: null });
        return;
      case 'done':
        await this.recovery.forgetOlder(tx, { tenantId, gatewayId });
        await this.orders.bumpAll(tx, tenantId, gatewayId);
        await set({
          state: 'done',
          underWay: null,
          leaderId: null,
          leaseUntil: null,
          resealedAt: rotation.resealedAt ?? now,
          finishedAt: now,
        });
        return;
      case 'none':
    }
  }

  /** From here on callers seal to the new key. Key and bundle change in one, so that a restore never finds half of it. */
  private async switchKeys(tx: Transaction, { tenantId, gatewayId, newKey, newKeyId, delivery }: RotationRow) {
    if (newKey === null || newKeyId === null || delivery === null) throw new Error('the rotation has no key yet');
    await this.recovery.moveOn(tx, { tenantId, gatewayId }, delivery.bundle);
    await tx.gateway.updateMany({
      where: { id: gatewayId, tenantId },
      data: { sealingKey: newKey, sealingKeyId: newKeyId },
    });
  }

  private async record(tx: Transaction, rotation: RotationRow, step: Step): Promise<void> {
    const { id, tenantId, gatewayId, newKeyId, receipts, state, total } = rotation;
    const isSwitch = step === 'resealing' && state === 'distributing';
    if (!isSwitch && step !== 'done' && step !== 'anew') return;
    const action = isSwitch
      ? 'rotation.key-distributed'
      : step === 'done'
        ? 'rotation.completed'
        : 'rotation.key-dropped';
    await this.audit.record(tx, {
      tenantId,
      actor: SERVICE,
      action,
      gatewayId,
      subject: { type: 'rotation', id },
      details: { keyId: newKeyId ?? '', ...(isSwitch ? { members: [...receipts] } : { credentials: total }) },
    });
  }
}
