import type { AgentError } from '../contract/errors.js';
import { FRAME_WINDOW, FrameKind, MAX_FRAME_BODY_BYTES, sealFrame } from '../contract/frames.js';
import type { ReplyHead, ReplyTrailer } from '../contract/replies.js';
import type { ByteAccount } from './admission/byte-budget.js';
import type { OutgoingMessage } from './reply-links.js';
import type { Session } from './session.js';

/** Most bytes of a head: with a full frame beside it the message still fits the 256 KB of the Standard tier. */
const MAX_HEAD_BYTES = 48 * 1024;
/** An answer that has come to this size is sent on at once for its first frame: connectors hand on pieces of it. */
const FIRST_FRAME_BYTES = 64 * 1024;
/** A source that is silent this long gets what it has said so far passed on. */
const FLUSH_AFTER_MS = 15;
/** An answer nobody fetched within this time is of no use to anybody. */
const MIN_TIME_TO_LIVE_MS = 10_000;
/** Frames of one answer that the bus has not confirmed yet: bounds memory when the bus is slower than the source. */
const MAX_UNCONFIRMED = 8;

export type SendReply = (queue: string, message: OutgoingMessage) => Promise<void>;
export type OkHead = Extract<ReplyHead, { status: 'ok' }>;

/** Where an answer goes, and as whose. */
export interface ReplyAddress {
  readonly session: Pick<Session, 'gatewayId' | 'memberId' | 'epoch' | 'replyKey'>;
  readonly requestId: string;
  readonly attempt: number;
  readonly replyTo: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** The answer's first words are too long to travel. */
export class HeadTooLarge extends Error {
  override readonly name = 'HeadTooLarge';
}

/**
 * Writes one answer as numbered frames. No more than a window of them is ahead of what the replica has room for; the
 * source is read only as fast as that.
 */
export class ReplyWriter {
  private frame = 0;
  private bytes = 0;
  private credits = 0;
  private upTo = FRAME_WINDOW;
  private roomGiven: (() => void) | undefined;
  private failure: unknown;
  private headSent = false;
  private ended = false;
  private interrupt: ((reason: Error) => void) | undefined;
  private listening = false;
  private readonly sending = new Set<Promise<void>>();

  constructor(
    private readonly address: ReplyAddress,
    private readonly send: SendReply,
    private readonly signal: AbortSignal,
    /** What all answers together may hold; nobody counts without it. */
    private readonly account?: ByteAccount,
  ) {}

  /** Whether the head of the answer is on its way: a failure after it stands in the trailer. */
  get started(): boolean {
    return this.headSent;
  }

  /** Highest number of frames sent and not yet asked for; for tests and logs. */
  get framesSent(): number {
    return this.frame;
  }

  /** Bytes of the answer's body that were sent. */
  get bytesSent(): number {
    return this.bytes;
  }

  /** Tells that this member took the request and waits for more of its body. */
  accept(): void {
    this.post({ head: JSON.stringify({ status: 'accepted' } satisfies ReplyHead) }, false);
  }

  /** Room for further frames of the request's body, up to this number. */
  grantBody(upTo: number): void {
    const { session, requestId, attempt } = this.address;
    const bytes = sealFrame(
      session.replyKey,
      session.gatewayId,
      { kind: FrameKind.BodyCredit, attempt, frame: this.credits, last: false, epoch: session.epoch, requestId, memberId: session.memberId }, // prettier-ignore
      { head: JSON.stringify({ upTo }) },
    );
    this.credits += 1;
    this.track(bytes);
  }

  /** The replica has room for frames below this number. Never takes room back. */
  credit(upTo: number): void {
    if (upTo <= this.upTo) return;
    this.upTo = upTo;
    this.roomGiven?.();
  }

  /**
   * Sends a good answer. Resolves when all of it is on the bus.
   *
   * @param trailer asked after the body ended
   * @throws what the body throws, what the bus answers, or the signal's reason
   */
  async stream(head: OkHead, body: AsyncIterable<Uint8Array>, trailer: () => ReplyTrailer): Promise<void> {
    const headText = JSON.stringify(head);
    if (Buffer.byteLength(headText) > MAX_HEAD_BYTES) throw new HeadTooLarge('the head of the answer is too long');
    const iterator = body[Symbol.asyncIterator]();
    const chunks: Uint8Array[] = [];
    let size = 0;
    const take = (bytes: number) => {
      size -= bytes;
      return takeBytes(chunks, bytes);
    };
    const postChunk = (bytes: number) => {
      this.post({ ...(this.headSent ? {} : { head: headText }), body: take(bytes) }, false);
      this.headSent = true;
    };
    try {
      for (;;) {
        const next = iterator.next();
        if ((size > 0 || !this.headSent) && (await this.isSlow(next))) {
          await this.room();
          postChunk(size);
        }
        const result = await this.unlessAborted(next);
        if (result.done) break;
        if (result.value.length === 0) continue;
        chunks.push(result.value);
        size += result.value.length;
        while (size > MAX_FRAME_BODY_BYTES) {
          await this.room();
          postChunk(MAX_FRAME_BODY_BYTES);
        }
        // Whoever reads a large answer need not wait until the source has filled a frame.
        if (!this.headSent && size >= FIRST_FRAME_BYTES) {
          await this.room();
          postChunk(size);
        }
      }
    } catch (error) {
      // Not awaited: a source that hangs must not keep the failure from being told.
      void Promise.allSettled([iterator.return?.()]);
      throw error;
    }
    await this.room();
    this.end({ ...(this.headSent ? {} : { head: headText }), body: take(size) }, trailer());
    await this.settled();
  }

