import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { cutPage, decodePlaceInTime, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertAdministrator } from '../administrators/roles.policy.js';
import { ResealingService } from '../connections/resealing.service.js';
import { RotationStarts } from './rotation-starts.service.js';
import { ROTATION, toRotation, type RotationRow } from './rotation-row.js';
import { RotationStore } from './rotation-store.service.js';
import { GRACE_MS } from './rotation-timings.js';
import { UnopenedCredentialsService } from './unopened-credentials.service.js';
import type { RotationDetail, RotationProgress } from './rotations.types.js';

/** Connections named as still waiting. */
const MAX_NAMED = 10;

/** Rotations of the sealing key, for administrators. */
@Injectable()
export class RotationsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
    private readonly store: RotationStore,
    private readonly starts: RotationStarts,
    private readonly resealing: ResealingService,
    private readonly unopened: UnopenedCredentialsService,
  ) {}

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, ROTATION_UNDER_WAY */
  async start(caller: Caller, gatewayId: string): Promise<RotationProgress> {
    const place = await this.place(caller, gatewayId);
    return this.progress(await this.starts.begin({ ...place, startedBy: caller, hasGrace: true }));
  }

  /** The newest first. @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, VALIDATION_FAILED */
  async list(caller: Caller, gatewayId: string, { continuationToken }: PageQuery): Promise<Page<RotationProgress>> {
    const { tenantId, ...place } = await this.place(caller, gatewayId);
    const before = continuationToken === undefined ? undefined : decodePlaceInTime(continuationToken);
    const rows = await this.prisma.rotation.findMany({
      where: {
        tenantId,
        ...place,
        ...(before && {
          OR: [{ startedAt: { lt: before.at } }, { startedAt: before.at, id: { lt: before.id } }],
        }),
      },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: PAGE_SIZE + 1,
      select: ROTATION,
    });
    const page = cutPage(rows, (row) => [row.startedAt.toISOString(), row.id], toRotation);
    return { ...page, value: await Promise.all(page.value.map((rotation) => this.progress(rotation))) };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, IDENTITY_UNAVAILABLE, ROTATION_NOT_FOUND */
  async get(caller: Caller, gatewayId: string, rotationId: string): Promise<RotationDetail> {
    const place = await this.place(caller, gatewayId);
    const rotation = await this.store.get({ ...place, id: place.gatewayId }, rotationId);
    const progress = await this.progress(rotation);
    const { newKeyId } = rotation;
    const setAsideConnections = progress.setAside === 0 ? [] : await this.unopened.setAsideIn(rotation, MAX_NAMED);
    if (newKeyId === null || progress.remaining === 0) return { ...progress, waitingFor: [], setAsideConnections };
    const waiting = await this.resealing.waiting({ ...place, keyId: newKeyId }, MAX_NAMED);
    return { ...progress, waitingFor: waiting, setAsideConnections };
  }

  private async place(caller: Caller, gatewayId: string) {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    return { tenantId: caller.tenantId, gatewayId: access.gatewayId };
  }

  private async progress(rotation: RotationRow): Promise<RotationProgress> {
    const { id, tenantId, gatewayId, state, hasGrace, resealedAt, newKeyId } = rotation;
    const isOver = rotation.underWay === null;
    // A key that nobody has yet is the key of no credential: then all of them remain.
    const keyId = newKeyId ?? '';
    return {
      id,
      gatewayId,
      state,
      hasGrace,
      oldKeyId: rotation.oldKeyId,
      newKeyId: newKeyId ?? undefined,
      leaderId: rotation.leaderId ?? undefined,
      receipts: rotation.receipts,
      total: rotation.total,
      remaining: isOver ? 0 : await this.resealing.count({ tenantId, gatewayId, keyId }),
      setAside: await this.unopened.countSetAside(rotation),
      startedBy: rotation.startedBy,
      startedAt: rotation.startedAt,
      graceUntil: hasGrace && resealedAt && state !== 'done' ? new Date(resealedAt.getTime() + GRACE_MS) : undefined,
      finishedAt: rotation.finishedAt ?? undefined,
    };
  }
}
