import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LicencesModule } from '../licences/licences.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { ConnectionAccessService } from './connection-access.service.js';
import { ConnectionBindingsService } from './connection-bindings.service.js';
import { ConnectionChangesService } from './connection-changes.service.js';
import { ConnectionCreationService } from './connection-creation.service.js';
import { ConnectionLicencesService } from './connection-licences.service.js';
import { ConnectionOwnersService } from './connection-owners.service.js';
import { ConnectionRoleAssignmentsService } from './connection-role-assignments.service.js';
import { ConnectionSummariesService } from './connection-summaries.service.js';
import { ConnectionTestResultsService } from './connection-test-results.service.js';
import { ConnectionsService } from './connections.service.js';
import { DraftRoutesService } from './draft-routes.service.js';
import { GatewayConnectionsService } from './gateway-connections.service.js';
import { MemberConnectionsService } from './member-connections.service.js';
import { ResealingService } from './resealing.service.js';
import { RouteReaderService } from './route-reader.service.js';
import { SealingKeysService } from './sealing-keys.service.js';
import { StoredCredentialsService } from './stored-credentials.service.js';

@Module({
  imports: [
    AdministratorsModule,
    AuditModule,
    EnvironmentsModule,
    GatewaysModule,
    IdentityModule,
    LicencesModule,
    TenantPolicyModule,
  ],
  providers: [
    ConnectionsService,
    ConnectionAccessService,
    ConnectionBindingsService,
    ConnectionChangesService,
    ConnectionCreationService,
    ConnectionLicencesService,
    ConnectionOwnersService,
    ConnectionRoleAssignmentsService,
    ConnectionSummariesService,
    ConnectionTestResultsService,
    DraftRoutesService,
    GatewayConnectionsService,
    MemberConnectionsService,
    ResealingService,
    RouteReaderService,
    SealingKeysService,
    StoredCredentialsService,
  ],
  exports: [
    ConnectionAccessService,
    ConnectionsService,
    ConnectionBindingsService,
    ConnectionChangesService,
    ConnectionCreationService,
    ConnectionLicencesService,
    ConnectionOwnersService,
    ConnectionRoleAssignmentsService,
    ConnectionSummariesService,
    ConnectionTestResultsService,
    GatewayConnectionsService,
    MemberConnectionsService,
    ResealingService,
    StoredCredentialsService,
  ],
})
export class ConnectionsModule {}
