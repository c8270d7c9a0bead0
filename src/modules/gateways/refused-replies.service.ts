import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { RefusalSink } from '../../common/errors/refusal-sink.js';
import { isIdentifier } from '../../common/identifier.js';
import { PrismaService } from '../../common/prisma/prisma.service.js';
import { currentRequest } from '../../common/request-context.js';
import { RelayBroker, type RefusedReply } from '../../relay-broker/relay-broker.js';

/** Refused answers are counted together for this long, in milliseconds. */
const FLUSH_MS = 5_000;

/** Gateways counted for until then. */
const MAX_GATEWAYS = 1_000;

/** Names kept for each. A gateway has ten members: whoever makes up more than these is a flood, not a former member. */
const MAX_NAMES = 16;

/** Counts the answers of members that are members no more, and has them audited. */
@Injectable()
export class RefusedRepliesService implements OnApplicationShutdown {
  private readonly log = new Logger(RefusedRepliesService.name);
  /** By gateway and by the name that was claimed: made-up names take no room from other gateways. */
  private readonly counts = new Map<string, Map<string, number>>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly prisma: PrismaService,
    private readonly refusals: RefusalSink,
    broker: RelayBroker,
  ) {
    broker.onRefused((reply) => this.count(reply));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Writes what was counted and waits for it. Never fails: a count that is lost does no harm. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    await this.writing;
  }

  /** What names itself is believed as far as its gateway's own past goes, and that is what its request was sent to. */
  private count({ gatewayId, memberId }: RefusedReply): void {
    const names = this.counts.get(gatewayId) ?? new Map<string, number>();
    const known = names.get(memberId);
    if (!isIdentifier(memberId) || (known === undefined && names.size >= MAX_NAMES)) return;
    if (names.size === 0 && this.counts.size >= MAX_GATEWAYS) return;
    this.counts.set(gatewayId, names.set(memberId, (known ?? 0) + 1));
    this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  private async write(): Promise<void> {
    const counts = [...this.counts].flatMap(([gatewayId, names]) =>
      [...names].map(([id, count]) => ({ id, gatewayId, count })),
    );
    // In one order everywhere, so that two replicas do not wait for each other's rows.
    counts.sort((a, b) => (a.id < b.id ? -1 : 1));
    this.counts.clear();
    if (counts.length === 0) return;
    try {
      // Ids say whose tenant it is: present members whose frames came late, and members of others, are not among them.
      const former = await this.prisma.$queryRaw<{ id: string; tenantId: string; gatewayId: string; name: string }[]>`
        UPDATE former_member f SET "refusedReplies" = least(f."refusedReplies"::bigint + c.count, 2147483647)::int
        FROM jsonb_to_recordset(${JSON.stringify(counts)}::jsonb) AS c(id uuid, "gatewayId" uuid, count int)
        WHERE f.id = c.id AND f."gatewayId" = c."gatewayId" RETURNING f.id::text, f."tenantId"::text, f."gatewayId"::text, f.name`;
      for (const member of former) this.record(member);
    } catch (error) {
      this.log.warn({ event: 'refused-replies.uncounted', reason: String(error).slice(0, 300) });
    }
  }

  /** Adds up to one line a minute for each member. */
  private record({ id, tenantId, gatewayId, name }: Record<'id' | 'tenantId' | 'gatewayId' | 'name', string>): void {
    this.refusals.refused({
      tenantId,
      actor: { id, type: 'Member' },
      action: 'reply.refused',
      code: 'MEMBER_NOT_FOUND',
      gatewayId,
      subject: { type: 'member', id },
      details: { name },
      traceId: currentRequest().traceId,
    });
  }
}
