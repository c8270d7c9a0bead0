import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { ReleasesModule } from '../releases/releases.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import {
  OwnClusterDatasourceUsersController,
  TenantClusterDatasourceUsersController,
} from './cluster-datasource-users.controller.js';
import {
  OwnClusterDatasourcesController,
  TenantClusterDatasourcesController,
} from './cluster-datasources.controller.js';
import { ClusterDatasources } from './cluster-datasources.js';
import { ClusterPermissions } from './cluster-permissions.js';
import { ClusterReader } from './cluster-reader.js';
import { OwnClustersController, TenantClustersController } from './clusters.controller.js';
import { DatasourceTests } from './datasource-tests.js';
import { PowerBiDatasourceUsersController } from './datasource-users.controller.js';
import { DatasourceUsers } from './datasource-users.js';
import { PowerBiDatasourcesController } from './datasources.controller.js';
import { GatewayInstallersController } from './gateway-installers.controller.js';
import { GatewayPolicyController } from './gateway-policy.controller.js';
import { PowerBiGatewaysController } from './gateways.controller.js';
import { PrincipalFinder } from './principal-finder.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

/** Gateways and data sources in the shapes of Power BI: v1.0 gateways and v2.0 gatewayClusters. */
@Module({
  imports: [
    AdministratorsModule,
    ConnectionsModule,
    FlowRequestsModule,
    GatewaysModule,
    IdentityModule,
    ReleasesModule,
    TenantPolicyModule,
  ],
  controllers: [
    PowerBiGatewaysController,
    PowerBiDatasourcesController,
    PowerBiDatasourceUsersController,
    OwnClustersController,
    TenantClustersController,
    OwnClusterDatasourcesController,
    TenantClusterDatasourcesController,
    OwnClusterDatasourceUsersController,
    TenantClusterDatasourceUsersController,
    GatewayPolicyController,
    GatewayInstallersController,
  ],
  providers: [
    ClusterDatasources,
    ClusterPermissions,
    ClusterReader,
    DatasourceTests,
    DatasourceUsers,
    PrincipalFinder,
    TenantAdministratorGuard,
  ],
})
export class PowerbiApiModule {}
