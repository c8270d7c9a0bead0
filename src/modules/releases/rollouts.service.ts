import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodePlaceInTime, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { refusedAs } from '../administrators/refused-write.policy.js';
import { assertAdministrator, assertMaySee } from '../administrators/roles.policy.js';
import { AuditService } from '../audit/audit.service.js';
import { MemberUpdatesService, type MemberProgress } from '../gateways/member-updates.service.js';
import { CatalogueService } from './catalogue.service.js';
import type { MemberUpgrade, NewRollout, RolloutView } from './releases.types.js';
import { ROLLOUT, stepOf, toRolloutView, type RolloutRow } from './rollout-row.js';
import { compareVersions, isSupportEnding, isVersion, upgradeStateOf } from './versions.policy.js';

/** Orders updates, shows how they go, ends them. Nothing installs itself: an administrator orders each. */
@Injectable()
export class RolloutsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly catalogue: CatalogueService,
    private readonly updates: MemberUpdatesService,
    private readonly roles: GatewayRolesService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /** How each member's version stands. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, IDENTITY_UNAVAILABLE */
  async upgrades(caller: Caller, gatewayId: string): Promise<MemberUpgrade[]> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const window = await this.catalogue.window();
    const members = await this.updates.progressOfAll(caller.tenantId, access.gatewayId, new Date());
    return members.map(({ id, version, orderedVersion, updateState, updateReason }) => ({
      memberId: id,
      version,
      upgradeState: upgradeStateOf(version, window),
      newestVersion: window.newest,
      isSupportEnding: isSupportEnding(version, window),
      orderedVersion,
      updateState,
      updateReason,
    }));
  }

  /** @throws DomainError MEMBER_NOT_FOUND, and as `upgrades` */
  async upgrade(caller: Caller, gatewayId: string, memberId: string): Promise<MemberUpgrade> {
    const found = (await this.upgrades(caller, gatewayId)).find((one) => one.memberId === memberId.toLowerCase());
    if (!found) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    return found;
  }

  /**
   * Has members updated, one after the other.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, RELEASE_NOT_FOUND, MEMBER_NOT_FOUND, VALIDATION_FAILED,
   * ROLLOUT_UNDER_WAY, IDENTITY_UNAVAILABLE
   */
  async order(caller: Caller, gatewayId: string, wanted: NewRollout): Promise<RolloutView> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const { version } = await this.catalogue.offered(wanted.version);
    const { tenantId } = caller;
    const members = await this.updates.progressOfAll(tenantId, access.gatewayId, new Date());
    const memberIds = chosen(members, wanted);
    const row = await this.prisma.$transaction(async (tx) => {
      const created = await tx.rollout
        .create({
          data: {
            id: randomUUID(),
            tenantId,
            gatewayId: access.gatewayId,
            underWay: access.gatewayId,
            version,
            memberIds,
            state: 'running',
            orderedBy: caller.id,
          },
          select: ROLLOUT,
        })
        .catch(refusedAs({ taken: new DomainError('ROLLOUT_UNDER_WAY', { gatewayId: access.gatewayId }) }));
      await this.changes.publish(tx, 'rollout', '*', tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'rollout.ordered',
        gatewayId: access.gatewayId,
        subject: { type: 'rollout', id: created.id },
        details: { version, memberIds },
      });
      return created;
    });
    return toRolloutView(row);
  }

  /** Newest first. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, VALIDATION_FAILED, IDENTITY_UNAVAILABLE */
  async list(caller: Caller, gatewayId: string, { continuationToken }: PageQuery): Promise<Page<RolloutView>> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const before = continuationToken === undefined ? undefined : decodePlaceInTime(continuationToken);
    const rows = await this.prisma.rollout.findMany({
      where: {
        tenantId: caller.tenantId,
        gatewayId: access.gatewayId,
        ...(before && { OR: [{ startedAt: { lt: before.at } }, { startedAt: before.at, id: { gt: before.id } }] }),
      },
      orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
      take: PAGE_SIZE + 1,
      select: ROLLOUT,
    });
    return cutPage(rows, ({ startedAt, id }) => [startedAt.toISOString(), id], toRolloutView);
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING, ROLLOUT_NOT_FOUND, IDENTITY_UNAVAILABLE */
  async get(caller: Caller, gatewayId: string, rolloutId: string): Promise<RolloutView> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    return toRolloutView(await this.row(caller.tenantId, access.gatewayId, rolloutId));
  }

  /**
   * Ends a rollout after the members that are done. The one in turn takes work again; what it has begun it ends by itself.
   * A rollout that is over stays as it is.
   *
   * @throws DomainError GATEWAY_NOT_FOUND, NOT_ADMINISTRATOR, ROLLOUT_NOT_FOUND, IDENTITY_UNAVAILABLE
   */
  async cancel(caller: Caller, gatewayId: string, rolloutId: string): Promise<RolloutView> {
    const access = await this.roles.access(caller, gatewayId);
    assertAdministrator(caller, access);
    const { tenantId } = caller;
    const { id } = await this.row(tenantId, access.gatewayId, rolloutId);
    await this.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM rollout WHERE id = ${id}::uuid AND "tenantId" = ${tenantId}::uuid FOR UPDATE`;
      const row = await tx.rollout.findFirst({ where: { id, tenantId, state: 'running' }, select: ROLLOUT });
      if (!row) return;
      const step = stepOf(row);
      if (step) {
        const member = { tenantId, gatewayId: row.gatewayId, memberId: step.memberId };
        await this.updates.settle(tx, member, undefined);
      }
      await tx.rollout.updateMany({
        where: { id, tenantId },
        data: { state: 'cancelled', underWay: null, step: null, stepDeadline: null, finishedAt: new Date() },
      });
      await this.changes.publish(tx, 'rollout', '*', tenantId);
      await this.audit.record(tx, {
        tenantId,
        actor: caller,
        action: 'rollout.cancelled',
        gatewayId: row.gatewayId,
        subject: { type: 'rollout', id },
        details: { version: row.version, done: row.doneIds.length, of: row.memberIds.length },
      });
    });
    return toRolloutView(await this.row(tenantId, access.gatewayId, id));
  }

  private async row(tenantId: string, gatewayId: string, rolloutId: string): Promise<RolloutRow> {
    const row = isIdentifier(rolloutId)
      ? await this.prisma.rollout.findFirst({ where: { id: rolloutId, tenantId, gatewayId }, select: ROLLOUT })
      : null;
    if (!row) throw new DomainError('ROLLOUT_NOT_FOUND', { rolloutId });
    return row;
  }
}

/** The first installed comes last: under Failover it is the one that does the work. */
function chosen(members: readonly MemberProgress[], { version, memberIds }: NewRollout): string[] {
  if (memberIds === undefined) {
    const older = members.filter((one) => one.isOnline && !runs(one, version)).map(({ id }) => id);
    if (older.length > 0) return older.reverse();
    throw new DomainError('VALIDATION_FAILED', { path: 'version', problem: 'no member that is online is older' });
  }
  return [...new Set(memberIds)].map((memberId) => {
    const member = members.find(({ id }) => id === memberId);
    if (!member) throw new DomainError('MEMBER_NOT_FOUND', { memberId });
    if (!runs(member, version)) return memberId;
    const problem = `member ${memberId} runs ${member.version} already`;
    throw new DomainError('VALIDATION_FAILED', { path: 'memberIds', problem });
  });
}

/** This version or a newer one: there is no way back but the automatic one. */
function runs(member: MemberProgress, version: string): boolean {
  return isVersion(member.version) && compareVersions(member.version, version) >= 0;
}
