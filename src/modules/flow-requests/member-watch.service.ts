import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DomainError } from '../../common/errors/domain-error.js';
import { RelayBroker, type GatewayLink } from '../../relay-broker/relay-broker.js';

/**
 * How long a member may be silent before it is asked whether it is there, and how long it may take to say so. Together a
 * member that died is noticed within nine seconds, where its missing heartbeats would take 45.
 */
const SILENT_MS = 4_000;
const PROBE_MS = 4_000;

const SWEEP_MS = 500;

/** A request that waits for a member. */
export interface Vigil {
  readonly link: GatewayLink;
  /** The member it waits for; several while it is not known which of them took it. */
  members(): readonly string[];
  /** Since when nothing has come although it is wanted: milliseconds; undefined: it is not waiting. */
  silentSince(): number | undefined;
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
    try {
      const members = vigil.members();
      const alive = await this.alive(vigil.link, members);
      if (!this.vigils.has(vigil)) return;
      this.vigils.set(vigil, Date.now());
      const dead = members.filter((_member, index) => !alive[index]);
      // An answer that came while they were asked is a sign of life too.
      if (dead.length > 0 && this.isStillSilent(vigil)) vigil.onLost(new Set(dead));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.log.warn({ event: 'member.probe-failed', gatewayId: vigil.link.gatewayId, code: error.code });
      if (this.vigils.has(vigil) && this.isStillSilent(vigil)) vigil.onUnreachable(error);
    }
  }

  private isStillSilent(vigil: Vigil): boolean {
    const since = vigil.silentSince();
    return since !== undefined && Date.now() - since >= SILENT_MS;
  }

  private alive(link: GatewayLink, members: readonly string[]): Promise<boolean[]> {
    const keyOf = (memberId: string): string => `${link.gatewayId}/${link.epoch}/${memberId}`;
    const unasked = members.filter((memberId) => !this.asking.has(keyOf(memberId)));
    if (unasked.length > 0) {
      const answer = this.broker.probe(link, unasked, PROBE_MS);
      for (const memberId of unasked) {
        const one = answer.then((alive) => alive.has(memberId)).finally(() => this.asking.delete(keyOf(memberId)));
        one.catch(() => undefined);
        this.asking.set(keyOf(memberId), one);
      }
    }
    return Promise.all(members.map(async (memberId) => (await this.asking.get(keyOf(memberId))) ?? false));
  }
}
