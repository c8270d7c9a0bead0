import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { RotationKey, RotationView } from '../../contract/rotation.js';
import { ResealingService } from '../connections/resealing.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { EarlierKeys } from './earlier-keys.service.js';
import { assertNewKey } from './new-key.policy.js';
import { RecoveryColumnService } from './recovery-column.service.js';
import { RotationLeases } from './rotation-leases.service.js';
import { RotationProgressService } from './rotation-progress.service.js';
import type { Delivery, RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';
import { RotationSupply } from './rotation-supply.service.js';

/** Carries a new sealing key from the leader to the others. It is sealed to each of them: the control plane cannot read it. */
@Injectable()
export class RotationKeysService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly leases: RotationLeases,
    private readonly steps: RotationProgressService,
    private readonly recovery: RecoveryColumnService,
    private readonly resealing: ResealingService,
    private readonly supply: RotationSupply,
    private readonly earlier: EarlierKeys,
    private readonly orders: MemberOrdersService,
    private readonly changes: Changes,
  ) {}

  /** @throws DomainError ROTATION_NOT_FOUND */
  async view(member: AuthenticatedMember, rotationId: string): Promise<RotationView> {
    const rotation = await this.look(member, rotationId);
    // Asking is how a lead that nobody holds any more is taken over.
    await this.leases.renew(rotation, member.id, new Date());
    const advanced = await this.steps.advance(rotation);
    await this.supply.seek(advanced, member.id, new Date());
    const view = toView(advanced, member.id);
    const earlier = await this.earlier.missedBy(member, advanced);
    const untried = await this.untried(advanced, member.id);
    return { ...view, ...(earlier.length > 0 && { earlier }), ...(untried > 0 && { untried }) };
  }

  /**
   * Takes the key that the leader made. The first one holds: what comes again adds packages for members that have none.
   *
   * @throws DomainError ROTATION_NOT_FOUND, ROTATION_LED_ELSEWHERE, VALIDATION_FAILED, VERSION_CONFLICT
   */
  async bring(member: AuthenticatedMember, rotationId: string, key: RotationKey): Promise<RotationView> {
    const { tenantId, gatewayId } = member;
    const rotation = await this.look(member, rotationId);
    await this.leases.assertLeads(rotation, member.id);
    const members = await this.prisma.member.findMany({
      where: { tenantId, gatewayId },
      select: { id: true, identityKey: true, receivingKey: true, certificate: true },
    });
    const leader = members.find(({ id }) => id === member.id);
    const identityKey = leader?.identityKey ?? new Uint8Array(32);
    const keyId = await assertNewKey(rotation, key, { identityKey, memberIds: members.map(({ id }) => id) });
    await this.assertUnused(rotation, keyId);
    const recoveryKey = await this.recovery.recoveryKey({ tenantId, gatewayId });
    const bundle = await this.recovery.keep({ tenantId, gatewayId }, key.bundle);
    await this.write(rotation, key, {
      keyId,
      delivery: deliveryOf(member.id, key, { bundle, recoveryKey, vouched: leader && vouchedOf(leader) }),
    });
    return toView(await this.steps.advance(await this.look(member, rotationId)), member.id);
  }

  /** @throws DomainError ROTATION_NOT_FOUND, VERSION_CONFLICT when the rotation has another key */
  async receive(member: AuthenticatedMember, rotationId: string, keyId: string): Promise<void> {
    const { id: memberId, tenantId } = member;
    const rotation = await this.look(member, rotationId);
    const written = await this.prisma.$executeRaw`
      UPDATE rotation SET receipts = CASE WHEN ${memberId}::uuid = ANY(receipts) THEN receipts
        ELSE array_append(receipts, ${memberId}::uuid) END
      WHERE id = ${rotation.id}::uuid AND "tenantId" = ${tenantId}::uuid AND "newKeyId" = ${keyId}`;
    if (written === 0) throw new DomainError('VERSION_CONFLICT', { rotationId, keyId });
    await this.leases.renew(rotation, memberId, new Date());
    await this.steps.advance(await this.look(member, rotationId));
  }

  /** Credentials that others could not open: asked of every member that may change what is stored. */
  private async untried({ tenantId, gatewayId, newKeyId, state }: RotationRow, memberId: string): Promise<number> {
    if (newKeyId === null || state === 'distributing') return 0;
    return this.resealing.countUntried({ tenantId, gatewayId, keyId: newKeyId }, memberId);
  }

  /** An overtaken rotation is none that members need to know of. @throws DomainError ROTATION_NOT_FOUND */
  private async look({ tenantId, gatewayId }: AuthenticatedMember, rotationId: string): Promise<RotationRow> {
    const rotation = await this.store.get({ id: gatewayId, tenantId }, rotationId);
    if (rotation.state === 'superseded') throw new DomainError('ROTATION_NOT_FOUND', { rotationId });
    return rotation;
  }

  /** A retired key that came back would open what it was retired for. @throws DomainError VALIDATION_FAILED */
  private async assertUnused({ id, tenantId, gatewayId, oldKeyId }: RotationRow, keyId: string): Promise<void> {
    const used = await this.prisma.rotation.findFirst({
      where: { tenantId, gatewayId, OR: [{ oldKeyId: keyId }, { newKeyId: keyId, id: { not: id } }] },
      select: { id: true },
    });
    if (!used && keyId !== oldKeyId) return;
    throw new DomainError('VALIDATION_FAILED', { path: 'publicKey', problem: 'the gateway had this key before' });
  }

  private async write(
    { id, tenantId, gatewayId }: RotationRow,
    key: RotationKey,
    { keyId, delivery }: { readonly keyId: string; readonly delivery: Delivery },
  ): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const rotation = await this.store.take(tx, { id, tenantId, gatewayId });
      const isAgain = rotation.newKeyId === keyId;
      if (!isAgain && (rotation.state === 'done' || rotation.newKeyId !== null)) return;
      const isSupplied = rotation.state === 'done' || rotation.state === 'grace';
      const { receipts } = rotation;
      const merged = isAgain ? merge(rotation.delivery, delivery) : delivery;
      await tx.rotation.updateMany({
        where: { id, tenantId },
        data: {
          newKey: key.publicKey,
          newKeyId: keyId,
          packages: { ...merged, at: merged.at.toISOString() },
          signature: Uint8Array.from(Buffer.from(key.signature, 'base64url')),
          receipts: receipts.includes(delivery.by) ? receipts : [...receipts, delivery.by],
          // Lent for this alone.
          ...(isSupplied && { leaderId: null, leaseUntil: null }),
        },
      });
      if (isSupplied) await this.orders.bumpAll(tx, tenantId, gatewayId);
      await this.changes.publish(tx, 'gateway', gatewayId);
      await this.changes.publish(tx, 'rotation', '*', tenantId);
    });
  }
}

