import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { BoundedCache } from '../../common/bounded-cache.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { RelayBroker, type GatewayLink } from '../../relay-broker/relay-broker.js';

/**
 * How long a member may be silent before it is asked whether it is there, and how long it may take to say so. Together a
 * member that died is noticed within nine seconds, where its missing heartbeats would take 45.
 */
const SILENT_MS = 4_000;
const PROBE_MS = 4_000;

const SWEEP_MS = 500;

/** A member that did not answer is passed over until it is heard again; after this the rules of liveness know. */
const LOST_MS = 60_000;
const MAX_LOST = 10_000;

/** A request that waits for a member. */
export interface Vigil {
  /** Over which its members are reached: another link as soon as their gateway is in another epoch. */
  readonly place: { readonly link: GatewayLink };
  /** The member it waits for; several while it is not known which of them took it. */
  members(): readonly string[];
  /** Since when nothing has come although it is wanted: milliseconds; undefined: it is not waiting. */
  silentSince(): number | undefined;
  /** Whether it can be sent again without harm: then it does not wait for its own silence to know of a member's. */
  readonly isRepeatable: boolean;
  /** These do not answer. */
  onLost(dead: ReadonlySet<string>): void;
  /** Nothing can be said of the members, because the bus is away. */
  onUnreachable(error: DomainError): void;
}

/** Asks members that are silent for long whether they are there. A slow query is no reason to give up, a dead agent is. */
@Injectable()
export class MemberWatchService implements OnApplicationShutdown {
  private readonly log = new Logger(MemberWatchService.name);
  /** When each was last found in order, or its check began. */
  private readonly vigils = new Map<Vigil, number>();
  /** Questions under way, by member: many requests that wait for one member ask once. */
  private readonly asking = new Map<string, Promise<boolean>>();
  /** When members were last found not to answer, in milliseconds. */
  private readonly lost = new BoundedCache<string, number>(MAX_LOST, LOST_MS);
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly broker: RelayBroker) {}

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  add(vigil: Vigil): void {
    this.vigils.set(vigil, 0);
    this.timer ??= setInterval(() => this.sweep(Date.now()), SWEEP_MS).unref();
  }

  remove(vigil: Vigil): void {
    this.vigils.delete(vigil);
  }

  /** Whether the member did not answer when it was last asked, and was not heard since. */
  isLost(
    link: Pick<GatewayLink, 'gatewayId' | 'epoch'>,
    member: { id: string; lastHeartbeatAt: Date | null },
  ): boolean {
    const lostAt = this.lost.get(keyOf(link, member.id));
    return lostAt !== undefined && (member.lastHeartbeatAt === null || member.lastHeartbeatAt.getTime() < lostAt);
  }

  private sweep(now: number): void {
    for (const [vigil, checkedAt] of this.vigils) {
      const since = vigil.silentSince();
      if (since === undefined || now - Math.max(since, checkedAt) < SILENT_MS) continue;
      // Not again while the question is under way, which takes at most as long.
      this.vigils.set(vigil, now + PROBE_MS);
      void this.check(vigil);
    }
  }

  private async check(vigil: Vigil): Promise<void> {
    const { link } = vigil.place;
    try {
      const members = vigil.members();
      const alive = await this.alive(link, members);
      if (!this.vigils.has(vigil)) return;
      this.vigils.set(vigil, Date.now());
      // They were asked in an epoch that ended meanwhile: that nobody answered there says nothing.
      if (vigil.place.link !== link) return;
      const dead = members.filter((_member, index) => !alive[index]);
      for (const memberId of dead) this.lost.set(keyOf(link, memberId), Date.now());
      if (dead.length > 0) this.spread(link, dead);
      // An answer that came while they were asked is a sign of life too.
      if (dead.length > 0 && this.isStillSilent(vigil)) vigil.onLost(new Set(dead));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn({ event: 'member.probe-failed', gatewayId: link.gatewayId, code: error.code });
      if (this.vigils.has(vigil) && this.isStillSilent(vigil)) vigil.onUnreachable(error);
    }
  }

  /** What waits for the same member need not find out for itself. */
  private spread(link: GatewayLink, dead: readonly string[]): void {
    for (const vigil of [...this.vigils.keys()]) {
      const { gatewayId, epoch } = vigil.place.link;
      if (!vigil.isRepeatable || gatewayId !== link.gatewayId || epoch !== link.epoch) continue;
      const lost = vigil.members().filter((memberId) => dead.includes(memberId));
      if (lost.length > 0 && vigil.silentSince() !== undefined) vigil.onLost(new Set(lost));
    }
  }

  private isStillSilent(vigil: Vigil): boolean {
    const since = vigil.silentSince();
    return since !== undefined && Date.now() - since >= SILENT_MS;
  }

  private alive(link: GatewayLink, members: readonly string[]): Promise<boolean[]> {
    const unasked = members.filter((memberId) => !this.asking.has(keyOf(link, memberId)));
    if (unasked.length > 0) {
      const answer = this.broker.probe(link, unasked, PROBE_MS);
      for (const memberId of unasked) {
        const one = answer
          .then((alive) => alive.has(memberId))
          .finally(() => this.asking.delete(keyOf(link, memberId)));
        one.catch(() => undefined);
        this.asking.set(keyOf(link, memberId), one);
      }
    }
    return Promise.all(members.map(async (memberId) => (await this.asking.get(keyOf(link, memberId))) ?? false));
  }
}

function keyOf({ gatewayId, epoch }: Pick<GatewayLink, 'gatewayId' | 'epoch'>, memberId: string): string {
  return `${gatewayId}/${epoch}/${memberId}`;
}
