import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../common/prisma/transaction.js';
import { TenantKeys } from '../identity/tenant-keys.service.js';
import { newSessionKeys, REQUEST_KEY_MEMBER, sessionKeyPurpose } from './session-keys.js';

/** One generation of a gateway's queues and keys. */
export interface GatewayEpoch {
  readonly tenantId: string;
  readonly gatewayId: string;
  readonly epoch: number;
}

/** Makes session keys and keeps them, sealed. */
@Injectable()
export class SessionKeyStoreService {
  constructor(private readonly tenantKeys: TenantKeys) {}

  /** Has the tenant's data key at hand, so that no transaction waits for the vault. @throws DomainError VAULT_UNAVAILABLE */
  async prepare(tenantId: string): Promise<void> {
    await this.tenantKeys.seal(tenantId, 'session-key', new Uint8Array());
  }

  /** Keys of a whole epoch: one for requests, and one for the answers of each member. @throws DomainError VAULT_UNAVAILABLE */
  async begin(tx: Transaction, epoch: GatewayEpoch, memberIds: readonly string[]): Promise<void> {
    await this.write(tx, epoch, newSessionKeys(memberIds));
  }

  /** The key of a member that joins the epoch. @throws DomainError VAULT_UNAVAILABLE */
  async add(tx: Transaction, epoch: GatewayEpoch, memberId: string): Promise<void> {
    const keys = new Map(newSessionKeys([memberId]));
    keys.delete(REQUEST_KEY_MEMBER);
    await this.write(tx, epoch, keys);
  }

  /** Takes from members that left what they could still answer with. */
  async withdraw(tx: Transaction, { tenantId, gatewayId }: GatewayEpoch, remaining: readonly string[]): Promise<void> {
    const holders = [REQUEST_KEY_MEMBER, ...remaining];
    await tx.sessionKey.deleteMany({ where: { tenantId, gatewayId, memberId: { notIn: holders } } });
  }

  private async write(tx: Transaction, at: GatewayEpoch, keys: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const { tenantId, gatewayId, epoch } = at;
    const rows = [...keys].map(async ([memberId, key]) => {
      const sealed = await this.tenantKeys.seal(tenantId, sessionKeyPurpose(gatewayId, epoch, memberId), key);
      return { gatewayId, epoch, memberId, tenantId, sealed: Uint8Array.from(sealed) };
    });
    await tx.sessionKey.createMany({ data: await Promise.all(rows) });
  }
}
