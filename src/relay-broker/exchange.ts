import { DomainError } from '../common/errors/domain-error.js';
import { FRAME_WINDOW, FrameKind, type OpenedFrame } from '../contract/frames.js';
import { bodyCreditSchema, replyHeadSchema, replyTrailerSchema, type Control } from '../contract/replies.js';
import type { BodyPiece, BodyPieces } from './body-pieces.js';
import type { Dispatch, GatewayLink, RelayReply } from './relay-broker.js';
import { ReplyBody } from './reply-body.js';
import { RequestBody } from './request-body.js';

/** What an exchange needs of the bus. */
export interface ExchangeWire {
  control(exchange: Exchange, memberId: string, control: Control): void;
  sendPart(exchange: Exchange, memberId: string, frame: number, piece: BodyPiece): void;
  /** The dispatch's signal fired. */
  aborted(exchange: Exchange): void;
  /** The exchange hears no more; its place among the waiting ones is free. */
  finished(exchange: Exchange): void;
}

type Head = RelayReply['head'];
type CancelReason = Extract<Control, { type: 'cancel' }>['reason'];

/** How a frame was taken. Anything but `taken` is counted, by the reason. */
export type Verdict = 'taken' | 'duplicate' | 'other-member' | 'invalid';

/** One request and its answer: keeps frames in order, memory within the window, and tells the member when to stop. */
export class Exchange {
  readonly reply: Promise<RelayReply>;
  readonly trailer: RelayReply['trailer'];
  /** When the member was last heard, or the request sent: milliseconds. */
  heardAt = Date.now();
  /** Since when frames may have been lost with a broken link; undefined: none. */
  suspectSince: number | undefined;
  memberId: string | undefined;
  /** Over which the member is reached now; its answer stays with the link that it was asked over. */
  link: GatewayLink;
  /** Whether all of the answer has come. */
  isWhole = false;
  private readonly body: ReplyBody;
  private expected = 0;
  private freed = 0;
  private granted = FRAME_WINDOW;
  private hasHead = false;
  private isOver = false;
  private upload: RequestBody | undefined;
  private readonly onAbort = (): void => this.wire.aborted(this);
  private settleReply!: { resolve: (reply: RelayReply) => void; reject: (error: unknown) => void };
  private settleTrailer!: {
    resolve: (trailer: Awaited<RelayReply['trailer']>) => void;
    reject: (error: unknown) => void;
  };

