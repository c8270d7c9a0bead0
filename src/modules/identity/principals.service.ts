import { Injectable } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { isIdentifier } from '../../common/identifier.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { Directory, DirectoryUnavailable, type DirectoryEntry, type DirectoryQuery } from './directory.types.js';
import { PrincipalStore } from './principal-store.service.js';
import type { PrincipalType } from './principal.types.js';

/** A principal's row is touched at most this often: "last seen" needs no more. */
const SEEN_MS = 10 * 60 * 1000;
const MAX_SEEN = 20_000;

/** Who joins or leaves a group shows in lists of its people after this. */
const MEMBERS_MS = 5 * 60 * 1000;
/** Up to a thousand people each. */
const MAX_GROUPS = 100;

/** Principals whose state is asked for and written in one go: as many as the directory takes. */
const STATES_BATCH = 1_000;

const PRINCIPAL = {
  id: true,
  tenantId: true,
  type: true,
  upn: true,
  displayName: true,
  appId: true,
  state: true,
  checkedAt: true,
} satisfies Prisma.PrincipalSelect;

/** Somebody, or a group, that may hold roles. */
export type PrincipalRow = Prisma.PrincipalGetPayload<{ select: typeof PRINCIPAL }>;

/** The people, service principals and groups that were seen or named. */
@Injectable()
export class PrincipalsService {
  private readonly seenAt = new BoundedCache<string, string>(MAX_SEEN, SEEN_MS);
  private readonly members = new BoundedCache<string, Promise<readonly DirectoryEntry[]>>(MAX_GROUPS, MEMBERS_MS);

  constructor(
    private readonly prisma: PrismaService,
    private readonly directory: Directory,
    private readonly store: PrincipalStore,
  ) {}

  /** Notes that somebody was here, at most every ten minutes or when their name changed. */
  async seen(caller: Caller, appId?: string): Promise<void> {
    const key = `${caller.tenantId}/${caller.id}`;
    const names = JSON.stringify([caller.upn, caller.displayName]);
    if (this.seenAt.get(key) === names) return;
    this.seenAt.set(key, names);
    try {
      await this.store.storeSeen({ ...caller, appId });
    } catch (error) {
      this.seenAt.delete(key);
      throw error;
    }
  }

  find(tenantId: string, id: string): Promise<PrincipalRow | null> {
    return this.prisma.principal.findUnique({ where: { tenantId_id: { tenantId, id } }, select: PRINCIPAL });
  }

