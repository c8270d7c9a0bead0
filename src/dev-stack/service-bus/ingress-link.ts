import { MalformedMessageError, readMessage, splitBatch } from './amqp-codec.js';
import type { BusLink } from './bus-link.js';
import { amqpError, DECODE_ERROR, QUEUE_REFUSALS, TOO_LARGE } from './conditions.js';
import type { BusEvents } from './bus-events.js';
import type { Queue } from './queue.js';
import { QueueError } from './queue-options.js';
import type { AmqpError, Context, Receiver, TransferFrame } from './rhea-internals.js';

/** Message format of a batch: an envelope whose data sections are whole messages. */
const BATCH_FORMAT = 0x80013700;

/**
 * Stands in for format 0, which rhea would decode completely. Any other format reaches us as raw bytes;
 * this one is not used by anybody.
 */
const RAW_FORMAT = 0x7fffff00;

/** Credit of a sending client, as Azure grants it. */
const CREDIT = 2000;

const NOTHING = Buffer.alloc(0);

/** Where a sender link leads. */
export interface IngressTarget {
  readonly queue: Queue;
  readonly path: readonly string[];
  readonly maxMessageBytes: number;
}

/** A client's sender link to a queue. */
export class IngressLink implements BusLink {
  readonly rights = ['Send'] as const;
  private received = 0;

  constructor(
    private readonly link: Receiver,
    private readonly target: IngressTarget,
    private readonly events: BusEvents,
  ) {
    link.local.attach.max_message_size = target.maxMessageBytes;
    link.on('message', (context) => this.accept(context));
    link.add_credit(CREDIT);
  }

  get queue(): string {
    return this.target.queue.name.toLowerCase();
  }

  get path(): readonly string[] {
    return this.target.path;
  }

  refuse(error: AmqpError): void {
    this.link.close(error);
  }

  dispose(): void {
    this.received = 0;
  }

  /** Sees each transfer before rhea does: keeps the bytes raw, and drops those beyond the limit instead of collecting them. */
  admit(frame: TransferFrame): void {
    const { performative } = frame;
    if (!this.link._incomplete) {
      this.received = 0;
      if (performative.message_format !== BATCH_FORMAT) performative.message_format = RAW_FORMAT;
    }
    this.received += frame.payload?.length ?? 0;
    if (this.received > this.target.maxMessageBytes || !frame.payload) frame.payload = NOTHING;
  }

  private accept({ message, delivery }: Context): void {
    if (!delivery) return;
    if (this.received > this.target.maxMessageBytes)
      delivery.reject(amqpError(TOO_LARGE, `A message may have ${this.target.maxMessageBytes} bytes.`));
    else
      try {
        const raw = message as Buffer;
        this.events.tap('in', this.target.queue.name, raw);
        this.target.queue.enqueue((delivery.format === BATCH_FORMAT ? splitBatch(raw) : [raw]).map(readMessage));
        delivery.accept();
      } catch (error) {
        delivery.reject(refusalFor(error));
      }
    if (this.link.credit < CREDIT / 2) this.link.add_credit(CREDIT - this.link.credit);
  }
}

function refusalFor(error: unknown): AmqpError {
  if (error instanceof QueueError) return QUEUE_REFUSALS[error.code];
  if (error instanceof MalformedMessageError) return amqpError(DECODE_ERROR, error.message);
  throw error;
}
