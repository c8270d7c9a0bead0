import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { MAX_LOG_TAIL_MS } from '../../contract/log-tail.js';
import { DiagnosesService } from '../diagnosis/diagnoses.service.js';
import type { DiagnosisView, LogTailView } from '../diagnosis/diagnosis.types.js';
import { LogTailsService } from '../diagnosis/log-tails.service.js';
import { diagnosisSchema, logTailSchema } from './diagnosis.answers.js';

/** There is nothing to choose: the agent looks at everything. */
const requestSchema = z.strictObject({}).optional();

const tailSchema = z.strictObject({
  durationSeconds: z
    .int()
    .min(10)
    .max(MAX_LOG_TAIL_MS / 1000)
    .optional(),
});
const afterSchema = z.object({ after: z.coerce.number().int().min(0).max(1_000_000).default(0) });

/** A look at a member's machine, and at its log while it is written. */
@Controller('v1/gateways/:gatewayId/members/:memberId')
export class DiagnosisController {
  constructor(
    private readonly diagnoses: DiagnosesService,
    private readonly tails: LogTailsService,
  ) {}

  @Post('diagnosis')
  @HttpCode(202)
  @Answers({ 202: diagnosisSchema })
  async start(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Body({ schema: requestSchema }) _body: z.infer<typeof requestSchema>,
  ) {
    return showDiagnosis(await this.diagnoses.request(caller, gatewayId, memberId));
  }

  @Get('diagnosis')
  @Answers({ 200: diagnosisSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ) {
    return showDiagnosis(await this.diagnoses.last(caller, gatewayId, memberId));
  }

  @Post('logTail')
  @HttpCode(202)
  @Answers({ 202: logTailSchema })
  async startLogTail(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Body({ schema: tailSchema }) { durationSeconds = MAX_LOG_TAIL_MS / 1000 }: z.infer<typeof tailSchema>,
  ) {
    return showTail(await this.tails.request(caller, gatewayId, memberId, durationSeconds));
  }

  @Get('logTail')
  @Answers({ 200: logTailSchema })
  async getLogTail(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
    @Query({ schema: afterSchema }) { after }: z.infer<typeof afterSchema>,
  ) {
    return showTail(await this.tails.read(caller, gatewayId, memberId, after));
  }

  @Delete('logTail')
  @HttpCode(200)
  @Answers({ 200: null })
  stopLogTail(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ): Promise<void> {
    return this.tails.stop(caller, gatewayId, memberId);
  }
}

function showDiagnosis({ requestedAt, report, ...view }: DiagnosisView) {
  return { ...view, requestedAt: requestedAt.toISOString(), ...(report && { report }) };
}

function showTail({ reason, requestedAt, until, startedAt, endedAt, lines, ...view }: LogTailView) {
  return {
    ...view,
    ...(reason !== undefined && { reason }),
    requestedAt: requestedAt.toISOString(),
    until: until.toISOString(),
    ...(startedAt && { startedAt: startedAt.toISOString() }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    lines: [...lines],
  };
}
