import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { CATALOGUE, type ErrorCode } from '../../common/errors/catalogue.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { RequestView } from '../flow-requests/flow-requests.types.js';
import { hopsOf } from '../flow-requests/hops.policy.js';
import { RequestListService, requestFilterSchema, type RequestFilter } from '../flow-requests/request-list.service.js';
import { RequestsService } from '../flow-requests/requests.service.js';
import { requestPageSchema, requestSchema } from './request.answers.js';

const listQuerySchema = requestFilterSchema.extend(pageQuerySchema.shape);
type ListQuery = RequestFilter & { readonly continuationToken?: string | undefined };

/** What became of requests: status, sizes and time per hop, never payload. */
@Controller('v1/requests')
export class RequestsController {
  constructor(
    private readonly config: AppConfig,
    private readonly requests: RequestsService,
    private readonly past: RequestListService,
  ) {}

  @Get()
  @Answers({ 200: requestPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: listQuerySchema }) query: ListQuery) {
    const { continuationToken, ...filter } = query;
    const page = await this.past.list(caller, filter, continuationToken === undefined ? {} : { continuationToken });
    const address = new URL(`${this.config.publicUrl}/v1/requests`);
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) address.searchParams.set(name, value);
    return showPage(page, address.href, showRequest);
  }

  @Get(':traceId')
  @Answers({ 200: requestSchema })
  async get(@CurrentCaller() caller: Caller, @Param('traceId') traceId: string) {
    return showRequest(await this.requests.get(caller, traceId));
  }
}

function showRequest(request: RequestView) {
  return { ...request, hops: hopsOf(request), failure: failureOf(request.code) };
}

/** What the catalogue says of a code. Records may be older than a code's removal. */
function failureOf(code: string | null) {
  if (code === null || !Object.hasOwn(CATALOGUE, code)) return null;
  const { text, remedy } = CATALOGUE[code as ErrorCode];
  return { message: text, remedy };
}
