import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { PolicyPreviewService } from '../policy-preview/policy-preview.service.js';
import type { PolicyPreview } from '../policy-preview/policy-preview.types.js';
import { policyPreviewSchema } from './policy-preview.answers.js';
import { policyChangeSchema } from './tenant-policy-change.schema.js';

@Controller('v1/tenantPolicy/preview')
export class PolicyPreviewController {
  constructor(private readonly previews: PolicyPreviewService) {}

  /** Whom a change of the tenant's policy would affect. Nothing is changed. */
  @Post()
  @HttpCode(200)
  @Answers({ 200: policyPreviewSchema })
  preview(
    @CurrentCaller() caller: Caller,
    @Body({ schema: policyChangeSchema }) change: z.infer<typeof policyChangeSchema>,
  ): Promise<PolicyPreview> {
    return this.previews.preview(caller, change);
  }
}
