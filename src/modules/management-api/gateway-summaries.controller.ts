import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { searchTextSchema } from '../../common/http/search-text.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { GatewaySummariesService } from '../gateways/gateway-summaries.service.js';
import { GATEWAY_STATUSES, type GatewaySummary } from '../gateways/gateway-summaries.types.js';
import { addressOf } from './narrowed-address.js';
import { topSchema } from './page-length.js';
import { gatewaySummaryPageSchema } from './summary.answers.js';

const listSchema = pageQuerySchema.extend({
  scope: z.literal('tenant').optional(),
  region: z.string().min(1).max(64).optional(),
  status: z.enum(GATEWAY_STATUSES).optional(),
  search: searchTextSchema.optional(),
  top: topSchema,
});

@Controller('v1/gatewaySummaries')
export class GatewaySummariesController {
  constructor(
    private readonly config: AppConfig,
    private readonly summaries: GatewaySummariesService,
  ) {}

  /** Gateways by name, each in one line: health, version, and what hangs on it. */
  @Get()
  @Answers({ 200: gatewaySummaryPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: listSchema }) query: z.infer<typeof listSchema>) {
    const page = await this.summaries.list(caller, query);
    return showPage(page, addressOf(`${this.config.publicUrl}/v1/gatewaySummaries`, query), showSummary);
  }
}

function showSummary({ lastHeartbeatAt, ...summary }: GatewaySummary) {
  return { ...summary, lastHeartbeatAt: lastHeartbeatAt?.toISOString() ?? null };
}
