import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { ADMITTED_GATEWAY, type AdmittedGateway, type Newcomer } from './newcomer.types.js';

/**
 * Notes in an admission's transaction that the recovery key is at hand, which takes the gateway's row until it ends.
 *
 * @throws DomainError GATEWAY_NOT_FOUND, CHALLENGE_EXPIRED when the recovery key was changed since it was proven
 */
export async function noteProven(tx: Transaction, newcomer: Newcomer): Promise<AdmittedGateway> {
  const { gatewayId, keyChangedAt, registrant } = newcomer;
  const { tenantId } = registrant;
  const [gateway] = await tx.gateway.updateManyAndReturn({
    where: { id: gatewayId, tenantId },
    data: { recoveryProvedAt: new Date() },
    select: ADMITTED_GATEWAY,
  });
  if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
  if (gateway.recoveryChangedAt?.getTime() !== keyChangedAt?.getTime()) {
    throw new DomainError('CHALLENGE_EXPIRED', { gatewayId });
  }
  return gateway;
}
