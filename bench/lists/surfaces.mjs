#!/usr/bin/env node
// `npm run bench:surfaces`: lists and gets of every surface at 16 callers, in a tenant of 200 gateways of 50 connections,
// against one replica in a process of its own. With `--beside` another build is measured in the same run, cell by cell.
//   npm run bench:surfaces -- [--seconds 5] [--callers 16] [--only v2.0] [--beside <dist>] [--profile <folder>]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { Pool } from 'undici';
import { build, isFresh } from '../../scripts/build.mjs';
import { cpuSeconds } from '../cpu.mjs';
import { closedLoop } from '../load.mjs';
import { CONNECTION, FILL, GATEWAY, RESOURCE, SIZES, SUBSCRIPTION } from './surface-data.mjs';

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    callers: { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    beside: { type: 'string' },
    profile: { type: 'string' },
  },
});
const seconds = Number(flags.seconds);
const concurrency = Number(flags.callers);
const root = resolve(import.meta.dirname, '../..');
if (!isFresh('dist')) build('dist');
const { startStack } = await import('../../dist/dev-stack/stack.js');
const { startReplica } = await import('./replica.mjs');

/** At the median. */
const GOAL_MS = 20;

const V1 = '/v1.0/myorg/gateways';
const V2 = '/v2.0/myorg/me/gatewayClusters';
const ARM = `/subscriptions/${SUBSCRIPTION}`;
const TYPE = 'providers/Microsoft.Web/connectionGateways';
const OPERATIONS = {
  'v1 gateways': '/v1/gateways',
  'v1 gateway': `/v1/gateways/${GATEWAY}`,
  'v1 gateway roles': `/v1/gateways/${GATEWAY}/roleAssignments`,
  'v1 connections': '/v1/connections',
  'v1 connection': `/v1/connections/${CONNECTION}`,
  'v1 connection roles': `/v1/connections/${CONNECTION}/roleAssignments`,
  'v1.0 gateways': V1,
  'v1.0 gateway': `${V1}/${GATEWAY}`,
  'v1.0 datasources': `${V1}/${GATEWAY}/datasources`,
  'v1.0 datasource': `${V1}/${GATEWAY}/datasources/${CONNECTION}`,
  'v2.0 clusters': V2,
  'v2.0 cluster': `${V2}/${GATEWAY}`,
  'v2.0 datasources': `${V2}/${GATEWAY}/datasources`,
  'ARM gateways': `${ARM}/${TYPE}?api-version=2016-06-01`,
  'ARM gateway': `${ARM}/resourceGroups/${RESOURCE.group}/${TYPE}/${RESOURCE.name}?api-version=2016-06-01`,
};
const CALLERS = { 'one of 200': 'contoso.maker', 'all 200': 'contoso.coadmin' };

const state = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
const stack = await startStack({
  root,
  distDir: join(root, 'dist'),
  stateDir: state,
  port: 0,
  fresh: true,
  log: () => undefined,
});
const replicas = [];
try {
  await main(stack);
} finally {
  for (const replica of replicas) await replica.stop();
  await stack.stop();
  rmSync(state, { recursive: true, force: true });
}

async function main({ description, cloud }) {
  const { oidc, clientId, scope, users, databaseUrl } = description;
  await fill(databaseUrl, oidc.contoso.tenantId, users);
  const builds = [join(root, 'dist'), ...(flags.beside === undefined ? [] : [resolve(flags.beside)])];
  for (const [index, distDir] of builds.entries()) {
    const profileDir = index === 0 ? flags.profile : undefined;
    replicas.push(await startReplica(cloud.addresses, { name: `bench-${index}`, distDir, profileDir }));
  }
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}; ` +
      `${concurrency} callers, ${seconds} s a cell; ${JSON.stringify(SIZES)}\n\n` +
      `${'operation'.padEnd(22)}${'gateways'.padEnd(12)}${'KB'.padStart(6)}` +
      `${`${'p50'.padStart(9)}${'p99'.padStart(8)}${'CPU ms'.padStart(8)}`.repeat(builds.length)}\n`,
  );
  const operations = Object.entries(OPERATIONS).filter(([name]) => name.startsWith(flags.only));
  for (const [who, user] of Object.entries(CALLERS)) {
    const token = await signIn(oidc.contoso.tokenEndpoint, clientId, scope, users[user]);
    for (const [name, path] of operations) await row({ name, who, path, token });
  }
  process.stdout.write(`\nload at the end ${loadavg()[0].toFixed(1)}\n`);
}

async function row({ name, who, path, token }) {
  const cells = [];
  for (const { baseUrl, pid } of replicas) cells.push(await cell(baseUrl, pid, path, token));
  const [{ bytes, p50 }] = cells;
  const numbers = cells.map((each) =>
    [each.p50.toFixed(1).padStart(9), each.p99.toFixed(1).padStart(8), each.cpuMs.toFixed(2).padStart(8)].join(''),
  );
  const size = (bytes / 1024).toFixed(1).padStart(6);
  process.stdout.write(
    `${name.padEnd(22)}${who.padEnd(12)}${size}${numbers.join('')}${p50 > GOAL_MS ? '   MISSES' : ''}\n`,
  );
}

async function cell(baseUrl, pid, path, token) {
  const client = new Pool(baseUrl, { connections: concurrency, pipelining: 1 });
  const headers = { authorization: `Bearer ${token}` };
  let bytes = 0;
  const request = async () => {
    const { statusCode, body } = await client.request({ path, method: 'GET', headers });
    const answer = await body.arrayBuffer();
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${Buffer.from(answer).toString()}`);
    bytes = answer.byteLength;
  };
  await closedLoop({ concurrency, seconds: Math.min(1, seconds / 2), request }); // warm up
  const before = cpuSeconds(pid);
  const { requests, p50, p99 } = await closedLoop({ concurrency, seconds, request });
  const cpuMs = ((cpuSeconds(pid) - before) / requests) * 1000;
  await client.close();
  return { bytes, p50, p99, cpuMs };
}

async function fill(databaseUrl, tenantId, users) {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const ids = [tenantId, users['contoso.coadmin'].objectId, users['contoso.maker'].objectId];
  for (const sql of FILL) await database.query(sql.replace(/\$([123])/g, (_, n) => `'${ids[n - 1]}'::uuid`));
  await database.query('ANALYZE');
  await database.end();
}

async function signIn(tokenEndpoint, clientId, scope, { username, password }) {
  const answer = await fetch(tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: clientId, scope, username, password }),
  });
  return (await answer.json()).access_token;
}