function vouchedOf(leader: {
  readonly identityKey: Uint8Array;
  readonly receivingKey: Uint8Array;
  readonly certificate: Uint8Array | null;
}): Delivery['vouched'] {
  const { identityKey, receivingKey, certificate } = leader;
  if (certificate === null) return undefined;
  const write = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
  return { keys: { identity: write(identityKey), receiving: write(receivingKey) }, certificate: write(certificate) };
}

function deliveryOf(
  by: string,
  { packages }: RotationKey,
  kept: Pick<Delivery, 'bundle' | 'recoveryKey' | 'vouched'>,
): Delivery {
  return { by, at: new Date(), packages: packages.map((one) => ({ ...one })), ...kept };
}

/** Packages that were handed out stay as they are. */
function merge(before: Delivery | null, again: Delivery): Delivery {
  const known = before?.packages ?? [];
  const added = again.packages.filter(({ memberId }) => !known.some((one) => one.memberId === memberId));
  return { ...again, packages: [...known, ...added] };
}

function toView({ id, state, newKey, delivery, signature }: RotationRow, memberId: string): RotationView {
  if (state === 'superseded') throw new DomainError('ROTATION_NOT_FOUND', { rotationId: id });
  if (newKey === null || delivery === null || signature === null) return { rotationId: id, state };
  const sealed = delivery.packages.find((one) => one.memberId === memberId)?.sealed;
  return {
    rotationId: id,
    state,
    key: {
      publicKey: newKey,
      leader: delivery.by,
      signature: Buffer.from(signature).toString('base64url'),
      ...(delivery.vouched && { vouched: delivery.vouched }),
      ...(sealed !== undefined && { sealed }),
    },
  };
}
