import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { RecoveryKeyChange } from '../../contract/recovery.js';
import { AuditService } from '../audit/audit.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { memberProver } from './member-prover.js';
import { ProofsService, type Proven } from './proofs.service.js';
import { assertHandover, certificatesFor, handedOver, raw } from './recovery-key-change.policy.js';
import { RecoverySetupService } from './recovery-setup.service.js';
import { RecoveryWatchService } from './recovery-watch.service.js';

/** Changes of one gateway's key: members that were away for years still follow all of them. */
const MAX_HANDOVERS = 500;

/** Changes recovery keys: nobody is disabled, no connection is touched, no epoch ends. */
@Injectable()
export class RecoveryKeyChangesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly proofs: ProofsService,
    private readonly setups: RecoverySetupService,
    private readonly watch: RecoveryWatchService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * @throws DomainError CHALLENGE_EXPIRED, RECOVERY_LOCKED, RECOVERY_KEY_WRONG, VALIDATION_FAILED, ROTATION_UNDER_WAY,
   * VERSION_CONFLICT, LIMIT_REACHED, VAULT_UNAVAILABLE
   */
  async change(member: AuthenticatedMember, change: RecoveryKeyChange): Promise<{ changedAt: string }> {
    const { tenantId, gatewayId } = member;
    const { challengeId, proof, setup, olderBundles = [] } = change;
    const proven = await this.proofs.check(memberProver(member), gatewayId, {
      challengeId,
      proof,
      operation: 'change-recovery-key',
      subject: { setup: handedOver(setup) },
    });
    assertHandover(gatewayId, proven.setup, change);
    const isOlderNeeded = (proven.setup.olderBundles ?? []).length > 0;
    // Nothing that is sealed to a key on its way out must be lost with the old recovery key.
    if (isOlderNeeded && olderBundles.length === 0) throw new DomainError('ROTATION_UNDER_WAY', { gatewayId });
    const recovery = await this.setups.seal(tenantId, gatewayId, {
      ...setup,
      ...(isOlderNeeded && { olderBundles }),
    });
    const changedAt = new Date();
    await this.prisma.$transaction((tx) => this.write(tx, member, { change, proven, recovery, changedAt }));
    await this.watch.noticed(tenantId, gatewayId);
    return { changedAt: changedAt.toISOString() };
  }

  private async write(tx: Transaction, member: AuthenticatedMember, draft: Draft): Promise<void> {
    const { tenantId, gatewayId } = member;
    const { change, proven, recovery, changedAt } = draft;
    await this.lock(tx, member, draft);
    const members = await tx.member.findMany({
      where: { tenantId, gatewayId },
      select: { id: true, identityKey: true, receivingKey: true },
    });
    const certificates = certificatesFor(members, change);
    const seq = (await tx.recoveryHandover.count({ where: { tenantId, gatewayId } })) + 1;
    if (seq > MAX_HANDOVERS) throw new DomainError('LIMIT_REACHED', { limit: MAX_HANDOVERS, existing: seq - 1 });
    const { proofKey, recoveryKey, salt } = handedOver(change.setup);
    await tx.recoveryHandover.create({
      data: {
        gatewayId,
        seq,
        tenantId,
        proofKey: raw(proofKey),
        recoveryKey: raw(recoveryKey),
        salt: raw(salt),
        signature: raw(change.handover),
        at: changedAt,
      },
      select: { seq: true },
    });
    for (const [id, certificate] of certificates) {
      await tx.member.updateMany({ where: { id, tenantId }, data: { certificate } });
    }
    await tx.gateway.updateMany({
      where: { id: gatewayId, tenantId },
      data: { recovery, recoveryChangedAt: changedAt, recoveryProvedAt: changedAt },
    });
    await this.changes.publish(tx, 'gateway', gatewayId);
    await this.audit.record(tx, {
      tenantId,
      actor: memberProver(member),
      action: 'recovery-key.changed',
      gatewayId,
      subject: { type: 'gateway', id: gatewayId },
      details: { members: certificates.size, change: seq, isFirst: proven.changedAt === null },
    });
  }

  /** Admissions and rotations write the same row: what the new bundle holds must still be so. */
  private async lock(tx: Transaction, { tenantId, gatewayId }: AuthenticatedMember, { change, proven }: Draft) {
    const [gateway] = await tx.$queryRaw<{ recoveryChangedAt: Date | null; sealingKeyId: string }[]>`
      SELECT "recoveryChangedAt", "sealingKeyId" FROM gateway
      WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
    if (gateway?.recoveryChangedAt?.getTime() !== proven.changedAt?.getTime()) {
      throw new DomainError('CHALLENGE_EXPIRED', { gatewayId });
    }
    // Its leader has sealed the next sealing key to the recovery key that is, or is about to.
    const rotation = await tx.rotation.findFirst({
      where: { tenantId, gatewayId, state: { in: ['distributing', 'resealing'] } },
      select: { id: true },
    });
    if (rotation) throw new DomainError('ROTATION_UNDER_WAY', { gatewayId, rotationId: rotation.id });
    if (change.sealingKeyId !== undefined && change.sealingKeyId !== gateway?.sealingKeyId) {
      throw new DomainError('VERSION_CONFLICT', { gatewayId });
    }
  }
}

/** A change whose proof held. */
interface Draft {
  readonly change: RecoveryKeyChange;
  readonly proven: Proven;
  /** The new setup, sealed for the table. */
  readonly recovery: Uint8Array<ArrayBuffer>;
  readonly changedAt: Date;
}
