#!/usr/bin/env node
// `npm run check`: everything that can be known without running the product.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
/** By path: not every package exports its own package.json. */
const bin = (name, path) => join(root, 'node_modules', name, path);

const STEPS = [
  ['prettier', bin('prettier', 'bin/prettier.cjs'), ['--check', '--log-level', 'warn', '.']],
  ['types', bin('typescript', 'bin/tsc'), ['-p', 'tsconfig.json']],
  ['portal types', bin('typescript', 'bin/tsc'), ['-p', 'portal/tsconfig.json', '--noEmit']],
  ['eslint', bin('eslint', 'bin/eslint.js'), ['--max-warnings', '0', '.']],
  [
    'dependencies',
    bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', 'src'],
  ],
  [
    'portal dependencies',
    bin('dependency-cruiser', 'bin/dependency-cruise.mjs'),
    ['--config', '.dependency-cruiser.cjs', 'portal/src'],
  ],
  ['unit', bin('vitest', 'vitest.mjs'), ['run', '--project', 'unit', '--project', 'contract', '--reporter=dot']],
];

let failed = 0;
for (const [name, script, args] of STEPS) {
  const startedAt = Date.now();
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8' });
  const ok = result.status === 0;
  if (!ok) {
    failed += 1;
    process.stdout.write(`${result.stdout}${result.stderr}`);
  }
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)\n`);
}
process.exit(failed === 0 ? 0 : 1);
