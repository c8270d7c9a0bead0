import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { TenantPolicyChangesService } from './tenant-policy-changes.service.js';
import { TenantPolicyService } from './tenant-policy.service.js';

@Module({
  imports: [AuditModule, IdentityModule],
  providers: [TenantPolicyService, TenantPolicyChangesService],
  exports: [TenantPolicyService, TenantPolicyChangesService],
})
export class TenantPolicyModule {}
