import { unlessAborted } from '../abortable.js';
import type { Egress } from '../egress.js';
import { SourceError } from '../source-error.js';
import { SftpSession } from './sftp-session.js';
import type { SftpLogin } from './sftp-login.js';

export interface SessionLimits {
  /** Time without a request after which a session ends, in milliseconds. */
  readonly idleMs: number;
  /** Sessions at a time, of all connections. */
  readonly maxSessions: number;
}

const DEFAULT_LIMITS: SessionLimits = { idleMs: 60_000, maxSessions: 200 };

/** A session as one request has it. */
export interface SessionLease {
  readonly session: SftpSession;
  /** It had served before, so the server may have forgotten it meanwhile. */
  readonly isReused: boolean;
  /** May be called more than once. */
  readonly release: () => void;
}

interface Entry {
  readonly connectionId: string;
  readonly opening: Promise<SftpSession>;
  leases: number;
  hasServed: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** One session a connection, kept while it is used and a while longer. */
export class SftpSessions {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly egress: Egress,
    private readonly limits: SessionLimits = DEFAULT_LIMITS,
  ) {}

  /** @throws SourceError what opening throws; GATEWAY_BUSY, REQUEST_CANCELLED */
  async lease(login: SftpLogin, signal: AbortSignal): Promise<SessionLease> {
    const entry = this.entries.get(login.id) ?? this.open(login);
    const isReused = entry.hasServed;
    entry.leases += 1;
    clearTimeout(entry.timer);
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      entry.leases -= 1;
      this.restIfIdle(login.id, entry);
    };
    try {
      const session = await unlessAborted(entry.opening, signal);
      entry.hasServed = true;
      return { session, isReused, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Ends the sessions of a connection. */
  forget(connectionId: string): void {
    for (const [id, entry] of this.entries) if (entry.connectionId === connectionId) this.drop(id, entry);
  }

  close(): void {
    for (const [id, entry] of this.entries) this.drop(id, entry);
  }

  private open(login: SftpLogin): Entry {
    if (this.entries.size >= this.limits.maxSessions) this.makeRoom();
    const opening = SftpSession.open(login, this.egress, () => {
      if (this.entries.get(login.id) === entry) this.entries.delete(login.id);
    });
    const entry: Entry = { connectionId: login.connectionId, opening, leases: 0, hasServed: false, timer: undefined };
    this.entries.set(login.id, entry);
    opening.catch(() => {
      if (this.entries.get(login.id) === entry) this.entries.delete(login.id);
    });
    return entry;
  }

  private makeRoom(): void {
    for (const [id, entry] of this.entries) {
      if (entry.leases > 0) continue;
      this.drop(id, entry);
      return;
    }
    throw new SourceError('GATEWAY_BUSY', 'The gateway has too many sessions with SFTP servers.', {
      details: { limit: this.limits.maxSessions },
    });
  }

  private restIfIdle(id: string, entry: Entry): void {
    if (entry.leases > 0) return;
    entry.timer = setTimeout(() => {
      this.drop(id, entry);
    }, this.limits.idleMs);
    entry.timer.unref();
  }

  private drop(id: string, entry: Entry): void {
    clearTimeout(entry.timer);
    if (this.entries.get(id) === entry) this.entries.delete(id);
    entry.opening.then(
      (session) => {
        session.end();
      },
      () => undefined,
    );
  }
}
