import { createHmac, randomBytes } from 'node:crypto';
import type { SessionCounts } from '../../observability/agent-vitals.js';
import { DEFAULT_POOL_LIMITS, SessionPool, type PoolLimits } from './session-pool.js';
import type { SqlLogin } from './sql-session.js';
import { TableCache } from './table-cache.js';

/** What is kept for one connection, used with one credential at one place. */
export interface LoginPool {
  readonly connectionId: string;
  readonly sessions: SessionPool;
  readonly tables: TableCache;
}

/** Pools above this number make room by leaving the map when they are empty. */
const SWEEP_ABOVE = 100;

/**
 * Sessions are shared only between requests that bring the same credential for the same place under the same connection:
 * whoever cannot open the credential cannot get at a session opened with it. The key is a MAC under a key of this
 * process, so that a memory dump shows no hash to try passwords against.
 */
export class LoginPools {
  private readonly macKey = randomBytes(32);
  private readonly pools = new Map<string, LoginPool>();

  constructor(private readonly limits: PoolLimits = DEFAULT_POOL_LIMITS) {}

  find(connectionId: string, login: SqlLogin): LoginPool {
    const { host, port, database, user, password, domain, encryption } = login;
    const place = [host.toLowerCase(), port, database];
    const input = JSON.stringify([connectionId, ...place, user, password, domain ?? null, encryption]);
    const key = createHmac('sha256', this.macKey).update(input).digest('base64');
    const known = this.pools.get(key);
    if (known) return known;
    if (this.pools.size >= SWEEP_ABOVE) this.sweep();
    const pool = { connectionId, sessions: new SessionPool(this.limits), tables: new TableCache() };
    this.pools.set(key, pool);
    return pool;
  }

  /** Of all logins together. */
  get counts(): SessionCounts {
    const all = [...this.pools.values()].map(({ sessions }) => sessions.counts);
    const total = (which: keyof SessionCounts): number => all.reduce((sum, counts) => sum + counts[which], 0);
    return { open: total('open'), idle: total('idle'), waiting: total('waiting') };
  }

  async forget(connectionId: string): Promise<void> {
    const gone = [...this.pools].filter(([, pool]) => pool.connectionId === connectionId);
    for (const [key] of gone) this.pools.delete(key);
    await Promise.all(gone.map(([, pool]) => pool.sessions.close()));
  }

  async close(): Promise<void> {
    const gone = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(gone.map((pool) => pool.sessions.close()));
  }

  private sweep(): void {
    for (const [key, pool] of this.pools) if (pool.sessions.isEmpty) this.pools.delete(key);
  }
}
