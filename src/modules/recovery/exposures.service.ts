import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AuditService } from '../audit/audit.service.js';
import { RecoveryAccess } from './recovery-access.service.js';
import type { ExposureView } from './recovery.types.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Passwords that a compromised member could have opened, until each was changed at its source. */
@Injectable()
export class ExposuresService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: RecoveryAccess,
    private readonly audit: AuditService,
  ) {}

  /** Notes every connection of the gateway that has a password, in the transaction that revokes the member. @returns how many */
  async open(tx: Transaction, member: { id: string; tenantId: string; gatewayId: string }): Promise<number> {
    const { id, tenantId, gatewayId } = member;
    return tx.$executeRaw`
      INSERT INTO exposure ("memberId", "connectionId", "tenantId", "gatewayId", "credentialHash")
      SELECT ${id}::uuid, id, "tenantId", "gatewayId", "credentialHash" FROM connection
      WHERE "tenantId" = ${tenantId}::uuid AND "gatewayId" = ${gatewayId}::uuid AND credential IS NOT NULL
      ON CONFLICT DO NOTHING`;
  }

  /** The same password in a new seal, in the transaction that stores it: what was exposed still is. */
  async resealed(
    tx: Transaction,
    connection: { readonly id: string; readonly tenantId: string },
    hashes: { readonly before: Bytes; readonly after: Bytes },
  ): Promise<void> {
    const { id: connectionId, tenantId } = connection;
    await tx.exposure.updateMany({
      where: { tenantId, connectionId, credentialHash: hashes.before, closedAt: null },
      data: { credentialHash: hashes.after },
    });
  }

  /**
   * Closes what was sealed anew by a person, which a credential does that is another one and no rotation's. A deleted
   * connection's password is as well known as before: that stays open.
   *
   * @param gatewayId undefined: of all gateways of the tenant
   */
  async closeChanged(tenantId: string, gatewayId?: string): Promise<void> {
    await this.prisma.$executeRaw`
      UPDATE exposure e SET "closedAt" = c."updatedAt" FROM connection c
      WHERE e."tenantId" = ${tenantId}::uuid AND c."tenantId" = e."tenantId" AND c.id = e."connectionId"
        AND e."closedAt" IS NULL AND c."credentialHash" IS DISTINCT FROM e."credentialHash"
        AND (${gatewayId ?? null}::uuid IS NULL OR e."gatewayId" = ${gatewayId ?? null}::uuid)`;
  }

  /** How many passwords of each member are still to be changed. @param memberIds of the gateway */
  async countOpen(
    tenantId: string,
    gatewayId: string,
    memberIds: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    await this.closeChanged(tenantId, gatewayId);
    const rows = await this.prisma.exposure.groupBy({
      by: ['memberId'],
      where: { tenantId, gatewayId, memberId: { in: [...memberIds] }, closedAt: null },
      _count: true,
    });
    return new Map(rows.map((row) => [row.memberId, row._count]));
  }

  /** In order of member and connection. @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE */
  async list(caller: Caller, gatewayId: string, page: PageQuery): Promise<Page<ExposureView>> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    const after = page.continuationToken === undefined ? undefined : positionOf(page.continuationToken);
    await this.closeChanged(tenantId, id);
    const rows = await this.prisma.exposure.findMany({
      where: {
        tenantId,
        gatewayId: id,
        ...(after && {
          OR: [
            { memberId: { gt: after.memberId } },
            { memberId: after.memberId, connectionId: { gt: after.connectionId } },
          ],
        }),
      },
      orderBy: [{ memberId: 'asc' }, { connectionId: 'asc' }],
      take: PAGE_SIZE + 1,
      select: { memberId: true, connectionId: true, since: true, closedAt: true, closedBy: true },
    });
    const connections = await this.prisma.connection.findMany({
      where: { tenantId, id: { in: rows.map(({ connectionId }) => connectionId) } },
      select: { id: true, displayName: true },
    });
    const names = new Map(connections.map((one) => [one.id, one.displayName]));
    return cutPage(
      rows,
      (row) => [row.memberId, row.connectionId],
      (row) => ({ ...row, connectionName: names.get(row.connectionId) }),
    );
  }

  /**
   * Says that the password was changed at its source, or needs not be.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, EXPOSURE_NOT_FOUND, IDENTITY_UNAVAILABLE
   */
  async close(caller: Caller, gatewayId: string, connectionId: string): Promise<void> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    if (!isIdentifier(connectionId)) throw new DomainError('EXPOSURE_NOT_FOUND', { connectionId });
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.exposure.updateMany({
        where: { tenantId, gatewayId: id, connectionId, closedAt: null },
        data: { closedAt: new Date(), closedBy: caller.id },
      });
      if (count === 0) throw new DomainError('EXPOSURE_NOT_FOUND', { connectionId });
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'exposure.closed',
        gatewayId: id,
        subject: { type: 'connection', id: connectionId },
      });
    });
  }
}

function positionOf(continuationToken: string): { memberId: string; connectionId: string } {
  const [memberId = '', connectionId = ''] = decodeContinuation(continuationToken);
  if (!isIdentifier(memberId) || !isIdentifier(connectionId)) {
    throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  }
  return { memberId, connectionId };
}
