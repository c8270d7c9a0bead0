import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { PrincipalsService } from '../identity/principals.service.js';
import { LicenceReportService } from '../licences/licence-report.service.js';
import type { LicensedUser, UserVerdict } from '../licences/licences.types.js';
import { ConnectionAccessService } from './connection-access.service.js';
import { assertMayManageRoles } from './connection-roles.policy.js';

/** Longer lists are for the directory's own tools; and each person may be a question to it. */
const MAX_PEOPLE = 1_000;

/** Groups whose people are looked up, one after the other. */
const MAX_GROUPS = 50;

/** A person who may use the connection, and whether their licences let them. */
export interface ConnectionUser extends UserVerdict {
  /** Display name of the group that brings them; `direct` where they hold a role themselves. */
  readonly via: string;
}

export interface ConnectionLicences {
  readonly value: readonly ConnectionUser[];
  /** How many of them will be refused. */
  readonly refused: number;
  /** Whether there are more people than are shown. */
  readonly isCut: boolean;
}

/** Tells who of a connection's users will be refused for want of a licence. Service principals need none. */
@Injectable()
export class ConnectionLicencesService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly access: ConnectionAccessService,
    private readonly principals: PrincipalsService,
    private readonly reports: LicenceReportService,
  ) {}

  /** @throws DomainError CONNECTION_NOT_FOUND, ROLE_MISSING, IDENTITY_UNAVAILABLE, LICENCE_UNAVAILABLE */
  async list(caller: Caller, connectionId: string): Promise<ConnectionLicences> {
    const held = await this.access.access(caller, connectionId);
    assertMayManageRoles(caller, held);
    const { people, isCut } = await this.people(caller.tenantId, held.connection.id);
    const verdicts = await this.reports.verdictsOf(
      caller.tenantId,
      people.map(({ user }) => user),
    );
    const value = verdicts.map((verdict, at) => ({ ...verdict, via: people[at]?.via ?? 'direct' }));
    return { value, refused: value.filter(({ isEligible }) => !isEligible).length, isCut };
  }

  /** Those who hold a role themselves first, then those of groups; each once. */
  private async people(tenantId: string, connectionId: string) {
    const { users, groups, isCut } = await this.holders(tenantId, connectionId);
    const people = new Map<string, { readonly user: LicensedUser; readonly via: string }>();
    for (const user of users) people.set(user.id, { user, via: 'direct' });
    for (const group of groups) {
      if (people.size > MAX_PEOPLE) break;
      for (const { id, upn, displayName } of await this.principals.groupMembers(tenantId, group.id, MAX_PEOPLE + 1)) {
        if (!people.has(id)) people.set(id, { user: { id, upn, displayName }, via: group.displayName });
      }
    }
    return { people: [...people.values()].slice(0, MAX_PEOPLE), isCut: isCut || people.size > MAX_PEOPLE };
  }

  private async holders(tenantId: string, connectionId: string) {
    const of = (principalType: 'User' | 'Group', take: number) =>
      this.prisma.connectionRole.findMany({
        where: { tenantId, connectionId, principalType },
        orderBy: { principalId: 'asc' },
        take,
        select: { principalId: true },
      });
    const [users, groups] = await Promise.all([of('User', MAX_PEOPLE + 1), of('Group', MAX_GROUPS + 1)]);
    const ids = [...users, ...groups].map(({ principalId }) => principalId);
    const known = await this.principals.named(tenantId, ids);
    const named = ({ principalId: id }: { principalId: string }) => ({
      id,
      upn: known.get(id)?.upn ?? undefined,
      displayName: known.get(id)?.displayName ?? id,
    });
    return {
      users: users.map(named),
      groups: groups.slice(0, MAX_GROUPS).map(named),
      isCut: users.length > MAX_PEOPLE || groups.length > MAX_GROUPS,
    };
  }
}
