#!/usr/bin/env node
// `npm run bench:members`: a fleet of simulated members, made of the agent's own code, sends its heartbeats to one replica
// of the control plane; then the replica is killed, stays away for ten seconds, and all come back.
//   npm run bench:members -- [--members 10000] [--seconds 60] [--processes 8] [--dist dist] [--cpu-prof file]
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { build, isFresh } from '../scripts/build.mjs';
import { cpuSeconds, parentOf, residentMiB } from './cpu.mjs';
import { writeFleet } from './members/fleet-data.mjs';
import { Fleet } from './members/fleet.mjs';
import { profile } from './members/profile.mjs';
import { ReplicaUnderLoad } from './members/replica.mjs';

const { values: flags } = parseArgs({
  options: {
    members: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    processes: { type: 'string', default: '8' },
    dist: { type: 'string', default: 'dist' },
    'cpu-prof': { type: 'string' },
  },
});
const members = Number(flags.members);
const seconds = Number(flags.seconds);
const distDir = resolve(flags.dist);
if (flags.dist === 'dist' && !isFresh('dist')) build('dist');

/** How long the replica is watched while nobody calls. */
const IDLE_MS = 10_000;
/** The fleet's start spreads over this: no member may be called offline before its first heartbeat. */
const START_MS = 40_000;
/** From the end of the starts until what is measured is ordinary. */
const SETTLE_MS = 20_000;
/** How long the control plane is away, and how long a member may take to be back. */
const AWAY_MS = 10_000;
const BACK_GOAL_MS = 60_000;
const GIVE_UP_MS = 180_000;
const SLOT_MS = 100;
const PEAK_GOAL = 3;

const state = mkdtempSync(join(tmpdir(), 'tidegate-bench-'));
const replica = new ReplicaUnderLoad({ distDir, stateDir: state });
const fleet = new Fleet();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(1)));
try {
  await main();
} finally {
  await end();
}

async function end() {
  fleet.end();
  await replica.stop();
  rmSync(state, { recursive: true, force: true });
}

async function main() {
  const { url, issuer, databaseUrl } = await replica.start();
  const identities = await fleet.create({ distDir, url, issuer, members, processes: Number(flags.processes) });
  const database = new pg.Client({ connectionString: databaseUrl });
  // A database that goes away while nobody asks it is told by the next query.
  database.on('error', () => undefined);
  await database.connect();
  const sizes = await writeFleet(database, identities);
  print(`Node ${process.versions.node}, ${availableParallelism()} cores, shared by all processes`);
  print(`${sizes.members} members of ${sizes.gateways} gateways of ${sizes.tenants} tenants, one replica, ${distDir}`);

  if (!fleet.isOnTime) print('members run at ordinary priority: where cores are short their connects come in clumps');

  const idleBefore = cpuSeconds(replica.pid);
  await sleep(IDLE_MS);
  const idle = (cpuSeconds(replica.pid) - idleBefore) / (IDLE_MS / 1000);
  print(`the control plane with nobody there: ${idle.toFixed(2)} of a core`);
  const startedAt = Date.now();
  const cpuBefore = cpuSeconds(replica.pid);
  await fleet.tell('start', { spreadMs: START_MS });
  await until(async () => (await fleet.answeredMembers()) === members, GIVE_UP_MS);
  const { answered } = await fleet.report();
  print(
    `${await fleet.answeredMembers()} started, each with a new token, after ${((Date.now() - startedAt) / 1000).toFixed(0)} s and ${answered} heartbeats; the control plane used ${(cpuSeconds(replica.pid) - cpuBefore).toFixed(1)} s of a core`,
  );
  await fleet.tell('ageTokens');
  await sleep(SETTLE_MS);
  await steady(database, idle);
  await restart();
  await database.end();
  await fleet.tell('stop');
}

