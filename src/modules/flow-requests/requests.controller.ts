import { Controller, Get, Param } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import type { RequestView } from './flow-requests.types.js';
import { RequestsService } from './requests.service.js';

/** What became of a request, by the trace id that stands in every answer. */
@Controller('v1/requests')
export class RequestsController {
  constructor(private readonly requests: RequestsService) {}

  @Get(':traceId')
  get(@CurrentCaller() caller: Caller, @Param('traceId') traceId: string): Promise<RequestView> {
    return this.requests.get(caller, traceId);
  }
}
