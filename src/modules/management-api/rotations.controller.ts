import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { RotationsService } from '../rotations/rotations.service.js';
import type { RotationProgress } from '../rotations/rotations.types.js';
import { rotationDetailSchema, rotationPageSchema, rotationSchema } from './rotation.answers.js';

/** There is nothing to choose: the members make the key. */
const startSchema = z.strictObject({}).optional();

/** Rotation of a gateway's sealing key: nobody enters a password again. */
@Controller('v1/gateways/:gatewayId/rotations')
export class RotationsController {
  constructor(
    private readonly config: AppConfig,
    private readonly rotations: RotationsService,
  ) {}

  @Post()
  @Answers({ 201: rotationSchema })
  async start(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: startSchema }) _body: z.infer<typeof startSchema>,
  ) {
    return showProgress(await this.rotations.start(caller, gatewayId));
  }

  @Get()
  @Answers({ 200: rotationPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const address = `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/rotations`;
    return showPage(await this.rotations.list(caller, gatewayId, page), address, showProgress);
  }

  @Get(':rotationId')
  @Answers({ 200: rotationDetailSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('rotationId') rotationId: string,
  ) {
    const { waitingFor, setAsideConnections, ...progress } = await this.rotations.get(caller, gatewayId, rotationId);
    return { ...showProgress(progress), waitingFor, setAsideConnections };
  }
}

function showProgress({ startedAt, graceUntil, finishedAt, ...progress }: RotationProgress) {
  return {
    ...progress,
    startedAt: startedAt.toISOString(),
    ...(graceUntil && { graceUntil: graceUntil.toISOString() }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