/** An ordinary minute of the fleet's life. */
async function steady(database, idle) {
  const { rows } = await database.query('SELECT pg_backend_pid() AS pid');
  const pids = { 'control plane': [replica.pid], PostgreSQL: [parentOf(rows[0].pid)], 'simulated members': fleet.pids };
  const endProfile = flags['cpu-prof'] && (await profile(replica.pid, flags['cpu-prof']));
  const before = { cpu: cpuOf(pids), work: await databaseWork(database), at: performance.now() };
  await fleet.tell('forget');
  await sleep(seconds * 1000);
  replica.assertRunning();
  const { latencies, failures, connects } = await fleet.report();
  const elapsed = (performance.now() - before.at) / 1000;
  const [cpu, work] = [cpuOf(pids), await databaseWork(database)];
  await endProfile?.();

  print(`\nheartbeats for ${elapsed.toFixed(0)} s`);
  print(
    `  answered        ${(latencies.length / elapsed).toFixed(0)} a second; p50 ${ms(at(latencies, 0.5))}, p99 ${ms(at(latencies, 0.99))}, longest ${ms(latencies.at(-1))}`,
  );
  print(`  failed          ${JSON.stringify(failures)}; new connections ${connects.length}`);
  for (const name of Object.keys(pids)) {
    const used = cpu[name] - before.cpu[name];
    const verdict = name === 'control plane' && used / elapsed >= 1 ? '   MISSES' : '';
    print(
      `  ${name.padEnd(18)}${(used / elapsed).toFixed(2)} of a core, ${((used / latencies.length) * 1e6).toFixed(0)} µs a heartbeat${verdict}`,
    );
  }
  const own = cpu['control plane'] - before.cpu['control plane'] - idle * elapsed;
  print(`  beyond idling     ${((own / latencies.length) * 1e6).toFixed(0)} µs of the control plane a heartbeat`);
  print(
    `  database          ${((work.commits - before.work.commits) / elapsed).toFixed(0)} transactions a second, ${((work.wal - before.work.wal) / elapsed / 1e6).toFixed(2)} MB of log a second`,
  );
  print(`  control plane     ${residentMiB(replica.pid).toFixed(0)} MiB resident`);
}

/** The replica dies without a word, and comes back. */
async function restart() {
  replica.kill();
  await fleet.tell('forget');
  await sleep(AWAY_MS);
  const failing = await fleet.report();
  await fleet.tell('forget');
  const startedAt = Date.now();
  await replica.start();
  const cpuBefore = cpuSeconds(replica.pid);
  const back = await until(async () => (await fleet.answeredMembers()) === members, GIVE_UP_MS);
  const cpu = cpuSeconds(replica.pid) - cpuBefore;
  const { firstAnswers, connects, failures, latencies, answered } = await fleet.report();
  const first = connects[0];
  const tookMs = (firstAnswers.at(-1) ?? Date.now()) - first;
  const slots = slotsOf(
    connects.filter((instant) => instant <= first + tookMs),
    first,
    tookMs,
  );
  const mean = slots.reduce((sum, count) => sum + count, 0) / slots.length;
  const peak = Math.max(...slots);

  print(
    `\nkilled, away for ${AWAY_MS / 1000} s (${failing.attempts.length} connections tried meanwhile), ready ${((first - startedAt) / 1000).toFixed(1)} s after its start`,
  );
  print(
    `  back              ${firstAnswers.length} of ${members} within ${(tookMs / 1000).toFixed(1)} s of being ready${back && tookMs <= BACK_GOAL_MS ? '' : '   MISSES'}; half of them within ${((at(firstAnswers, 0.5) - first) / 1000).toFixed(1)} s`,
  );
  print(
    `  connects          ${connects.length}; per ${SLOT_MS} ms ${mean.toFixed(1)} in the mean, ${peak} at the peak (after ${((slots.indexOf(peak) * SLOT_MS) / 1000).toFixed(1)} s) = ${(peak / mean).toFixed(2)} times${peak / mean < PEAK_GOAL ? '' : '   MISSES'}`,
  );
  print(
    `  heartbeats        ${answered}; p50 ${ms(at(latencies, 0.5))}, p99 ${ms(at(latencies, 0.99))}; failed ${JSON.stringify(failures)}`,
  );
  print(`  control plane     ${(cpu / (tookMs / 1000)).toFixed(2)} of a core meanwhile`);
}

function slotsOf(instants, first, lengthMs) {
  const slots = Array.from({ length: Math.ceil(lengthMs / SLOT_MS) || 1 }, () => 0);
  for (const instant of instants) slots[Math.min(slots.length - 1, Math.floor((instant - first) / SLOT_MS))] += 1;
  return slots;
}

function cpuOf(pids) {
  const sum = (list) => list.reduce((total, pid) => total + cpuSeconds(pid), 0);
  return Object.fromEntries(Object.entries(pids).map(([name, list]) => [name, sum(list)]));
}

async function databaseWork(database) {
  const { rows } = await database.query(
    `SELECT xact_commit::float AS commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float AS wal
     FROM pg_stat_database WHERE datname = current_database()`,
  );
  return rows[0];
}

/** @returns whether it came true in time */
async function until(isTrue, timeoutMs) {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(250)) {
    if (await isTrue()) return true;
    replica.assertRunning();
  }
  return false;
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function ms(value = NaN) {
  return `${value.toFixed(1)} ms`;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
