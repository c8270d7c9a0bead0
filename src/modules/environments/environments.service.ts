import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { Changes } from '../../common/prisma/changes.js';
import { isUniqueViolation } from '../../common/prisma/unique-violation.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import type { EnvironmentRow, NewEnvironment } from './environments.types.js';
import { assertRoomFor, lockEnvironments } from './environment-locks.js';
import { assertEnvironmentRegion } from './regions.policy.js';

export const ENVIRONMENT = { id: true, displayName: true, region: true } satisfies Prisma.EnvironmentSelect;

/** A change made at another replica shows here after this at the latest, even if its notification is lost. */
const CACHE_MS = 2_000;
const MAX_CACHED = 10_000;

/** The Power Platform environments of a tenant, each with its region. */
@Injectable()
export class EnvironmentsService {
  private readonly cache = new BoundedCache<string, EnvironmentRow | null>(MAX_CACHED, CACHE_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {
    // An id alone does not name the tenant it was cached under; the cache is small and lives two seconds.
    this.changes.on('environment', () => this.forget());
  }

  /** Everybody of the tenant may see its environments, in order of name. */
  async list(caller: Caller, { continuationToken }: PageQuery): Promise<Page<EnvironmentRow>> {
    const after = continuationToken === undefined ? undefined : decodeContinuation(continuationToken)[0];
    const rows = await this.prisma.environment.findMany({
      where: { tenantId: caller.tenantId, ...(after === undefined ? {} : { displayName: { gt: after } }) },
      orderBy: { displayName: 'asc' },
      take: PAGE_SIZE + 1,
      select: ENVIRONMENT,
    });
    return cutPage(
      rows,
      ({ displayName }) => [displayName],
      (row) => row,
    );
  }

  /** @throws DomainError NOT_ADMINISTRATOR, VALIDATION_FAILED (region without a row in the map), ENVIRONMENT_NAME_TAKEN, LIMIT_REACHED */
  async create(caller: Caller, { id = randomUUID(), displayName, region }: NewEnvironment): Promise<EnvironmentRow> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    assertEnvironmentRegion(region);
    const { tenantId } = caller;
    try {
      const made = await this.prisma.$transaction(async (tx) => {
        await lockEnvironments(tx, tenantId);
        await assertRoomFor(tx, tenantId, 1);
        const row = await tx.environment.create({ data: { id, tenantId, displayName, region }, select: ENVIRONMENT });
        await this.changes.publish(tx, 'environment', id, tenantId);
        await this.audit.record(tx, {
          tenantId,
          actor: caller,
          action: 'environment.created',
          subject: { type: 'environment', id },
          details: { displayName, region },
        });
        return row;
      });
      this.forget();
      return made;
    } catch (error) {
      if (isUniqueViolation(error)) throw new DomainError('ENVIRONMENT_NAME_TAKEN', { displayName }, { cause: error });
      throw error;
    }
  }

  /** An environment of the tenant; another tenant's is not found. Cached for two seconds. */
  async find(tenantId: string, id: string): Promise<EnvironmentRow | null> {
    const key = `${tenantId}/${id}`;
    const known = this.cache.get(key);
    if (known !== undefined) return known;
    const row = await this.prisma.environment.findFirst({ where: { id, tenantId }, select: ENVIRONMENT });
    this.cache.set(key, row);
    return row;
  }

  /** Called by whoever changed one here; other replicas are told by the change itself. */
  forget(): void {
    this.cache.clear();
  }

  /** @throws DomainError ENVIRONMENT_NOT_FOUND — also for another tenant's, so that ids cannot be probed */
  async get(tenantId: string, id: string): Promise<EnvironmentRow> {
    const row = await this.find(tenantId, id);
    if (!row) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId: id });
    return row;
  }
}
