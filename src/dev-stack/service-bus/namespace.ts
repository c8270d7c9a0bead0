import type { BusEvents } from './bus-events.js';
import type { BusLink } from './bus-link.js';
import { noSuchQueue } from './conditions.js';
import { EgressLink } from './egress-link.js';
import { Queue } from './queue.js';
import { QueueDispatch } from './queue-dispatch.js';
import type { QueueLimits, QueueOptions } from './queue-options.js';
import type { Address } from './resource-path.js';
import type { SasRule } from './token.js';

/** Queues of a Basic or Standard namespace. */
export const MAX_QUEUES = 10_000;

/** A queue with what hangs on it. */
export interface BusQueue {
  readonly name: string;
  readonly main: QueueDispatch;
  readonly deadLetter: QueueDispatch;
  readonly links: Set<BusLink>;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface NamespaceOptions {
  readonly rules: readonly SasRule[];
  readonly maxMessageBytes: number;
  readonly limits: QueueLimits;
  readonly events: BusEvents;
  readonly clock?: () => number;
}

/** The queues and rules that one endpoint serves. */
export class BusNamespace {
  readonly rules: readonly SasRule[];
  readonly maxMessageBytes: number;
  readonly events: BusEvents;
  readonly clock: () => number;
  private readonly limits: QueueLimits;
  /** By lower-case name: Service Bus does not tell `Work` from `work`. */
  private readonly queues = new Map<string, BusQueue>();

  constructor(options: NamespaceOptions) {
    this.rules = options.rules;
    this.maxMessageBytes = options.maxMessageBytes;
    this.events = options.events;
    this.limits = options.limits;
    this.clock = options.clock ?? Date.now;
  }

  find(name: string): BusQueue | undefined {
    return this.queues.get(name.toLowerCase());
  }

  /** Where an address receives from or sends to. */
  dispatchAt(address: Address): QueueDispatch | undefined {
    const queue = this.queues.get(address.queue);
    return address.deadLetter ? queue?.deadLetter : queue?.main;
  }

  list(): BusQueue[] {
    return [...this.queues.values()];
  }

  /** @returns undefined when the name is taken or the namespace is full */
  create(name: string, options: QueueOptions): BusQueue | undefined {
    if (this.find(name) || this.queues.size >= MAX_QUEUES) return undefined;
    const queue = new Queue(name, options, this.limits, this.clock);
    const deadLetters = queue.deadLetters;
    if (!deadLetters) throw new Error('a queue has a dead-letter queue');
    const createdAt = new Date(this.clock());
    const entry: BusQueue = {
      name,
      main: new QueueDispatch(queue),
      deadLetter: new QueueDispatch(deadLetters),
      links: new Set(),
      createdAt,
      updatedAt: createdAt,
    };
    this.queues.set(name.toLowerCase(), entry);
    this.events.log('queue-created', { queue: name });
    return entry;
  }

  /** Removes a queue with its messages; its links are detached with not-found. */
  delete(name: string, reason: 'asked' | 'idle'): boolean {
    const entry = this.find(name);
    if (!entry) return false;
    this.queues.delete(name.toLowerCase());
    for (const link of [...entry.links]) link.refuse(noSuchQueue(entry.name));
    this.events.log('queue-deleted', { queue: name, reason });
    return true;
  }

  /** Lets all queues notice their deadlines. */
  sweep(): void {
    const now = this.clock();
    for (const entry of this.queues.values()) {
      for (const holder of entry.main.queue.sweep()) if (holder instanceof EgressLink) holder.sessionLost();
      entry.main.sweep(now);
      entry.deadLetter.sweep(now);
      if (entry.main.queue.isIdle()) this.delete(entry.name, 'idle');
    }
  }
}
