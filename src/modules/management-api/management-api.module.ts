import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { AdmissionModule } from '../admission/admission.module.js';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { DiagnosisModule } from '../diagnosis/diagnosis.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { FlowRequestsModule } from '../flow-requests/flow-requests.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { LicencesModule } from '../licences/licences.module.js';
import { DirectorySearchModule } from '../directory-search/directory-search.module.js';
import { LiveModule } from '../live/live.module.js';
import { NetworkModule } from '../network/network.module.js';
import { OverviewModule } from '../overview/overview.module.js';
import { PolicyPreviewModule } from '../policy-preview/policy-preview.module.js';
import { CompromisesModule } from '../recovery/compromises.module.js';
import { RecoveryModule } from '../recovery/recovery.module.js';
import { ReleasesModule } from '../releases/releases.module.js';
import { RotationsModule } from '../rotations/rotations.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { ConnectionSummariesController } from './connection-summaries.controller.js';
import { ConnectionUsageController } from './connection-usage.controller.js';
import { DirectorySearchController } from './directory-search.controller.js';
import { GatewaySummariesController } from './gateway-summaries.controller.js';
import { LiveController } from './live.controller.js';
import { MeController } from './me.controller.js';
import { NetworkController } from './network.controller.js';
import { OverviewController } from './overview.controller.js';
import { PolicyPreviewController } from './policy-preview.controller.js';
import { RequestStatisticsController } from './request-statistics.controller.js';
import { AlertsController } from './alerts.controller.js';
import { AuditAccess } from './audit-access.service.js';
import { AuditController } from './audit.controller.js';
import { DiagnosisController } from './diagnosis.controller.js';
import { EnvironmentsController } from './environments.controller.js';
import { ExplainController } from './explain.controller.js';
import { JoinTokensController } from './join-tokens.controller.js';
import { LicencesController } from './licences.controller.js';
import { RecoveryController } from './recovery.controller.js';
import { RecoveryExposuresController } from './recovery-exposures.controller.js';
import { RegionsController } from './regions.controller.js';
import { ReleasesController } from './releases.controller.js';
import { ReleasesRolloutsController } from './releases-rollouts.controller.js';
import { RequestsController } from './requests.controller.js';
import { RotationsController } from './rotations.controller.js';
import { TenantPolicyController } from './tenant-policy.controller.js';

/** Our own resources below `/v1`: what Fabric has no word for, in its style. */
@Module({
  imports: [
    ConnectionsModule,
    LicencesModule,
    AuditModule,
    AdministratorsModule,
    AdmissionModule,
    DiagnosisModule,
    FlowRequestsModule,
    EnvironmentsModule,
    GatewaysModule,
    AlertsModule,
    CompromisesModule,
    RecoveryModule,
    RelayBrokerModule,
    ReleasesModule,
    RotationsModule,
    TenantPolicyModule,
    DirectorySearchModule,
    LiveModule,
    NetworkModule,
    OverviewModule,
    PolicyPreviewModule,
  ],
  controllers: [
    AuditController,
    DiagnosisController,
    ExplainController,
    RequestStatisticsController,
    RequestsController,
    MeController,
    OverviewController,
    GatewaySummariesController,
    ConnectionSummariesController,
    ConnectionUsageController,
    DirectorySearchController,
    PolicyPreviewController,
    NetworkController,
    LiveController,
    EnvironmentsController,
    JoinTokensController,
    LicencesController,
    AlertsController,
    RecoveryController,
    RecoveryExposuresController,
    RegionsController,
    ReleasesController,
    ReleasesRolloutsController,
    RotationsController,
    TenantPolicyController,
  ],
  providers: [AuditAccess],
})
export class ManagementApiModule {}
