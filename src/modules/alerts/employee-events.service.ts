import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { withFreeAdvisoryLock } from '../../common/prisma/advisory-lock.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { PrincipalsService } from '../identity/principals.service.js';
import { AlertDeliveriesService } from './alert-deliveries.service.js';
import { AlertTimings } from './alert-timings.js';
import type { SubjectType } from './role-health.policy.js';
import { RoleWatchService } from './role-watch.service.js';
import { nextLeaders, nextSubjects, orphanedSubjects } from './subject-query.js';

/** Below every other id. */
const FIRST = '00000000-0000-0000-0000-000000000000';
/** Gateways or connections looked at together. */
const SUBJECTS = 100;
/** Principals asked for together: as many as the directory takes in one question. */
const PRINCIPALS = 1_000;
const TENANTS = 500;
/** How long one can read of a matter that is over; the audit record keeps it for good. */
const RESOLVED_DAYS = 90;
/** Changed ids waiting for a look; what comes on top is seen by the next sweep. */
const MAX_WAITING = 10_000;

/** Notices who leaves: sees that gateways keep administrators, and connections owners, who can sign in. */
@Injectable()
export class EmployeeEventsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(EmployeeEventsService.name);
  private readonly waiting = { gateway: new Set<string>(), connection: new Set<string>() };
  private sweepTimer: NodeJS.Timeout | undefined;
  private settleTimer: NodeJS.Timeout | undefined;
  private isStopped = false;
  /** Work one after the other, so that a stop has one thing to wait for. */
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly principals: PrincipalsService,
    private readonly watch: RoleWatchService,
    private readonly deliveries: AlertDeliveriesService,
    private readonly timings: AlertTimings,
    changes: Changes,
  ) {
    changes.on('gateway', (id) => this.noticed('gateway', id));
    changes.on('connection', (id) => this.noticed('connection', id));
  }

  onApplicationBootstrap(): void {
    this.sweepTimer = setInterval(() => void this.sweep(), this.timings.sweepMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.sweepTimer);
    clearTimeout(this.settleTimer);
    await this.work;
  }

  /** Looks at everything of every tenant, unless another replica is at it. Never fails: the next one tries again. */
  sweep(): Promise<void> {
    return this.inTurn('alerts.sweep-failed', async () => {
      await withFreeAdvisoryLock(this.config.databaseUrl, 'alertSweep', () => this.sweepAll());
    });
  }

  private noticed(type: SubjectType, id: string): void {
    const waiting = this.waiting[type];
    if (id === '*' || this.isStopped || waiting.size >= MAX_WAITING) return;
    waiting.add(id);
    this.settleTimer ??= setTimeout(() => {
      this.settleTimer = undefined;
      void this.inTurn('alerts.look-failed', () => this.lookAtWaiting());
    }, this.timings.settleMs).unref();
  }

  private async lookAtWaiting(): Promise<void> {
    for (const type of ['gateway', 'connection'] as const) {
      const ids = [...this.waiting[type]];
      this.waiting[type].clear();
      for (let from = 0; from < ids.length && !this.isStopped; from += SUBJECTS) {
        await this.watch.lookAtChanged(type, ids.slice(from, from + SUBJECTS));
      }
    }
  }

  private async sweepAll(): Promise<void> {
    await this.eachBatch(TENANTS, async (after) => {
      const page = {
        where: { id: { gt: after } },
        orderBy: { id: 'asc' },
        take: TENANTS,
        select: { id: true },
      } as const;
      const tenants = (await this.prisma.tenant.findMany(page)).map(({ id }) => id);
      for (const tenantId of tenants) if (!this.isStopped) await this.sweepTenant(tenantId);
      return tenants;
    });
  }

  private async forgetResolved(tenantId: string): Promise<void> {
    const resolvedAt = { lt: new Date(Date.now() - RESOLVED_DAYS * 24 * 60 * 60 * 1000) };
    await this.prisma.alert.deleteMany({ where: { tenantId, state: 'Resolved', resolvedAt } });
  }

  /** One tenant's directory being away keeps its alerts as they are, and nobody else's. */
  private async sweepTenant(tenantId: string): Promise<void> {
    try {
      await this.eachBatch(PRINCIPALS, async (after) => {
        const leaders = await nextLeaders(this.prisma, tenantId, { after, take: PRINCIPALS });
        if (leaders.length > 0) await this.principals.refreshStates(tenantId, leaders);
        return leaders;
      });
      for (const type of ['gateway', 'connection'] as const) {
        await this.eachBatch(SUBJECTS, async (after) => {
          const subjects = await nextSubjects(this.prisma, type, tenantId, { after, take: SUBJECTS });
          if (subjects.length > 0) await this.watch.look(tenantId, type, subjects);
          return subjects;
        });
      }
      await this.sweepGone(tenantId);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn({ event: 'alerts.directory-away', tenantId, code: error.code });
    }
    await this.forgetResolved(tenantId);
    await this.deliveries.deliverPending(tenantId);
  }

  private async sweepGone(tenantId: string): Promise<void> {
    const gone = await orphanedSubjects(this.prisma, tenantId, SUBJECTS);
    const ids = (of: 'gatewayId' | 'connectionId') => gone.flatMap((subject) => subject[of] ?? []);
    await this.watch.look(tenantId, 'gateway', ids('gatewayId'));
    await this.watch.look(tenantId, 'connection', ids('connectionId'));
  }

  /** @param next does one batch and returns its ids, in order; fewer than `size` are the last */
  private async eachBatch(size: number, next: (after: string) => Promise<readonly string[]>): Promise<void> {
    let after: string | undefined = FIRST;
    while (after !== undefined && !this.isStopped) {
      const ids: readonly string[] = await next(after);
      after = ids.length < size ? undefined : ids.at(-1);
    }
  }

  private inTurn(event: string, work: () => Promise<void>): Promise<void> {
    this.work = this.work.then(async () => {
      if (this.isStopped) return;
      try {
        await work();
      } catch (error) {
        this.log.warn({ event, reason: String(error).slice(0, 300) });
      }
    });
    return this.work;
  }
}
