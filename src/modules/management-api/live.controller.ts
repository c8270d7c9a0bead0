import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Caller } from '../../common/auth/caller.js';
import { CurrentCaller } from '../../common/auth/current-caller.decorator.js';
import { Answers } from '../../common/http/answers.decorator.js';
import { LiveFeedService } from '../live/live-feed.service.js';

/** Clients fetch a new token before theirs runs out; the stream gives them this long. */
const EARLY_MS = 60_000;
/** Streams that began together do not end together. */
const SPREAD_MS = 30_000;
const SHORTEST_MS = 1_000;
/** Whatever the token says. */
const LONGEST_MS = 60 * 60_000;

@Controller('v1/live')
export class LiveController {
  constructor(private readonly feed: LiveFeedService) {}

  /** Server-sent events named by what changed, with the id of the one thing that did or `*`. Ends before the token does. */
  @Get()
  @Answers({ 200: { content: { 'text/event-stream': z.string() } } })
  async open(
    @CurrentCaller() caller: Caller,
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const stream = this.feed.open(caller, lifeOf(headers.authorization ?? '', Date.now()));
    // Proxies that collect answers would hold every event back.
    await reply
      .type('text/event-stream')
      .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
      .send(stream);
  }
}

/** The guard has verified the token a moment ago: only its end is read here. */
function lifeOf(authorization: string, now: number): number {
  const { exp = 0 } = decodeJwt(authorization.split(' ')[1] ?? '');
  const leftMs = exp * 1000 - now - EARLY_MS - Math.random() * SPREAD_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, leftMs));
}
