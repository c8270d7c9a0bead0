import { DueBuckets } from './due-buckets.js';
import { MessageList } from './message-list.js';
import { QueueError } from './queue-options.js';
import type { MessageLock } from './stored-message.js';

/** Sessions a queue remembers at most, those with state but no message included. */
const MAX_SESSIONS = 10_000;

/** Messages that belong together, received by one holder at a time. */
export interface BusSession {
  readonly id: string;
  readonly waiting: MessageList;
  readonly locks: Set<MessageLock>;
  holder: object | undefined;
  /** Milliseconds since 1970. */
  lockedUntil: number;
  state: Buffer | undefined;
  /** Its holder's messages are on their way back: nobody is served before they all are, or their order would be lost. */
  releasing: boolean;
}

/** The sessions of one queue: who holds which, and which is free and has something to receive. */
export class SessionTable {
  private readonly sessions = new Map<string, BusSession>();
  private readonly free = new Set<BusSession>();
  private readonly deadlines = new DueBuckets<BusSession>();

  /** @throws QueueError full */
  at(id: string): BusSession {
    const known = this.sessions.get(id);
    if (known) return known;
    if (this.sessions.size >= MAX_SESSIONS) throw new QueueError('full');
    const session: BusSession = {
      id,
      waiting: new MessageList(),
      locks: new Set(),
      holder: undefined,
      lockedUntil: 0,
      state: undefined,
      releasing: false,
    };
    this.sessions.set(id, session);
    return session;
  }

  find(id: string): BusSession | undefined {
    return this.sessions.get(id);
  }

  ids(): string[] {
    return [...this.sessions.keys()];
  }

  /** Gives a session to a holder: the named one if it is free, else the first with a message; undefined when there is none. */
  acquire(id: string | undefined, holder: object, until: number): BusSession | undefined {
    const session = id === undefined ? this.free.values().next().value : this.at(id);
    if (!session || session.holder) return undefined;
    session.holder = holder;
    session.lockedUntil = until;
    this.free.delete(session);
    this.deadlines.add(session, until);
    return session;
  }

  renew(session: BusSession, until: number): void {
    this.deadlines.remove(session, session.lockedUntil);
    session.lockedUntil = until;
    this.deadlines.add(session, until);
  }

  /** Ends the holder's claim; the caller has put the locked messages back. */
  release(session: BusSession): void {
    this.deadlines.remove(session, session.lockedUntil);
    session.holder = undefined;
    this.refresh(session);
  }

  /** To be called after a session's messages changed: keeps the free set true and forgets sessions with nothing in them. */
  refresh(session: BusSession): void {
    if (session.holder || session.releasing) return;
    if (session.waiting.size > 0) this.free.add(session);
    else {
      this.free.delete(session);
      if (session.state === undefined && session.locks.size === 0) this.sessions.delete(session.id);
    }
  }

  takeExpired(now: number): BusSession[] {
    return this.deadlines.takeDue(now);
  }
}
