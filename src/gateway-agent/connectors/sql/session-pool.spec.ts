import { expect, it } from 'vitest';
import { DEFAULT_POOL_LIMITS, SessionPool } from './session-pool.js';
import type { SqlSession } from './sql-session.js';

it('ends every idle session when it closes: one left open would keep the process', async () => {
  const pool = new SessionPool(DEFAULT_POOL_LIMITS);
  let ended = 0;
  const connect = async (): Promise<SqlSession> => {
    const session: Partial<SqlSession> = { isUsable: true, end: async () => void (ended += 1) };
    return session as SqlSession;
  };
  const { signal } = new AbortController();
  const taken = await Promise.all([1, 2, 3, 4, 5].map(() => pool.take(connect, signal)));
  expect(pool.counts).toEqual({ open: 5, idle: 0, waiting: 0 });
  for (const session of taken) pool.give(session);
  expect(pool.counts).toEqual({ open: 5, idle: 5, waiting: 0 });
  await pool.close();
  expect(ended).toBe(5);
  expect(pool.isEmpty).toBe(true);
});
