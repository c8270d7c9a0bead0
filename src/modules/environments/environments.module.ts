import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { EnvironmentChangesService } from './environment-changes.service.js';
import { EnvironmentImportService } from './environment-import.service.js';
import { EnvironmentsService } from './environments.service.js';

@Module({
  imports: [AuditModule],
  providers: [EnvironmentsService, EnvironmentChangesService, EnvironmentImportService],
  exports: [EnvironmentsService, EnvironmentChangesService, EnvironmentImportService],
})
export class EnvironmentsModule {}
