import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdmissionModule } from '../admission/admission.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { LicencesModule } from '../licences/licences.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { AlertsController } from './alerts.controller.js';
import { AuditAccess } from './audit-access.service.js';
import { AuditController } from './audit.controller.js';
import { EnvironmentsController } from './environments.controller.js';
import { ExplainController } from './explain.controller.js';
import { JoinTokensController } from './join-tokens.controller.js';
import { LicencesController } from './licences.controller.js';
import { RegionsController } from './regions.controller.js';
import { RequestsController } from './requests.controller.js';
import { TenantPolicyController } from './tenant-policy.controller.js';

/** Our own resources below `/v1`: what Fabric has no word for, in its style. */
@Module({
  imports: [
    ConnectionsModule,
    LicencesModule,
    AuditModule,
    AdministratorsModule,
    AdmissionModule,
    FlowRequestsModule,
    EnvironmentsModule,
    GatewaysModule,
    AlertsModule,
    RelayBrokerModule,
    TenantPolicyModule,
  ],
  controllers: [
    AuditController,
    ExplainController,
    RequestsController,
    EnvironmentsController,
    JoinTokensController,
    LicencesController,
    AlertsController,
    RegionsController,
    TenantPolicyController,
  ],
  providers: [AuditAccess],
})
export class ManagementApiModule {}