  /** Those of the ids that are known, by id. */
  async named(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, PrincipalRow>> {
    if (ids.length === 0) return new Map();
    const rows = await this.prisma.principal.findMany({ where: { tenantId, id: { in: [...ids] } }, select: PRINCIPAL });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Looks through the directory by name. @throws DomainError IDENTITY_UNAVAILABLE */
  search(tenantId: string, query: DirectoryQuery): Promise<readonly DirectoryEntry[]> {
    return this.directory.search(tenantId, query).catch(unavailable);
  }

  /** User principal names are compared without case, as the directory does. */
  findByUpn(tenantId: string, upn: string): Promise<PrincipalRow | null> {
    return this.prisma.principal.findFirst({
      where: { tenantId, upn: { equals: withoutWildcards(upn), mode: 'insensitive' } },
      orderBy: { lastSeenAt: 'desc' },
      select: PRINCIPAL,
    });
  }

  /**
   * Somebody by object id or user principal name: known already, or asked for in the directory and remembered.
   *
   * @throws DomainError IDENTITY_UNAVAILABLE when they are not known and the directory cannot be asked
   */
  async findByIdOrUpn(tenantId: string, idOrUpn: string): Promise<PrincipalRow | null> {
    if (!isIdentifier(idOrUpn)) {
      const known = await this.findByUpn(tenantId, idOrUpn);
      return known ?? this.ask(tenantId, 'User', () => this.directory.findUserByName(tenantId, idOrUpn));
    }
    const id = idOrUpn.toLowerCase();
    return (
      (await this.find(tenantId, id)) ??
      (await this.askFor(tenantId, id, 'User')) ??
      (await this.askFor(tenantId, id, 'ServicePrincipal'))
    );
  }

  /**
   * Somebody who is to be given a role: known already, or asked for in the directory and remembered.
   *
   * @throws DomainError PRINCIPAL_UNKNOWN when there is none of this type; IDENTITY_UNAVAILABLE when it cannot be asked
   */
  async resolve(tenantId: string, id: string, type: PrincipalType): Promise<PrincipalRow> {
    const known = await this.find(tenantId, id);
    if (known && known.type !== type) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    // Who was gone may have been restored since.
    if (known && known.state !== 'Gone') return known;
    const found = await this.askFor(tenantId, id, type);
    if (!found) throw new DomainError('PRINCIPAL_UNKNOWN', { principalId: id, type });
    return found;
  }

  /** People known in the tenant, in order of id. @throws DomainError VALIDATION_FAILED */
  async listUsers(tenantId: string, { continuationToken }: PageQuery): Promise<Page<PrincipalRow>> {
    const [after] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    if (after !== undefined && !isIdentifier(after)) {
      throw new DomainError('VALIDATION_FAILED', { path: 'continuationToken' });
    }
    const rows = await this.prisma.principal.findMany({
      where: { tenantId, type: 'User', ...(after === undefined ? {} : { id: { gt: after } }) },
      orderBy: { id: 'asc' },
      take: PAGE_SIZE + 1,
      select: PRINCIPAL,
    });
    return cutPage(
      rows,
      ({ id }) => [id],
      (row) => row,
    );
  }

  /**
   * Asks the directory whether principals may still sign in, and remembers it.
   *
   * @throws DomainError IDENTITY_UNAVAILABLE; what was asked before stays
   */
  async refreshStates(tenantId: string, ids: readonly string[]): Promise<ReadonlyMap<string, PrincipalRow['state']>> {
    const all = new Map<string, PrincipalRow['state']>();
    for (let start = 0; start < ids.length; start += STATES_BATCH) {
      const batch = ids.slice(start, start + STATES_BATCH);
      const told = await this.directory.findStates(tenantId, batch).catch(unavailable);
      const states = new Map(batch.map((id) => [id, told.get(id) ?? ('Gone' as const)]));
      await this.store.storeStates(tenantId, states);
      for (const [id, state] of states) all.set(id, state);
    }
    return all;
  }

  /**
   * People of a group, those of nested ones included, at most `limit`; none when the directory knows no such group.
   *
   * @throws DomainError IDENTITY_UNAVAILABLE
   */
  groupMembers(tenantId: string, groupId: string, limit: number): Promise<readonly DirectoryEntry[]> {
    const key = `${tenantId}/${groupId}/${limit}`;
    const known = this.members.get(key);
    if (known) return known;
    const asking = this.directory.findGroupMembers(tenantId, groupId, limit).then((found) => found ?? [], unavailable);
    this.members.set(key, asking);
    asking.catch(() => this.members.delete(key));
    return asking;
  }

  private askFor(tenantId: string, id: string, type: PrincipalType): Promise<PrincipalRow | null> {
    return this.ask(tenantId, type, () => this.directory.findPrincipal(tenantId, id, type));
  }

  private async ask(
    tenantId: string,
    type: PrincipalType,
    question: () => Promise<DirectoryEntry | null>,
  ): Promise<PrincipalRow | null> {
    const entry = await question().catch(unavailable);
    if (!entry) return null;
    await this.store.storeFound({ ...entry, tenantId, type }, entry.isEnabled ? 'Active' : 'Disabled');
    return this.find(tenantId, entry.id);
  }
}

/** Without regard to case PostgreSQL compares by ILIKE, to which some characters are patterns: nobody is meant by them. */
function withoutWildcards(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function unavailable(cause: unknown): never {
  if (!(cause instanceof DirectoryUnavailable)) throw cause;
  const { retryAfterSeconds } = cause;
  throw new DomainError('IDENTITY_UNAVAILABLE', {}, { cause, ...(retryAfterSeconds && { retryAfterSeconds }) });
}
