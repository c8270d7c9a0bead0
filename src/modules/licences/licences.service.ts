import { isDeepStrictEqual } from 'node:util';
import { Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { Directory, DirectoryUnavailable, type HeldPlan } from '../identity/directory.types.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import type { RuleSet } from '../tenant-policy/tenant-policy.types.js';
import { assertEligible } from './eligibility.policy.js';
import { KnownPlans } from './known-plans.js';
import { isJudged } from './licences.policy.js';
import type { JudgedPlan, Verdict } from './licences.types.js';

/** A licence bought or withdrawn shows after this. */
const FRESH_MS = 5 * 60 * 1000;

/** What was last known holds this long while the directory cannot be asked; then nobody gets in by it. */
const LAST_KNOWN_MS = 24 * 60 * 60 * 1000;

/** A directory that did not answer is not asked about the same person for this long, nor is the person kept waiting. */
const PAUSE_MS = 10_000;

/** For this long nobody of whom something is known waits for a directory that just failed another of the tenant. */
const TENANT_PAUSE_MS = 2_000;

const MAX_CACHED = 20_000;
const MAX_TENANTS = 10_000;

const plansSchema = z.array(
  z.object({ servicePlanId: z.string(), servicePlanName: z.string(), skuPartNumber: z.string() }),
);

/** Whose plans to look up. */
interface Person {
  readonly tenantId: string;
  readonly id: string;
}

interface StoredPlans {
  readonly plans: unknown;
  readonly ageMs: number;
}

interface Answer {
  readonly known: KnownPlans;
  readonly forMs: number;
}

const NO_LICENCE_NEEDED = {
  classic: { isEligible: true, ruleSet: 'classic', plan: 'service principals need no licence' },
  current: { isEligible: true, ruleSet: 'current', plan: 'service principals need no licence' },
} as const satisfies Record<RuleSet, Verdict>;

/** Whose licences include the gateway. */
@Injectable()
export class LicencesService {
  private readonly log = new Logger(LicencesService.name);
  private readonly known = new BoundedCache<string, Promise<KnownPlans>>(MAX_CACHED, FRESH_MS);
  private readonly failing = new BoundedCache<string, true>(MAX_TENANTS, TENANT_PAUSE_MS);

  constructor(
    private readonly policies: TenantPolicyService,
    private readonly prisma: PrismaService,
    private readonly directory: Directory,
    private readonly changes: Changes,
  ) {
    this.changes.on('licence', (id) => (id === '*' ? this.known.clear() : this.known.delete(id)));
  }

  /**
   * What the plans of a principal say under the tenant's rules; service principals need none.
   *
   * @throws DomainError LICENCE_UNAVAILABLE when the directory cannot be asked and nothing younger than a day is known
   */
  async verdictFor(
    tenantId: string,
    principal: { readonly id: string; readonly type: Caller['type'] },
  ): Promise<Verdict> {
    const { licenceRules } = await this.policies.get(tenantId);
    if (principal.type === 'ServicePrincipal') return NO_LICENCE_NEEDED[licenceRules];
    return (await this.plansOf(tenantId, principal.id)).verdict(licenceRules);
  }

  /** The plans of a person one by one, those of other products left out. @throws DomainError LICENCE_UNAVAILABLE */
  async judgedPlans(tenantId: string, userId: string): Promise<JudgedPlan[]> {
    const { licenceRules } = await this.policies.get(tenantId);
    return (await this.plansOf(tenantId, userId)).judged(licenceRules);
  }

  /** @throws DomainError LICENCE_REQUIRED, LICENCE_UNAVAILABLE */
  async assertGatewayAccess(caller: Pick<Caller, 'tenantId' | 'id' | 'type'>): Promise<Verdict> {
    const verdict = await this.verdictFor(caller.tenantId, caller);
    assertEligible(verdict);
    return verdict;
  }

  /**
   * Has the directory asked again at once, for a licence that was bought or withdrawn just now; every replica forgets what
   * it knew.
   *
   * @throws DomainError LICENCE_UNAVAILABLE
   */
  async lookUpAgain(tenantId: string, userId: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      await tx.licenceRecord.updateMany({
        where: { tenantId, userId },
        data: { fetchedAt: new Date(Date.now() - FRESH_MS) },
      });
      await this.changes.publish(tx, 'licence', `${tenantId}/${userId}`);
    });
    this.known.delete(`${tenantId}/${userId}`);
    await this.plansOf(tenantId, userId);
  }

  private plansOf(tenantId: string, id: string): Promise<KnownPlans> {
    const key = `${tenantId}/${id}`;
    const known = this.known.get(key);
    if (known) return known;
    const finding = this.find({ tenantId, id });
    const asking = finding.then((answer) => answer.known);
    this.known.set(key, asking);
    // What was forgotten meanwhile must not come back.
    const keep = (ms: number) => void (this.known.get(key) === asking && this.known.set(key, asking, ms));
    finding.then(
      ({ forMs }) => keep(forMs),
      (error: unknown) => keep(error instanceof DomainError ? (error.retryAfterSeconds ?? 0) * 1000 : 0),
    );
    return asking;
  }

  private async find(person: Person): Promise<Answer> {
    const stored = await this.stored(person);
    if (stored && stored.ageMs < FRESH_MS) return answerOf(stored, FRESH_MS - stored.ageMs);
    const isUsable = stored !== undefined && stored.ageMs <= LAST_KNOWN_MS;
    if (isUsable && this.failing.get(person.tenantId)) return answerOf(stored, PAUSE_MS);
    try {
      const plans = ((await this.directory.findPlans(person.tenantId, person.id)) ?? []).filter(isJudged);
      await this.remember(person, plans, stored);
      return { known: new KnownPlans(plans), forMs: FRESH_MS };
    } catch (cause) {
      if (!(cause instanceof DirectoryUnavailable)) throw cause;
      this.log.warn({
        event: 'licences.unavailable',
        tenantId: person.tenantId,
        principalId: person.id,
        reason: String(cause),
      });
      this.failing.set(person.tenantId, true);
      if (isUsable) return answerOf(stored, PAUSE_MS);
      const retryAfterSeconds = Math.max(PAUSE_MS / 1000, cause.retryAfterSeconds ?? 0);
      throw new DomainError('LICENCE_UNAVAILABLE', {}, { cause, retryAfterSeconds });
    }
  }

  /** Shared with the other replicas: what one of them asked a minute ago is not asked again. */
  private async stored({ tenantId, id }: Person): Promise<StoredPlans | undefined> {
    const record = await this.prisma.licenceRecord.findUnique({
      where: { tenantId_userId: { tenantId, userId: id } },
      select: { plans: true, fetchedAt: true },
    });
    return record ? { plans: record.plans, ageMs: Date.now() - record.fetchedAt.getTime() } : undefined;
  }

  private async remember(
    { tenantId, id }: Person,
    held: readonly HeldPlan[],
    before: StoredPlans | undefined,
  ): Promise<void> {
    const data = { plans: held.map((plan) => ({ ...plan })), fetchedAt: new Date() };
    const write = (client: Transaction) =>
      client.licenceRecord.upsert({
        where: { tenantId_userId: { tenantId, userId: id } },
        create: { tenantId, userId: id, ...data },
        update: data,
        select: { userId: true },
      });
    if (!before || isDeepStrictEqual(before.plans, data.plans)) {
      await write(this.prisma);
      return;
    }
    // Other replicas may know the old plans for some minutes yet.
    await this.prisma.$transaction(async (tx) => {
      await write(tx);
      await this.changes.publish(tx, 'licence', `${tenantId}/${id}`);
    });
  }
}

function answerOf({ plans }: StoredPlans, forMs: number): Answer {
  return { known: new KnownPlans(plansSchema.parse(plans)), forMs };
}
