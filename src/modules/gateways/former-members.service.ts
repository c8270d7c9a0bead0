import { Injectable } from '@nestjs/common';
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
  async note(tx: Transaction, { memberId: id, tenantId, gatewayId, name, reason }: LeavingMember): Promise<void> {
    await tx.formerMember.createMany({ data: [{ id, tenantId, gatewayId, name, reason }], skipDuplicates: true });
  }
}
