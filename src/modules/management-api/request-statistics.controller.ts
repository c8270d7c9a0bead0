import { Controller, Get, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { RequestStatisticsService } from '../flow-requests/request-statistics.service.js';
import { statisticsQuerySchema, type StatisticsQuery } from '../flow-requests/request-statistics.types.js';
import { requestStatisticsSchema } from './statistics.answers.js';

@Controller('v1/requests/statistics')
export class RequestStatisticsController {
  constructor(private readonly statistics: RequestStatisticsService) {}

  /** Requests, failures and durations over time, of those that the list of requests shows the caller. */
  @Get()
  @Answers({ 200: requestStatisticsSchema })
  async read(@CurrentCaller() caller: Caller, @Query({ schema: statisticsQuerySchema }) query: StatisticsQuery) {
    const { value, ...rest } = await this.statistics.read(caller, query);
    return { ...rest, value: value.map(({ start, ...bucket }) => ({ start: start.toISOString(), ...bucket })) };
  }
}
