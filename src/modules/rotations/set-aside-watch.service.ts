import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AlertReconcilerService } from '../alerts/alert-reconciler.service.js';

const KIND = 'connection-credential-stale';
/** Connections looked at in one round; the next goes on. */
const BATCH = 200;

interface Looked {
  readonly tenantId: string;
  readonly id: string;
}

/** Tells the owners of credentials that were set aside, and ends that once the credential is another one. */
@Injectable()
export class SetAsideWatch {
  private readonly log = new Logger(SetAsideWatch.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly reconciler: AlertReconcilerService,
  ) {}

  /** Never fails: what was set aside is, and the next round looks again. */
  async noticed(tenantId: string, connectionIds: readonly string[]): Promise<void> {
    try {
      await this.look(tenantId, connectionIds);
    } catch (error) {
      this.log.warn({ event: 'rotation.alert-failed', tenantId, reason: String(error).slice(0, 300) });
    }
  }

  /** Looks at what stands reported and should not, or the other way round, and forgets reports of credentials that are gone. */
  async round(): Promise<void> {
    const rows = await this.prisma.$queryRaw<Looked[]>`
      SELECT u."tenantId"::text, u."connectionId"::text AS id FROM unopened_credential u
      LEFT JOIN connection c ON c."tenantId" = u."tenantId" AND c.id = u."connectionId"
        AND c."credentialHash" = u."credentialHash"
      LEFT JOIN alert a ON a."tenantId" = u."tenantId" AND a."openKey" = ${`${KIND}/`} || u."connectionId"::text
      WHERE c.id IS NULL OR (u."setAsideAt" IS NOT NULL AND a.id IS NULL)
      ORDER BY u."connectionId" LIMIT ${BATCH}`;
    for (const tenantId of new Set(rows.map((row) => row.tenantId))) {
      const ids = rows.filter((row) => row.tenantId === tenantId).map(({ id }) => id);
      await this.look(tenantId, ids);
      await this.prisma.$executeRaw`
        DELETE FROM unopened_credential u WHERE u."tenantId" = ${tenantId}::uuid AND u."connectionId" = ANY (${ids}::uuid[])
          AND NOT EXISTS (SELECT 1 FROM connection c WHERE c."tenantId" = u."tenantId" AND c.id = u."connectionId"
            AND c."credentialHash" = u."credentialHash")`;
    }
  }

  private async look(tenantId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = await this.prisma.$queryRaw<{ id: string; name: string }[]>`
      SELECT c.id::text, c."displayName" AS name FROM unopened_credential u
      JOIN connection c ON c."tenantId" = u."tenantId" AND c.id = u."connectionId"
        AND c."credentialHash" = u."credentialHash"
      WHERE u."tenantId" = ${tenantId}::uuid AND u."connectionId" = ANY (${[...ids]}::uuid[])
        AND u."setAsideAt" IS NOT NULL`;
    const subjects = ids.map((connectionId) => ({ connectionId }));
    const alerts = found.map(
      ({ id, name }) => ({ kind: KIND, subject: { connectionId: id }, details: { name } }) as const,
    );
    await this.reconciler.reconcile(tenantId, { kinds: [KIND], subjects }, alerts);
  }
}
