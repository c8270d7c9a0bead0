import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';

/** Why somebody is a member no more. */
export type FormerMemberReason = 'removed' | 'replaced' | 'compromised';

/** A member that goes. */
export interface LeavingMember {
  readonly memberId: string;
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly name: string;
  readonly reason: FormerMemberReason;
}

/** Remembers who was a member: its token to send cannot be recalled, so what it still sends must be told apart. */
@Injectable()
export class FormerMembersService {
  constructor(private readonly prisma: PrismaService) {}

  /** Whether somebody was a member once. Ids are random: who knows one was told it. No tenant is known yet. */
  async wasMember(id: string): Promise<boolean> {
    return (await this.prisma.formerMember.findUnique({ where: { id }, select: { tenantId: true } })) !== null;
  }

  async note(tx: Transaction, { memberId: id, tenantId, gatewayId, name, reason }: LeavingMember): Promise<void> {
    await tx.formerMember.createMany({ data: [{ id, tenantId, gatewayId, name, reason }], skipDuplicates: true });
  }
}
