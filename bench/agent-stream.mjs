#!/usr/bin/env node
// `npm run bench:agent`: the agent as it is packaged, in a stack of its own: its memory when idle, a million rows from
// PostgreSQL through the whole path with the agent's largest resident memory, and how much later than the source's own the
// first row of such an answer comes. Linux only: it reads /proc.
//   npm run bench:agent -- [--rows 1000000] [--pairs 15] [--idle 20] [--dist dist] [--unpacked]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Pool } from 'undici';
import { agentFiles } from '../scripts/agent-package.mjs';
import { build, isFresh } from '../scripts/build.mjs';
import { parentOf, residentMiB } from './cpu.mjs';

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '15' },
    idle: { type: 'string', default: '20' },
    dist: { type: 'string' },
    /** The compiled files instead of the package. */
    unpacked: { type: 'boolean', default: false },
  },
});
const rows = Number(flags.rows);
const root = resolve(import.meta.dirname, '..');
if (flags.dist === undefined && !isFresh('dist')) build('dist');
const dist = resolve(root, flags.dist ?? 'dist');
const folder = mkdtempSync(join(tmpdir(), 'tidegate-bench-agent-'));
const { startStack } = await import(pathToFileURL(join(dist, 'dev-stack/stack.js')).href);

let stack;
try {
  const distDir = flags.unpacked ? dist : await packaged();
  stack = await startStack({
    root,
    distDir,
    stateDir: join(folder, 'state'),
    port: 0,
    fresh: true,
    log: () => undefined,
  });
  await main(stack);
} finally {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function main({ description, site }) {
  const agent = description.processes.agents['contoso.hq'].pid;
  const launcher = parentOf(agent);
  await sleep(Number(flags.idle) * 1000);
  const own = mib(residentMiB(agent));
  say(`idle for ${flags.idle} s: agent ${own} resident, its launcher ${mib(residentMiB(launcher))}`);

  const { baseUrl, oidc, clientId, scope, users, connections } = description;
  const token = await signIn(oidc.contoso.tokenEndpoint, clientId, scope, users['contoso.maker']);
  const client = new Pool(baseUrl, { connections: 4, pipelining: 1, bodyTimeout: 0 });
  const source = new pg.Client({ connectionString: site.database.url });
  await source.connect();
  await source.query(
    'CREATE TABLE bench_stream (id integer PRIMARY KEY, name text NOT NULL, amount numeric(12,2), at timestamptz)',
  );
  await source.query(`INSERT INTO bench_stream
    SELECT n, 'customer number ' || n, n * 1.25, timestamptz '2026-01-01' + n * interval '1 second' FROM generate_series(1, ${rows}) n`);
  await source.query('ANALYZE bench_stream');

  const items = `/apim/postgresql/${connections['contoso.warehouse'].id}/v2/datasets/default/tables/bench_stream/items`;
  const open = async (top) => {
    const path = `${items}?$top=${top}&$orderby=id`;
    const answer = await client.request({ path, method: 'GET', headers: { authorization: `Bearer ${token}` } });
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${await answer.body.text()}`);
    return answer.body;
  };
  await (await open(10)).text();

  const single = [];
  const gateway = [];
  const direct = [];
  for (let pair = 0; pair < Number(flags.pairs) + 2; pair += 1) {
    const through = await firstOfGateway(open);
    const own = await firstOfSource(site.database.url);
    // The first two warm up.
    if (pair < 2) continue;
    single.push(await timeOf(async () => (await open(1)).text()));
    gateway.push(through);
    direct.push(own);
  }
  const later = gateway.map((ms, index) => ms - direct[index]);
  say(
    `first row of ${rows}: source's own ${median(direct).toFixed(1)} ms, through the gateway ${median(gateway).toFixed(1)} ms;` +
      ` later by ${median(later).toFixed(1)} ms (median of ${later.length}), ${Math.max(...later).toFixed(1)} ms at most`,
  );

  say(`one row as the whole answer: ${median(single).toFixed(1)} ms through the gateway (median)`);

  // What was its peak so far is forgotten: from here on VmHWM is that of the stream.
  writeFileSync(`/proc/${agent}/clear_refs`, '5');
  const before = residentMiB(agent);
  const startedAt = performance.now();
  let bytes = 0;
  let last = '';
  for await (const chunk of await open(rows)) {
    bytes += chunk.length;
    last = (last + chunk.subarray(-200).toString('latin1')).slice(-200);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  if (!last.includes(`"id":${rows}`)) throw new Error(`the answer does not end with the last row: ${last}`);
  say(
    `${rows} rows, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows/s):` +
      ` agent ${mib(before)} resident before, ${mib(peakMiB(agent))} at most`,
  );
  await client.close();
  await source.end();
}

async function timeOf(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Milliseconds until the first bytes of rows; the rest is not wanted. */
async function firstOfGateway(open) {
  const startedAt = performance.now();
  const body = await open(rows);
  for await (const chunk of body) {
    if (chunk.length > 0) break;
  }
  const took = performance.now() - startedAt;
  body.destroy();
  // The query is cancelled at the source before the next one begins.
  await sleep(150);
  return took;
}

async function firstOfSource(connectionString) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  const startedAt = performance.now();
  const took = await new Promise((resolvePromise, reject) => {
    const query = new pg.Query(`SELECT * FROM bench_stream ORDER BY id LIMIT ${rows}`);
    query.once('row', () => resolvePromise(performance.now() - startedAt));
    query.once('error', reject);
    client.query(query);
  });
  client.connection.stream.destroy();
  await sleep(150);
  return took;
}

/** A program folder in which the agent is the packaged one and everything else the compiled one. */
async function packaged() {
  const made = join(folder, 'dist');
  mkdirSync(made);
  for (const name of readdirSync(dist)) {
    if (name !== 'gateway-agent') symlinkSync(join(dist, name), join(made, name));
  }
  const prefix = 'dist/gateway-agent/';
  for (const [name, content] of await agentFiles({ root, dist, version: '1.0.0' })) {
    if (!name.startsWith(prefix)) continue;
    const path = join(made, 'gateway-agent', name.slice(prefix.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  writeFileSync(join(made, 'package.json'), '{"type":"module"}');
  return made;
}

function peakMiB(pid) {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function mib(value) {
  return `${value.toFixed(0)} MiB`;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}

async function signIn(tokenEndpoint, clientId, scope, { username, password }) {
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: clientId, scope, username, password }),
  });
  return (await answer.json()).access_token;
}
