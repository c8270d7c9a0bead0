import { Injectable } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { candidates } from './rotation.policy.js';
import { LEASE_MS } from './rotation-timings.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore, type StoredMember } from './rotation-store.service.js';

/** States in which nobody leads any more: whoever missed the key then would wait for the next rotation. */
const UNLED = ['grace', 'done'];

/**
 * Has the key handed out again to somebody whom the first time missed: who was away while the one who signed for it left
 * the gateway, so that the signature says nothing any more, or who joined and was not heard of before the keys changed.
 */
@Injectable()
export class RotationSupply {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly orders: MemberOrdersService,
    private readonly changes: Changes,
  ) {}

  /** Lends the lead to a member that holds the key, if the one who asks has no other way to it. */
  async seek(rotation: RotationRow, askingId: string, now: Date): Promise<void> {
    const { id, tenantId, gatewayId, newKeyId, leaseUntil, state } = rotation;
    if (!UNLED.includes(state) || newKeyId === null || (leaseUntil !== null && leaseUntil > now)) return;
    const members = await this.store.members(tenantId, gatewayId);
    const asking = members.find((member) => member.id === askingId);
    if (!asking || !isShort(rotation, asking, members)) return;
    const holding = members.filter((member) => member.keyIds.includes(newKeyId));
    const [holderId] = candidates({ receipts: [] }, holding, now);
    if (holderId === undefined) return;
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.rotation.updateMany({
        where: { id, tenantId, state: { in: UNLED }, OR: [{ leaseUntil: null }, { leaseUntil: { lte: now } }] },
        data: { leaderId: holderId, leaseUntil: new Date(now.getTime() + LEASE_MS) },
      });
      if (count === 0) return;
      await this.orders.bump(tx, tenantId, holderId);
      await this.changes.publish(tx, 'gateway', gatewayId);
      await this.changes.publish(tx, 'rotation', '*', tenantId);
    });
  }
}

/** Without the key, and without a package that it can believe. */
function isShort(
  { newKeyId, delivery }: RotationRow,
  { id, keyIds, hasCertificate }: StoredMember,
  members: readonly StoredMember[],
): boolean {
  if (!hasCertificate || newKeyId === null || keyIds.includes(newKeyId)) return false;
  const isGiven = delivery?.packages.some(({ memberId }) => memberId === id) === true;
  return !isGiven || !members.some((member) => member.id === delivery?.by);
}
