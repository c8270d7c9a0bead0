import { Injectable, Logger } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { AdministratorCountService } from '../administrators/administrator-count.service.js';
import { PrincipalsService, type PrincipalRow } from '../identity/principals.service.js';
import type { NamedInAlert } from './alerts.types.js';
import { ENOUGH_LEADERS, type Leadership, type SubjectType } from './role-health.policy.js';

/** People of one group looked at: two who can sign in are enough. */
const MAX_GROUP_MEMBERS = 100;

const HELD = { principalId: true, principalType: true } satisfies Prisma.ConnectionRoleSelect;

interface Led {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly { readonly principalId: string; readonly principalType: string }[];
}

/** Tells how the administrators of gateways and the owners of connections are, as far as the directory was asked. */
@Injectable()
export class LeadershipService {
  private readonly log = new Logger(LeadershipService.name);

  constructor(
    private readonly prisma: PrismaService,
    private readonly principals: PrincipalsService,
    private readonly administrators: AdministratorCountService,
  ) {}

  /** Leaves out what does not exist, and what only a group can tell about while the directory cannot be asked. */
  async of(tenantId: string, type: SubjectType, ids: readonly string[]): Promise<Leadership[]> {
    const led = await (type === 'gateway' ? this.gateways(tenantId, ids) : this.connections(tenantId, ids));
    const holders = new Set(led.flatMap(({ roles }) => roles.map(({ principalId }) => principalId)));
    const known = await this.principals.named(tenantId, [...holders]);
    const found: Leadership[] = [];
    for (const subject of led) {
      const able = await this.able(tenantId, type, subject, known);
      if (able === undefined) continue;
      const { id, name } = subject;
      found.push({ type, id, name, able, away: awayOf(subject, known) });
    }
    return found;
  }

  private async able(
    tenantId: string,
    type: SubjectType,
    { id, roles }: Led,
    known: ReadonlyMap<string, PrincipalRow>,
  ): Promise<number | undefined> {
    const groups = roles.filter(({ principalType }) => principalType === 'Group').map(({ principalId }) => principalId);
    const own = roles.filter(({ principalType }) => principalType !== 'Group').map(({ principalId }) => principalId);
    const able = own.filter((principalId) => known.get(principalId)?.state === 'Active');
    if (able.length >= ENOUGH_LEADERS || groups.length === 0) return Math.min(able.length, ENOUGH_LEADERS);
    try {
      if (type === 'gateway') return await this.administrators.count(tenantId, id, ENOUGH_LEADERS);
      return await this.withMembers(tenantId, able, groups);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.debug({ event: 'alerts.unknown', tenantId, code: error.code });
      return undefined;
    }
  }

  private async withMembers(tenantId: string, own: readonly string[], groups: readonly string[]): Promise<number> {
    const able = new Set(own);
    for (const group of groups) {
      if (able.size >= ENOUGH_LEADERS) break;
      for (const { id, isEnabled } of await this.principals.groupMembers(tenantId, group, MAX_GROUP_MEMBERS)) {
        if (isEnabled) able.add(id);
      }
    }
    return Math.min(able.size, ENOUGH_LEADERS);
  }

  private gateways(tenantId: string, ids: readonly string[]): Promise<Led[]> {
    return this.prisma.gateway.findMany({
      where: { tenantId, id: { in: [...ids] } },
      select: { id: true, name: true, roles: { where: { role: 'Admin' }, select: HELD } },
    });
  }

  private async connections(tenantId: string, ids: readonly string[]): Promise<Led[]> {
    const rows = await this.prisma.connection.findMany({
      where: { tenantId, id: { in: [...ids] } },
      select: { id: true, displayName: true, roles: { where: { role: 'Owner' }, select: HELD } },
    });
    return rows.map(({ id, displayName, roles }) => ({ id, name: displayName, roles }));
  }
}

/** In order of id, so that the same people make the same alert. */
function awayOf({ roles }: Led, known: ReadonlyMap<string, PrincipalRow>): NamedInAlert[] {
  const away = roles.flatMap(({ principalId }) => {
    const row = known.get(principalId);
    if (!row || row.state === 'Active') return [];
    return [{ id: row.id, displayName: row.displayName, state: row.state }];
  });
  return away.sort((a, b) => (a.id < b.id ? -1 : 1));
}
