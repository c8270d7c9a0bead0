import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { All, Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../../src/common/auth/caller.js';
import { CurrentCaller } from '../../src/common/auth/current-caller.decorator.js';
import { Public } from '../../src/common/auth/public.decorator.js';
import { DomainError } from '../../src/common/errors/domain-error.js';
import { PrismaService } from '../../src/common/prisma/prisma.service.js';
import { currentRequest } from '../../src/common/request-context.js';

const bodySchema = z.strictObject({ name: z.string().max(5), inner: z.strictObject({ count: z.int() }).optional() });

/** Routes that show what the floor does, where the product has none so small. */
@Controller()
export class ProbeController {
  constructor(private readonly prisma: PrismaService) {}

  @Get('v1/whoami')
  whoami(@CurrentCaller() caller: Caller): Caller {
    return caller;
  }

  @Public()
  @Get('v1/open')
  open(@Query() query: unknown, @Req() request: FastifyRequest): object {
    return { query, url: request.url, traceId: currentRequest().traceId };
  }

  /** Asks the database after a while, as a request under way at a shutdown does. */
  @Public()
  @Get('v1/slow')
  async slow(): Promise<object> {
    await sleep(400);
    return { rows: await this.prisma.$queryRaw`SELECT 1 AS one` };
  }

  @Public()
  @Post('v1/echo')
  echo(@Body({ schema: bodySchema }) body: z.infer<typeof bodySchema>): object {
    return { body, traceId: currentRequest().traceId };
  }

  @Public()
  @Get(['v1/fail/:how', 'apim/filesystem/fail/:how', 'agent/v1/fail/:how'])
  fail(@Req() request: FastifyRequest<{ Params: { how: string } }>): never {
    switch (request.params.how) {
      case 'domain':
        throw new DomainError('REGION_MISMATCH', { environmentRegion: 'asia', gatewayRegion: 'westeurope' });
      case 'busy':
        throw new DomainError('GATEWAY_BUSY', {}, { retryAfterSeconds: 7 });
      default:
        throw new Error('hunter2 is the password');
    }
  }

  @Public()
  @All('apim/http/*')
  async stream(@Req() request: FastifyRequest<{ Body: Readable }>): Promise<object> {
    let bytes = 0;
    for await (const chunk of request.body) bytes += (chunk as Buffer).length;
    return { bytes };
  }
}
