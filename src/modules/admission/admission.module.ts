import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { EnvironmentsModule } from '../environments/environments.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { LicencesModule } from '../licences/licences.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { AdmissionService } from './admission.service.js';
import { ChangersService } from './changers.service.js';
import { ExplainService } from './explain.service.js';

/** The rules of the gateway: asked by the dispatcher for every request, and by people who want to know why. */
@Module({
  imports: [
    AdministratorsModule,
    ConnectionsModule,
    EnvironmentsModule,
    GatewaysModule,
    IdentityModule,
    LicencesModule,
    TenantPolicyModule,
  ],
  providers: [AdmissionService, ChangersService, ExplainService],
  exports: [AdmissionService, ExplainService],
})
export class AdmissionModule {}
