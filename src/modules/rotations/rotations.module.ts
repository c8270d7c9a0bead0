import { Global, Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AlertsModule } from '../alerts/alerts.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ConnectionsModule } from '../connections/connections.module.js';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { RecoveryModule } from '../recovery/recovery.module.js';
import { RotationStarter } from '../recovery/rotation-starter.types.js';
import { CompromiseRotations } from './compromise-rotations.service.js';
import { EarlierKeys } from './earlier-keys.service.js';
import { RecoveryColumnService } from './recovery-column.service.js';
import { RotationCredentialsService } from './rotation-credentials.service.js';
import { RotationDirectives } from './rotation-directives.service.js';
import { RotationKeysService } from './rotation-keys.service.js';
import { RotationLeases } from './rotation-leases.service.js';
import { RotationProgressService } from './rotation-progress.service.js';
import { RotationStarts } from './rotation-starts.service.js';
import { RotationStore } from './rotation-store.service.js';
import { RotationSupply } from './rotation-supply.service.js';
import { RotationSweep } from './rotation-sweep.service.js';
import { RotationsService } from './rotations.service.js';
import { SetAsideWatch } from './set-aside-watch.service.js';
import { UnopenedCredentialsService } from './unopened-credentials.service.js';

/** Rotation of the sealing key. Global, because recovery starts rotations through a port and does not know who rotates. */
@Global()
@Module({
  imports: [
    AdministratorsModule,
    AlertsModule,
    AuditModule,
    ConnectionsModule,
    GatewaysModule,
    IdentityModule,
    RecoveryModule,
  ],
  providers: [
    CompromiseRotations,
    EarlierKeys,
    RecoveryColumnService,
    RotationCredentialsService,
    RotationDirectives,
    RotationKeysService,
    RotationLeases,
    RotationProgressService,
    RotationStarts,
    RotationStore,
    RotationSupply,
    RotationSweep,
    RotationsService,
    SetAsideWatch,
    UnopenedCredentialsService,
    { provide: RotationStarter, useExisting: RotationStarts },
  ],
  exports: [RotationCredentialsService, RotationKeysService, RotationsService, RotationSweep, RotationStarter],
})
export class RotationsModule {}
