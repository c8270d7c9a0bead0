import pg from 'pg';

/** Numbers of the locks that replicas take among themselves; the first half of PostgreSQL's two-part key is ours. */
const LOCK_SPACE = 0x7469_6465;
export const LOCKS = {
  migrations: 1,
  rootKey: 2,
  regionKey: 3,
  auditKey: 4,
  auditCheckpoints: 5,
  alertSweep: 6,
  recoverySweep: 31,
  supportSweep: 21,
  namespaceMoves: 22,
  memberSweep: 32,
} as const;

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
  return withSession(databaseUrl, async (client) => {
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query('SELECT pg_advisory_lock($1, $2)', [LOCK_SPACE, LOCKS[lock]]);
    await client.query('SET lock_timeout = 0');
    return work(client);
  });
}

/** As `withAdvisoryLock`, for work that need not be done twice. @returns false when another process is at it */
export async function withFreeAdvisoryLock(
  databaseUrl: string,
  lock: keyof typeof LOCKS,
  work: () => Promise<void>,
): Promise<boolean> {
  return withSession(databaseUrl, async (client) => {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      LOCK_SPACE,
      LOCKS[lock],
    ]);
    if (rows[0]?.taken !== true) return false;
    await work();
    return true;
  });
}

async function withSession<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'tidegate-lock',
    connectionTimeoutMillis: 10_000,
  });
  // A database that goes away while nobody asks it must not end the process; the next query tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}
