import { Body, Controller, Delete, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import {
  heartbeatRequestSchema,
  sessionMoveSchema,
  type HeartbeatRequest,
  type HeartbeatResponse,
  type SessionMove,
  type SessionResponse,
} from '../../contract/membership.js';
import type { AuthenticatedMember } from '../gateways/gateways.types.js';
import { MembersService } from '../gateways/members.service.js';
import { SessionMovesService } from '../gateways/session-moves.service.js';
import { UnregistrationService } from '../gateways/unregistration.service.js';
import { CurrentMember } from './current-member.decorator.js';
import { MemberGuard } from './member.guard.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** What a registered member calls. Public towards the user guard only: members have tokens of their own. */
@Controller('agent/v1')
@Public()
@UseGuards(MemberGuard)
export class MembershipController {
  constructor(
    private readonly members: MembersService,
    private readonly moves: SessionMovesService,
    private readonly unregistration: UnregistrationService,
  ) {}

  @Post('heartbeats')
  @HttpCode(200)
  @Answers({ 200: AGENT_ANSWERS.heartbeat })
  heartbeat(
    @CurrentMember() member: AuthenticatedMember,
    @Body({ schema: heartbeatRequestSchema }) beat: HeartbeatRequest,
  ): Promise<HeartbeatResponse> {
    return this.members.heartbeat(member, beat);
  }

  @Get('session')
  @Answers({ 200: AGENT_ANSWERS.session })
  session(@CurrentMember() member: AuthenticatedMember): Promise<SessionResponse> {
    return this.members.session(member);
  }

  @Post('session/moves')
  @HttpCode(204)
  @Answers({ 204: null })
  move(
    @CurrentMember() member: AuthenticatedMember,
    @Body({ schema: sessionMoveSchema }) { epoch }: SessionMove,
  ): Promise<void> {
    return this.moves.move(member, epoch);
  }

  @Delete('membership')
  @HttpCode(204)
  @Answers({ 204: null })
  unregister(@CurrentMember() member: AuthenticatedMember): Promise<void> {
    return this.unregistration.unregister(member);
  }
}
