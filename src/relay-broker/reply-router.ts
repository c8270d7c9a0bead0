import { FrameError, FrameKind, openFrame, readFrameHeader, type FrameHeader } from '../contract/frames.js';
import type { Exchange, Verdict } from './exchange.js';
import type { GatewayLink } from './relay-broker.js';

/** Requests one replica has under way at once. Beyond it callers are told to come back: memory is finite. */
export const MAX_EXCHANGES = 10_000;

/** How long the answer to a request nobody waits for any more is still recognised, so that its member can be stopped. */
const ABANDONED_MS = 2 * 60_000;
const MAX_ABANDONED = 10_000;

/** Why a frame was dropped. Counted and logged with ids only: none of it is proven. */
export type Drop =
  Exclude<Verdict, 'taken'> | 'unreadable' | 'unknown-request' | 'attempt' | 'epoch' | 'stranger' | 'forged';

/** Somebody who waits for a single sign of life. */
export interface Probe {
  readonly link: GatewayLink;
  readonly memberId: string;
  readonly onAnswer: () => void;
}

interface Abandoned {
  readonly link: GatewayLink;
  readonly until: number;
}

export interface RouterEvents {
  /** @param gatewayId whose request it came for; undefined: for none that is known */
  readonly onDrop: (reason: Drop, header: FrameHeader | undefined, gatewayId: string | undefined) => void;
  /** A member works for nobody: tell it to stop. */
  readonly onUseless: (link: GatewayLink, header: FrameHeader, memberId: string) => void;
}

/** Pairs what arrives on a reply queue with who waits for it, and lets nothing through that is not proven. */
export class ReplyRouter {
  private readonly exchanges = new Map<string, Exchange>();
  private readonly probes = new Map<string, Probe>();
  private readonly abandoned = new Map<string, Abandoned>();
  readonly dropped = new Map<Drop, number>();
  /** When anything proven came last: milliseconds. */
  heardAt = 0;

  constructor(private readonly events: RouterEvents) {}

  get size(): number {
    return this.exchanges.size;
  }

  all(): IterableIterator<Exchange> {
    return this.exchanges.values();
  }

  find(requestId: string): Exchange | undefined {
    return this.exchanges.get(requestId);
  }

  add(exchange: Exchange): void {
    this.exchanges.set(exchange.requestId, exchange);
    this.abandoned.delete(exchange.requestId);
  }

  remove(exchange: Exchange): void {
    if (this.exchanges.get(exchange.requestId) === exchange) this.exchanges.delete(exchange.requestId);
  }

  /** Remembers a request to which somebody may yet answer: whoever does shall stop, and it is known whose request it was. */
  abandon({ requestId, dispatch }: Exchange): void {
    this.abandoned.delete(requestId);
    this.abandoned.set(requestId, { link: dispatch.link, until: Date.now() + ABANDONED_MS });
    if (this.abandoned.size > MAX_ABANDONED) this.dropOldest();
  }

  addProbe(requestId: string, probe: Probe): void {
    this.probes.set(requestId, probe);
  }

  removeProbe(requestId: string): void {
    this.probes.delete(requestId);
  }

  /** Forgets abandoned requests whose time is over. */
  sweep(now: number): void {
    for (const [requestId, { until }] of this.abandoned) {
      if (until > now) return;
      this.abandoned.delete(requestId);
    }
  }

  accept(bytes: Buffer): void {
    let header: FrameHeader;
    try {
      header = readFrameHeader(bytes);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.drop('unreadable');
      return;
    }
    const exchange = this.exchanges.get(header.requestId);
    if (exchange) this.acceptFor(exchange, header, bytes);
    else this.acceptStray(header, bytes);
  }

  private acceptFor(exchange: Exchange, header: FrameHeader, bytes: Buffer): void {
    const { link } = exchange.dispatch;
    if (header.memberId !== undefined && !exchange.mayAnswer(header.memberId)) {
      this.drop('stranger', header, link);
      return;
    }
    const opened = this.open(link, header, bytes);
    if (!opened) return;
    if (header.attempt !== exchange.attempt) {
      this.drop('attempt', header, link);
      this.stop(link, header);
      return;
    }
    const verdict = exchange.accept(opened);
    if (verdict === 'taken') return;
    this.drop(verdict, header, link);
    if (verdict === 'other-member') this.stop(link, header);
  }

  private acceptStray(header: FrameHeader, bytes: Buffer): void {
    const probe = this.probes.get(header.requestId);
    if (probe) {
      if (header.memberId !== probe.memberId) this.drop('stranger', header, probe.link);
      else if (this.open(probe.link, header, bytes)) probe.onAnswer();
      return;
    }
    const abandoned = this.abandoned.get(header.requestId);
    if (!abandoned) {
      this.drop('unknown-request', header);
      return;
    }
    if (!this.open(abandoned.link, header, bytes)) return;
    this.drop('unknown-request', header, abandoned.link);
    this.stop(abandoned.link, header);
  }

  /** Opens under the key of the member that the frame names: nobody else can have made it. */
  private open(link: GatewayLink, header: FrameHeader, bytes: Buffer): ReturnType<typeof openFrame> | undefined {
    const { memberId } = header;
    const key = memberId === undefined ? undefined : link.replyKeys.get(memberId);
    const isReply = header.kind === FrameKind.Reply || header.kind === FrameKind.BodyCredit;
    if (header.epoch !== link.epoch) this.drop('epoch', header, link);
    else if (!key || !isReply) this.drop('stranger', header, link);
    else {
      try {
        const opened = openFrame(key, link.gatewayId, bytes);
        this.heardAt = Date.now();
        return opened;
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
        this.drop('forged', header, link);
      }
    }
    return undefined;
  }

  /** Once for an answer: on its first frame, so that a stream of them does not cause a stream of messages. */
  private stop(link: GatewayLink, header: FrameHeader): void {
    const isFirst = header.kind === FrameKind.Reply && header.frame === 0 && !header.last;
    if (isFirst && header.memberId !== undefined) this.events.onUseless(link, header, header.memberId);
  }

  private drop(reason: Drop, header?: FrameHeader, link?: GatewayLink): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
    this.events.onDrop(reason, header, link?.gatewayId);
  }

  private dropOldest(): void {
    for (const requestId of this.abandoned.keys()) {
      this.abandoned.delete(requestId);
      return;
    }
  }
}
