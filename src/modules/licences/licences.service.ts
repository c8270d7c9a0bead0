import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { Directory, type HeldPlan } from '../identity/directory.types.js';
import { judge } from './licences.policy.js';
import type { Verdict } from './licences.types.js';

/** A licence bought or withdrawn shows after this. */
const FRESH_MS = 5 * 60 * 1000;

/** What was last known holds this long while the directory cannot be asked; then nobody gets in by it. */
const LAST_KNOWN_MS = 24 * 60 * 60 * 1000;

/** A directory that did not answer is not asked about the same person for this long, nor is the person kept waiting. */
const PAUSE_MS = 10_000;

const MAX_CACHED = 20_000;

const plansSchema = z.array(
  z.object({ servicePlanId: z.string(), servicePlanName: z.string(), skuPartNumber: z.string() }),
);

/** Whose licences include the gateway. */
@Injectable()
export class LicencesService {
  private readonly log = new Logger(LicencesService.name);
  private readonly verdicts = new BoundedCache<string, Promise<Verdict>>(MAX_CACHED, FRESH_MS);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly directory: Directory,
    private readonly changes: Changes,
  ) {
    this.changes.on('licence', (id) => (id === '*' ? this.verdicts.clear() : this.verdicts.delete(id)));
  }

  /**
   * What the plans of a principal say; service principals need none.
   *
   * @throws DomainError LICENCE_UNAVAILABLE when the directory cannot be asked and nothing younger than a day is known
   */
  verdictFor(tenantId: string, principal: { readonly id: string; readonly type: Caller['type'] }): Promise<Verdict> {
    const { licenceRules: ruleSet } = this.config;
    if (principal.type === 'ServicePrincipal') {
      return Promise.resolve({ isEligible: true, ruleSet, plan: 'service principals need no licence' });
    }
    const key = `${tenantId}/${principal.id}`;
    const known = this.verdicts.get(key);
    if (known) return known;
    const asking = this.ask(tenantId, principal.id, key);
    this.verdicts.set(key, asking);
    asking.catch(() => this.verdicts.set(key, asking, PAUSE_MS));
    return asking;
  }

  /** @throws DomainError LICENCE_REQUIRED, LICENCE_UNAVAILABLE */
  async assertGatewayAccess(caller: Pick<Caller, 'tenantId' | 'id' | 'type'>): Promise<Verdict> {
    const verdict = await this.verdictFor(caller.tenantId, caller);
    if (verdict.isEligible) return verdict;
    throw new DomainError('LICENCE_REQUIRED', { plan: verdict.plan, ruleSet: verdict.ruleSet });
  }

  private async ask(tenantId: string, userId: string, key: string): Promise<Verdict> {
    let plans: readonly HeldPlan[];
    try {
      plans = (await this.directory.findPlans(tenantId, userId)) ?? [];
    } catch (error) {
      this.log.warn({ event: 'licences.unavailable', tenantId, principalId: userId, reason: String(error) });
      plans = await this.lastKnown(tenantId, userId, error);
      this.askAgainSoon(key);
      return judge(plans, this.config.licenceRules);
    }
    await this.remember(tenantId, userId, plans);
    return judge(plans, this.config.licenceRules);
  }

  private askAgainSoon(key: string): void {
    const asking = this.verdicts.get(key);
    if (asking) this.verdicts.set(key, asking, PAUSE_MS);
  }

  private async lastKnown(tenantId: string, userId: string, cause: unknown): Promise<readonly HeldPlan[]> {
    const record = await this.prisma.licenceRecord.findUnique({
      where: { tenantId_userId: { tenantId, userId } },
      select: { plans: true, fetchedAt: true },
    });
    if (!record || Date.now() - record.fetchedAt.getTime() > LAST_KNOWN_MS) {
      throw new DomainError('LICENCE_UNAVAILABLE', {}, { cause, retryAfterSeconds: PAUSE_MS / 1000 });
    }
    return plansSchema.parse(record.plans);
  }

  private async remember(tenantId: string, userId: string, plans: readonly HeldPlan[]): Promise<void> {
    const where = { tenantId_userId: { tenantId, userId } };
    const data = { plans: plans.map((plan) => ({ ...plan })), fetchedAt: new Date() };
    const before = await this.prisma.licenceRecord.findUnique({ where, select: { plans: true } });
    await this.prisma.$transaction(async (tx) => {
      await tx.licenceRecord.upsert({
        where,
        create: { tenantId, userId, ...data },
        update: data,
        select: { userId: true },
      });
      // Other replicas may know the old plans for some minutes yet.
      if (before && !isDeepStrictEqual(before.plans, data.plans)) {
        await this.changes.publish(tx, 'licence', `${tenantId}/${userId}`);
      }
    });
  }
}
