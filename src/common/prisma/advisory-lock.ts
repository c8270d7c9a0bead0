import pg from 'pg';

/** Numbers of the locks that replicas take among themselves; the first half of PostgreSQL's two-part key is ours. */
const LOCK_SPACE = 0x7469_6465;
export const LOCKS = { migrations: 1, rootKey: 2, regionKey: 3 } as const;

/** A start waits this long for another replica's start before it gives up, in milliseconds. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * Runs `work` while no other process holds the same lock, over a connection of its own: a session's lock would go with a
 * pooled connection to somebody else.
 */
export async function withAdvisoryLock<T>(
  databaseUrl: string,
  lock: keyof typeof LOCKS,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'tidegate-lock',
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_SPACE, LOCKS[lock]]);
    await client.query('SET lock_timeout = 0');
    return await work(client);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}
