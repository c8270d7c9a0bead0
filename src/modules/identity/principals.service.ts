import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BoundedCache } from '../../common/bounded-cache.js';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { Directory } from './directory.types.js';

/** A principal's row is touched at most this often: "last seen" needs no more. */
const SEEN_MS = 10 * 60 * 1000;
const MAX_SEEN = 20_000;

const PRINCIPAL = {
  id: true,
  tenantId: true,
  type: true,
  upn: true,
  displayName: true,
  appId: true,
} satisfies Prisma.PrincipalSelect;

/** Somebody who may hold roles. */
export type PrincipalRow = Prisma.PrincipalGetPayload<{ select: typeof PRINCIPAL }>;

/** The people and service principals that were seen or named. */
@Injectable()
export class PrincipalsService {
  private readonly seenAt = new BoundedCache<string, string>(MAX_SEEN, SEEN_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly directory: Directory,
  ) {}

  /** Notes that somebody was here, at most every ten minutes or when their name changed. */
  async seen(caller: Caller, appId?: string): Promise<void> {
    const key = `${caller.tenantId}/${caller.id}`;
    const names = JSON.stringify([caller.upn, caller.displayName]);
    if (this.seenAt.get(key) === names) return;
    this.seenAt.set(key, names);
    try {
      await this.store({ ...caller, appId });
    } catch (error) {
      this.seenAt.delete(key);
      throw error;
    }
  }

  find(tenantId: string, id: string): Promise<PrincipalRow | null> {
    return this.prisma.principal.findUnique({ where: { tenantId_id: { tenantId, id } }, select: PRINCIPAL });
  }

  /** User principal names are compared without case, as the directory does. */
  findByUpn(tenantId: string, upn: string): Promise<PrincipalRow | null> {
    return this.prisma.principal.findFirst({
      where: { tenantId, upn: { equals: upn, mode: 'insensitive' } },
      orderBy: { lastSeenAt: 'desc' },
      select: PRINCIPAL,
    });
  }

  /**
   * Somebody who is to be given a role: known already, or asked for in the directory and remembered.
   *
   * @throws DomainError PRINCIPAL_UNKNOWN when there is none of this type; IDENTITY_UNAVAILABLE when it cannot be asked
   */
  async resolve(tenantId: string, id: string, type: 'User' | 'ServicePrincipal'): Promise<PrincipalRow> {
    const known = await this.find(tenantId, id);
    if (known?.type === type) return known;
    if (known) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    const entry = await this.askDirectory(tenantId, id, type);
    if (!entry) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    await this.store({ ...entry, tenantId, type });
    return { id, tenantId, type, upn: entry.upn ?? null, displayName: entry.displayName, appId: entry.appId ?? null };
  }

  private async askDirectory(tenantId: string, id: string, type: 'User' | 'ServicePrincipal') {
    try {
      return await this.directory.findPrincipal(tenantId, id, type);
    } catch (cause) {
      throw new DomainError('IDENTITY_UNAVAILABLE', {}, { cause });
    }
  }

  private async store(principal: {
    id: string;
    tenantId: string;
    type: 'User' | 'ServicePrincipal';
    upn: string | undefined;
    displayName: string;
    appId: string | undefined;
  }): Promise<void> {
    const { id, tenantId, type } = principal;
    const data = {
      upn: principal.upn ?? null,
      displayName: principal.displayName,
      appId: z.guid().safeParse(principal.appId).data ?? null,
      lastSeenAt: new Date(),
    };
    await this.prisma.principal.upsert({
      where: { tenantId_id: { tenantId, id } },
      create: { id, tenantId, type, ...data },
      update: data,
      select: { id: true },
    });
  }
}
