import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { nameSchema } from '../../contract/registration.js';
import { JoinTokensService, type JoinTokenView } from '../gateways/join-tokens.service.js';
import { showPage } from '../../common/http/show-page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { joinTokenPageSchema, newJoinTokenSchema } from './join-token.answers.js';

const joinTokenSchema = z.union([
  z.strictObject({ region: z.string().min(1).max(64), gatewayName: nameSchema }),
  z.strictObject({ gatewayId: z.guid().toLowerCase() }),
]);

@Controller('v1/joinTokens')
export class JoinTokensController {
  constructor(
    private readonly config: AppConfig,
    private readonly joinTokens: JoinTokensService,
  ) {}

  @Get()
  @Answers({ 200: joinTokenPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: pageQuerySchema }) page: PageQuery) {
    return showPage(await this.joinTokens.list(caller, page), `${this.config.publicUrl}/v1/joinTokens`, showJoinToken);
  }

  /** The only answer that holds the token itself. */
  @Post()
  @Answers({ 201: newJoinTokenSchema })
  async create(
    @CurrentCaller() caller: Caller,
    @Body({ schema: joinTokenSchema }) wanted: z.infer<typeof joinTokenSchema>,
  ) {
    const created = await this.joinTokens.create(caller, wanted);
    return { ...showJoinToken(created), token: created.token };
  }

  @Delete(':joinTokenId')
  @HttpCode(200)
  @Answers({ 200: null })
  revoke(@CurrentCaller() caller: Caller, @Param('joinTokenId') joinTokenId: string): Promise<void> {
    return this.joinTokens.revoke(caller, joinTokenId);
  }
}

function showJoinToken(token: JoinTokenView) {
  const { id, region, gatewayName, gatewayId, createdBy, createdAt, expiresAt, consumedAt } = token;
  return {
    id,
    region,
    gatewayName,
    ...(gatewayId !== null && { gatewayId }),
    createdBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(consumedAt && { consumedAt: consumedAt.toISOString() }),
  };
}
