import {
  FRAME_WINDOW,
  FrameError,
  FrameKind,
  openFrame,
  readFrameHeader,
  type FrameHeader,
} from '../contract/frames.js';
import type { Exchange, Verdict } from './exchange.js';
import type { GatewayLink } from './relay-broker.js';

/** Requests one replica has under way at once. Beyond it callers are told to come back: memory is finite. */
export const MAX_EXCHANGES = 10_000;

/** How long the answer to a request nobody waits for any more is still recognised, so that its member can be stopped. */
export const ABANDONED_MS = 2 * 60_000;
const MAX_ABANDONED = 10_000;

/** A member that works for nobody is told so as often as this, in frames; it gets no further than a window. */
const STOP_EVERY = FRAME_WINDOW / 2;

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
  /** By request and attempt: each was sent over a link of its own. */
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
    this.abandoned.delete(nameOf(exchange));
  }

  remove(exchange: Exchange): void {
    if (this.exchanges.get(exchange.requestId) === exchange) this.exchanges.delete(exchange.requestId);
  }

  /** Remembers a request to which somebody may yet answer: whoever does shall stop, and it is known whose request it was. */
  abandon(exchange: Exchange): void {
    const name = nameOf(exchange);
    this.abandoned.delete(name);
    this.abandoned.set(name, { link: exchange.dispatch.link, until: Date.now() + ABANDONED_MS });
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
    for (const [name, { until }] of this.abandoned) {
      if (until > now) return;
      this.abandoned.delete(name);
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
    if (exchange?.attempt === header.attempt) this.acceptFor(exchange, header, bytes);
    else this.acceptStray(header, bytes, exchange);
  }

  private acceptFor(exchange: Exchange, header: FrameHeader, bytes: Buffer): void {
    const { link } = exchange.dispatch;
    if (header.memberId !== undefined && !exchange.mayAnswer(header.memberId)) {
      this.drop('stranger', header, link);
      return;
    }
    const opened = this.open(link, header, bytes);
    if (!opened) return;
    const verdict = exchange.accept(opened);
    if (verdict === 'taken') return;
    this.drop(verdict, header, link);
    if (verdict === 'other-member') this.stop(link, header);
  }

  /** @param other the attempt that is waited for, of the same request */
  private acceptStray(header: FrameHeader, bytes: Buffer, other: Exchange | undefined): void {
    const probe = this.probes.get(header.requestId);
    if (probe) {
      if (header.memberId !== probe.memberId) this.drop('stranger', header, probe.link);
      else if (this.open(probe.link, header, bytes)) probe.onAnswer();
      return;
    }
    const link = this.abandoned.get(nameOf(header))?.link ?? other?.dispatch.link;
    if (!link) {
      this.drop('unknown-request', header);
      return;
    }
    if (!this.open(link, header, bytes)) return;
    this.drop(other ? 'attempt' : 'unknown-request', header, link);
    this.stop(link, header);
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

  /** Not for every frame: a stream of them must not cause a stream of messages. Not once only: what tells it may get lost. */
  private stop(link: GatewayLink, header: FrameHeader): void {
    const isDue = header.kind === FrameKind.Reply && header.frame % STOP_EVERY === 0 && !header.last;
    if (isDue && header.memberId !== undefined) this.events.onUseless(link, header, header.memberId);
  }

  private drop(reason: Drop, header?: FrameHeader, link?: GatewayLink): void {
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + 1);
    this.events.onDrop(reason, header, link?.gatewayId);
  }

  private dropOldest(): void {
    for (const name of this.abandoned.keys()) {
      this.abandoned.delete(name);
      return;
    }
  }
}

function nameOf({ requestId, attempt }: { readonly requestId: string; readonly attempt: number }): string {
  return `${requestId} ${attempt}`;
}
