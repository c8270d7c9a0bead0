import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Transaction } from '../../common/prisma/transaction.js';
import { AppConfig } from '../../config/env.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AuditService } from '../audit/audit.service.js';
import type { PrincipalReference } from '../identity/principal.types.js';
import { PrincipalsService } from '../identity/principals.service.js';
import { POLICY, toTenantPolicy } from './tenant-policy-row.js';
import { assertSomebodyLeft, differences } from './tenant-policy.policy.js';
import { TenantPolicyService } from './tenant-policy.service.js';
import type { TenantPolicy, TenantPolicyChange } from './tenant-policy.types.js';

/** Questions to the directory under way at a time: a list may name two hundred whom nobody has seen yet. */
const ASKED_AT_ONCE = 8;

/** Changes what holds for all gateways of a tenant. */
@Injectable()
export class TenantPolicyChangesService {
  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly policies: TenantPolicyService,
    private readonly principals: PrincipalsService,
    private readonly audit: AuditService,
    private readonly changes: Changes,
  ) {}

  /**
   * All of the change or nothing of it.
   *
   * @returns the policy as it holds from now on
   * @throws DomainError NOT_ADMINISTRATOR, VERSION_CONFLICT, PRINCIPAL_UNKNOWN, POLICY_LOCKS_OUT, VALIDATION_FAILED,
   * IDENTITY_UNAVAILABLE
   */
  async change(caller: Caller, change: TenantPolicyChange): Promise<TenantPolicy> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { tenantId } = caller;
    const before = await this.policies.read(tenantId);
    assertVersion(before, change);
    this.assertWithinService(change);
    const listed = change.listedInstallers && eachOnce(change.listedInstallers);
    await this.assertKnown(tenantId, before, listed);
    await this.assertInstallable(tenantId, before, { ...change, listedInstallers: listed });

    await this.prisma.$transaction((tx) => this.write(tx, caller, change, listed));
    this.policies.forget(tenantId);
    return this.policies.read(tenantId);
  }

  /** @throws DomainError VALIDATION_FAILED for a limit above the operator's */
  private assertWithinService({ limits = {} }: TenantPolicyChange): void {
    for (const [name, most] of Object.entries(this.config.defaultLimits)) {
      const wanted = limits[name as keyof typeof limits];
      if (wanted != null && wanted > most) {
        throw new DomainError('VALIDATION_FAILED', {
          path: `limits.${name}`,
          problem: `at most ${most}, the service's own limit`,
        });
      }
    }
  }

  /** Those listed already were known when they were listed; the directory is not asked for them again. */
  private async assertKnown(
    tenantId: string,
    before: TenantPolicy,
    listed: readonly PrincipalReference[] = [],
  ): Promise<void> {
    const known = new Map(before.listedInstallers.map(({ id, type }) => [id, type]));
    const unknown = listed.filter(({ id, type }) => known.get(id) !== type);
    for (let from = 0; from < unknown.length; from += ASKED_AT_ONCE) {
      const some = unknown.slice(from, from + ASKED_AT_ONCE);
      await Promise.all(some.map(({ id, type }) => this.principals.resolve(tenantId, id, type)));
    }
  }

  /** Asked only when the change is about installers: another one is not refused for a list that was good once. */
  private async assertInstallable(tenantId: string, before: TenantPolicy, change: TenantPolicyChange): Promise<void> {
    if (change.installers === undefined && change.listedInstallers === undefined) return;
    if ((change.installers ?? before.installers) === 'Open') return;
    const listed = change.listedInstallers ?? before.listedInstallers;
    const ids = listed.map(({ id }) => id);
    const states = ids.length === 0 ? new Map() : await this.principals.refreshStates(tenantId, ids);
    assertSomebodyLeft(listed, states);
  }

  private async write(
    tx: Transaction,
    caller: Caller,
    change: TenantPolicyChange,
    listed: readonly PrincipalReference[] | undefined,
  ): Promise<void> {
    const { tenantId } = caller;
    // A first decision has no row to lock yet; of two at once the second waits here for the first.
    await tx.$executeRaw`
      INSERT INTO tenant_policy ("tenantId", version) VALUES (${tenantId}::uuid, 0) ON CONFLICT DO NOTHING`;
    await tx.$queryRaw`SELECT 1 FROM tenant_policy WHERE "tenantId" = ${tenantId}::uuid FOR UPDATE`;
    const before = toTenantPolicy(
      await tx.tenantPolicy.findUnique({ where: { tenantId }, select: POLICY }),
      this.config,
    );
    assertVersion(before, change);
    const row = await tx.tenantPolicy.update({
      where: { tenantId },
      data: { ...columnsOf(change), ...(listed && { listed: relist(listed) }), version: before.version + 1 },
      select: POLICY,
    });
    await this.changes.publish(tx, 'policy', tenantId);
    await this.audit.record(tx, {
      tenantId,
      actor: caller,
      action: 'tenant-policy.changed',
      subject: { type: 'tenant-policy', id: tenantId },
      details: { version: row.version, ...differences(before, toTenantPolicy(row, this.config)) },
    });
  }
}

function assertVersion({ version }: TenantPolicy, { version: read }: TenantPolicyChange): void {
  if (version !== read) throw new DomainError('VERSION_CONFLICT', { version: read, current: version });
}

/** @throws DomainError VALIDATION_FAILED when one id is listed as two types */
function eachOnce(listed: readonly PrincipalReference[]): PrincipalReference[] {
  const byId = new Map<string, PrincipalReference>();
  for (const principal of listed) {
    const other = byId.get(principal.id);
    if (other && other.type !== principal.type) {
      throw new DomainError('VALIDATION_FAILED', {
        path: 'listedInstallers',
        problem: `${principal.id} is listed as ${other.type} and as ${principal.type}`,
      });
    }
    byId.set(principal.id, principal);
  }
  return [...byId.values()];
}

function relist(listed: readonly PrincipalReference[]) {
  const create = listed.map(({ id, type }) => ({ principalId: id, principalType: type }));
  return { deleteMany: {}, create } satisfies Prisma.TenantPolicyPrincipalUpdateManyWithoutPolicyNestedInput;
}

/** null is what the table says for "not decided here"; no kinds at all stands for all of them. */
function columnsOf({ installers, joinTokenCreators, minimumAdministrators, ...more }: TenantPolicyChange) {
  const { licenceRules, allowedKinds, limits } = more;
  return {
    updatedAt: new Date(),
    ...(installers !== undefined && { installers }),
    ...(joinTokenCreators !== undefined && { joinTokenCreators }),
    ...(minimumAdministrators !== undefined && { minimumAdministrators }),
    ...(licenceRules !== undefined && { licenceRules }),
    ...(allowedKinds !== undefined && { allowedKinds: [...new Set(allowedKinds ?? [])] }),
    ...Object.fromEntries(Object.entries(limits ?? {}).filter(([, limit]) => limit !== undefined)),
  } satisfies Prisma.TenantPolicyUpdateInput;
}
