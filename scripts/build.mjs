#!/usr/bin/env node
// Builds everything that `npm ci` promises: the database client and the compiled program.
//   node scripts/build.mjs [--out dist] [--if-possible]
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

/** Newest modification of a file, or of any file under a folder, in milliseconds; generated sources do not count. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path)
    .filter((name) => name !== 'generated')
    .reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}

/** Whether the compiled program is as new as everything it is made of. */
export function isFresh(outDir) {
  const stamp = join(root, outDir, '.built');
  if (!existsSync(stamp)) return false;
  const sources = [
    'src',
    'portal',
    'prisma/schema.prisma',
    'tsconfig.json',
    'tsconfig.build.json',
    'package-lock.json',
  ].map((path) => join(root, path));
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((path) => newest(path) <= builtAt);
}

/** Whether the portal is as new as everything it is made of. */
function isPortalFresh(outDir) {
  const stamp = join(root, outDir, 'portal/.built');
  if (!existsSync(stamp)) return false;
  const sources = ['portal', 'src/client', 'src/contract', 'package-lock.json'].map((path) => join(root, path));
  const builtAt = statSync(stamp).mtimeMs;
  return sources.every((path) => newest(path) <= builtAt);
}

/** Builds the portal's files, and compresses them: that once costs seconds, and every visit less. */
function buildPortal(outDir) {
  const folder = join(root, outDir, 'portal');
  const built = ['dist', '.test-dist'].find((other) => other !== outDir && isPortalFresh(other));
  if (built !== undefined) {
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(root, built, 'portal'), folder, { recursive: true });
  } else {
    const startedAt = Date.now();
    const vite = join(require.resolve('vite/package.json'), '../bin/vite.js');
    run('vite build', vite, ['build', '--config', 'portal/vite.config.ts', '--outDir', folder, '--logLevel', 'error']);
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(js|css|html|svg|json)$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      writeFileSync(
        `${path}.br`,
        brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
      );
    }
    utimesSync(stampFile(join(folder, '.built')), startedAt / 1000, startedAt / 1000);
  }
}

function stampFile(path) {
  writeFileSync(path, '');
  return path;
}

/** The development tools this needs; `npm ci --omit=dev` leaves them out. */
export function missingTools() {
  return ['typescript', 'prisma', 'vite'].filter((name) => {
    try {
      require.resolve(`${name}/package.json`);
      return false;
    } catch (error) {
      return error.code === 'MODULE_NOT_FOUND';
    }
  });
}

function run(what, script, args, env = {}) {
  const result = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (result.status === 0) return;
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  throw new Error(`${what} failed`);
}

/** Generates the database client when the schema changed, then compiles into `outDir`. */
export function build(outDir = 'dist') {
  const startedAt = Date.now();
  const client = join(root, 'src/generated/prisma/client.ts');
  const schema = join(root, 'prisma/schema.prisma');
  if (!existsSync(client) || statSync(client).mtimeMs < statSync(schema).mtimeMs) {
    // No engine is needed with the `prisma-client` generator; without this the command line tries to download one.
    // Set here only: with it `prisma migrate` would succeed without doing anything.
    run(
      'prisma generate',
      require.resolve('prisma/build/index.js'),
      ['generate', '--config', join(root, 'prisma.config.ts')],
      {
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      },
    );
  }
  const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
  run('tsc', tsc, ['-p', 'tsconfig.build.json', '--outDir', outDir, '--tsBuildInfoFile', `${outDir}/.tsbuildinfo`]);
  if (!isPortalFresh(outDir)) buildPortal(outDir);
  writeFileSync(join(root, outDir, '.built'), new Date(startedAt).toISOString());
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'dist' }, 'if-possible': { type: 'boolean', default: false } },
  });
  const missing = missingTools();
  if (missing.length > 0) {
    process.stderr.write(
      `Not built: ${missing.join(' and ')} left out of this installation. To build, run \`npm ci\` without --omit=dev.\n`,
    );
    process.exit(values['if-possible'] ? 0 : 1);
  }
  try {
    build(values.out);
  } catch (error) {
    process.stderr.write(`Build: ${error.message}\n`);
    process.exit(1);
  }
}
