import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import type { MemberUpgrade, NewRollout, RolloutView } from '../releases/releases.types.js';
import { RolloutsService } from '../releases/rollouts.service.js';
import { rolloutAnswerSchema, rolloutPageSchema, upgradeListSchema, upgradeSchema } from './release.answers.js';

const rolloutSchema = z.strictObject({
  version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/),
  memberIds: z.array(z.guid().toLowerCase()).min(1).max(10).optional(),
});

@Controller('v1/gateways/:gatewayId')
export class ReleasesRolloutsController {
  constructor(
    private readonly config: AppConfig,
    private readonly rollouts: RolloutsService,
  ) {}

  @Get('upgrades')
  @Answers({ 200: upgradeListSchema })
  async upgrades(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return { value: (await this.rollouts.upgrades(caller, gatewayId)).map(showUpgrade) };
  }

  @Get('members/:memberId/upgrade')
  @Answers({ 200: upgradeSchema })
  async upgrade(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('memberId') memberId: string,
  ) {
    return showUpgrade(await this.rollouts.upgrade(caller, gatewayId, memberId));
  }

  /** Updates members one after the other; a member that is not well afterwards goes back, and the rollout ends. */
  @Post('rollouts')
  @Answers({ 201: rolloutAnswerSchema })
  async order(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Body({ schema: rolloutSchema }) wanted: NewRollout,
  ) {
    return showRollout(await this.rollouts.order(caller, gatewayId, wanted));
  }

  @Get('rollouts')
  @Answers({ 200: rolloutPageSchema })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const address = `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/rollouts`;
    return showPage(await this.rollouts.list(caller, gatewayId, page), address, showRollout);
  }

  @Get('rollouts/:rolloutId')
  @Answers({ 200: rolloutAnswerSchema })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('rolloutId') rolloutId: string,
  ) {
    return showRollout(await this.rollouts.get(caller, gatewayId, rolloutId));
  }

  /** No further members are updated. */
  @Post('rollouts/:rolloutId/cancellation')
  @HttpCode(200)
  @Answers({ 200: rolloutAnswerSchema })
  async cancel(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('rolloutId') rolloutId: string,
  ) {
    return showRollout(await this.rollouts.cancel(caller, gatewayId, rolloutId));
  }
}

function showUpgrade({ isSupportEnding, ...upgrade }: MemberUpgrade) {
  const { memberId, version, upgradeState, newestVersion, orderedVersion, updateState, updateReason } = upgrade;
  return {
    memberId,
    version,
    upgradeState,
    supportEnding: isSupportEnding,
    ...(newestVersion === undefined ? {} : { newestVersion }),
    ...(orderedVersion === undefined ? {} : { orderedVersion }),
    ...(updateState === undefined ? {} : { updateState }),
    ...(updateReason === undefined ? {} : { updateReason }),
  };
}

function showRollout({ current, startedAt, finishedAt, reason, ...rollout }: RolloutView) {
  return {
    ...rollout,
    ...(current && { current: { ...current, deadline: current.deadline.toISOString() } }),
    ...(reason === undefined ? {} : { reason }),
    startedAt: startedAt.toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
