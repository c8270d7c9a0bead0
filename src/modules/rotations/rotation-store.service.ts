import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import type { RotationMember } from './rotation.policy.js';
import { ROTATION, toRotation, type RotationRow } from './rotation-row.js';

/** With the sealing keys that it said it holds. */
export interface StoredMember extends RotationMember {
  readonly keyIds: readonly string[];
}

/** Reads rotations and the members they concern. */
@Injectable()
export class RotationStore {
  constructor(private readonly prisma: PrismaService) {}

  /** @throws DomainError ROTATION_NOT_FOUND, also for another gateway's */
  async get(
    gateway: { readonly id: string; readonly tenantId: string },
    rotationId: string,
    client: Transaction = this.prisma,
  ): Promise<RotationRow> {
    const { id: gatewayId, tenantId } = gateway;
    const row = isIdentifier(rotationId)
      ? await client.rotation.findFirst({ where: { id: rotationId, tenantId, gatewayId }, select: ROTATION })
      : null;
    if (!row) throw new DomainError('ROTATION_NOT_FOUND', { rotationId });
    return toRotation(row);
  }

  /** The same, with the rotation's row taken until the transaction ends. @throws DomainError ROTATION_NOT_FOUND */
  async take(tx: Transaction, rotation: Pick<RotationRow, 'id' | 'tenantId' | 'gatewayId'>): Promise<RotationRow> {
    const { id, tenantId, gatewayId } = rotation;
    await tx.$queryRaw`
      SELECT 1 FROM rotation WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR NO KEY UPDATE`;
    return this.get({ id: gatewayId, tenantId }, id, tx);
  }

  /** What callers seal to at this moment. */
  async currentKeyId({
    id,
    tenantId,
  }: {
    readonly id: string;
    readonly tenantId: string;
  }): Promise<string | undefined> {
    const gateway = await this.prisma.gateway.findFirst({ where: { id, tenantId }, select: { sealingKeyId: true } });
    return gateway?.sealingKeyId;
  }

  async members(tenantId: string, gatewayId: string, client: Transaction = this.prisma): Promise<StoredMember[]> {
    const rows = await client.member.findMany({
      where: { tenantId, gatewayId },
      select: {
        id: true,
        enabled: true,
        certificate: true,
        lastHeartbeatAt: true,
        createdAt: true,
        conditions: true,
        keyIds: true,
      },
    });
    return rows.map(({ certificate, ...member }) => ({ ...member, hasCertificate: certificate !== null }));
  }
}
