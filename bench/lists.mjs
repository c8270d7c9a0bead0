#!/usr/bin/env node
// `npm run bench:lists`: how long the first page of each list takes, and one in the middle, in a tenant of 1,000 gateways,
// 10,000 connections and 50,000 roles, for people who see little, much and everything. Starts a stack of its own.
//   npm run bench:lists -- [--calls 50]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Pool } from 'undici';
import { build, isFresh } from '../scripts/build.mjs';
import { FILL, first, grantPart, SIZES } from './list-data.mjs';

const { values: flags } = parseArgs({ options: { calls: { type: 'string', default: '50' } } });
const calls = Number(flags.calls);
const root = resolve(import.meta.dirname, '..');
if (!isFresh('dist')) build('dist');
const { startStack } = await import('../dist/dev-stack/stack.js');

/** First page, at the median. */
const GOAL_MS = 50;

const LISTS = [
  '/v1/gateways',
  '/v1/connections',
  `/v1/gateways/${first('b', 1)}/roleAssignments`,
  `/v1/connections/${first('d', 1)}/roleAssignments`,
  '/v1/environments',
  '/v1/alerts',
  '/v1/audit',
  '/v1/requests',
];

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
  await main(stack.description);
} finally {
  await stack.stop();
  rmSync(state, { recursive: true, force: true });
}

async function main({ baseUrl, oidc, clientId, scope, users, databaseUrl }) {
  await fill(databaseUrl, oidc, users);
  const client = new Pool(baseUrl, { connections: 1, pipelining: 1 });
  const callers = {
    'a maker with few roles': 'contoso.maker',
    'administrator of 300 gateways': 'contoso.coadmin',
    'tenant administrator': 'contoso.admin',
  };
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores; ${calls} calls a cell, one at a time\n`,
  );
  process.stdout.write(`per tenant, of two: ${JSON.stringify(SIZES)}\n`);
  for (const [who, user] of Object.entries(callers)) {
    const token = await signIn(oidc.contoso.tokenEndpoint, clientId, scope, users[user]);
    const headers = { authorization: `Bearer ${token}` };
    process.stdout.write(`\n${who}\n${'list'.padEnd(76)}rows  first p50   p95  middle p50   p95  ms\n`);
    for (const path of LISTS) await measure(client, path, headers);
  }
  await client.close();
}

async function measure(client, path, headers) {
  const { status, body } = await get(client, path, headers);
  if (status !== 200) {
    print(path, `${status} ${body.errorCode ?? ''}`);
    return;
  }
  const middle = await middleOf(client, path, headers);
  const cells = [await times(client, path, headers)];
  if (middle !== undefined) cells.push(await times(client, middle, headers));
  const numbers = cells.flatMap(({ p50, p95 }) => [p50.toFixed(1).padStart(9), p95.toFixed(1).padStart(8)]);
  print(
    path,
    `${String(body.value.length).padStart(4)}${numbers.join('')}${cells[0].p50 > GOAL_MS ? '   MISSES' : ''}`,
  );
}

/** Half way through a list, going by its own links; undefined for a list of one page. */
async function middleOf(client, path, headers) {
  const pages = [];
  for (let next = path; next !== undefined; pages.push(next)) {
    const { body } = await get(client, next, headers);
    next = body.continuationUri && `${new URL(body.continuationUri).pathname}${new URL(body.continuationUri).search}`;
    if (next === undefined || pages.length > 60) break;
  }
  return pages.length > 1 ? pages[Math.floor(pages.length / 2)] : undefined;
}

async function times(client, path, headers) {
  for (let warm = 0; warm < 5; warm += 1) await get(client, path, headers);
  const all = [];
  while (all.length < calls) {
    const startedAt = performance.now();
    const { wasLimited } = await get(client, path, headers);
    if (!wasLimited) all.push(performance.now() - startedAt);
  }
  all.sort((a, b) => a - b);
  return { p50: all[Math.floor(calls / 2)], p95: all[Math.floor(calls * 0.95)] };
}

/** Waits where the limit of management calls says so; such a call is not measured. */
async function get(client, path, headers) {
  for (let wasLimited = false; ; wasLimited = true) {
    const answer = await client.request({ path, method: 'GET', headers });
    const body = await answer.body.json();
    if (answer.statusCode !== 429) return { status: answer.statusCode, body, wasLimited };
    await sleep(Number(answer.headers['retry-after']) * 1000);
  }
}

async function fill(databaseUrl, oidc, users) {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const [contoso, fabrikam] = [oidc.contoso.tenantId, oidc.fabrikam.tenantId];
  const run = (sql, ...values) =>
    database.query(
      sql
        .replaceAll('$1', `'${values[0]}'::uuid`)
        .replaceAll('$2', String(values[1]))
        .replaceAll('$3', `'${values[2]}'::uuid`),
    );
  for (const [index, tenantId] of [contoso, fabrikam].entries())
    for (const sql of FILL) await run(sql, tenantId, index + 1);
  for (const sql of grantPart(0.3)) await run(sql, contoso, 1, users['contoso.coadmin'].objectId);
  for (const sql of grantPart(0.005)) await run(sql, contoso, 1, users['contoso.maker'].objectId);
  await database.query('ANALYZE');
  await database.end();
}

function print(path, text) {
  process.stdout.write(`${path.padEnd(76)}${text}\n`);
}

async function signIn(tokenEndpoint, clientId, scope, { username, password }) {
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: clientId, scope, username, password }),
  });
  return (await answer.json()).access_token;
}
