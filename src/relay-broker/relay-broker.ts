import type { Envelope, WriteProof } from '../contract/envelope.js';
import type { ReplyHead, ReplyTrailer } from '../contract/replies.js';

/** What ties the control plane and the members of one gateway together for one epoch. */
export interface GatewayLink {
  readonly gatewayId: string;
  readonly epoch: number;
  /** Name of the relay namespace that carries the gateway. */
  readonly namespace: string;
  /** 32 bytes, known to all members: requests are sealed under it. */
  readonly requestKey: Uint8Array;
  /** 32 bytes each, by member id: only that member can answer under it. */
  readonly replyKeys: ReadonlyMap<string, Uint8Array>;
}

export interface Dispatch {
  readonly link: GatewayLink;
  readonly envelope: Envelope;
  /** The member that must take it; undefined lets the members compete. Equals `envelope.memberId`. */
  readonly memberId: string | undefined;
  /** The request's body: bytes at hand or a stream that is read only as fast as the member takes it. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array> | undefined;
  /** Signs the envelope's bytes; given for writes. */
  readonly prove: ((envelopeBytes: Uint8Array) => WriteProof) | undefined;
  /** Fires when the caller left or the deadline passed. The member is told to stop. */
  readonly signal: AbortSignal;
}

/** An answer whose first words have arrived. */
export interface RelayReply {
  readonly memberId: string;
  readonly attempt: number;
  readonly head: Exclude<ReplyHead, { status: 'accepted' }>;
  /**
   * The answer's bytes, in order. Ends early with a DomainError when the stream breaks; reading slowly slows the member
   * down. Must be read to its end or returned (`for await … break`), which cancels the work.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** Settles when the last frame has come; rejects as `body` does. */
  readonly trailer: Promise<ReplyTrailer>;
}

/** An answer that was not let through, with what it says of itself: none of it is proven. */
export interface RefusedReply {
  /** Whose request it came for. */
  readonly gatewayId: string;
  readonly memberId: string;
  readonly epoch: number;
  /** `stranger`: no member of the gateway; `epoch`: of another epoch; `forged`: not under the member's key; … */
  readonly reason: string;
}

/** Carries one request to a member of a gateway and its answer back. Knows no domain rule and no payload. */
export abstract class RelayBroker {
  private refusedListener: (reply: RefusedReply) => void = () => undefined;

  /**
   * Names who hears of answers that were refused to a request of a known gateway; what came for no request that is known
   * here says nothing of anybody. Called for every one of them: it must return at once.
   */
  onRefused(listener: (reply: RefusedReply) => void): void {
    this.refusedListener = listener;
  }

  protected refused(reply: RefusedReply): void {
    this.refusedListener(reply);
  }

  /**
   * Sends a request and waits for the first words of the answer.
   *
   * @throws DomainError GATEWAY_TIMEOUT or REQUEST_CANCELLED when `signal` fires first (its reason, if a DomainError, is
   * thrown as it is); BROKER_UNAVAILABLE when the bus cannot take the message; GATEWAY_OFFLINE when the place to send to
   * is gone; REPLY_INVALID when an answer cannot be opened. `outcome` on the error says whether it was sent.
   */
  abstract dispatch(dispatch: Dispatch): Promise<RelayReply>;

  /**
   * The gateway of a request under way is in another epoch. What is still to be said about the request goes over the new
   * link, to a member that is still one; its answer goes on under the key that it had when it was asked. Of a member that
   * the new link does not know nothing is taken any more.
   */
  abstract follow(requestId: string, link: GatewayLink): void;

  /** Asks members to fetch their state now. Best effort: what is missed, the next heartbeat brings. */
  abstract notify(link: GatewayLink, memberIds: readonly string[]): Promise<void>;

  /**
   * Asks members whether they are there, past all their work.
   *
   * @returns those that answered within `timeoutMs`
   * @throws DomainError BROKER_UNAVAILABLE when the bus does not carry even this replica's own message, so that nothing
   * can be said of the members
   */
  abstract probe(link: GatewayLink, memberIds: readonly string[], timeoutMs: number): Promise<ReadonlySet<string>>;

  /** Whether this replica can receive answers from the namespace right now. */
  abstract isReady(namespace: string): boolean;

  /** Since when it cannot; undefined while it can, and for a namespace that is not configured. */
  abstract lostSince(namespace: string): Date | undefined;
}
