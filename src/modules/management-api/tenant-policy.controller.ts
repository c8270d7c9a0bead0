import { Body, Controller, Get, Patch } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { sourceKindSchema } from '../../contract/targets.js';
import { PRINCIPAL_TYPES } from '../identity/principal.types.js';
import { TenantPolicyChangesService } from '../tenant-policy/tenant-policy-changes.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { RULE_SETS, type TenantPolicy } from '../tenant-policy/tenant-policy.types.js';
import { tenantPolicySchema } from './tenant-policy.answers.js';

/** Longer lists belong into a group. */
const MAX_LISTED = 200;
/** A gateway with more administrators than this has none who feels responsible. */
const MAX_MINIMUM_ADMINISTRATORS = 10;
/** More than one replica can dispatch in a minute. */
const MAX_REQUESTS_PER_MINUTE = 10_000_000;

const limitSchema = z.int().min(1).max(MAX_REQUESTS_PER_MINUTE).nullable().optional();

const changeSchema = z.strictObject({
  version: z.int().min(0),
  installers: z.enum(['Open', 'Restricted']).optional(),
  listedInstallers: z
    .array(z.strictObject({ id: z.guid().toLowerCase(), type: z.enum(PRINCIPAL_TYPES) }))
    .max(MAX_LISTED)
    .optional(),
  joinTokenCreators: z.enum(['Installers', 'TenantAdministrators']).optional(),
  minimumAdministrators: z.int().min(1).max(MAX_MINIMUM_ADMINISTRATORS).optional(),
  licenceRules: z.enum(RULE_SETS).nullable().optional(),
  allowedKinds: z.array(sourceKindSchema).min(1).max(sourceKindSchema.options.length).nullable().optional(),
  limits: z
    .strictObject({
      tenantRequestsPerMinute: limitSchema,
      connectionRequestsPerMinute: limitSchema,
      callerRequestsPerMinute: limitSchema,
    })
    .optional(),
});

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
  async change(@CurrentCaller() caller: Caller, @Body({ schema: changeSchema }) change: z.infer<typeof changeSchema>) {
    return showPolicy(caller, await this.policyChanges.change(caller, change));
  }
}

function showPolicy(caller: Caller, { listedInstallers, allowedKinds, ...policy }: TenantPolicy) {
  return { ...policy, allowedKinds: allowedKinds ?? null, ...(caller.isTenantAdministrator && { listedInstallers }) };
}
