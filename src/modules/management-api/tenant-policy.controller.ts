import { Body, Controller, Get, Patch } from '@nestjs/common';
import type { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { TenantPolicyChangesService } from '../tenant-policy/tenant-policy-changes.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import type { TenantPolicy } from '../tenant-policy/tenant-policy.types.js';
import { policyChangeSchema } from './tenant-policy-change.schema.js';
import { tenantPolicySchema } from './tenant-policy.answers.js';

@Controller('v1/tenantPolicy')
export class TenantPolicyController {
  constructor(
    private readonly policies: TenantPolicyService,
    private readonly policyChanges: TenantPolicyChangesService,
  ) {}

  /** Everybody may know what holds for them; who is listed is the administrators' business. */
  @Get()
  @Answers({ 200: tenantPolicySchema })
  async get(@CurrentCaller() caller: Caller) {
    return showPolicy(caller, await this.policies.read(caller.tenantId));
  }

  @Patch()
  @Answers({ 200: tenantPolicySchema })
  async change(
    @CurrentCaller() caller: Caller,
    @Body({ schema: policyChangeSchema }) change: z.infer<typeof policyChangeSchema>,
  ) {
    return showPolicy(caller, await this.policyChanges.change(caller, change));
  }
}

function showPolicy(caller: Caller, { listedInstallers, allowedKinds, ...policy }: TenantPolicy) {
  return { ...policy, allowedKinds: allowedKinds ?? null, ...(caller.isTenantAdministrator && { listedInstallers }) };
}
