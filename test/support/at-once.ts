import pg from 'pg';
import type { TestDatabase } from './database.js';
import { until } from './until.js';

/**
 * Runs calls that lock the same row at its worst moment: the row is held until all of them have passed their first checks
 * and wait for it.
 */
export async function atOnce<T>(
  database: TestDatabase,
  row: { readonly table: 'gateway' | 'connection'; readonly id: string },
  calls: readonly (() => PromiseLike<T>)[],
): Promise<T[]> {
  const blocker = new pg.Client({ connectionString: database.url });
  await blocker.connect();
  let answering: Promise<T[]>;
  try {
    await blocker.query('BEGIN');
    await blocker.query(`SELECT 1 FROM ${row.table} WHERE id = $1 FOR UPDATE`, [row.id]);
    answering = Promise.all(calls.map((call) => call()));
    // Asked over another connection: inside a transaction the view of activity stands still.
    await until(`${calls.length} to wait for the row`, async () => {
      const waiting = await database.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting.length === calls.length;
    });
    await blocker.query('COMMIT');
  } finally {
    await blocker.end();
  }
  return answering;
}
