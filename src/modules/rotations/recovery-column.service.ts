import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { MAX_OLDER_BUNDLES } from '../../contract/recovery.js';
import { recoverySetupSchema } from '../../contract/registration.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';

/** What a gateway keeps for its recovery key. */
const columnSchema = recoverySetupSchema.extend({
  /** Older private halves, while credentials are still sealed to them: who is restored now needs those too. */
  olderBundles: z.array(recoverySetupSchema.shape.bundle).max(MAX_OLDER_BUNDLES).optional(),
});
type Column = z.infer<typeof columnSchema>;

interface Place {
  readonly tenantId: string;
  readonly gatewayId: string;
}

/** The recovery bundle through a rotation: with the new key comes a new bundle, and the old one stays until it is of no use. */
@Injectable()
export class RecoveryColumnService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
  ) {}

  /** Public half of the recovery key. @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE */
  async recoveryKey(place: Place, client: Transaction = this.prisma): Promise<string> {
    return (await this.read(client, place)).recoveryKey;
  }

  /** Seals what the leader brought until its time comes. Base64. */
  async keep({ tenantId, gatewayId }: Place, bundle: string): Promise<string> {
    const sealed = await this.tenantKeys.seal(tenantId, `rotation-bundle:${gatewayId}`, Buffer.from(bundle));
    return sealed.toString('base64');
  }

  /** Puts the new bundle first. The gateway's row is locked by the caller. */
  async moveOn(tx: Transaction, place: Place, kept: string): Promise<void> {
    const { tenantId, gatewayId } = place;
    const opened = await this.tenantKeys.open(tenantId, `rotation-bundle:${gatewayId}`, Buffer.from(kept, 'base64'));
    const { bundle: old, olderBundles = [], ...setup } = await this.read(tx, place);
    const bundle = opened.toString('utf8');
    await this.write(tx, place, { ...setup, bundle, olderBundles: [old, ...olderBundles].slice(0, MAX_OLDER_BUNDLES) });
  }

  /** Lets older bundles go: nothing is sealed to their keys any more. */
  async forgetOlder(tx: Transaction, place: Place): Promise<void> {
    await this.write(tx, place, recoverySetupSchema.parse(await this.read(tx, place)));
  }

  private async read(client: Transaction, { tenantId, gatewayId }: Place): Promise<Column> {
    const row = await client.gateway.findFirst({ where: { id: gatewayId, tenantId }, select: { recovery: true } });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    const opened = await this.tenantKeys.open(tenantId, purpose(gatewayId), row.recovery);
    return columnSchema.parse(JSON.parse(opened.toString('utf8')));
  }

  private async write(tx: Transaction, { tenantId, gatewayId }: Place, column: Column): Promise<void> {
    const sealed = await this.tenantKeys.seal(tenantId, purpose(gatewayId), Buffer.from(JSON.stringify(column)));
    await tx.gateway.updateMany({ where: { id: gatewayId, tenantId }, data: { recovery: Uint8Array.from(sealed) } });
  }
}

function purpose(gatewayId: string): string {
  return `recovery:${gatewayId}`;
}
