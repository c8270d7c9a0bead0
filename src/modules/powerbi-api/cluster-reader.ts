import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { GatewayRostersService } from '../administrators/gateway-rosters.service.js';
import { GatewayConnectionsService } from '../connections/gateway-connections.service.js';
import { ClustersService } from '../gateways/clusters.service.js';
import type { ClusterView, GatewayScope } from '../gateways/gateways.types.js';
import { showCluster } from './cluster-bodies.js';
import { partOf, type ClusterListQuery, type Expansion } from './odata-query.js';

/** Puts clusters together with what stands beside them: their data sources, roles and members. */
@Injectable()
export class ClusterReader {
  constructor(
    private readonly clusters: ClustersService,
    private readonly connections: GatewayConnectionsService,
    private readonly rosters: GatewayRostersService,
  ) {}

  /** @returns whether the list goes on @throws DomainError NOT_ADMINISTRATOR */
  async list(caller: Caller, scope: GatewayScope, query: ClusterListQuery) {
    const { clusters, isMore } = await this.clusters.list(caller, scope, partOf(query));
    const value = await this.shown(caller, clusters, query.$expand);
    return { value, isMore: isMore || value.length < clusters.length };
  }

  /** @throws DomainError GATEWAY_NOT_FOUND, ROLE_MISSING */
  async get(caller: Caller, gatewayId: string, expand: readonly Expansion[] | undefined) {
    const [cluster] = await this.shown(caller, [await this.clusters.get(caller, gatewayId)], expand);
    return cluster;
  }

  private async shown(caller: Caller, clusters: readonly ClusterView[], expand: readonly Expansion[] = []) {
    const { tenantId } = caller;
    const ids = clusters.map(({ id }) => id);
    const [dataSourceIds, rosters] = await Promise.all([
      this.connections.idsAt(caller, ids),
      expand.includes('permissions') ? this.rosters.of(tenantId, ids) : undefined,
    ]);
    const withMembers = expand.includes('memberGateways');
    return clusters
      .filter(({ id }) => !rosters || rosters.has(id))
      .map((cluster) =>
        showCluster(cluster, {
          tenantId,
          dataSourceIds: dataSourceIds.get(cluster.id) ?? [],
          permissions: rosters?.get(cluster.id),
          withMembers,
        }),
      );
  }
}
