/** One message on its way to a replica. */
export interface OutgoingMessage {
  readonly body: Buffer;
  readonly correlationId: string;
  readonly timeToLive: number;
}

export interface MessageSender {
  sendMessages(messages: OutgoingMessage | OutgoingMessage[]): Promise<void>;
  close(): Promise<void>;
}

/** Replicas an agent answers to at once; far above any deployment, so only an attack or a leak meets it. */
const MAX_LINKS = 200;
/** The relay closes unused links after 10 minutes; closing first saves an error. */
const IDLE_MS = 8 * 60 * 1000;
/** Most bytes put into one batch: a message of the Standard tier is 256 KB, with headers. */
const MAX_BATCH_BYTES = 200 * 1024;
const MAX_BATCH_MESSAGES = 200;
/** What the AMQP sections around a body take, in bytes, generously. */
const MESSAGE_OVERHEAD_BYTES = 512;
/** Sends under way on one open link. Order is kept by the link; the number bounds memory. */
const MAX_UNCONFIRMED = 16;
/** Messages waiting for one link: a window of frames for every request that may be in flight fits. */
const MAX_WAITING = 8_192;

/** The queue in front of a replica takes no more, or is gone. */
export class ReplyLinkError extends Error {
  override readonly name = 'ReplyLinkError';
}

/** Sender links to replicas, opened at first use. Messages of one turn of the event loop travel as one batch. */
export class ReplyLinks {
  private readonly links = new Map<string, ReplyLink>();
  private readonly sweep: NodeJS.Timeout;

  constructor(private readonly open: (queue: string) => MessageSender) {
    this.sweep = setInterval(() => {
      this.closeIdle();
    }, 60_000);
    this.sweep.unref();
  }

  /** @throws whatever the bus answers; ReplyLinkError when too much is waiting already */
  send(queue: string, message: OutgoingMessage): Promise<void> {
    let link = this.links.get(queue);
    if (link) this.links.delete(queue);
    else link = new ReplyLink(this.open(queue));
    this.links.set(queue, link);
    if (this.links.size > MAX_LINKS) this.drop(this.links.keys().next().value);
    return link.send(message);
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    const links = [...this.links.values()];
    this.links.clear();
    await Promise.allSettled(links.map((link) => link.close()));
  }

  private closeIdle(): void {
    const before = Date.now() - IDLE_MS;
    for (const [queue, link] of this.links) if (link.isIdleSince(before)) this.drop(queue);
  }

  private drop(queue: string | undefined): void {
    const link = queue === undefined ? undefined : this.links.get(queue);
    if (queue === undefined || !link) return;
    this.links.delete(queue);
    void Promise.allSettled([link.close()]);
  }
}

interface Waiting {
  readonly message: OutgoingMessage;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class ReplyLink {
  private waiting: Waiting[] = [];
  private unconfirmed = 0;
  private scheduled = false;
  private warm = false;
  private usedAt = Date.now();
  private idle: (() => void) | undefined;

  constructor(private readonly sender: MessageSender) {}

  send(message: OutgoingMessage): Promise<void> {
    this.usedAt = Date.now();
    if (this.waiting.length >= MAX_WAITING) return Promise.reject(new ReplyLinkError('too many answers are waiting'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, resolve, reject });
      this.schedule();
    });
  }

  isIdleSince(time: number): boolean {
    return this.usedAt < time && this.waiting.length === 0 && this.unconfirmed === 0;
  }

  /** Lets what is waiting go out first. */
  async close(): Promise<void> {
    if (this.waiting.length > 0 || this.unconfirmed > 0) await new Promise<void>((resolve) => (this.idle = resolve));
    await this.sender.close();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
    });
  }

  /**
   * One batch a turn: the client needs more steps for several messages than for one, and of two sends in the same turn the
   * second could overtake the first. Until the first send went through the link is still opening, and they could in any
   * case: one at a time.
   */
  private flush(): void {
    if (this.waiting.length === 0 || this.unconfirmed >= (this.warm ? MAX_UNCONFIRMED : 1)) return;
    const batch = this.takeBatch();
    this.unconfirmed += 1;
    void this.deliver(batch);
    if (this.waiting.length > 0) this.schedule();
  }

  private takeBatch(): Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { message } of this.waiting) {
      bytes += message.body.length + MESSAGE_OVERHEAD_BYTES;
      if (count > 0 && (bytes > MAX_BATCH_BYTES || count >= MAX_BATCH_MESSAGES)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async deliver(batch: Waiting[]): Promise<void> {
    try {
      const [only] = batch;
      const messages = batch.map(({ message }) => message);
      await this.sender.sendMessages(batch.length === 1 && only ? only.message : messages);
      this.warm = true;
      for (const { resolve } of batch) resolve();
    } catch (error) {
      this.warm = false;
      for (const { reject } of batch) reject(error);
    }
    this.unconfirmed -= 1;
    if (this.waiting.length > 0) this.schedule();
    if (this.waiting.length === 0 && this.unconfirmed === 0) this.idle?.();
  }
}
