import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from '../../common/auth/public.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { HealthService, type Health } from './health.service.js';
import { healthSchema } from './health.answers.js';

@Controller()
@Public()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  /** 200 while this replica can serve anybody, 503 when it cannot: a load balancer needs no more. */
  @Get('health')
  @Answers({ 200: healthSchema, 503: healthSchema })
  async get(@Res({ passthrough: true }) reply: FastifyReply): Promise<Health> {
    const health = await this.health.check();
    reply.code(health.database === 'ok' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return health;
  }
}
