import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertMaySee } from '../administrators/roles.policy.js';
import { GATEWAY, toGatewayView } from './gateway-view.js';
import { GatewaysService } from './gateways.service.js';
import type { ClusterView, GatewayScope } from './gateways.types.js';
import { MEMBER, toMemberView } from './member-view.js';

/** Gateways of one answer: with ten members each it is some 20 MB. */
export const MAX_CLUSTERS = 1_000;

const CLUSTER = {
  ...GATEWAY,
  members: { select: MEMBER, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
} satisfies Prisma.GatewaySelect;

/** Part of a list, by the numbers of its entries. */
export interface ListPart {
  readonly skip: number;
  readonly take: number;
}

/** Gateways together with their members, for lists that go by numbers. */
@Injectable()
export class ClustersService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly gateways: GatewaysService,
    private readonly roles: GatewayRolesService,
  ) {}

  /**
   * By name, at most a thousand at once.
   *
   * @returns whether the list goes on behind the last of them
   * @throws DomainError NOT_ADMINISTRATOR when somebody else asks for all of the tenant
   */
  async list(
    caller: Caller,
    scope: GatewayScope | undefined,
    { skip, take }: ListPart,
  ): Promise<{ clusters: ClusterView[]; isMore: boolean }> {
    const { tenantId } = caller;
    const wanted = Math.min(take, MAX_CLUSTERS);
    // An index alone tells which ones: what stands before the part is counted there, never read.
    const found = await this.prisma.gateway.findMany({
      where: { tenantId, ...(await this.gateways.listed(caller, scope)) },
      orderBy: { name: 'asc' },
      take: skip + wanted + 1,
      select: { id: true },
    });
    const ids = found.slice(skip, skip + wanted).map(({ id }) => id);
    const rows = await this.prisma.gateway.findMany({
      where: { tenantId, id: { in: ids } },
      orderBy: { name: 'asc' },
      select: CLUSTER,
    });
    const now = new Date();
    return { clusters: rows.map((row) => toClusterView(row, now)), isMore: found.length > skip + wanted };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, gatewayId: string): Promise<ClusterView> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const row = await this.prisma.gateway.findFirst({
      where: { id: access.gatewayId, tenantId: caller.tenantId },
      select: CLUSTER,
    });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return toClusterView(row, new Date());
  }
}

function toClusterView(
  { members, ...row }: Prisma.GatewayGetPayload<{ select: typeof CLUSTER }>,
  now: Date,
): ClusterView {
  const versions = members.map(({ version }) => version).reverse();
  const gateway = toGatewayView(row, versions);
  return { ...gateway, members: members.map((member) => toMemberView(member, gateway.sealingKey, now)) };
}
