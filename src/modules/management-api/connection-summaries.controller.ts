import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { searchTextSchema } from '../../common/http/search-text.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { sourceKindSchema } from '../../contract/targets.js';
import { ConnectionSummariesService } from '../connections/connection-summaries.service.js';
import { CONNECTION_STATUSES, type ConnectionSummaryRow } from '../connections/connection-summaries.types.js';
import { placeOf } from '../connections/target-place.policy.js';
import { addressOf } from './narrowed-address.js';
import { topSchema } from './page-length.js';
import { connectionSummaryPageSchema } from './summary.answers.js';

const listSchema = pageQuerySchema.extend({
  search: searchTextSchema.optional(),
  kind: sourceKindSchema.optional(),
  gatewayId: z.guid().toLowerCase().optional(),
  status: z.enum(CONNECTION_STATUSES).optional(),
  top: topSchema,
});

@Controller('v1/connectionSummaries')
export class ConnectionSummariesController {
  constructor(
    private readonly config: AppConfig,
    private readonly summaries: ConnectionSummariesService,
  ) {}

  /** Connections by name, each in one line: where it leads, what its last test said, when it was last used. */
  @Get()
  @Answers({ 200: connectionSummaryPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: listSchema }) query: z.infer<typeof listSchema>) {
    const page = await this.summaries.list(caller, query);
    return showPage(page, addressOf(`${this.config.publicUrl}/v1/connectionSummaries`, query), showSummary);
  }
}

function showSummary({ target, testedAt, testFailure, lastUsedAt, ...summary }: ConnectionSummaryRow) {
  const tested = testedAt && { at: testedAt.toISOString(), ok: testFailure === null };
  return {
    ...summary,
    path: placeOf(target),
    lastTest: tested && { ...tested, ...(testFailure !== null && { code: testFailure }) },
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
