import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { RecoveryLocksService } from '../recovery/recovery-locks.service.js';
import { RecoveryStatusService } from '../recovery/recovery-status.service.js';
import type { RecoveryLockView, RecoveryStatus } from '../recovery/recovery.types.js';
import { recoveryLockPageSchema, recoveryStatusSchema } from './recovery.answers.js';

/** The recovery key of a gateway, as far as its administrators need to know of it. */
@Controller('v1/gateways/:gatewayId')
export class RecoveryController {
  constructor(
    private readonly config: AppConfig,
    private readonly status: RecoveryStatusService,
    private readonly locks: RecoveryLocksService,
  ) {}

  @Get('recovery')
  @Answers({ 200: recoveryStatusSchema })
  async get(@CurrentCaller() caller: Caller, @Param('gatewayId') gatewayId: string) {
    return showStatus(await this.status.get(caller, gatewayId));
  }

  @Get('recoveryLocks')
  @Answers({ 200: recoveryLockPageSchema })
  async listLocks(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Query({ schema: pageQuerySchema }) page: PageQuery,
  ) {
    const address = `${this.config.publicUrl}/v1/gateways/${encodeURIComponent(gatewayId)}/recoveryLocks`;
    return showPage(await this.locks.list(caller, gatewayId, page), address, showLock);
  }

  @Delete('recoveryLocks/:callerId')
  @HttpCode(200)
  @Answers({ 200: null })
  clearLock(
    @CurrentCaller() caller: Caller,
    @Param('gatewayId') gatewayId: string,
    @Param('callerId') callerId: string,
  ): Promise<void> {
    return this.locks.clear(caller, gatewayId, callerId);
  }
}

function showStatus({ provedAt, changedAt, reminderAt, ...status }: RecoveryStatus) {
  return {
    ...status,
    ...(provedAt && { provedAt: provedAt.toISOString() }),
    ...(changedAt && { changedAt: changedAt.toISOString() }),
    reminderAt: reminderAt.toISOString(),
  };
}

function showLock({ callerId, failures, countedFrom, lockedUntil }: RecoveryLockView) {
  return {
    callerId,
    failures,
    countedFrom: countedFrom.toISOString(),
    ...(lockedUntil && { lockedUntil: lockedUntil.toISOString() }),
  };
}
