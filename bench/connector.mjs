#!/usr/bin/env node
// `npm run bench:connector`: what the connector adds to a query of the driver for 1,000 rows, and how much later than the
// driver's own the first row of a million comes. One process, pairs that take turns, on a PostgreSQL of its own.
//
// The same rows are asked of two peers. "The driver alone" is `client.query` of pg on a connection that stands, as its
// manual shows it, and ends with the rows as JavaScript objects: the least that a direct query can be, and the peer that
// the goal is meant for. "The driver with JSON" goes on to the bytes of JSON that an answer is made of. The connector
// always makes those bytes, with an id in each row, reads one row more to know whether there are more, and is
// asked as the agent asks it: login, table, filter and statement anew for each request. Neither side prepares the statement.
//   npm run bench:connector -- [--pairs 300] [--rows 1000000] [--dist dist]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build, isFresh } from '../scripts/build.mjs';

const { values: flags } = parseArgs({
  options: {
    pairs: { type: 'string', default: '300' },
    rows: { type: 'string', default: '1000000' },
    dist: { type: 'string' },
  },
});
const pairs = Number(flags.pairs);
const root = resolve(import.meta.dirname, '..');
if (flags.dist === undefined && !isFresh('dist')) build('dist');
const dist = resolve(root, flags.dist ?? 'dist');
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const { EmbeddedPostgres } = await load('dev-stack/embedded-postgres/embedded-postgres.js');
const { directEgress } = await load('gateway-agent/connectors/egress.js');
const { PostgresqlConnector } = await load('gateway-agent/connectors/postgresql/postgresql.connector.js');

/** Overhead of the connector, as a share of the driver's own time. */
const GOAL_OVERHEAD = 0.1;
/** How much later the first row may come, in milliseconds. */
const GOAL_FIRST_ROW_MS = 50;
const PAGE = 1000;

const folder = mkdtempSync(join(tmpdir(), 'tidegate-bench-connector-'));
const postgres = new EmbeddedPostgres({ dataDir: join(folder, 'postgres') });
try {
  const running = await postgres.start();
  await main(new URL(running.url()));
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function main(url) {
  const direct = new pg.Client({ connectionString: url.href });
  await direct.connect();
  await direct.query(`CREATE TABLE bench_orders (id int PRIMARY KEY, customer text NOT NULL, amount numeric(12,2) NOT NULL,
    placed timestamptz NOT NULL, note text)`);
  await direct.query(`INSERT INTO bench_orders SELECT g, 'customer ' || g % 1000, g * 1.25, '2026-01-01'::timestamptz
    + g * interval '1 second', CASE WHEN g % 3 = 0 THEN NULL ELSE 'a note of some length, ' || g END
    FROM generate_series(1, ${Number(flags.rows)}) g`);
  await direct.query('VACUUM ANALYZE bench_orders');

  const connector = new PostgresqlConnector({ egress: directEgress });
  const secrets = new Map([
    ['username', decodeURIComponent(url.username)],
    ['password', decodeURIComponent(url.password)],
  ]);
  const request = (operation, signal = new AbortController().signal) => ({
    operation,
    target: { kind: 'postgresql', server: url.hostname, port: Number(url.port), database: url.pathname.slice(1) },
    ...{ credentialType: 'Basic', encryption: 'NotEncrypted', connectionId: 'bench', body: undefined, signal },
    secret: { get: (name) => secrets.get(name), [Symbol.dispose]: () => undefined },
  });
  try {
    await page(direct, connector, request);
    await firstRow(url, connector, request);
  } finally {
    await connector.close();
    await direct.end();
  }
}

/** A page of rows with a filter, as bytes of JSON on both sides: what an answer is made of. */
async function page(direct, connector, request) {
  const sql = 'SELECT id, customer, amount, placed, note FROM bench_orders WHERE id > $1 ORDER BY id LIMIT $2';
  const filter = { kind: 'comparison', operator: 'gt', column: 'id', value: { type: 'number', value: '5000' } };
  const asRows = async () => (await direct.query(sql, [5000, PAGE])).rows;
  const asBytes = async () => Buffer.from(JSON.stringify(await asRows()));
  const byConnector = async () => {
    let size = 0;
    const answer = await connector.execute(request({ name: 'listItems', table: 'bench_orders', filter, top: PAGE }));
    for await (const chunk of answer.body) size += chunk.length;
    return size;
  };
  const times = { rows: [], bytes: [], connector: [] };
  for (let i = -30; i < pairs; i += 1) {
    const turns = [
      ['rows', asRows],
      ['bytes', asBytes],
      ['connector', byConnector],
    ];
    // Every order as often as the others: what one leaves to the garbage collector, the next pays for.
    const turned = [...turns.slice(Math.abs(i) % 3), ...turns.slice(0, Math.abs(i) % 3)];
    for (const [name, run] of i % 2 === 0 ? turned : turned.reverse()) {
      const began = performance.now();
      await run();
      if (i >= 0) times[name].push(performance.now() - began);
    }
  }
  const [rows, bytes, own] = [times.rows, times.bytes, times.connector].map(median);
  say(`${PAGE} rows, medians of ${pairs}: driver ${ms(rows)} as objects, ${ms(bytes)} as JSON; connector ${ms(own)}`);
  for (const [peer, name] of [
    [times.rows, 'the driver alone'],
    [times.bytes, 'the driver with JSON'],
  ]) {
    const overhead = median(times.connector.map((time, at) => time / peer[at])) - 1;
    say(`  against ${name}: ${percent(overhead)} (${verdict(overhead < GOAL_OVERHEAD)}, goal under 10 %)`);
  }
}

/** The driver's first row comes with its first packet; the connector's with the first bytes of its answer. */
async function firstRow(url, connector, request) {
  const differences = [];
  for (let i = -2; i < 15; i += 1) {
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    await client.connect();
    const began = performance.now();
    const query = client.query(new pg.Query('SELECT * FROM bench_orders ORDER BY id'));
    const driver = await new Promise((settle, reject) => {
      query.once('row', () => settle(performance.now() - began));
      query.once('error', reject);
    });
    query.on('error', () => undefined);
    client.connection.stream.destroy();

    const started = performance.now();
    const answer = await connector.execute(request({ name: 'listItems', table: 'bench_orders' }));
    const body = answer.body[Symbol.asyncIterator]();
    await body.next();
    const own = performance.now() - started;
    await body.return();
    if (i >= 0) differences.push(own - driver);
  }
  const later = median(differences);
  const worst = Math.max(...differences);
  say(
    `first row of ${flags.rows}: ${ms(later)} after the driver's own at the median, ${ms(worst)} at worst of ` +
      `${differences.length} (${verdict(later < GOAL_FIRST_ROW_MS)}, goal within ${GOAL_FIRST_ROW_MS} ms)`,
  );
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function ms(value) {
  return `${value.toFixed(2)} ms`;
}

function percent(value) {
  return `${value < 0 ? '−' : '+'}${(Math.abs(value) * 100).toFixed(1)} %`;
}

function verdict(isMet) {
  return isMet ? 'met' : 'NOT met';
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
