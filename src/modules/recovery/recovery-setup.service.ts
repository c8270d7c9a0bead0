import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { recoverySetupSchema, type RecoverySetup } from '../../contract/registration.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';

/** The column `gateway.recovery`. */
const storedSchema = recoverySetupSchema.extend({
  /** Private halves of older sealing keys, while a rotation has credentials sealed to them. */
  olderBundles: z.array(recoverySetupSchema.shape.bundle).optional(),
});
export type StoredRecovery = z.infer<typeof storedSchema>;

/** A gateway's recovery setup as it stood at one moment. */
export interface CurrentRecovery {
  readonly setup: StoredRecovery;
  /** Of the last change of the recovery key; tells whether the setup is still the one that was looked at. */
  readonly changedAt: Date | null;
}

/** A change of the recovery key, as members follow it. Raw keys. */
export interface Handover {
  readonly proofKey: Uint8Array;
  readonly recoveryKey: Uint8Array;
  readonly salt: Uint8Array;
  readonly signature: Uint8Array;
}

/** What the cloud keeps of recovery keys: salt, public halves and bundle, sealed under the tenant's data key. */
@Injectable()
export class RecoverySetupService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly tenantKeys: TenantKeys,
  ) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE */
  async read(tenantId: string, gatewayId: string): Promise<RecoverySetup> {
    return (await this.current(tenantId, gatewayId)).setup;
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE */
  async current(tenantId: string, gatewayId: string): Promise<CurrentRecovery> {
    const row = isIdentifier(gatewayId)
      ? await this.prisma.gateway.findFirst({
          where: { id: gatewayId, tenantId },
          select: { id: true, recovery: true, recoveryChangedAt: true },
        })
      : null;
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return { setup: await this.open(tenantId, row.id, row.recovery), changedAt: row.recoveryChangedAt };
  }

  /** The proof key that holds now (raw), and the changes that led to it, in order. @throws DomainError GATEWAY_NOT_FOUND, VAULT_UNAVAILABLE */
  async proofKeys(
    tenantId: string,
    gatewayId: string,
  ): Promise<{ readonly current: Buffer; readonly handovers: readonly Handover[] }> {
    const { proofKey } = await this.read(tenantId, gatewayId);
    const handovers = await this.prisma.recoveryHandover.findMany({
      where: { tenantId, gatewayId },
      orderBy: { seq: 'asc' },
      select: { proofKey: true, recoveryKey: true, salt: true, signature: true },
    });
    return { current: Buffer.from(proofKey, 'base64url'), handovers };
  }

  /** Opens the column `gateway.recovery`. @throws DomainError VAULT_UNAVAILABLE */
  async open(tenantId: string, gatewayId: string, sealed: Uint8Array): Promise<StoredRecovery> {
    const text = await this.tenantKeys.open(tenantId, purpose(gatewayId), sealed);
    return storedSchema.parse(JSON.parse(text.toString('utf8')));
  }

  /** Seals for the column `gateway.recovery`: before a transaction, because the vault may be asked. @throws DomainError VAULT_UNAVAILABLE */
  async seal(tenantId: string, gatewayId: string, setup: StoredRecovery): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.tenantKeys.seal(tenantId, purpose(gatewayId), Buffer.from(JSON.stringify(setup))));
  }
}

/** As registrations seal it. */
function purpose(gatewayId: string): string {
  return `recovery:${gatewayId}`;
}
