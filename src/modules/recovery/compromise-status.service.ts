import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { PastEpochsService } from '../gateways/past-epochs.service.js';
import { ExposuresService } from './exposures.service.js';
import { RecoveryAccess } from './recovery-access.service.js';
import type { CompromiseView, PendingStep } from './recovery.types.js';
import { RotationStarter, type AnsweringRotation } from './rotation-starter.types.js';

interface Revoked {
  readonly id: string;
  readonly tenantId: string;
  readonly gatewayId: string;
}

/** What a gateway as a whole still has to do. */
interface Standing {
  readonly rotation: AnsweringRotation | null;
  readonly leftSince: Date | null;
}

/** Tells what of revoking compromised members is done, and what is pending. */
@Injectable()
export class CompromiseStatusService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: RecoveryAccess,
    private readonly pastEpochs: PastEpochsService,
    private readonly exposures: ExposuresService,
    private readonly rotations: RotationStarter,
  ) {}

  /** The newest first. @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, VALIDATION_FAILED */
  async list(caller: Caller, gatewayId: string, page: PageQuery): Promise<Page<CompromiseView>> {
    const { tenantId } = caller;
    const id = await this.access.assertAdministers(caller, gatewayId);
    const before = page.continuationToken === undefined ? undefined : positionOf(page.continuationToken);
    const standing = await this.standing(tenantId, id);
    const rows = await this.prisma.formerMember.findMany({
      where: {
        tenantId,
        gatewayId: id,
        reason: 'compromised',
        ...(before && { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] }),
      },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
      select: { id: true, name: true, at: true },
    });
    const ids = rows.map((row) => row.id);
    const open = await this.exposures.countOpen(tenantId, id, ids);
    return cutPage(
      rows,
      (row) => [row.at.toISOString(), row.id],
      ({ id: memberId, name: memberName, at }) => ({
        memberId,
        memberName,
        at,
        pending: pendingAt(at, standing),
        rotation: answerTo(at, standing),
        openExposures: open.get(memberId) ?? 0,
      }),
    );
  }

  async pendingOf(member: Revoked): Promise<readonly PendingStep[]> {
    const at = await this.revokedAt(member);
    return pendingAt(at, await this.standing(member.tenantId, member.gatewayId));
  }

  /** @throws DomainError MEMBER_NOT_FOUND for one that never was revoked */
  async revokedAt({ id, tenantId, gatewayId }: Revoked): Promise<Date> {
    const row = await this.prisma.formerMember.findFirst({ where: { id, tenantId, gatewayId }, select: { at: true } });
    if (!row) throw new DomainError('MEMBER_NOT_FOUND', { memberId: id });
    return row.at;
  }

  private async standing(tenantId: string, gatewayId: string): Promise<Standing> {
    const [rotation, leftSince] = await Promise.all([
      this.rotations.newestWithoutGrace(tenantId, gatewayId),
      this.pastEpochs.leftSince(tenantId, gatewayId),
    ]);
    return { rotation, leftSince };
  }
}

function answerTo(at: Date, { rotation }: Standing): CompromiseView['rotation'] {
  return rotation && rotation.startedAt >= at ? { id: rotation.id, state: rotation.state } : undefined;
}

function pendingAt(at: Date, standing: Standing): readonly PendingStep[] {
  const { leftSince } = standing;
  return [
    // Keys of an epoch are kept until its places are gone; those that began later the member never knew.
    ...(leftSince !== null && leftSince <= at ? (['relay'] as const) : []),
    ...(answerTo(at, standing) ? [] : (['rotation'] as const)),
  ];
}

function positionOf(continuationToken: string): { at: Date; id: string } {
  const [written = '', id = ''] = decodeContinuation(continuationToken);
  const at = new Date(written);
  if (Number.isNaN(at.getTime()) || !isIdentifier(id)) {
    throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
  }
  return { at, id };
}
