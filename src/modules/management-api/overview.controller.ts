import { Controller, Get } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { OverviewService } from '../overview/overview.service.js';
import type { Overview } from '../overview/overview.types.js';
import { overviewSchema } from './overview.answers.js';

@Controller('v1/overview')
export class OverviewController {
  constructor(private readonly overview: OverviewService) {}

  /** How everything that the caller may see is doing, and what needs attention. */
  @Get()
  @Answers({ 200: overviewSchema })
  get(@CurrentCaller() caller: Caller): Promise<Overview> {
    return this.overview.read(caller);
  }
}