  /** Sends a failure: as the answer, or as the end of one that had begun. Never waits for room. */
  async fail(error: AgentError): Promise<void> {
    if (this.ended) return;
    if (this.headSent) this.end({}, { error });
    else {
      this.ended = true;
      this.post({ head: JSON.stringify({ status: 'error', error } satisfies ReplyHead) }, true);
    }
    await this.settled();
  }

  private end(content: { head?: string; body?: Uint8Array }, trailer: ReplyTrailer): void {
    this.ended = true;
    this.headSent = true;
    this.post({ ...content, extra: JSON.stringify(trailer) }, true);
  }

  private post(content: { head?: string; extra?: string; body?: Uint8Array }, last: boolean): void {
    const { session, requestId, attempt } = this.address;
    const { memberId, epoch, gatewayId, replyKey } = session;
    const header = { kind: FrameKind.Reply, attempt, frame: this.frame, last, epoch, requestId, memberId };
    this.frame += 1;
    this.bytes += content.body?.length ?? 0;
    this.track(sealFrame(replyKey, gatewayId, header, content));
  }

  private track(body: Buffer): void {
    const timeToLive = Math.max(MIN_TIME_TO_LIVE_MS, this.address.expiresAt - Date.now());
    this.account?.add(body.length);
    const sent = this.send(this.address.replyTo, { body, correlationId: this.address.requestId, timeToLive })
      .catch((error: unknown) => {
        this.failure ??= error;
        this.roomGiven?.();
      })
      .finally(() => {
        this.sending.delete(sent);
        this.account?.remove(body.length);
      });
    this.sending.add(sent);
  }

  private async settled(): Promise<void> {
    await Promise.all(this.sending);
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until one more frame may be sent. */
  private async room(): Promise<void> {
    for (;;) {
      this.signal.throwIfAborted();
      if (this.failure !== undefined) throw this.failure;
      // Where memory is short each answer still has one frame on its way: it goes on, slower.
      const mostSending = this.account?.isFull ? 1 : MAX_UNCONFIRMED;
      if (this.sending.size >= mostSending) {
        await this.unlessAborted(Promise.race(this.sending));
        continue;
      }
      if (this.frame < this.upTo) return;
      const given = new Promise<void>((resolve) => {
        this.roomGiven = resolve;
      });
      await this.unlessAborted(given);
    }
  }

  /**
   * Waits for the work, or for the signal: a connector should end by itself when it fires; one that does not is left
   * behind. One listener serves all waits of an answer, since most answers are small and waits are many.
   */
  private unlessAborted<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.interrupt = reject;
      if (this.signal.aborted) this.onAbort();
      else if (!this.listening) {
        this.listening = true;
        this.signal.addEventListener('abort', this.onAbort, { once: true });
      }
      work.then(resolve, reject);
    });
  }

  private readonly onAbort = (): void => {
    const reason: unknown = this.signal.reason;
    this.interrupt?.(reason instanceof Error ? reason : new Error('aborted'));
  };

  /** Whether the source lets us wait; false as soon as it says or fails anything. */
  private isSlow(next: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FLUSH_AFTER_MS, true);
      const quick = () => {
        clearTimeout(timer);
        resolve(false);
      };
      next.then(quick, quick);
    });
  }
}

/** Takes exactly so many bytes from the front, splitting a chunk where it must. */
function takeBytes(chunks: Uint8Array[], bytes: number): Uint8Array {
  const [first] = chunks;
  if (first?.length === bytes) {
    chunks.shift();
    return first;
  }
  const taken: Uint8Array[] = [];
  let missing = bytes;
  while (missing > 0) {
    const chunk = chunks.shift();
    if (!chunk) break;
    if (chunk.length <= missing) taken.push(chunk);
    else {
      taken.push(chunk.subarray(0, missing));
      chunks.unshift(chunk.subarray(missing));
    }
    missing -= Math.min(missing, chunk.length);
  }
  return Buffer.concat(taken);
}
