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
import { GATEWAY, toGatewayView } from './gateway-view.js';
import type { GatewayFilter, GatewayScope, GatewayTarget, GatewayView, MemberView } from './gateways.types.js';
import { MEMBER, toMemberView } from './member-view.js';

const VIEW = {
  ...GATEWAY,
  members: { select: { version: true }, orderBy: { createdAt: 'desc' } },
} satisfies Prisma.GatewaySelect;

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
    const listed = await this.listed(caller, scope);
    const rows = await this.prisma.gateway.findMany({
      where: {
        tenantId: caller.tenantId,
        ...(after === undefined ? {} : { name: { gt: after } }),
        ...(region === undefined ? {} : { region }),
        ...listed,
      },
      orderBy: { name: 'asc' },
      take: PAGE_SIZE + 1,
      select: VIEW,
    });
    return cutPage(rows, (row) => [row.name], toView);
  }

  /**
   * Which of the tenant's gateways a list has for the caller.
   *
   * @throws DomainError NOT_ADMINISTRATOR
   */
  async listed(caller: Caller, scope: GatewayScope | undefined): Promise<Pick<Prisma.GatewayWhereInput, 'roles'>> {
    if (scope === 'organization' && !caller.isTenantAdministrator)
      throw new DomainError('NOT_ADMINISTRATOR', { scope });
    if (caller.isTenantAdministrator && scope !== 'individual') return {};
    const { ids } = await this.roles.holders(caller);
    return { roles: { some: { principalId: { in: [...ids] } } } };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, gatewayId: string): Promise<GatewayView> {
    assertMaySee(caller, await this.roles.access(caller, gatewayId));
    const row = await this.prisma.gateway.findFirst({
      where: { id: gatewayId, tenantId: caller.tenantId },
      select: VIEW,
    });
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

function toView({ members, ...row }: Prisma.GatewayGetPayload<{ select: typeof VIEW }>): GatewayView {
  return toGatewayView(
    row,
    members.map(({ version }) => version),
  );
}
