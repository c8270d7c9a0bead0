import { Module } from '@nestjs/common';
import { GatewaysModule } from '../gateways/gateways.module.js';
import { CompromiseStatusService } from './compromise-status.service.js';
import { CompromisesService } from './compromises.service.js';
import { RecoveryModule } from './recovery.module.js';

/** Apart from recovery, on which rotations lean: revoking starts one, through the port that the global rotations module provides. */
@Module({
  imports: [GatewaysModule, RecoveryModule],
  providers: [CompromisesService, CompromiseStatusService],
  exports: [CompromisesService, CompromiseStatusService],
})
export class CompromisesModule {}
