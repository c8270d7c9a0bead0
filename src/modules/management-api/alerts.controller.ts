import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { showPage } from '../../common/http/show-page.js';
import { pageQuerySchema } from '../../common/page.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { AppConfig } from '../../config/env.js';
import { AlertsService } from '../alerts/alerts.service.js';
import { alertFilterSchema, type AlertView } from '../alerts/alerts.types.js';
import { alertPageSchema, alertSchema } from './alert.answers.js';

const listSchema = pageQuerySchema.extend(alertFilterSchema.shape);

@Controller('v1/alerts')
export class AlertsController {
  constructor(
    private readonly config: AppConfig,
    private readonly alerts: AlertsService,
  ) {}

  @Get()
  @Answers({ 200: alertPageSchema })
  async list(@CurrentCaller() caller: Caller, @Query({ schema: listSchema }) query: z.infer<typeof listSchema>) {
    const { continuationToken, ...filter } = query;
    const page = await this.alerts.list(caller, filter, { continuationToken });
    return showPage(page, this.address(filter), showAlert);
  }

  @Get(':alertId')
  @Answers({ 200: alertSchema })
  async get(@CurrentCaller() caller: Caller, @Param('alertId') alertId: string) {
    return showAlert(await this.alerts.get(caller, alertId));
  }

  /** Says that somebody sees to it. */
  @Post(':alertId/acknowledgement')
  @HttpCode(200)
  @Answers({ 200: alertSchema })
  async acknowledge(@CurrentCaller() caller: Caller, @Param('alertId') alertId: string) {
    return showAlert(await this.alerts.acknowledge(caller, alertId));
  }

  /** The next page is narrowed as this one is. */
  private address(filter: z.infer<typeof alertFilterSchema>): string {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, value);
    const address = `${this.config.publicUrl}/v1/alerts`;
    return query.size === 0 ? address : `${address}?${query.toString()}`;
  }
}

function showAlert({ openedAt, acknowledgedAt, resolvedAt, ...alert }: AlertView) {
  return {
    ...alert,
    openedAt: openedAt.toISOString(),
    ...(acknowledgedAt && { acknowledgedAt: acknowledgedAt.toISOString() }),
    ...(resolvedAt && { resolvedAt: resolvedAt.toISOString() }),
  };
}
