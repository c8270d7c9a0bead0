import { Injectable } from '@nestjs/common';
import { Changes } from '../../common/prisma/changes.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { MemberOrdersService } from '../gateways/member-orders.service.js';
import { candidates, mayLead, type RotationMember } from './rotation.policy.js';
import { LEASE_MS } from './rotation-timings.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';

/** States in which there is something to lead. */
const LED = ['distributing', 'resealing'];

/** Keeps one member at a time in the lead. A lead is lent: who falls silent loses it to whoever asks next. */
@Injectable()
export class RotationLeases {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly orders: MemberOrdersService,
    private readonly changes: Changes,
  ) {}

  /** Lends the lead of a rotation that nobody leads to the best member there is. @returns its id, undefined when nobody can */
  async elect(rotation: RotationRow, now: Date): Promise<string | undefined> {
    if (!LED.includes(rotation.state)) return rotation.leaderId ?? undefined;
    const members = await this.store.members(rotation.tenantId, rotation.gatewayId);
    if (isHeld(rotation, members, now)) return rotation.leaderId ?? undefined;
    const [best] = candidates(rotation, members, now);
    return best !== undefined && (await this.lend(rotation, best, now)) ? best : undefined;
  }

  /** A call of the leader, or of a member that can become it: the lease begins anew. @returns whether it leads */
  async renew(rotation: RotationRow, memberId: string, now: Date): Promise<boolean> {
    if (!LED.includes(rotation.state)) return rotation.leaderId === memberId;
    if (rotation.leaderId !== memberId) {
      const members = await this.store.members(rotation.tenantId, rotation.gatewayId);
      if (isHeld(rotation, members, now)) return false;
      const member = members.find(({ id }) => id === memberId);
      if (!member || !mayLead(member, now)) return false;
    }
    return this.lend(rotation, memberId, now);
  }

  /** @throws DomainError ROTATION_LED_ELSEWHERE */
  async assertLeads(rotation: RotationRow, memberId: string): Promise<void> {
    if (await this.renew(rotation, memberId, new Date())) return;
    throw new DomainError('ROTATION_LED_ELSEWHERE', { rotationId: rotation.id });
  }

  /** One statement decides: of two that ask at once the second finds the lease taken. */
  private lend(rotation: RotationRow, memberId: string, now: Date): Promise<boolean> {
    const { id, tenantId, gatewayId, leaderId } = rotation;
    return this.prisma.$transaction(async (tx) => {
      // Who left the gateway leads nothing, whatever was lent to them.
      const members = await tx.member.findMany({ where: { tenantId, gatewayId }, select: { id: true } });
      const isGone = { leaderId: { notIn: members.map((member) => member.id) } };
      const { count } = await tx.rotation.updateMany({
        where: {
          id,
          tenantId,
          state: { in: LED },
          OR: [{ leaderId: memberId }, { leaderId: null }, { leaseUntil: null }, { leaseUntil: { lte: now } }, isGone],
        },
        data: { leaderId: memberId, leaseUntil: new Date(now.getTime() + LEASE_MS) },
      });
      if (count === 0) return false;
      if (leaderId === memberId) return true;
      // Both have to hear of it: one begins, the other one stops.
      for (const told of [memberId, leaderId].filter((one) => one !== null).sort()) {
        await this.orders.bump(tx, tenantId, told);
      }
      await this.changes.publish(tx, 'gateway', gatewayId);
      await this.changes.publish(tx, 'rotation', '*', tenantId);
      return true;
    });
  }
}

function isHeld({ leaderId, leaseUntil }: RotationRow, members: readonly RotationMember[], now: Date): boolean {
  return members.some(({ id }) => id === leaderId) && leaseUntil !== null && leaseUntil > now;
}
