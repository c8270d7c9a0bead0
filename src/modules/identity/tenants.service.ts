import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { AppConfig } from '../../config/env.js';
import { TenantKeys } from './tenant-keys.service.js';

const MAX_TENANTS = 10_000;
/** Rows of tenants are made and never change; only memory bounds how long they are remembered. */
const KNOWN_MS = 60 * 60 * 1000;

/** The directory tenants that are served. */
@Injectable()
export class TenantsService {
  private readonly known = new BoundedCache<string, Promise<void>>(MAX_TENANTS, KNOWN_MS);

  constructor(
    private readonly config: AppConfig,
    private readonly prisma: PrismaService,
    private readonly keys: TenantKeys,
  ) {}

  /**
   * Lets a tenant in; its first caller brings it, with a data key of its own, into being.
   *
   * @param displayName what to call it when it is new
   * @throws DomainError TENANT_NOT_ADMITTED, VAULT_UNAVAILABLE
   */
  admit(tenantId: string, displayName: string = tenantId): Promise<void> {
    const { tenants } = this.config;
    if (tenants !== 'any' && !tenants.includes(tenantId)) return Promise.reject(new DomainError('TENANT_NOT_ADMITTED'));
    const known = this.known.get(tenantId);
    if (known) return known;
    const admitting = this.ensure(tenantId, displayName);
    this.known.set(tenantId, admitting);
    admitting.catch(() => this.known.delete(tenantId));
    return admitting;
  }

  private async ensure(tenantId: string, displayName: string): Promise<void> {
    const found = await this.prisma.tenant.findUnique({ where: { id: tenantId }, select: { id: true } });
    if (found) return;
    const keys = await this.keys.create(tenantId);
    // Two first callers at two replicas: one key wins, and both use what the table holds.
    await this.prisma.tenant.createMany({
      data: {
        id: tenantId,
        displayName: displayName.slice(0, 200),
        wrappingKeyId: keys.wrappingKeyId,
        wrappedDataKey: Uint8Array.from(keys.wrappedDataKey),
        machineSalt: Uint8Array.from(keys.machineSalt),
      },
      skipDuplicates: true,
    });
  }

  /** Salt of the tenant's machine fingerprints, opened. */
  async machineSalt(tenantId: string): Promise<Buffer> {
    const { machineSalt } = await this.prisma.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { machineSalt: true },
    });
    return this.keys.open(tenantId, 'machine-salt', machineSalt);
  }
}
