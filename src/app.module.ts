import { Module, type DynamicModule } from '@nestjs/common';
import { CommonModule } from './common/common.module.js';
import type { AppConfig } from './config/env.js';
import { AdministratorsModule } from './modules/administrators/administrators.module.js';
import { AgentApiModule } from './modules/agent-api/agent-api.module.js';
import { AlertsModule } from './modules/alerts/alerts.module.js';
import { AuditModule } from './modules/audit/audit.module.js';
import { BackupModule } from './modules/backup/backup.module.js';
import { ConnectionsModule } from './modules/connections/connections.module.js';
import { ConnectorApiModule } from './modules/connector-api/connector-api.module.js';
import { DiagnosisModule } from './modules/diagnosis/diagnosis.module.js';
import { EnvironmentsModule } from './modules/environments/environments.module.js';
import { FabricApiModule } from './modules/fabric-api/fabric-api.module.js';
import { FlowRequestsModule } from './modules/flow-requests/flow-requests.module.js';
import { GatewaysModule } from './modules/gateways/gateways.module.js';
import { HealthModule } from './modules/health/health.module.js';
import { IdentityModule } from './modules/identity/identity.module.js';
import { LicencesModule } from './modules/licences/licences.module.js';
import { ManagementApiModule } from './modules/management-api/management-api.module.js';
import { CompromisesModule } from './modules/recovery/compromises.module.js';
import { RecoveryModule } from './modules/recovery/recovery.module.js';
import { ReleasesModule } from './modules/releases/releases.module.js';
import { RotationsModule } from './modules/rotations/rotations.module.js';
import { TenantPolicyModule } from './modules/tenant-policy/tenant-policy.module.js';
import { ApiDocsModule } from './modules/api-docs/api-docs.module.js';
import { PortalModule } from './modules/portal/portal.module.js';
import { ArmApiModule } from './modules/arm-api/arm-api.module.js';
import { AzureResourcesModule } from './modules/azure-resources/azure-resources.module.js';
import { OperationsModule } from './modules/operations/operations.module.js';
import { PowerbiApiModule } from './modules/powerbi-api/powerbi-api.module.js';
import { RelayBrokerModule } from './relay-broker/relay-broker.module.js';

/** The control plane: the domain first, then the surfaces that translate it. */
@Module({})
export class AppModule {
  static with(config: AppConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule.with(config),
        RelayBrokerModule,
        AuditModule,
        IdentityModule,
        TenantPolicyModule,
        EnvironmentsModule,
        LicencesModule,
        AdministratorsModule,
        GatewaysModule,
        ConnectionsModule,
        AlertsModule,
        RecoveryModule,
        CompromisesModule,
        ReleasesModule,
        RotationsModule,
        DiagnosisModule,
        FlowRequestsModule,
        OperationsModule,
        AzureResourcesModule,
        AgentApiModule,
        FabricApiModule,
        PowerbiApiModule,
        ArmApiModule,
        ApiDocsModule,
        PortalModule,
        ManagementApiModule,
        BackupModule,
        ConnectorApiModule,
        HealthModule,
      ],
    };
  }
}
