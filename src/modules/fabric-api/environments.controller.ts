import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { pageQuerySchema, type PageQuery } from '../../common/page.js';
import { AppConfig } from '../../config/env.js';
import { nameSchema } from '../../contract/registration.js';
import { isIdentifier } from '../administrators/identifier.policy.js';
import { EnvironmentsService } from '../environments/environments.service.js';
import { showPage } from './show-page.js';

const environmentSchema = z.strictObject({
  /** Of the environment in Power Platform; made up when left out. */
  id: z.guid().toLowerCase().optional(),
  displayName: nameSchema,
  region: z.string().min(1).max(64),
});

@Controller('v1/environments')
export class EnvironmentsController {
  constructor(
    private readonly config: AppConfig,
    private readonly environments: EnvironmentsService,
  ) {}

  @Get()
  async list(@CurrentCaller() caller: Caller, @Query({ schema: pageQuerySchema }) page: PageQuery) {
    const environments = await this.environments.list(caller, page);
    return showPage(environments, this.address(), (environment) => environment);
  }

  @Get(':environmentId')
  get(@CurrentCaller() caller: Caller, @Param('environmentId') environmentId: string) {
    if (!isIdentifier(environmentId)) throw new DomainError('ENVIRONMENT_NOT_FOUND', { environmentId });
    return this.environments.get(caller.tenantId, environmentId.toLowerCase());
  }

  @Post()
  async create(
    @CurrentCaller() caller: Caller,
    @Body({ schema: environmentSchema }) wanted: z.infer<typeof environmentSchema>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const environment = await this.environments.create(caller, wanted);
    void reply.header('location', `${this.address()}/${environment.id}`);
    return environment;
  }

  private address(): string {
    return `${this.config.publicUrl}/v1/environments`;
  }
}
