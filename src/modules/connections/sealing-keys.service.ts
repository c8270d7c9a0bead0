import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import { keyOfSealed, type SealingKeys } from './sealing-key.policy.js';

/** Rotations looked at: a key is rotated a few times a year. */
const RECENT = 50;

/** Tells for which of a gateway's keys a credential was sealed. */
@Injectable()
export class SealingKeysService {
  /**
   * @param tx of the change that stores the credential: the gateway's key does not change before it ends
   * @returns what to write down as the credential's key; null for "not known"
   * @throws DomainError CREDENTIAL_STALE_KEY, GATEWAY_NOT_FOUND
   */
  async keyOf(
    tx: Transaction,
    gateway: { readonly id: string; readonly tenantId: string },
    { sealed, named }: { readonly sealed: string; readonly named?: string | undefined },
  ): Promise<string | null> {
    return keyOfSealed(sealed, named, await this.keys(tx, gateway));
  }

  private async keys(tx: Transaction, { id: gatewayId, tenantId }: { id: string; tenantId: string }) {
    const [gateway] = await tx.$queryRaw<{ sealingKey: unknown; sealingKeyId: string }[]>`
      SELECT "sealingKey", "sealingKeyId" FROM gateway
      WHERE id = ${gatewayId}::uuid AND "tenantId" = ${tenantId}::uuid FOR SHARE`;
    if (!gateway) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const rotations = await tx.rotation.findMany({
      where: { tenantId, gatewayId, newKeyId: { not: null } },
      orderBy: { startedAt: 'desc' },
      take: RECENT,
      select: { state: true, oldKeyId: true, hasGrace: true },
    });
    const moving = rotations.filter(({ state }) => state === 'resealing' || state === 'grace');
    const keys: SealingKeys = {
      current: { id: gateway.sealingKeyId, publicKey: sealingPublicKeySchema.parse(gateway.sealingKey) },
      isMoving: moving.length > 0,
      held: moving.filter(({ hasGrace }) => hasGrace).map(({ oldKeyId }) => oldKeyId),
      wasRotated: rotations.some(({ state }) => state !== 'distributing'),
    };
    return keys;
  }
}
