import { Module } from '@nestjs/common';
import { AdministratorsModule } from '../administrators/administrators.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { AzureInstallationsService } from './azure-installations.service.js';
import { AzureResourceChangesService } from './azure-resource-changes.service.js';
import { AzureResourcesService } from './azure-resources.service.js';

/** Gateways as resources of Azure subscriptions. */
@Module({
  imports: [AdministratorsModule, AuditModule],
  providers: [AzureResourcesService, AzureResourceChangesService, AzureInstallationsService],
  exports: [AzureResourcesService, AzureResourceChangesService, AzureInstallationsService],
})
export class AzureResourcesModule {}
