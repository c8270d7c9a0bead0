import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { CompromiseStatusService } from '../recovery/compromise-status.service.js';
import { CompromisesService } from '../recovery/compromises.service.js';
import { ExposuresService } from '../recovery/exposures.service.js';
import type { CompromiseView, ExposureView } from '../recovery/recovery.types.js';
import { compromisePageSchema, compromiseSchema, exposurePageSchema } from './recovery.answers.js';

/** Members that somebody else got hold of, and the passwords they could have opened. */
@Controller('v1/gateways/:gatewayId')
export class RecoveryExposuresController {
  constructor(
    private readonly config: AppConfig,
    private readonly compromises: CompromisesService,
    private readonly statuses: CompromiseStatusService,
    private readonly exposures: ExposuresService,
  ) {}

  @Post('members/:memberId/compromise')
  @HttpCode(200)
  @Answers({ 200: compromiseSchema })
  revoke(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string, @Param('memberId') memberId: string) {
    return this.compromises.revoke(caller, gatewayId, memberId);
  }

  /** How far the consequences of each compromise are, the newest first. */
  @Get('compromises')
  @Answers({ 200: compromisePageSchema })
  async listCompromises(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const address = `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/compromises`;
    return showPage(await this.statuses.list(caller, gatewayId, page), address, showCompromise);
  }

  @Get('exposures')
  @Answers({ 200: exposurePageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const address = `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/exposures`;
    return showPage(await this.exposures.list(caller, gatewayId, page), address, showExposure);
  }

  /** Says that the password was changed at its source. */
  @Post('exposures/:connectionId/closure')
  @HttpCode(200)
  @Answers({ 200: null })
  close(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('connectionId') connectionId: string,
  ): Promise<void> {
    return this.exposures.close(caller, gatewayId, connectionId);
  }
}

function showCompromise({ at, rotation, ...compromise }: CompromiseView) {
  return { ...compromise, at: at.toISOString(), ...(rotation && { rotation }) };
}

function showExposure({ connectionId, connectionName, memberId, since, closedAt, closedBy }: ExposureView) {
  return {
    connectionId,
    ...(connectionName !== undefined && { connectionName }),
    memberId,
    since: since.toISOString(),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
    ...(closedBy !== null && { closedBy }),
  };
}
