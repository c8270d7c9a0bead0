import type { Queue } from './queue.js';
import type { BusSession } from './session-table.js';

/** A link that takes messages as long as it has credit. */
export interface Consumer {
  canTake(): boolean;
  /** Takes one message. @returns false when the queue has none for it */
  takeOne(): boolean;
}

/** Someone who waits for a session to become free. */
export interface SessionWaiter {
  /** Milliseconds since 1970. */
  readonly deadline: number;
  granted(session: BusSession): void;
  timedOut(): void;
}

/** Waits for a session that one queue holds open: each is a link, and links are what a client could pile up. */
const MAX_WAITERS = 1000;

/** Gives a queue's messages to its consumers in turn, and its sessions to those who wait. */
export class QueueDispatch {
  /** Those with credit, in the order in which they are served next. */
  private readonly ready = new Set<Consumer>();
  private readonly waiters = new Set<SessionWaiter>();

  constructor(readonly queue: Queue) {
    queue.onAvailable = (session) => (session ? this.offer(session) : this.pump());
  }

  /** A consumer of the plain queue got credit. */
  wake(consumer: Consumer): void {
    this.ready.add(consumer);
    this.pump();
  }

  /** The holder of a session got credit: it takes what it can. */
  serve(holder: Consumer): void {
    while (holder.canTake() && holder.takeOne());
  }

  leave(consumer: Consumer): void {
    this.ready.delete(consumer);
  }

  stopWaiting(waiter: SessionWaiter): void {
    this.waiters.delete(waiter);
  }

  /** @returns false when too many wait already */
  wait(waiter: SessionWaiter): boolean {
    if (this.waiters.size >= MAX_WAITERS) return false;
    this.waiters.add(waiter);
    this.grant();
    return true;
  }

  sweep(now: number): void {
    for (const waiter of this.waiters) {
      if (waiter.deadline > now) continue;
      this.waiters.delete(waiter);
      waiter.timedOut();
    }
  }

  private pump(): void {
    for (let next = first(this.ready); next; next = first(this.ready)) {
      this.ready.delete(next);
      if (!next.canTake()) continue;
      this.ready.add(next);
      if (!next.takeOne()) return;
    }
  }

  private offer(session: BusSession): void {
    if (session.holder) this.serve(session.holder as Consumer);
    else this.grant();
  }

  private grant(): void {
    for (let waiter = first(this.waiters); waiter; waiter = first(this.waiters)) {
      const session = this.queue.acquireSession(undefined, waiter);
      if (!session) return;
      this.waiters.delete(waiter);
      waiter.granted(session);
    }
  }
}

function first<T>(set: ReadonlySet<T>): T | undefined {
  return set.values().next().value;
}
