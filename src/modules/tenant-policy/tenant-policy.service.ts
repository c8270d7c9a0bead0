import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { BoundedCache } from '../../common/bounded-cache.js';
import { Changes } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { GroupsService } from '../identity/groups.service.js';
import { POLICY, toTenantPolicy } from './tenant-policy-row.js';
import { assertInstallerListed, assertJoinTokenRule } from './tenant-policy.policy.js';
import type { TenantPolicy } from './tenant-policy.types.js';

/** A change made at another replica shows here after this at the latest, even if its notification is lost. */
const CACHE_MS = 2_000;
const MAX_CACHED = 10_000;

/** What the administrators of a tenant decided for all of its gateways. */
@Injectable()
export class TenantPolicyService {
  private readonly cache = new BoundedCache<string, Promise<TenantPolicy>>(MAX_CACHED, CACHE_MS);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
    changes: Changes,
  ) {
    changes.on('policy', (tenantId) => (tenantId === '*' ? this.cache.clear() : this.forget(tenantId)));
  }

  /** At most two seconds old. */
  get(tenantId: string): Promise<TenantPolicy> {
    const known = this.cache.get(tenantId);
    if (known) return known;
    const reading = this.read(tenantId);
    this.cache.set(tenantId, reading);
    reading.catch(() => this.forget(tenantId));
    return reading;
  }

  /** As it stands in the database now. */
  async read(tenantId: string): Promise<TenantPolicy> {
    const row = await this.prisma.tenantPolicy.findUnique({ where: { tenantId }, select: POLICY });
    return toTenantPolicy(row, this.config);
  }

  forget(tenantId: string): void {
    this.cache.delete(tenantId);
  }

  /** @throws DomainError INSTALLER_NOT_ALLOWED; IDENTITY_UNAVAILABLE when only unknown groups could allow it */
  async assertMayInstall(principal: {
    readonly tenantId: string;
    readonly id: string;
    readonly type: Caller['type'];
  }): Promise<void> {
    const policy = await this.get(principal.tenantId);
    if (policy.installers === 'Open') return;
    assertInstallerListed(policy, await this.groups.holdersOf(principal));
  }

  /** Whoever makes join tokens installs by them. @throws DomainError NOT_ADMINISTRATOR, INSTALLER_NOT_ALLOWED, IDENTITY_UNAVAILABLE */
  async assertMayCreateJoinToken(caller: Caller): Promise<void> {
    assertJoinTokenRule(await this.get(caller.tenantId), caller);
    await this.assertMayInstall(caller);
  }
}
