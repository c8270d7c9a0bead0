import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { diagnosisReportSchema, type DiagnosisReport, type MemberConnections } from '../../contract/diagnosis.js';
import {
  logTailLinesSchema,
  logTailStateSchema,
  type LogTailAnswer,
  type LogTailLines,
  type LogTailState,
} from '../../contract/log-tail.js';
import { MemberConnectionsService } from '../connections/member-connections.service.js';
import { DiagnosesService } from '../diagnosis/diagnoses.service.js';
import { LogTailEndsService } from '../diagnosis/log-tail-ends.service.js';
import { LogTailLinesService } from '../diagnosis/log-tail-lines.service.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { CurrentMember } from './current-member.decorator.js';
import { MemberGuard } from './member.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

const afterSchema = z.object({ after: z.guid().toLowerCase().optional() });

/** What members need to look at their machines, and to tell what they saw. */
@Controller('agent/v1')
@Public()
@UseGuards(MemberGuard)
export class AgentDiagnosisController {
  constructor(
    private readonly connections: MemberConnectionsService,
    private readonly diagnoses: DiagnosesService,
    private readonly tails: LogTailEndsService,
    private readonly lines: LogTailLinesService,
  ) {}

  @Get('connections')
  @Answers({ 200: AGENT_ANSWERS.connections })
  listConnections(
    @CurrentMember() member: AuthenticatedMember,
    @Query({ schema: afterSchema }) { after }: z.infer<typeof afterSchema>,
  ): Promise<MemberConnections> {
    return this.connections.page(member, after);
  }

  @Put('diagnoses/:diagnosisId')
  @HttpCode(204)
  @Answers({ 204: null })
  report(
    @CurrentMember() member: AuthenticatedMember,
    @Param('diagnosisId') diagnosisId: string,
    @Body({ schema: diagnosisReportSchema }) report: DiagnosisReport,
  ): Promise<void> {
    return this.diagnoses.report(member, diagnosisId, report);
  }

  @Put('log-tails/:logTailId')
  @HttpCode(204)
  @Answers({ 204: null })
  reportLogTail(
    @CurrentMember() member: AuthenticatedMember,
    @Param('logTailId') logTailId: string,
    @Body({ schema: logTailStateSchema }) state: LogTailState,
  ): Promise<void> {
    return this.tails.report(member, logTailId, state);
  }

  @Post('log-tails/:logTailId/lines')
  @HttpCode(200)
  @Answers({ 200: AGENT_ANSWERS.logTail })
  async addLogLines(
    @CurrentMember() member: AuthenticatedMember,
    @Param('logTailId') logTailId: string,
    @Body({ schema: logTailLinesSchema }) lines: LogTailLines,
  ): Promise<LogTailAnswer> {
    return { wanted: await this.lines.take(member, logTailId, lines) };
  }
}
