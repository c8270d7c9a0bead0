import { Module } from '@nestjs/common';
import { RelayBrokerModule } from '../../relay-broker/relay-broker.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { DiagnosisModule } from '../diagnosis/diagnosis.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RecoveryModule } from '../recovery/recovery.module.js';
import { ReleasesModule } from '../releases/releases.module.js';
import { RotationsModule } from '../rotations/rotations.module.js';
import { AdmissionsController } from './admissions.controller.js';
import { AgentDiagnosisController } from './diagnosis.controller.js';
import { DiscoveryController } from './discovery.controller.js';
import { MemberGuard } from './member.guard.js';
import { MembershipController } from './membership.controller.js';
import { AgentRecoveryController } from './recovery.controller.js';
import { RegistrantGuard } from './registrant.guard.js';
import { RegistrationLookupsController } from './registration-lookups.controller.js';
import { RegistrationsController } from './registrations.controller.js';
import { AgentReleasesController } from './releases.controller.js';
import { AgentRotationsController } from './rotations.controller.js';
import { TokensController } from './tokens.controller.js';

/** What agents call. */
@Module({
  imports: [
    ConnectionsModule,
    DiagnosisModule,
    GatewaysModule,
    IdentityModule,
    RecoveryModule,
    RelayBrokerModule,
    ReleasesModule,
    RotationsModule,
  ],
  controllers: [
    DiscoveryController,
    RegistrationsController,
    RegistrationLookupsController,
    TokensController,
    MembershipController,
    AdmissionsController,
    AgentDiagnosisController,
    AgentRecoveryController,
    AgentReleasesController,
    AgentRotationsController,
  ],
  providers: [MemberGuard, RegistrantGuard],
})
export class AgentApiModule {}
