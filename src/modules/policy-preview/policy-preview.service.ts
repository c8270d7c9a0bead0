import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { AppConfig } from '../../config/env.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import type { TenantPolicyChange } from '../tenant-policy/tenant-policy.types.js';
import { policyAfter } from './policy-after.policy.js';
import { affectedBy } from './policy-preview.policy.js';
import type { PolicyPreview } from './policy-preview.types.js';
import { MAX_SUBJECTS, PolicySubjectsService } from './policy-subjects.service.js';

/** Nobody reads a longer list before they decide. */
const MAX_AFFECTED = 500;

/** Tells whom a change of the policy would affect, before it is made. */
@Injectable()
export class PolicyPreviewService {
  constructor(
    private readonly config: AppConfig,
    private readonly policies: TenantPolicyService,
    private readonly subjects: PolicySubjectsService,
  ) {}

  /** Changes nothing. @throws DomainError NOT_ADMINISTRATOR, VERSION_CONFLICT when the policy is another by now */
  async preview(caller: Caller, change: TenantPolicyChange): Promise<PolicyPreview> {
    if (!caller.isTenantAdministrator) throw new DomainError('NOT_ADMINISTRATOR');
    const { tenantId } = caller;
    const before = await this.policies.read(tenantId);
    if (before.version !== change.version) {
      throw new DomainError('VERSION_CONFLICT', { version: change.version, current: before.version });
    }
    const { licenceRules, defaultLimits: limits } = this.config;
    const after = policyAfter(before, change, { licenceRules, limits });
    const subjects = await this.subjects.read(tenantId, before, after);
    const value = affectedBy(before, after, subjects);
    const isCut = Object.values(subjects).some((list: readonly unknown[]) => list.length > MAX_SUBJECTS);
    return { value: value.slice(0, MAX_AFFECTED), truncated: isCut || value.length > MAX_AFFECTED };
  }
}
