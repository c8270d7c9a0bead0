import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ReplicaIdentity } from '../keys/replica-identity.js';
import { PrismaService } from '../prisma/prisma.service.js';

const BEAT_MS = 5_000;

/** Three beats missed: a replica that stalls for a moment is not taken for gone. */
const GONE_AFTER_SECONDS = 15;

/** Rows of replicas that ended without a word; their ids do not come back. */
const FORGET_AFTER_SECONDS = 3_600;

/** Knows how many replicas share the work, so that each lets through its part of a limit. */
@Injectable()
export class ReplicaPresence implements OnModuleInit, BeforeApplicationShutdown {
  private readonly log = new Logger(ReplicaPresence.name);
  private others = 0;
  private beating: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly identity: ReplicaIdentity,
  ) {}

  /** Replicas that serve, this one included. Five seconds old at most, longer while the database is away. */
  get count(): number {
    return this.others + 1;
  }

  onModuleInit(): Promise<void> {
    this.timer = setInterval(() => {
      this.beating = this.beat();
    }, BEAT_MS).unref();
    this.beating = this.beat();
    return this.beating;
  }

  /** Before the database is let go. What is still under way here counts no more. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.beating;
    try {
      await this.prisma.$executeRaw`DELETE FROM replica WHERE id = ${this.identity.replicaId}`;
    } catch (error) {
      this.log.debug({ event: 'replica-presence.not-removed', reason: reasonOf(error) });
    }
  }

  /** Shows that this replica is there and counts the others. Public for tests, which do not wait for the clock. */
  async beat(): Promise<void> {
    const { replicaId } = this.identity;
    try {
      // The clock is the database's: those of replicas may differ by more than a beat.
      const [row] = await this.prisma.$queryRaw<{ others: number }[]>`
        WITH here AS (
          INSERT INTO replica (id, "seenAt") VALUES (${replicaId}, now())
          ON CONFLICT (id) DO UPDATE SET "seenAt" = now()
        ), ended AS (
          DELETE FROM replica WHERE "seenAt" < now() - make_interval(secs => ${FORGET_AFTER_SECONDS})
        )
        SELECT count(*)::int AS others FROM replica
        WHERE id <> ${replicaId} AND "seenAt" > now() - make_interval(secs => ${GONE_AFTER_SECONDS})`;
      this.others = row?.others ?? 0;
    } catch (error) {
      this.log.warn({ event: 'replica-presence.unknown', counted: this.count, reason: reasonOf(error) });
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : typeof error;
}
