import type { AdmissionLimits } from './admission-limits.js';

/** Requests of one connection that wait for a place, and of all. */
const MAX_WAITING_PER_CONNECTION = 32;
const MAX_WAITING = 96;
/** Longest wait for a place, in milliseconds: callers are better told to come again than kept. */
const MAX_WAIT_MS = 1_000;
/** A connection that has all its places and none of them changed hands for this long will not get better by waiting. */
const STUCK_MS = 500;

export interface AdmissionTiming {
  readonly maxWaitMs?: number;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
}

interface Share {
  running: number;
  /** When a place was last taken or given back. */
  movedAt: number;
}

/** The right to run one request. To be given back once. */
export interface Place {
  leave(): void;
}

interface Waiter {
  readonly connectionId: string;
  readonly grant: (place: Place) => void;
}

/**
 * Lets only so many requests run, of one connection and in all. What comes beyond waits for a short time in a short queue;
 * places that become free go to the connections in turn, however many requests each has waiting.
 */
export class Admission {
  private running = 0;
  private waitingCount = 0;
  private readonly byConnection = new Map<string, Share>();
  private readonly maxWaitMs: number;
  private readonly now: () => number;
  /** In the order of their turns. */
  private readonly queues = new Map<string, Waiter[]>();

  constructor(
    private readonly limits: AdmissionLimits,
    { maxWaitMs = MAX_WAIT_MS, now = () => performance.now() }: AdmissionTiming = {},
  ) {
    this.maxWaitMs = maxWaitMs;
    this.now = now;
  }

  get inFlight(): number {
    return this.running;
  }

  get waiting(): number {
    return this.waitingCount;
  }

  /** @returns undefined when there is no place, or the signal fired first */
  async enter(connectionId: string, signal: AbortSignal): Promise<Place | undefined> {
    if (signal.aborted) return undefined;
    const queue = this.queues.get(connectionId);
    if (!queue && this.hasRoom(connectionId)) return this.take(connectionId);
    if (this.isStuck(connectionId)) return undefined;
    if (this.waitingCount >= MAX_WAITING || (queue?.length ?? 0) >= MAX_WAITING_PER_CONNECTION) return undefined;
    return this.wait(connectionId, signal);
  }

  private hasRoom(connectionId: string): boolean {
    const own = this.byConnection.get(connectionId)?.running ?? 0;
    return this.running < this.limits.maxInFlight && own < this.limits.maxPerConnection;
  }

  /** What waits for such a connection only stands in the way of others on the bus. */
  private isStuck(connectionId: string): boolean {
    const own = this.byConnection.get(connectionId);
    return own !== undefined && own.running >= this.limits.maxPerConnection && this.now() - own.movedAt > STUCK_MS;
  }

  private take(connectionId: string): Place {
    const share = this.byConnection.get(connectionId) ?? { running: 0, movedAt: 0 };
    this.byConnection.set(connectionId, share);
    this.running += 1;
    share.running += 1;
    share.movedAt = this.now();
    let isHeld = true;
    return {
      leave: () => {
        if (!isHeld) return;
        isHeld = false;
        this.running -= 1;
        share.running -= 1;
        share.movedAt = this.now();
        if (share.running === 0) this.byConnection.delete(connectionId);
        this.next();
      },
    };
  }

  private wait(connectionId: string, signal: AbortSignal): Promise<Place | undefined> {
    return new Promise((resolve) => {
      const end = (place: Place | undefined) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', giveUp);
        resolve(place);
      };
      const waiter: Waiter = { connectionId, grant: end };
      const giveUp = () => {
        this.remove(waiter);
        end(undefined);
      };
      const timer = setTimeout(giveUp, this.maxWaitMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.waitingCount += 1;
      this.queues.set(connectionId, [...(this.queues.get(connectionId) ?? []), waiter]);
    });
  }

  /** Gives a free place to the connection whose turn it is. */
  private next(): void {
    for (const [connectionId, [first, ...rest]] of this.queues) {
      if (!first || !this.hasRoom(connectionId)) continue;
      this.waitingCount -= 1;
      this.queues.delete(connectionId);
      // At the end again: the others come first now.
      if (rest.length > 0) this.queues.set(connectionId, rest);
      first.grant(this.take(connectionId));
      return;
    }
  }

  private remove(waiter: Waiter): void {
    const { connectionId } = waiter;
    const left = (this.queues.get(connectionId) ?? []).filter((each) => each !== waiter);
    this.waitingCount -= 1;
    if (left.length > 0) this.queues.set(connectionId, left);
    else this.queues.delete(connectionId);
  }
}
