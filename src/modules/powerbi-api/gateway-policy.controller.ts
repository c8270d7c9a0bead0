import { Body, Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { TenantPolicyChangesService } from '../tenant-policy/tenant-policy-changes.service.js';
import { TenantPolicyService } from '../tenant-policy/tenant-policy.service.js';
import { caseless, word } from './caseless.js';
import { gatewayPolicySchema } from './cluster.answers.js';
import { TenantAdministratorGuard } from './tenant-administrator.guard.js';

const ruleSchema = word(['Open', 'Restricted']).optional();
const updatePolicySchema = caseless(
  z.object({ resourceGatewayInstallPolicy: ruleSchema, personalGatewayInstallPolicy: ruleSchema }),
);
type UpdatePolicy = z.infer<typeof updatePolicySchema>;

/** Who may install gateways, as far as v2.0 tells it. */
@Controller('v2.0/myorg/gatewayPolicy')
@UseGuards(TenantAdministratorGuard)
export class GatewayPolicyController {
  constructor(
    private readonly config: AppConfig,
    private readonly policies: TenantPolicyService,
    private readonly changes: TenantPolicyChangesService,
  ) {}

  /** Personal gateways do not exist here: nobody may install one, and that is what is said. */
  @Get()
  @Answers({ 200: gatewayPolicySchema })
  async get(@CurrentCaller() { tenantId }: Caller) {
    const { installers } = await this.policies.read(tenantId);
    const policy = [
      'PersonalInstallRestricted',
      ...(installers === 'Restricted' ? ['EnterpriseInstallRestricted'] : []),
    ].join(', ');
    const context = `${this.config.publicUrl}/v2.0/myorg/$metadata#gatewayPolicy`;
    return { '@odata.context': context, id: tenantId, policy };
  }

  @Post()
  @HttpCode(200)
  @Answers({ 200: null })
  async change(
    @CurrentCaller() caller: Caller,
    @Body({ schema: updatePolicySchema }) body: UpdatePolicy,
  ): Promise<void> {
    if (body.personalGatewayInstallPolicy === 'Open')
      throw new DomainError('GATEWAY_TYPE_UNSUPPORTED', { type: 'Personal' });
    const installers = body.resourceGatewayInstallPolicy;
    if (installers === undefined) return;
    const { version, listedInstallers } = await this.policies.read(caller.tenantId);
    await this.changes.change(caller, {
      version,
      installers,
      // Scripts restrict first and list installers then. Somebody must be able to install at every moment: who asks is.
      ...(installers === 'Restricted' &&
        listedInstallers.length === 0 && { listedInstallers: [{ id: caller.id, type: caller.type }] }),
    });
  }
}
