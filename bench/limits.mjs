#!/usr/bin/env node
// `npm run bench:limits`: what counting one flow request against its three limits costs, with few callers and with many.
import { build, isFresh } from '../scripts/build.mjs';

if (!isFresh('dist')) build('dist');
const { RequestLimitsService } = await import('../dist/modules/flow-requests/request-limits.service.js');

/** A request may spend this much on being counted. */
const GOAL_US = 5;
const CALLS = 1_000_000;
const WIDE = { callerRequestsPerMinute: 1e9, connectionRequestsPerMinute: 1e9, tenantRequestsPerMinute: 1e9 };
const NARROW = { ...WIDE, tenantRequestsPerMinute: 60 };

process.stdout.write('callers  connections  limits    µs a call\n');
for (const limits of [WIDE, NARROW]) {
  for (const callers of [1, 64, 10_000, 200_000]) measure(callers, limits);
}

function measure(count, limits) {
  const service = new RequestLimitsService({ count: 1 });
  const callers = Array.from({ length: count }, (_, n) => ({ tenantId: `tenant ${n % 10}`, id: `caller ${n}` }));
  const connections = Array.from({ length: Math.min(count, 10_000) }, (_, n) => `connection ${n}`);
  const isRefusing = limits === NARROW;
  // A refusal makes an error with its stack, which is what costs then.
  const calls = isRefusing ? CALLS / 10 : CALLS;
  const work = (n) => {
    try {
      service.admit(callers[n % count], connections[n % connections.length], limits);
    } catch (error) {
      if (error.code !== 'RATE_LIMITED') throw error;
    }
  };
  for (let n = 0; n < calls / 5; n += 1) work(n);
  const startedAt = performance.now();
  for (let n = 0; n < calls; n += 1) work(n);
  const microseconds = ((performance.now() - startedAt) * 1000) / calls;
  const cells = [
    String(count).padStart(7),
    String(connections.length).padStart(12),
    isRefusing ? 'refusing' : 'passing ',
  ];
  const verdict = !isRefusing && microseconds > GOAL_US ? '   MISSES' : '';
  process.stdout.write(`${cells.join('  ')}  ${microseconds.toFixed(2).padStart(9)}${verdict}\n`);
}
