import { Injectable } from '@nestjs/common';
import { isDatabaseDown } from '../../common/errors/database-down.js';
import { JoinedCalls } from '../../common/joined-calls.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { recordHeartbeats, type Beat, type BeatenGateway, type BeatResult } from './heartbeat-query.js';

/** Heartbeats of one statement: 100 KB of JSON at most in ordinary life. */
const MAX_BEATS = 100;
/** A heartbeat can wait this long, in milliseconds: nobody watches it, and of 600 a second 15 so share a statement. */
const GATHER_MS = 25;

/** Writes heartbeats: those that come close together in one statement, which is what lets a replica take hundreds a second. */
@Injectable()
export class HeartbeatsService {
  private readonly calls: JoinedCalls<Beat, BeatResult>;

  constructor(private readonly prisma: PrismaService) {
    this.calls = new JoinedCalls({
      together: (beats) => recordHeartbeats(prisma, beats, false),
      // The second of a gateway sees what the first one said: who goes first under Failover depends on it.
      apart: ({ member }) => member.gatewayId,
      isCommon: isDatabaseDown,
      maxCalls: MAX_BEATS,
      gatherMs: GATHER_MS,
    });
  }

  /** @returns the gateway as it was just before; null when the member is gone or a newer start replaced it */
  async record(beat: Beat): Promise<BeatenGateway | null> {
    const together = await this.calls.ask(beat);
    if (together !== 'busy') return together;
    const [alone] = await recordHeartbeats(this.prisma, [beat], true);
    // Not written though waited for: a newer start came while it waited.
    return alone === 'busy' || alone === undefined ? null : alone;
  }
}
