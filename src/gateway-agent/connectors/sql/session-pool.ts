import type { SessionCounts } from '../../observability/agent-vitals.js';
import { SourceError } from '../source-error.js';
import type { SqlSession } from './sql-session.js';

export interface PoolLimits {
  /** Sessions open at one time. */
  readonly maxSessions: number;
  /** Requests that may wait for one. */
  readonly maxWaiting: number;
  /** Longest wait for one, in milliseconds. */
  readonly waitMs: number;
  /** An idle session is ended after this time, in milliseconds. */
  readonly idleMs: number;
}

export const DEFAULT_POOL_LIMITS: PoolLimits = { maxSessions: 10, maxWaiting: 200, waitMs: 10_000, idleMs: 60_000 };

interface IdleSession {
  readonly session: SqlSession;
  readonly timer: NodeJS.Timeout;
}

/** Told when there is room; `undefined` asks the waiter to open a session itself. */
type Waiter = (session: SqlSession | undefined) => void;

/** The sessions of one login at one database. The most recently used is taken first, so that surplus ones idle out. */
export class SessionPool {
  private readonly idle: IdleSession[] = [];
  private readonly waiting = new Set<Waiter>();
  private open = 0;
  private isClosed = false;

  constructor(private readonly limits: PoolLimits) {}

  get counts(): SessionCounts {
    return { open: this.open, idle: this.idle.length, waiting: this.waiting.size };
  }

  get isEmpty(): boolean {
    return this.open === 0 && this.waiting.size === 0;
  }

  /**
   * @param connect opens a new session when none is idle
   * @throws SourceError GATEWAY_BUSY, REQUEST_CANCELLED, and those of `connect`
   */
  async take(connect: () => Promise<SqlSession>, signal: AbortSignal): Promise<SqlSession> {
    const session = this.takeIdle();
    if (session) return session;
    if (this.open >= this.limits.maxSessions) {
      const handed = await this.wait(signal);
      if (handed) return handed;
    } else {
      this.open += 1;
    }
    try {
      return await connect();
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Gives a session back; one that is no longer usable is dropped. */
  give(session: SqlSession): void {
    if (this.isClosed || !session.isUsable) {
      this.drop(session);
      return;
    }
    const [waiter] = this.waiting;
    if (waiter) {
      waiter(session);
      return;
    }
    const timer = setTimeout(() => void this.endIdle(session), this.limits.idleMs);
    timer.unref();
    this.idle.push({ session, timer });
  }

  /** Ends a session that must not be used again. */
  drop(session: SqlSession): void {
    session.destroy();
    this.release();
  }

  /** Cuts the idle sessions: the server has just dropped one of them. */
  dropIdle(): void {
    for (const { session, timer } of this.idle.splice(0)) {
      clearTimeout(timer);
      this.drop(session);
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const waiter of this.waiting) waiter(undefined);
    // Of a copy: each that ends leaves the list.
    await Promise.all([...this.idle].map(({ session }) => this.endIdle(session)));
  }

  private takeIdle(): SqlSession | undefined {
    for (let item = this.idle.pop(); item; item = this.idle.pop()) {
      clearTimeout(item.timer);
      if (item.session.isUsable) return item.session;
      this.open -= 1;
    }
    return undefined;
  }

  private async endIdle(session: SqlSession): Promise<void> {
    const index = this.idle.findIndex((item) => item.session === session);
    const [item] = index === -1 ? [] : this.idle.splice(index, 1);
    if (!item) return;
    clearTimeout(item.timer);
    this.release();
    await session.end();
  }

  /** A place is free: the first waiter may open a session of its own. */
  private release(): void {
    const [waiter] = this.waiting;
    if (waiter) waiter(undefined);
    else this.open -= 1;
  }

  private wait(signal: AbortSignal): Promise<SqlSession | undefined> {
    if (this.waiting.size >= this.limits.maxWaiting) {
      throw new SourceError('GATEWAY_BUSY', 'Too many requests wait for this data source.');
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.waiting.delete(waiter);
      };
      const waiter: Waiter = (session) => {
        settle();
        resolve(session);
      };
      const onAbort = (): void => {
        settle();
        reject(new SourceError('REQUEST_CANCELLED', 'The request was cancelled before it ran.'));
      };
      const timer = setTimeout(() => {
        settle();
        reject(new SourceError('GATEWAY_BUSY', 'No connection to the data source became free in time.'));
      }, this.limits.waitMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.waiting.add(waiter);
    });
  }
}
