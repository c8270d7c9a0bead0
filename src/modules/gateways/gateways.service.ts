import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { cutPage, decodeContinuation, PAGE_SIZE, type Page, type PageQuery } from '../../common/page.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { sealingPublicKeySchema } from '../../contract/registration.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { isIdentifier } from '../../common/identifier.js';
import { assertMaySee } from '../administrators/roles.policy.js';
import { queryClusters, type ClusterRow } from './cluster-query.js';
import { toGatewayView } from './gateway-view.js';
import type { GatewayFilter, GatewayScope, GatewayTarget, GatewayView, MemberView } from './gateways.types.js';
import { MEMBER, toMemberView } from './member-view.js';

const TARGET = {
  id: true,
  region: true,
  sealingKey: true,
  sealingKeyId: true,
  members: { select: { id: true } },
} satisfies Prisma.GatewaySelect;

/** Gateways and their members, for those who may see them. */
@Injectable()
export class GatewaysService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly roles: GatewayRolesService,
  ) {}

  /**
   * Gateways at which the caller holds a role, by name; to an administrator of the tenant all of the tenant's. While the
   * directory is away, those that a role through a group shows may be missing.
   *
   * @throws DomainError NOT_ADMINISTRATOR when somebody else asks for all
   */
  async list(
    caller: Caller,
    { continuationToken, region, scope }: PageQuery & GatewayFilter,
  ): Promise<Page<GatewayView>> {
    const [after] = continuationToken === undefined ? [] : decodeContinuation(continuationToken);
    const holderIds = await this.listed(caller, scope);
    const { tenantId } = caller;
    const rows = await queryClusters(this.prisma, { tenantId, holderIds, region, after, take: PAGE_SIZE + 1 });
    return cutPage(rows, ({ gateway }) => [gateway.name], toView);
  }

  /**
   * Which of the tenant's gateways a list has for the caller.
   *
   * @returns ids of which one has to hold a role there; undefined: it has them all
   * @throws DomainError NOT_ADMINISTRATOR
   */
  async listed(caller: Caller, scope: GatewayScope | undefined): Promise<readonly string[] | undefined> {
    if (scope === 'organization' && !caller.isTenantAdministrator)
      throw new DomainError('NOT_ADMINISTRATOR', { scope });
    if (caller.isTenantAdministrator && scope !== 'individual') return undefined;
    return (await this.roles.holders(caller)).ids;
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, gatewayId: string): Promise<GatewayView> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const { tenantId } = caller;
    const [row] = await queryClusters(this.prisma, { tenantId, id: access.gatewayId, take: 1 });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return toView(row);
  }

  /** All members, the first installed first. A gateway has ten at most, hence no pages. @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async listMembers(caller: Caller, gatewayId: string): Promise<MemberView[]> {
    const { sealingKey } = await this.get(caller, gatewayId);
    const { tenantId } = caller;
    const rows = await this.prisma.member.findMany({
      where: { gatewayId, tenantId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: MEMBER,
    });
    const now = new Date();
    return rows.map((row) => toMemberView(row, sealingKey, now));
  }

  /**
   * What it takes to make a connection lead through a gateway. Asks for no role: who may connect is the caller's question.
   *
   * @throws DomainError GATEWAY_NOT_FOUND
   */
  async target(tenantId: string, gatewayId: string): Promise<GatewayTarget> {
    const row = isIdentifier(gatewayId)
      ? await this.prisma.gateway.findFirst({ where: { id: gatewayId, tenantId }, select: TARGET })
      : null;
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return {
      id: row.id,
      region: row.region,
      sealingKey: sealingPublicKeySchema.parse(row.sealingKey),
      sealingKeyId: row.sealingKeyId,
      ids: [row.id, ...row.members.map((member) => member.id)],
    };
  }
}

/** The newest member's version comes first. */
function toView({ gateway, members }: ClusterRow): GatewayView {
  return toGatewayView(gateway, members.map(({ version }) => version).reverse());
}