  /** @param rest of the request's body, when one frame did not hold it */
  constructor(
    readonly dispatch: Dispatch,
    private readonly wire: ExchangeWire,
    private readonly rest: BodyPieces | undefined,
  ) {
    this.memberId = dispatch.memberId;
    this.link = dispatch.link;
    this.body = new ReplyBody(
      (frames) => this.release(frames),
      () => this.cancel('caller-gone', this.abandoned()),
    );
    this.reply = new Promise((resolve, reject) => (this.settleReply = { resolve, reject }));
    this.trailer = new Promise((resolve, reject) => (this.settleTrailer = { resolve, reject }));
    // Whoever dispatched may look at the body only: a broken answer must not end the process.
    this.trailer.catch(() => undefined);
    this.reply.catch(() => undefined);
    dispatch.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  get requestId(): string {
    return this.dispatch.envelope.requestId;
  }

  get attempt(): number {
    return this.dispatch.envelope.attempt;
  }

  /** Whether only the member can move this on: nothing is buffered that somebody has yet to read. */
  get waitsForMember(): boolean {
    return !this.hasHead || this.body.isAwaited;
  }

  /** Takes a frame that opened under the key of a member of this gateway. */
  accept({ header, head, extra, body }: OpenedFrame): Verdict {
    const { memberId, frame, last } = header;
    if (this.memberId !== undefined && memberId !== this.memberId) return 'other-member';
    if (header.kind === FrameKind.BodyCredit) return this.acceptCredit(head);
    if (frame < this.expected) return 'duplicate';
    if (frame > this.expected) return this.refuse({ frame, expected: this.expected });
    this.expected += 1;
    this.heardAt = Date.now();
    this.suspectSince = undefined;
    this.memberId = memberId;
    // The end of an answer needs no room: a member whose source broke says so at once.
    const isBareEnd = last && body.length === 0;
    if (frame >= this.granted && !isBareEnd) return this.refuse({ frame, granted: this.granted });
    if (!this.hasHead) {
      const parsed = replyHeadSchema.safeParse(parseJson(head));
      if (!parsed.success) return this.refuse({ frame });
      if (parsed.data.status === 'accepted') return this.acceptedBy(frame, last);
      if (parsed.data.status === 'error' && !last) return this.refuse({ frame });
      this.begin(parsed.data);
    }
    this.body.push(frame, body);
    return last ? this.acceptTrailer(frame, extra) : 'taken';
  }

  /** Whether the member may answer: it was one when it was asked, and is one now. */
  mayAnswer(memberId: string): boolean {
    return this.link === this.dispatch.link || this.link.replyKeys.has(memberId);
  }

  /** The member is reached over another link from now on. Room that was given over the old one may not have arrived. */
  follow(link: GatewayLink): void {
    if (this.isOver || link.epoch <= this.link.epoch) return;
    this.link = link;
    if (this.memberId === undefined || this.granted === FRAME_WINDOW) return;
    this.wire.control(this, this.memberId, { type: 'credit', upTo: this.granted });
  }

  /** Ends it with an error and tells the member to stop. */
  cancel(reason: CancelReason, error: DomainError): void {
    if (this.isOver) return;
    if (this.memberId !== undefined) this.wire.control(this, this.memberId, { type: 'cancel', reason });
    this.fail(error);
  }

  /** Ends it with an error, for when there is nobody to tell. */
  fail(error: DomainError): void {
    if (this.isOver) return;
    this.settleReply.reject(error);
    this.settleTrailer.reject(error);
    this.body.fail(error);
    this.finish();
  }

  private begin(head: Head): void {
    this.hasHead = true;
    const { memberId = '' } = this;
    this.settleReply.resolve({ memberId, attempt: this.attempt, head, body: this.body, trailer: this.trailer });
  }

  private acceptedBy(frame: number, last: boolean): Verdict {
    const { rest, memberId } = this;
    if (last || frame !== 0 || !rest || memberId === undefined) return this.refuse({ frame });
    this.freed = frame + 1;
    this.upload = new RequestBody(rest, (number, piece) => this.wire.sendPart(this, memberId, number, piece));
    this.upload.run().catch((cause: unknown) => {
      const error = cause instanceof DomainError ? cause : new DomainError('REQUEST_CANCELLED', {}, { cause });
      this.cancel('caller-gone', error);
    });
    return 'taken';
  }

  private acceptCredit(head: Buffer): Verdict {
    const parsed = bodyCreditSchema.safeParse(parseJson(head));
    if (!parsed.success || !this.upload) return 'invalid';
    this.heardAt = Date.now();
    this.upload.credit(parsed.data.upTo);
    return 'taken';
  }

  private acceptTrailer(frame: number, extra: Buffer): Verdict {
    const parsed = replyTrailerSchema.safeParse(extra.length === 0 ? {} : parseJson(extra));
    if (!parsed.success) return this.refuse({ frame });
    this.isWhole = true;
    this.body.end();
    this.settleTrailer.resolve(parsed.data);
    this.finish();
    return 'taken';
  }

  /** The stream cannot be whole any more. */
  private refuse(details: Record<string, number>): Verdict {
    this.cancel('superseded', new DomainError('REPLY_INVALID', { requestId: this.requestId, ...details }));
    return 'invalid';
  }

  /** Lets the member send on once half of the window is free: a message for every frame would double their number. */
  private release(frames: number): void {
    this.freed = Math.max(this.freed, frames);
    if (this.isOver || this.memberId === undefined) return;
    if (this.granted - this.freed > FRAME_WINDOW / 2) return;
    this.granted = this.freed + FRAME_WINDOW;
    this.wire.control(this, this.memberId, { type: 'credit', upTo: this.granted });
  }

  private abandoned(): DomainError {
    return new DomainError('REQUEST_CANCELLED', { requestId: this.requestId });
  }

  private finish(): void {
    this.isOver = true;
    this.dispatch.signal.removeEventListener('abort', this.onAbort);
    this.upload?.stop();
    if (this.rest && !this.upload) this.rest.close().catch(() => undefined);
    this.wire.finished(this);
  }
}

/** @returns undefined for what is not JSON, which no schema takes */
function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
