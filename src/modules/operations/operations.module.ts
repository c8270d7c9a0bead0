import { Module } from '@nestjs/common';
import { OperationSweepService } from './operation-sweep.service.js';
import { OperationsService } from './operations.service.js';

/** Work that outlasts the request that asked for it. */
@Module({
  providers: [OperationsService, OperationSweepService],
  exports: [OperationsService],
})
export class OperationsModule {}
