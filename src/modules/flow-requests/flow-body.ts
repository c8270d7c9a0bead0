import { DomainError } from '../../common/errors/domain-error.js';
import type { ReplyTrailer } from '../../contract/replies.js';
import type { RelayReply } from '../../relay-broker/relay-broker.js';
import { agentFailure } from './agent-failure.js';

type Step = IteratorResult<Uint8Array, undefined>;

export interface FlowBodyEvents {
  readonly onBytes: (count: number) => void;
  /** The answer is whole. What is to be remembered is remembered before the reader learns it. */
  readonly onWhole: (trailer: ReplyTrailer) => Promise<void>;
  /** It is not, or nobody wants it any more. Called once. */
  readonly onBroken: (error: DomainError) => Promise<void>;
}

/** The bytes of an answer on their way to the caller, watched: how many, since when one waits, how they end. */
export class FlowBody implements AsyncIterableIterator<Uint8Array, undefined> {
  readonly trailer: Promise<ReplyTrailer>;
  private readonly source: AsyncIterator<Uint8Array, unknown>;
  private awaitedSince: number | undefined;
  private isOver = false;

  constructor(
    private readonly reply: RelayReply,
    private readonly events: FlowBodyEvents,
  ) {
    this.source = reply.body[Symbol.asyncIterator]();
    this.trailer = reply.trailer.then(wholeOrThrow);
    this.trailer.catch(() => undefined);
  }

  /** Since when the reader waits for bytes: milliseconds; undefined while it does not. */
  silentSince(): number | undefined {
    return this.awaitedSince;
  }

  async next(): Promise<Step> {
    if (this.isOver) return { done: true, value: undefined };
    this.awaitedSince = Date.now();
    try {
      const step = await this.source.next();
      this.awaitedSince = undefined;
      if (!step.done) {
        this.events.onBytes(step.value.length);
        return step;
      }
      const trailer = await this.trailer;
      this.isOver = true;
      await this.events.onWhole(trailer);
      return { done: true, value: undefined };
    } catch (error) {
      this.awaitedSince = undefined;
      await this.end(error);
      throw error;
    }
  }

  async return(): Promise<Step> {
    await this.source.return?.();
    await this.end(new DomainError('REQUEST_CANCELLED'));
    return { done: true, value: undefined };
  }

  /** Ends it from outside, for a reader that may never ask again. */
  async end(error: unknown): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    await this.events.onBroken(
      error instanceof DomainError ? error : new DomainError('INTERNAL', {}, { cause: error }),
    );
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

function wholeOrThrow(trailer: ReplyTrailer): ReplyTrailer {
  if (trailer.error) throw agentFailure(trailer.error);
  return trailer;
}
