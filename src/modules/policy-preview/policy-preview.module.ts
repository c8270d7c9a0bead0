import { Module } from '@nestjs/common';
import { TenantPolicyModule } from '../tenant-policy/tenant-policy.module.js';
import { PolicyPreviewService } from './policy-preview.service.js';
import { PolicySubjectsService } from './policy-subjects.service.js';

@Module({
  imports: [TenantPolicyModule],
  providers: [PolicyPreviewService, PolicySubjectsService],
  exports: [PolicyPreviewService],
})
export class PolicyPreviewModule {}
