import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { ReleasesModule } from '../releases/releases.module.js';
import { ConnectionEnvironmentsController } from './connection-environments.controller.js';
import { ConnectionRoleAssignmentsController } from './connection-role-assignments.controller.js';
import { ConnectionTests } from './connection-tests.js';
import { ConnectionsController } from './connections.controller.js';
import { GatewayRoleAssignmentsController } from './gateway-role-assignments.controller.js';
import { GatewayMembersController } from './gateway-members.controller.js';
import { GatewaysController } from './gateways.controller.js';

/** Management, in the shape of Fabric v1. */
@Module({
  imports: [AdministratorsModule, ConnectionsModule, FlowRequestsModule, GatewaysModule, ReleasesModule],
  controllers: [
    GatewaysController,
    GatewayMembersController,
    GatewayRoleAssignmentsController,
    ConnectionsController,
    ConnectionEnvironmentsController,
    ConnectionRoleAssignmentsController,
  ],
  providers: [ConnectionTests],
})
export class FabricApiModule {}
