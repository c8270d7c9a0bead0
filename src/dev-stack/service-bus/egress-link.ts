import type { BusEvents } from './bus-events.js';
import type { BusLink } from './bus-link.js';
import { QUEUE_REFUSALS, SESSION_LOCK_LOST, amqpError } from './conditions.js';
import { encodeDelivery } from './delivery-codec.js';
import { newLockToken } from './lock-tokens.js';
import type { Outcome as QueueOutcome, Properties } from './queue.js';
import type { Consumer, QueueDispatch } from './queue-dispatch.js';
import { QueueError } from './queue-options.js';
import type { AmqpError, Context, Delivery, Outcome, Sender } from './rhea-internals.js';
import { amqp } from './rhea-internals.js';
import type { BusSession } from './session-table.js';

const ACCEPTED = amqp.message.accepted().described();

/** Settle modes of receive-and-delete: the broker sends settled. */
const SENT_SETTLED = 1;

/** Bytes that may wait for a slow client before its links pause; whatever credit it granted. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** Where a receiver link takes from. */
export interface EgressSource {
  readonly dispatch: QueueDispatch;
  readonly path: readonly string[];
}

/** A client's receiver link on a queue, or on one session of it. */
export class EgressLink implements BusLink, Consumer {
  readonly rights = ['Listen'] as const;
  private readonly forGood: boolean;
  private session: BusSession | undefined;
  private sent = 0;
  /** Credit given back on drain, which rhea counts as deliveries. */
  private drained = 0;
  private drainAsked = false;
  private gone = false;

  constructor(
    private readonly link: Sender,
    private readonly from: EgressSource,
    private readonly events: BusEvents,
  ) {
    this.forGood = link.snd_settle_mode === SENT_SETTLED;
    link.local.attach.snd_settle_mode = link.snd_settle_mode;
    link.local.attach.rcv_settle_mode = link.rcv_settle_mode;
    link._get_drain = () => this.answerDrain();
    link.on('sender_flow', () => this.pump());
    link.on('sendable', () => this.pump());
    link.on('sender_draining', () => this.drain());
    for (const outcome of ['accepted', 'rejected', 'released', 'modified'] as const)
      link.on(
        outcome,
        ({ delivery }: Context) => delivery && this.settle(delivery, outcomeOf(outcome, delivery.remote_state)),
      );
  }

  get queue(): string {
    return this.from.dispatch.queue.name.toLowerCase();
  }

  get path(): readonly string[] {
    return this.from.path;
  }

  /** Binds the link to the session it was given. */
  hold(session: BusSession): void {
    this.session = session;
    session.holder = this;
  }

  canTake(): boolean {
    if (this.gone || this.link.connection.socket.writableLength > MAX_UNSENT_BYTES) return false;
    // rhea counts a delivery only when its turn to be written comes; what was handed over before is not credit any more.
    const waiting = this.sent - (this.link.delivery_count - this.drained);
    return this.link.credit - waiting > 0 && this.link.session.outgoing.available() > 0;
  }

  takeOne(): boolean {
    const { queue } = this.from.dispatch;
    const lock = this.forGood ? undefined : queue.lockNext(this.session);
    const message = this.forGood ? queue.removeNext(this.session) : lock?.message;
    if (!message) return false;
    const raw = encodeDelivery({ ...viewOf(message), lockedUntil: lock?.until });
    this.events.tap('out', queue.name, raw);
    this.link.send(raw, lock?.token ?? newLockToken(), 0);
    this.sent++;
    return true;
  }

  sessionLost(): void {
    this.session = undefined;
    this.refuse(amqpError(SESSION_LOCK_LOST, 'The lock on the session has expired.'));
  }

  refuse(error: AmqpError): void {
    this.gone = true;
    this.link.close(error);
  }

  /** Locks of a plain queue run on to their end, as in Azure; a session is free for the next holder at once. */
  dispose(): void {
    this.gone = true;
    this.from.dispatch.leave(this);
    if (this.session?.holder === this) this.from.dispatch.queue.releaseSession(this.session);
    this.session = undefined;
  }

  /** Takes what it can: after new credit, and after a full socket has emptied. */
  pump(): void {
    if (!this.canTake()) return;
    if (this.session) this.from.dispatch.serve(this);
    else if (!this.from.dispatch.queue.options.requiresSession) this.from.dispatch.wake(this);
  }

  private drain(): void {
    this.pump();
    this.drainAsked = true;
    this.link.issue_flow = true;
    this.link.connection._register();
  }

  /**
   * Called by rhea when it writes a flow frame: true makes it a drain answer. rhea's own version keeps quiet when the
   * last messages used up the credit, and the client would wait 200 ms and drop the link.
   */
  private answerDrain(): boolean {
    if (!this.drainAsked) return false;
    this.drainAsked = false;
    this.link._draining = false;
    this.drained += this.link.credit;
    this.link.delivery_count += this.link.credit;
    this.link.credit = 0;
    return true;
  }

  private settle(delivery: Delivery, outcome: QueueOutcome): void {
    if (this.forGood || delivery.settled) return;
    try {
      this.from.dispatch.queue.settle(delivery.tag, outcome);
      // Accepted whatever the outcome was: an echoed rejection makes the client's promise fail.
      delivery.update(true, ACCEPTED);
    } catch (error) {
      if (!(error instanceof QueueError)) throw error;
      delivery.update(true, amqp.message.rejected({ error: QUEUE_REFUSALS[error.code] }).described());
    }
    // Settled by us is settled: the client sends nothing more, and rhea would keep a place for it for ever.
    delivery.remote_settled = true;
  }
}

/** What the wire shows of a stored message, without lock. */
export function viewOf(message: Parameters<typeof encodeDelivery>[0]): Parameters<typeof encodeDelivery>[0] {
  const { content, sequenceNumber, enqueuedAt, deliveryCount, deadLetterSource } = message;
  return { content, sequenceNumber, enqueuedAt, deliveryCount, deadLetterSource };
}

function outcomeOf(kind: 'accepted' | 'rejected' | 'released' | 'modified', state: Outcome | undefined): QueueOutcome {
  if (kind === 'accepted') return { kind: 'complete' };
  if (kind === 'rejected') return { kind: 'dead-letter', properties: state?.error?.info ?? {} };
  const properties: Properties = state?.message_annotations ?? {};
  return { kind: state?.undeliverable_here === true ? 'defer' : 'abandon', properties };
}
