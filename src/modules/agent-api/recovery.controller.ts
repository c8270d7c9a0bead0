import { Body, Controller, Get, HttpCode, Post, Put, UseGuards } from '@nestjs/common';
import type { z } from 'zod';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  challengeRequestSchema,
  drillRequestSchema,
  recoveryKeyChangeSchema,
  type Challenge,
  type MemberList,
  type RecoveryKeyChange,
} from '../../contract/recovery.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { DrillsService } from '../recovery/drills.service.js';
import { MemberChallengesService } from '../recovery/member-challenges.service.js';
import { MemberListService } from '../recovery/member-list.service.js';
import { RecoveryKeyChangesService } from '../recovery/recovery-key-changes.service.js';
import { CurrentMember } from './current-member.decorator.js';
import { MemberGuard } from './member.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** What a member calls about its gateway's recovery key and the other members. */
@Controller('agent/v1')
@Public()
@UseGuards(MemberGuard)
export class AgentRecoveryController {
  constructor(
    private readonly challenges: MemberChallengesService,
    private readonly drills: DrillsService,
    private readonly keyChanges: RecoveryKeyChangesService,
    private readonly members: MemberListService,
  ) {}

  @Get('members')
  @Answers({ 200: AGENT_ANSWERS.members })
  list(@CurrentMember() member: AuthenticatedMember): Promise<MemberList> {
    return this.members.list(member);
  }

  @Post('recovery/challenges')
  @Answers({ 201: AGENT_ANSWERS.challenge })
  challenge(
    @CurrentMember() member: AuthenticatedMember,
    @Body({ schema: challengeRequestSchema }) { operation }: z.infer<typeof challengeRequestSchema>,
  ): Promise<Challenge> {
    return this.challenges.challenge(member, operation);
  }

  @Post('recovery/drills')
  @HttpCode(200)
  @Answers({ 200: AGENT_ANSWERS.drill })
  drill(
    @CurrentMember() member: AuthenticatedMember,
    @Body({ schema: drillRequestSchema }) answer: z.infer<typeof drillRequestSchema>,
  ): Promise<{ provedAt: string }> {
    return this.drills.drill(member, answer);
  }

  @Put('recovery/key')
  @Answers({ 200: AGENT_ANSWERS.keyChange })
  changeKey(
    @CurrentMember() member: AuthenticatedMember,
    @Body({ schema: recoveryKeyChangeSchema }) change: RecoveryKeyChange,
  ): Promise<{ changedAt: string }> {
    return this.keyChanges.change(member, change);
  }
}
