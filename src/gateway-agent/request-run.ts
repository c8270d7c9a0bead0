import { isRead } from '../contract/operations.js';
import type { ByteAccount } from './admission/byte-budget.js';
import { RequestProgress } from './observability/request-progress.js';
import { ReplyWriter, type SendReply } from './reply-writer.js';
import { RequestBody } from './request-body.js';
import type { OpenedRequest } from './request-opening.js';
import type { Session } from './session.js';

export type AbortCause = 'deadline' | 'caller-gone' | 'superseded' | 'stopping' | 'drained';

/** Why a run was ended from outside. */
export class RunAborted extends Error {
  override readonly name = 'RunAborted';

  constructor(readonly why: AbortCause) {
    super(`the request was ended: ${why}`);
  }
}

/** A timer never fires in the past: a request accepted at its very deadline still gets this long to fail in order. */
const MIN_RUN_MS = 250;

/** One request under way on this member: its answer, the rest of its body, and how to end it. */
export class RequestRun {
  readonly isRead: boolean;
  readonly progress = new RequestProgress();
  readonly reply: ReplyWriter;
  readonly body: AsyncIterable<Uint8Array> | undefined;
  private readonly streamed: RequestBody | undefined;
  private bodyBytes: number;
  private readonly controller = new AbortController();
  private readonly deadline: NodeJS.Timeout;

  constructor(
    readonly request: OpenedRequest,
    session: Session,
    send: SendReply,
    { now, account }: { readonly now: number; readonly account?: ByteAccount },
  ) {
    const { envelope, replyTo, expiresAt } = request;
    const { requestId, attempt } = envelope;
    this.isRead = isRead(envelope.operation);
    this.bodyBytes = request.body.length;
    this.reply = new ReplyWriter({ session, requestId, attempt, replyTo, expiresAt }, send, this.signal, account);
    this.deadline = setTimeout(
      () => {
        this.abort('deadline');
      },
      Math.max(MIN_RUN_MS, expiresAt - now),
    );
    const first = { bytes: request.body, last: request.whole };
    this.streamed = request.whole ? undefined : new RequestBody(first, (upTo) => { this.reply.grantBody(upTo); }, this.signal); // prettier-ignore
    this.body = this.streamed ?? (request.body.length > 0 ? only(request.body) : undefined);
  }

  get requestId(): string {
    return this.request.envelope.requestId;
  }

  /** Milliseconds of a clock that only goes forward. */
  get startedAt(): number {
    return this.progress.startedAt;
  }

  /** Bytes of the request's body that have come. */
  get bytesIn(): number {
    return this.bodyBytes;
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Whether more of the body is still to come. */
  get streamsBody(): boolean {
    return this.streamed !== undefined;
  }

  part(frame: number, bytes: Uint8Array, last: boolean): void {
    this.bodyBytes += bytes.length;
    this.streamed?.push(frame, { bytes, last });
  }

  abort(cause: AbortCause): void {
    this.controller.abort(new RunAborted(cause));
  }

  /** Lets go of the timer. */
  end(): void {
    clearTimeout(this.deadline);
  }
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  yield bytes;
}
