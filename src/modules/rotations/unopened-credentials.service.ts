import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { unopenedSchema } from '../../contract/rotation.js';
import { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import { SERVICE } from '../audit/audit.types.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { isGivenUp } from './given-up.policy.js';
import type { RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';
import { BATCH } from './rotation-timings.js';
import { SetAsideWatch } from './set-aside-watch.service.js';

type Reported = z.infer<typeof unopenedSchema>['credentials'];

/**
 * Keeps in mind which credentials which members could not open. What every member has tried is set aside, so that it does
 * not hold the rotation up for ever, and its owners are asked to seal it again.
 */
@Injectable()
export class UnopenedCredentialsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly store: RotationStore,
    private readonly audit: AuditService,
    private readonly changes: Changes,
    private readonly watch: SetAsideWatch,
  ) {}

  /** Only members that others believe may change what is stored. @throws DomainError ROTATION_LED_ELSEWHERE */
  async assertMayTry({ id, tenantId, gatewayId }: AuthenticatedMember, rotation: RotationRow): Promise<void> {
    const members = await this.store.members(tenantId, gatewayId);
    if (members.some((member) => member.id === id && member.hasCertificate)) return;
    throw new DomainError('ROTATION_LED_ELSEWHERE', { rotationId: rotation.id });
  }

  /** Whether some member said that it cannot open the credential as it is now. */
  async isReported({ tenantId, gatewayId }: RotationRow, connectionId: string, hash: Uint8Array): Promise<boolean> {
    const found = await this.prisma.unopenedCredential.findFirst({
      where: { tenantId, gatewayId, connectionId, credentialHash: Uint8Array.from(hash) },
      select: { connectionId: true },
    });
    return found !== null;
  }

  /** Set aside in the course of a rotation and not sealed again since. */
  async countSetAside(rotation: RotationRow): Promise<number> {
    const [row] = await this.prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count ${setAsideIn(rotation)} AND u."tenantId" = ${rotation.tenantId}::uuid`;
    return row?.count ?? 0;
  }

  /** The connections of the first of them. */
  async setAsideIn(rotation: RotationRow, take: number): Promise<string[]> {
    const rows = await this.prisma.$queryRaw<{ id: string }[]>`
      SELECT u."connectionId"::text AS id ${setAsideIn(rotation)} AND u."tenantId" = ${rotation.tenantId}::uuid
      ORDER BY u."connectionId" LIMIT ${take}`;
    return rows.map(({ id }) => id);
  }

  /** Notes what a member cannot open. What was changed since, or is sealed to the new key by now, is passed over. */
  async report({ id }: AuthenticatedMember, rotation: RotationRow, reported: Reported): Promise<void> {
    const { tenantId, gatewayId, newKeyId } = rotation;
    const ids = reported.map(({ connectionId }) => connectionId);
    const hashes = reported.map(({ hash }) => Buffer.from(hash, 'base64url').toString('hex'));
    await this.prisma.$executeRaw`
      INSERT INTO unopened_credential ("connectionId", "tenantId", "gatewayId", "credentialHash", "triedBy")
      SELECT DISTINCT c.id, c."tenantId", c."gatewayId", c."credentialHash", ARRAY[${id}::uuid] FROM connection c
      JOIN unnest(${ids}::uuid[], ${hashes}::text[]) AS r(id, hash)
        ON r.id = c.id AND decode(r.hash, 'hex') = c."credentialHash"
      WHERE c."tenantId" = ${tenantId}::uuid AND c."gatewayId" = ${gatewayId}::uuid
        AND c."sealingKeyId" IS DISTINCT FROM ${newKeyId}
      ORDER BY c.id
      ON CONFLICT ("connectionId") DO UPDATE SET
        "triedBy" = CASE
          WHEN unopened_credential."credentialHash" <> EXCLUDED."credentialHash" THEN EXCLUDED."triedBy"
          WHEN ${id}::uuid = ANY (unopened_credential."triedBy") THEN unopened_credential."triedBy"
          ELSE array_append(unopened_credential."triedBy", ${id}::uuid) END,
        "reportedAt" = CASE WHEN unopened_credential."credentialHash" = EXCLUDED."credentialHash"
          THEN unopened_credential."reportedAt" ELSE EXCLUDED."reportedAt" END,
        "setAsideAt" = CASE WHEN unopened_credential."credentialHash" = EXCLUDED."credentialHash"
          THEN unopened_credential."setAsideAt" END,
        "credentialHash" = EXCLUDED."credentialHash"`;
  }

  /** Sets aside what nobody is left to try. */
  async settle(rotation: RotationRow, now: Date): Promise<void> {
    const { tenantId, gatewayId, hasGrace } = rotation;
    const waiting = await this.prisma.unopenedCredential.findMany({
      where: { tenantId, gatewayId, setAsideAt: null },
      orderBy: { connectionId: 'asc' },
      take: BATCH,
      select: { connectionId: true, triedBy: true, reportedAt: true },
    });
    if (waiting.length === 0) return;
    const members = await this.store.members(tenantId, gatewayId);
    const given = waiting.filter((one) => isGivenUp(one, members, { isPatient: hasGrace, now }));
    if (given.length === 0) return;
    const ids = await this.setAside(
      rotation,
      given.map(({ connectionId }) => connectionId),
      now,
    );
    await this.watch.noticed(tenantId, ids);
  }

  /** @returns those that were, which one that was changed meanwhile is not */
  private setAside({ id, tenantId, gatewayId }: RotationRow, ids: readonly string[], now: Date): Promise<string[]> {
    return this.prisma.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        UPDATE unopened_credential u SET "setAsideAt" = ${now} FROM connection c
        WHERE u."tenantId" = ${tenantId}::uuid AND u."connectionId" = ANY (${[...ids]}::uuid[]) AND u."setAsideAt" IS NULL
          AND c."tenantId" = u."tenantId" AND c.id = u."connectionId" AND c."credentialHash" = u."credentialHash"
        RETURNING c.id::text`;
      const done = rows.map((row) => row.id).sort();
      for (const connectionId of done) await this.changes.publish(tx, 'connection', connectionId);
      await this.audit.recordAll(
        tx,
        tenantId,
        done.map((connectionId) => ({
          tenantId,
          actor: SERVICE,
          action: 'rotation.credential-set-aside',
          gatewayId,
          subject: { type: 'connection', id: connectionId },
          details: { rotationId: id },
        })),
      );
      return done;
    });
  }
}

function setAsideIn({ gatewayId, startedAt, finishedAt }: RotationRow): Prisma.Sql {
  return Prisma.sql`FROM unopened_credential u
    JOIN connection c ON c."tenantId" = u."tenantId" AND c.id = u."connectionId" AND c."credentialHash" = u."credentialHash"
    WHERE u."gatewayId" = ${gatewayId}::uuid AND u."setAsideAt" >= ${startedAt}
      AND (${finishedAt}::timestamptz IS NULL OR u."setAsideAt" <= ${finishedAt})`;
}
