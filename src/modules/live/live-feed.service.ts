import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Caller } from '../../common/auth/caller.js';
import { busy } from '../../common/limits/busy.js';
import { Changes, type ChangeTopic } from '../../common/prisma/changes.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { GroupsService } from '../identity/groups.service.js';
import { changedThings, type ChangedThing } from './audience-query.js';
import { hasRoomFor } from './live-room.policy.js';
import { LiveStream } from './live-stream.js';
import { TOPIC_OF, type LiveTopic } from './live-topics.js';
import { mayBeTold, newsFor } from './live-word.policy.js';
import { PendingChanges, type TopicChanges } from './pending-changes.js';

/** Changes of one topic within this time are told once. */
const MOMENT_MS = 500;

/** A directory that is slow to tell somebody's groups keeps nobody else waiting for news longer than this. */
const PATIENCE_MS = 1_000;

/** Tells people who look at the service what changed, so that what they see is true. */
@Injectable()
export class LiveFeedService implements BeforeApplicationShutdown {
  private readonly log = new Logger(LiveFeedService.name);
  private readonly streams = new Map<LiveStream, Caller>();
  private readonly pending = new PendingChanges();
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly prisma: PrismaService,
    private readonly groups: GroupsService,
    changes: Changes,
  ) {
    for (const [change, topic] of Object.entries(TOPIC_OF) as [ChangeTopic, LiveTopic][]) {
      changes.on(change, (id, tenantId) => this.changed(topic, id, tenantId));
    }
  }

  /** Streams would hold a closing server up until their tokens ran out. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    for (const stream of this.streams.keys()) stream.finish();
    await this.telling;
  }

  /**
   * Begins to tell a caller.
   *
   * @param lifeMs after which the stream ends; clients then come again with a new token
   * @throws DomainError TOO_MANY_ATTEMPTS when the caller, the tenant or everybody together has too many open
   */
  open(caller: Caller, lifeMs: number): LiveStream {
    if (this.isStopped || !hasRoomFor(caller, this.streams.values())) throw busy();
    const stream = new LiveStream(lifeMs);
    this.streams.set(stream, caller);
    stream.once('close', () => this.streams.delete(stream));
    return stream;
  }

  private changed(topic: LiveTopic, id: string, tenantId: string | undefined): void {
    if (this.streams.size === 0 || this.isStopped) return;
    this.pending.note(topic, id, tenantId);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.telling = this.telling.then(() => this.tellAll());
    }, MOMENT_MS).unref();
  }

  private async tellAll(): Promise<void> {
    for (const [topic, changes] of this.pending.take()) {
      try {
        await this.tell(topic, changes);
      } catch (error) {
        // Whoever is told too much asks once too often; whoever is told nothing looks at what is no longer so.
        this.log.warn({ event: 'live.unclear', topic, reason: String(error).slice(0, 300) });
        for (const stream of this.streams.keys()) stream.tell(topic, '*');
      }
    }
  }

  private async tell(topic: LiveTopic, changes: TopicChanges): Promise<void> {
    const tenantIds = [...new Set([...this.streams.values()].map(({ tenantId }) => tenantId))];
    const isSearched = !changes.isEverything && changes.ids.size > 0;
    const things = isSearched ? await changedThings(this.prisma, topic, [...changes.ids], tenantIds) : [];
    await Promise.all(
      [...this.streams].map(async ([stream, caller]) => {
        const news = newsFor(caller.tenantId, changes, things);
        if (news === undefined) return;
        stream.tell(topic, news !== '*' && (await this.mayBeTold(caller, news)) ? news.id : '*');
      }),
    );
  }

  private async mayBeTold(caller: Caller, thing: ChangedThing): Promise<boolean> {
    const { isTenantAdministrator } = caller;
    if (isTenantAdministrator || thing.holderIds === null) return true;
    const impatience = new AbortController();
    try {
      const known = this.groups.holdersOf(caller).then(({ ids }) => ids);
      const ids = await Promise.race([known, pause(PATIENCE_MS, [], { signal: impatience.signal, ref: false })]);
      return mayBeTold({ isTenantAdministrator, holderIds: new Set(ids) }, thing);
    } catch (error) {
      this.log.warn({ event: 'live.unclear', reason: String(error).slice(0, 300) });
      return false;
    } finally {
      impatience.abort();
    }
  }
}
