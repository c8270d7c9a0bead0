import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GatewayRolesService } from '../administrators/gateway-roles.service.js';
import { assertMaySee } from '../administrators/roles.policy.js';
import { queryClusters, type ClusterRow } from './cluster-query.js';
import { toGatewayView } from './gateway-view.js';
import { GatewaysService } from './gateways.service.js';
import type { ClusterView, GatewayScope } from './gateways.types.js';
import { toMemberView } from './member-view.js';

/** Gateways of one answer: with ten members each it is some 20 MB. */
export const MAX_CLUSTERS = 1_000;

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
    const holderIds = await this.gateways.listed(caller, scope);
    const found = await queryClusters(this.prisma, { tenantId, holderIds, skip, take: wanted + 1 });
    const now = new Date();
    const clusters = found.slice(0, wanted).map((row) => toClusterView(row, now));
    return { clusters, isMore: found.length > wanted };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, gatewayId: string): Promise<ClusterView> {
    const access = await this.roles.access(caller, gatewayId);
    assertMaySee(caller, access);
    const { tenantId } = caller;
    const [row] = await queryClusters(this.prisma, { tenantId, id: access.gatewayId, take: 1 });
    if (!row) throw new DomainError('GATEWAY_NOT_FOUND', { gatewayId });
    return toClusterView(row, new Date());
  }
}

function toClusterView({ gateway, members }: ClusterRow, now: Date): ClusterView {
  const versions = members.map(({ version }) => version).reverse();
  return {
    ...toGatewayView(gateway, versions),
    members: members.map((member) => toMemberView(member, gateway.sealingKey, now)),
  };
}
