import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GroupsService } from '../identity/groups.service.js';
import { PRINCIPAL_TYPES, type PrincipalType } from '../identity/principal.types.js';
import { PrincipalsService } from '../identity/principals.service.js';

/** Whoever is not among these is found by more of their name. */
const MAX_FOUND = 25;

/** Somebody that a role could be given to. */
export interface FoundPrincipal {
  readonly id: string;
  readonly type: PrincipalType;
  readonly displayName: string;
  readonly upn: string | undefined;
}

/** Looks for people, groups and service principals, on behalf of those who give roles. */
@Injectable()
export class DirectorySearchService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
    private readonly principals: PrincipalsService,
  ) {}

  /**
   * By name, at most twenty-five.
   *
   * @param type undefined: of all types, people first
   * @throws DomainError NOT_ADMINISTRATOR for people who give no roles; IDENTITY_UNAVAILABLE
   */
  async search(caller: Caller, text: string, type?: PrincipalType): Promise<FoundPrincipal[]> {
    await this.assertGivesRoles(caller);
    const types = type === undefined ? PRINCIPAL_TYPES : [type];
    const found = await Promise.all(
      types.map(async (one) => {
        const entries = await this.principals.search(caller.tenantId, { text, type: one, limit: MAX_FOUND });
        return entries.map(({ id, displayName, upn }) => ({ id, type: one, displayName, upn }));
      }),
    );
    // Taken in turns: a name that many people have must not hide the group of that name.
    const turns = Array.from({ length: MAX_FOUND }, (_, turn) => found.flatMap((list) => list[turn] ?? []));
    return turns.flat().slice(0, MAX_FOUND);
  }

  /** The directory is not for browsing: only who may give somebody a role looks there. */
  private async assertGivesRoles(caller: Caller): Promise<void> {
    if (caller.isTenantAdministrator) return;
    const { tenantId } = caller;
    const { ids } = await this.groups.holdersOf(caller);
    const [row] = await this.prisma.$queryRaw<{ gives: boolean }[]>`
      SELECT EXISTS (SELECT 1 FROM gateway_role
          WHERE "tenantId" = ${tenantId}::uuid AND "principalId" = ANY (${[...ids]}::uuid[])
            AND role IN ('Admin', 'ConnectionCreatorWithResharing'))
        OR EXISTS (SELECT 1 FROM connection_role
          WHERE "tenantId" = ${tenantId}::uuid AND "principalId" = ANY (${[...ids]}::uuid[])
            AND role IN ('Owner', 'UserWithReshare')) AS gives`;
    if (row?.gives !== true) throw new DomainError('NOT_ADMINISTRATOR');
  }
}
