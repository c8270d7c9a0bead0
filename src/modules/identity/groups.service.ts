import { Injectable, Logger } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { Directory, DirectoryUnavailable } from './directory.types.js';
import type { Holders } from './principal.types.js';

/** Who joins or leaves a group holds its roles, or loses them, after this. */
const FRESH_MS = 5 * 60 * 1000;

/** What was last known holds this long while the directory cannot be asked. */
const LAST_KNOWN_MS = 24 * 60 * 60 * 1000;

/** A directory that did not answer is not asked about the same principal for this long, nor is the principal kept waiting. */
const PAUSE_MS = 10_000;

/** How long a tenant is taken to grant nothing to groups, should the word of its first grant be lost. */
const UNGROUPED_MS = 2_000;

const MAX_PRINCIPALS = 20_000;
const MAX_TENANTS = 10_000;

/** Somebody who may be in groups. */
export interface GroupedPrincipal {
  readonly tenantId: string;
  readonly id: string;
  readonly type: 'User' | 'ServicePrincipal';
}

interface Answer {
  readonly holders: Holders;
  readonly forMs: number;
}

/** Tells in which groups people and service principals are: those groups that anything was ever granted to. */
@Injectable()
export class GroupsService {
  private readonly log = new Logger(GroupsService.name);
  private readonly holders = new BoundedCache<string, Promise<Holders>>(MAX_PRINCIPALS, FRESH_MS);
  private readonly grouped = new BoundedCache<string, Promise<boolean>>(MAX_TENANTS, UNGROUPED_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly directory: Directory,
    changes: Changes,
  ) {
    changes.on('principal', (tenantId) => this.forget(tenantId));
  }

  /** Under which ids a caller can hold roles. Never fails over the directory: what it cannot tell makes it incomplete. */
  holdersOf(principal: GroupedPrincipal): Promise<Holders> {
    const key = `${principal.tenantId}/${principal.id}`;
    const known = this.holders.get(key);
    if (known) return known;
    const finding = this.find(principal);
    const asking = finding.then(({ holders }) => holders);
    this.holders.set(key, asking);
    finding.then(
      // What was forgotten meanwhile must not come back.
      ({ forMs }) => this.holders.get(key) === asking && this.holders.set(key, asking, forMs),
      () => this.holders.delete(key),
    );
    return asking;
  }

  private async find(principal: GroupedPrincipal): Promise<Answer> {
    const { tenantId, id } = principal;
    if (!(await this.isGrouped(tenantId))) {
      return { holders: { ids: [id], isComplete: true }, forMs: UNGROUPED_MS };
    }
    const known = await this.prisma.membershipRecord.findUnique({
      where: { tenantId_principalId: { tenantId, principalId: id } },
      select: { groupIds: true, fetchedAt: true },
    });
    const ageMs = known ? Date.now() - known.fetchedAt.getTime() : Infinity;
    if (known && ageMs < FRESH_MS) return this.answer(principal, known.groupIds, FRESH_MS - ageMs);
    try {
      const groupIds = (await this.directory.findGroupIds(tenantId, principal)) ?? [];
      await this.remember(principal, groupIds);
      return await this.answer(principal, groupIds, FRESH_MS);
    } catch (error) {
      if (!(error instanceof DirectoryUnavailable)) throw error;
      this.log.warn({ event: 'groups.unavailable', tenantId, principalId: id, reason: error.message });
      if (known && ageMs < LAST_KNOWN_MS) return this.answer(principal, known.groupIds, PAUSE_MS);
      return { holders: { ids: [id], isComplete: false }, forMs: PAUSE_MS };
    }
  }

  /** People are in hundreds of groups, and few of those are ever granted anything: only these are kept and looked up. */
  private async answer(
    { tenantId, id }: GroupedPrincipal,
    groupIds: readonly string[],
    forMs: number,
  ): Promise<Answer> {
    const granted = await this.prisma.principal.findMany({
      where: { tenantId, type: 'Group', id: { in: [...groupIds] } },
      select: { id: true },
    });
    return { holders: { ids: [id, ...granted.map((group) => group.id)], isComplete: true }, forMs };
  }

  private isGrouped(tenantId: string): Promise<boolean> {
    const known = this.grouped.get(tenantId);
    if (known) return known;
    const asking = this.prisma.principal
      .findFirst({ where: { tenantId, type: 'Group' }, select: { id: true } })
      .then((group) => group !== null);
    this.grouped.set(tenantId, asking);
    asking.catch(() => this.grouped.delete(tenantId));
    return asking;
  }

  private async remember({ tenantId, id }: GroupedPrincipal, groupIds: readonly string[]): Promise<void> {
    const data = { groupIds: [...groupIds], fetchedAt: new Date() };
    await this.prisma.membershipRecord.upsert({
      where: { tenantId_principalId: { tenantId, principalId: id } },
      create: { tenantId, principalId: id, ...data },
      update: data,
      select: { principalId: true },
    });
  }

  private forget(tenantId: string): void {
    if (tenantId === '*') {
      this.grouped.clear();
      this.holders.clear();
      return;
    }
    this.grouped.delete(tenantId);
    this.holders.deleteWhere((_, key) => key.startsWith(`${tenantId}/`));
  }
}
