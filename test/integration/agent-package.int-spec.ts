import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentFiles, packFiles } from '../../scripts/agent-package.mjs';
import { TEST_DIST } from '../support/e2e-stack.js';

const ROOT = resolve(import.meta.dirname, '../..');
const VERSION = '3000.346.1';
/** What an operator loads over a slow line, in bytes; 1.5 MB on the day this was written. */
const MOST_BYTES = 4 * 1024 * 1024;

/** A checkout of its own, at another path. */
function checkout(folder: string, dist = TEST_DIST): string {
  for (const part of ['contract', 'gateway-agent'])
    cpSync(join(dist, part), join(folder, 'dist', part), { recursive: true });
  cpSync(join(ROOT, 'deploy/agent'), join(folder, 'deploy/agent'), { recursive: true });
  for (const file of ['LICENSE', 'package.json']) cpSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Loads drivers late, as connectors do, and says what it got; the same text with and without a bundle. */
const LATE = `
import { PRODUCT_VERSION } from '../contract/version.js';
const { createConnection } = await import('mysql2/promise');
const tedious = await import('tedious');
const { Client } = await import('ssh2');
const { default: oracledb } = await import('oracledb');
const { Kysely } = await import('kysely');
const refused = await new Promise((done) => {
  const options = { port: 1, connectTimeout: 1000 };
  const authentication = { type: 'default', options: { userName: 'a', password: 'b' } };
  new tedious.Connection({ server: '127.0.0.1', authentication, options }).connect((error) => done(error?.code));
});
const kinds = [createConnection, tedious.Connection, tedious.default.Connection, Client, Kysely].map((one) => typeof one);
console.log(kinds.join(), oracledb.thin, refused, PRODUCT_VERSION.length > 0);
process.exit();
`;

describe('the package of the agent', () => {
  let folder: string;
  let files: Map<string, Uint8Array>;
  const build = (root: string, node?: string) => agentFiles({ root, dist: join(root, 'dist'), version: VERSION, node });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tidegate-package-'));
    files = await build(checkout(join(folder, 'one')));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the same bytes wherever it is built', async () => {
    const other = await build(checkout(join(folder, 'some', 'where', 'else'), join(folder, 'one', 'dist')));
    expect([...other.keys()]).toEqual([...files.keys()]);
    expect(packFiles(other).equals(packFiles(files))).toBe(true);
    expect(packFiles(files).length).toBeLessThan(MOST_BYTES);
  });

  it('runs where nothing else is, with all that is loaded late', () => {
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(folder, 'package.tgz'), packFiles(files));
    execFileSync('tar', ['-xzf', join(folder, 'package.tgz'), '-C', home]);
    const env = { PATH: `${resolve(process.execPath, '..')}:/usr/bin:/bin` };
    expect(execFileSync(join(home, 'bin/tidegate-agent'), ['--version'], { env }).toString()).toBe(`${VERSION}\n`);
    const parts = readdirSync(join(home, 'dist/gateway-agent')).filter((name) => name.startsWith('part-'));
    const all = `for (const name of ${JSON.stringify(parts)}) await import('${home}/dist/gateway-agent/' + name);`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', all], { env, cwd: home });
  });

  it('gives the names of packages that are loaded late, as Node does', async () => {
    const root = checkout(join(folder, 'late'));
    writeFileSync(join(root, 'dist/gateway-agent/main.js'), LATE);
    const home = join(folder, 'late-home');
    mkdirSync(home);
    writeFileSync(join(folder, 'late.tgz'), packFiles(await build(root)));
    execFileSync('tar', ['-xzf', join(folder, 'late.tgz'), '-C', home]);
    const run = (at: string) => execFileSync(process.execPath, [join(at, 'dist/gateway-agent/main.js')]).toString();
    expect(run(home)).toBe('function,function,function,function,function true ESOCKET true\n');
    expect(run(home)).toBe(run(root));
    // Each driver is a part of its own: who has no such source does not load it.
    expect(readdirSync(join(home, 'dist/gateway-agent')).length).toBeGreaterThan(5);
  });

  it('says under which licence each of its packages comes', () => {
    const notices = Buffer.from(files.get('THIRD-PARTY-LICENSES.txt') ?? '').toString();
    for (const name of ['zod', 'pg', '@azure/service-bus', 'pino']) {
      const { version, license } = JSON.parse(
        readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8'),
      ) as {
        version: string;
        license: string;
      };
      expect(notices).toContain(`${name} ${version} (${license})`);
    }
    expect(notices).not.toContain('(see below)');
  });

  it('names no place of the machine that it was built on', () => {
    for (const [name, content] of files) expect(Buffer.from(content).includes(folder), name).toBe(false);
  });

  it('can bring its own Node.js', async () => {
    const node = join(folder, 'release/bin/node');
    mkdirSync(join(folder, 'release/bin'), { recursive: true });
    writeFileSync(node, '#!/bin/sh\necho "own node: $*"\n');
    writeFileSync(join(folder, 'release/LICENSE'), 'of Node.js');
    const home = join(folder, 'own');
    mkdirSync(home);
    writeFileSync(join(folder, 'own.tgz'), packFiles(await build(join(folder, 'one'), node)));
    execFileSync('tar', ['-xzf', join(folder, 'own.tgz'), '-C', home]);
    const said = execFileSync(join(home, 'bin/tidegate-agent'), ['status'], {
      env: { PATH: '/usr/bin:/bin' },
    }).toString();
    expect(said).toBe(`own node: --max-semi-space-size=4 ${home}/dist/gateway-agent/main.js status\n`);
    expect(readFileSync(join(home, 'bin/node-LICENSE.txt'), 'utf8')).toBe('of Node.js');
  });
});
