import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { tokenRequestSchema, type TokenRequest, type TokenResponse } from '../../contract/membership.js';
import { MemberTokensService } from '../gateways/member-tokens.service.js';
import { AGENT_ANSWERS } from './agent.answers.js';

/** Open to all, because the signed assertion in the body says who calls. */
@Controller('agent/v1/tokens')
@Public()
export class TokensController {
  constructor(private readonly tokens: MemberTokensService) {}

  @Post()
  @HttpCode(200)
  @Answers({ 200: AGENT_ANSWERS.token })
  issue(
    @Body({ schema: tokenRequestSchema }) request: TokenRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    return this.tokens.issue(request, () => reply.raw.destroyed);
  }
}
