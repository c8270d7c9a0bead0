import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';

/** A gateway whose row is held until the transaction ends. */
export interface LockedGateway {
  readonly id: string;
  readonly epoch: number;
  readonly namespace: string;
  readonly region: string;
}

/**
 * Takes a gateway's row for a change of its members: one at a time, and no connection is made meanwhile.
 *
 * @throws DomainError GATEWAY_NOT_FOUND
 */
export async function lockGateway(tx: Transaction, tenantId: string, gatewayId: string): Promise<LockedGateway> {
  const [gateway] = await tx.$queryRaw<LockedGateway[]>`
    SELECT id::text, epoch, namespace, region FROM gateway
    WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
  if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
  return gateway;
}
