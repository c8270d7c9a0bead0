import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { LicenceReportService } from './licence-report.service.js';
import { LicencesService } from './licences.service.js';

@Module({
  imports: [IdentityModule, TenantPolicyModule],
  providers: [LicencesService, LicenceReportService],
  exports: [LicencesService, LicenceReportService],
})
export class LicencesModule {}
