import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../common/prisma/transaction.js';

/** Counts what is wanted of members: a raised number makes the next heartbeat bring the new wishes. */
@Injectable()
export class MemberOrdersService {
  async bump(tx: Transaction, tenantId: string, memberId: string): Promise<void> {
    await tx.member.updateMany({ where: { id: memberId, tenantId }, data: { revision: { increment: 1 } } });
  }

  /** Of all members of a gateway. */
  async bumpAll(tx: Transaction, tenantId: string, gatewayId: string): Promise<void> {
    await tx.member.updateMany({ where: { gatewayId, tenantId }, data: { revision: { increment: 1 } } });
  }
}
