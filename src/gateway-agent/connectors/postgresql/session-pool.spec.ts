import { expect, it } from 'vitest';
import { DEFAULT_POOL_LIMITS, SessionPool } from './session-pool.js';
import type { Session } from './session.js';

it('ends every idle session when it closes: one left open would keep the process', async () => {
  const pool = new SessionPool(DEFAULT_POOL_LIMITS);
  let ended = 0;
  const connect = async (): Promise<Session> => {
    const session: Partial<Session> = { isUsable: true, end: async () => void (ended += 1) };
    return session as Session;
  };
  const { signal } = new AbortController();
  const taken = await Promise.all([1, 2, 3, 4, 5].map(() => pool.take(connect, signal)));
  for (const session of taken) pool.give(session);
  await pool.close();
  expect(ended).toBe(5);
  expect(pool.isEmpty).toBe(true);
});
