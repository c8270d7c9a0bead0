#!/usr/bin/env node
// `npm test` (short tier) and `npm run test:full`: every layer, one after the other, with what ran and how long.
// Uses its own build output (.test-dist), its own databases and free ports, so it passes beside a running `npm start`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { build, isFresh } from './build.mjs';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const full = process.argv.includes('--full');
const only = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const LAYERS = ['unit', 'contract', 'integration', 'e2e', 'load'];

/** These wait more than they work; what works has the machine for itself in the last layer. */
const WORKERS = { integration: Math.max(2, availableParallelism()), e2e: 2 };

const layers = only.length > 0 ? LAYERS.filter((layer) => only.includes(layer)) : LAYERS;
if (layers.length === 0) {
  process.stderr.write(`No such layer: ${only.join(', ')}. Layers: ${LAYERS.join(', ')}.\n`);
  process.exit(2);
}

const began = Date.now();
process.stdout.write(`Tidegate tests, ${full ? 'full' : 'short'} tier: ${layers.join(', ')}\n`);
if (!isFresh('.test-dist')) {
  process.stdout.write('building into .test-dist …\n');
  build('.test-dist');
}

const vitest = join(require.resolve('vitest/package.json'), '../vitest.mjs');
const rows = layers.map(runLayer);
const total = (field) => rows.reduce((sum, row) => sum + row[field], 0);

process.stdout.write('\nlayer         files   tests  passed  failed  skipped  seconds\n');
for (const row of rows) {
  const cells = [row.files, row.tests, row.passed, row.failed, row.skipped].map((cell) => String(cell).padStart(8));
  process.stdout.write(`${row.layer.padEnd(12)}${cells.join('').padStart(40)}${row.seconds.toFixed(1).padStart(9)}\n`);
}
const minutes = ((Date.now() - began) / 60_000).toFixed(1);
process.stdout.write(
  `${full ? 'full' : 'short'} tier, ${minutes} minutes${full ? '' : '; counts are reduced, `npm run test:full` uses the full ones'}\n`,
);
process.stdout.write(
  `${total('passed')} passed, ${total('failed')} failed${total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''}\n`,
);
process.exit(rows.every((row) => row.ok) ? 0 : 1);

function runLayer(layer) {
  const report = join(root, `.test/${layer}.json`);
  mkdirSync(join(root, '.test'), { recursive: true });
  rmSync(report, { force: true });
  process.stdout.write(`\n── ${layer} ──\n`);
  const startedAt = Date.now();
  const result = spawnSync(
    process.execPath,
    [
      vitest,
      'run',
      '--project',
      layer,
      ...workersOf(layer),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TIDEGATE_TEST_TIER: full ? 'full' : 'short' } },
  );
  const seconds = (Date.now() - startedAt) / 1000;
  const counts = readReport(report);
  // A layer without a single test is a failure: it would hide a broken pattern.
  return { layer, seconds, ok: result.status === 0 && counts.tests > 0, ...counts };
}

function workersOf(layer) {
  return WORKERS[layer] === undefined ? [] : [`--maxWorkers=${WORKERS[layer]}`];
}

function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'));
    return {
      files: report.testResults.length,
      tests: report.numTotalTests,
      passed: report.numPassedTests,
      // A file that fails before its first test has no failed test of its own: it counts as one.
      failed:
        report.numFailedTests +
        report.testResults.filter(
          (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
        ).length,
      skipped: report.numPendingTests + report.numTodoTests,
    };
  } catch (error) {
    process.stderr.write(`no report of this layer (${error.code ?? error.message})\n`);
    return { files: 0, tests: 0, passed: 0, failed: 1, skipped: 0 };
  }
}
