import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { LiveFeedService } from '../live/live-feed.service.js';
import { streamLifeMs } from '../live/stream-life.policy.js';

@Controller('v1/live')
export class LiveController {
  constructor(private readonly feed: LiveFeedService) {}

  /** Server-sent events named by what changed, with the id of the one thing that did or `*`. Ends before the token does. */
  @Get()
  @Answers({ 200: { content: { 'text/event-stream': z.string() } } })
  async open(
    @CurrentCaller() caller: Caller,
    @Req() { headers, method }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    // Proxies that collect answers would hold every event back.
    void reply.type('text/event-stream').headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    // Who asks for the head alone never reads the stream, nor ends it.
    if (method !== 'HEAD') await reply.send(this.feed.open(caller, lifeOf(headers.authorization ?? '', Date.now())));
  }
}

/** The guard has verified the token a moment ago: only its end is read here. */
function lifeOf(authorization: string, now: number): number {
  const { exp = 0 } = decodeJwt(authorization.split(' ')[1] ?? '');
  return streamLifeMs(exp * 1000 - now, Math.random());
}
