#!/usr/bin/env node
// `npm run bench`: the same 1 KB row read through the whole path and directly, in one run, as ratios; then the memory
// of the control plane while a 200 MB answer goes through it to a slow reader. Starts a stack of its own.
//   npm run bench -- [--seconds 5] [--callers 1,16,64] [--skip-memory]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Pool } from 'undici';
import { build, isFresh } from '../scripts/build.mjs';
import { cpuSeconds, residentMiB } from './cpu.mjs';
import { closedLoop } from './load.mjs';

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    callers: { type: 'string', default: '1,16,64' },
    'skip-memory': { type: 'boolean', default: false },
  },
});
const seconds = Number(flags.seconds);
const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const { startStack } = await import('../dist/dev-stack/stack.js');

const state = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
const stack = await startStack({
  root,
  distDir: join(root, 'dist'),
  stateDir: state,
  port: 0,
  fresh: true,
  log: () => undefined,
});
try {
  await main(stack);
} finally {
  await stack.stop();
  rmSync(state, { recursive: true, force: true });
}

async function main({ description, site, cloud }) {
  const { baseUrl, oidc, clientId, scope, users, connections } = description;
  const token = await signIn(oidc.contoso.tokenEndpoint, clientId, scope, users['contoso.maker']);
  const headers = { authorization: `Bearer ${token}` };
  const client = new Pool(baseUrl, { connections: 64, pipelining: 1 });
  const source = new pg.Pool({ connectionString: site.database.url, max: 64 });
  await source.query('CREATE TABLE bench_row (id integer PRIMARY KEY, body text NOT NULL)');
  await source.query("INSERT INTO bench_row SELECT n, repeat('x', 1000) FROM generate_series(1, 1000) n");

  const path = `/apim/postgresql/${connections['contoso.warehouse'].id}/v2/datasets/default/tables/bench_row/items/7`;
  const throughGateway = async () => {
    const answer = await client.request({ path, method: 'GET', headers });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${text}`);
  };
  const direct = () => source.query({ name: 'row', text: 'SELECT * FROM bench_row WHERE id = $1', values: [7] });

  const processes = {
    'control plane': description.processes.controlPlane.pid,
    agent: description.processes.agents['contoso.hq'].pid,
    'source database': site.database.pid,
    'stand-ins and load': process.pid,
  };
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores; load generator and all processes share them; ${seconds} s a cell\n\n`,
  );
  process.stdout.write(
    'callers  path       req/s     p50 ms     p99 ms   ratio req/s   ratio p50   CPU s per 1,000 requests\n',
  );
  // A service that has been up for a while, not one that just started: its code is compiled.
  await closedLoop({ concurrency: 32, seconds: 6, request: throughGateway });
  for (const concurrency of flags.callers.split(',').map(Number)) {
    await closedLoop({ concurrency, seconds: 1.5, request: throughGateway }); // warm up
    const before = Object.fromEntries(Object.entries(processes).map(([name, pid]) => [name, cpuSeconds(pid)]));
    const gateway = await closedLoop({ concurrency, seconds, request: throughGateway });
    const cpu = Object.entries(processes).map(
      ([name, pid]) => `${name} ${(((cpuSeconds(pid) - before[name]) / gateway.requests) * 1000).toFixed(2)}`,
    );
    await closedLoop({ concurrency, seconds: 0.5, request: direct });
    const plain = await closedLoop({ concurrency, seconds, request: direct });
    print(concurrency, 'direct', plain, '', '', '');
    print(
      concurrency,
      'gateway',
      gateway,
      (gateway.perSecond / plain.perSecond).toFixed(3),
      (gateway.p50 / plain.p50).toFixed(1),
      cpu.join(', '),
    );
    process.stdout.write(`         rules of a request, warm: p50 ${await rulesP50(cloud, seconds)} ms\n`);
  }

  if (!flags['skip-memory'])
    await slowReader({ client, source, headers, connections, pid: processes['control plane'] });
  await client.close();
  await source.end();
}

/** What judging a request took in the control plane: from its arrival at the dispatcher to the last rule. */
async function rulesP50({ addresses }, seconds) {
  const client = new pg.Client({ connectionString: addresses.databaseUrl });
  await client.connect();
  await sleep(500);
  const { rows } = await client.query(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (timings->>'rulesMs')::float) AS p50
     FROM flow_request WHERE "startedAt" > now() - make_interval(secs => $1) AND status = 'succeeded'`,
    [seconds * 2 + 1],
  );
  await client.end();
  return rows[0].p50.toFixed(3);
}

/** 200 MB through the whole path to a reader that takes 40 MB a second. */
async function slowReader({ client, source, headers, connections, pid }) {
  await source.query('CREATE TABLE bench_wide (id integer PRIMARY KEY, body text NOT NULL)');
  await source.query("INSERT INTO bench_wide SELECT n, repeat('y', 10000) FROM generate_series(1, 20500) n");
  const path = `/apim/postgresql/${connections['contoso.warehouse'].id}/v2/datasets/default/tables/bench_wide/items?$top=20500`;
  const answer = await client.request({ path, method: 'GET', headers });
  let bytes = 0;
  let peak = residentMiB(pid);
  const before = peak;
  const startedAt = performance.now();
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    peak = Math.max(peak, residentMiB(pid));
    const aheadMs = (bytes / 40e6) * 1000 - (performance.now() - startedAt);
    if (aheadMs > 5) await sleep(aheadMs);
  }
  const elapsed = (performance.now() - startedAt) / 1000;
  process.stdout.write(
    `\nslow reader: ${(bytes / 1e6).toFixed(0)} MB in ${elapsed.toFixed(1)} s; control plane resident ${before.toFixed(0)} MiB before, ${peak.toFixed(0)} MiB at most\n`,
  );
}

function print(concurrency, path, { perSecond, p50, p99 }, ratioRate, ratioP50, cpu) {
  const cells = [
    perSecond.toFixed(0).padStart(7),
    p50.toFixed(2).padStart(11),
    p99.toFixed(2).padStart(11),
    ratioRate.padStart(14),
    ratioP50.padStart(12),
  ];
  process.stdout.write(`${String(concurrency).padStart(7)}  ${path.padEnd(8)}${cells.join('')}   ${cpu}\n`);
}

async function signIn(tokenEndpoint, clientId, scope, { username, password }) {
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: clientId, scope, username, password }),
  });
  return (await answer.json()).access_token;
}
