import '../not-in-production.js';
import pg from 'pg';
import { SAMPLE_TABLES } from './sample-tables.js';

/** The login that the sample connection uses: owner of the tables and of nothing else. */
export const SAMPLE_LOGIN = 'warehouse_reader';

/**
 * Fills the sample warehouse with public data, once: a database that has the tables is left alone, so that what people
 * changed stays.
 *
 * @param url superuser's connection string of the warehouse
 * @param password of the login, set anew each time
 */
export async function fillSampleDatabase(url: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ filled: boolean }>(
      "SELECT to_regclass('public.movies') IS NOT NULL AS filled",
    );
    await createLogin(client, password);
    if (rows[0]?.filled !== true) await createTables(client);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

async function createLogin(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [SAMPLE_LOGIN]);
  const secret = client.escapeLiteral(password);
  await client.query(`${rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${SAMPLE_LOGIN} LOGIN PASSWORD ${secret}`);
  await client.query(`GRANT CREATE ON SCHEMA public TO ${SAMPLE_LOGIN}`);
}

async function createTables(client: pg.Client): Promise<void> {
  for (const { name, columns, load, document } of SAMPLE_TABLES) {
    await client.query(`CREATE TABLE ${name} (${columns})`);
    await client.query(`INSERT INTO ${name} ${load}`, [JSON.stringify(document())]);
    if (columns.includes('IDENTITY')) {
      await client.query(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), (SELECT max(id) FROM ${name}))`);
    }
    await client.query(`ALTER TABLE ${name} OWNER TO ${SAMPLE_LOGIN}`);
    await client.query(`ANALYZE ${name}`);
  }
}
