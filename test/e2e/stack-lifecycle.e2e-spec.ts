import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findProcess } from '../../src/dev-stack/process-identity.js';
import type { StackDescription } from '../../src/dev-stack/stack-description.js';
import { TEST_DIST } from '../support/e2e-stack.js';
import { until } from '../support/until.js';

const ROOT = resolve(import.meta.dirname, '../..');

/** What a person gets from a clone after `npm ci`, in a folder of its own: same code, own state. */
function makeClone(): string {
  const clone = mkdtempSync(join(tmpdir(), 'tidegate-clone-'));
  for (const name of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'prisma.config.ts',
    'prisma',
    'scripts',
    'portal',
    'src',
  ]) {
    cpSync(join(ROOT, name), join(clone, name), { recursive: true, preserveTimestamps: true });
  }
  cpSync(TEST_DIST, join(clone, 'dist'), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

interface Launch {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function launch(clone: string, env: Record<string, string>, args: readonly string[] = []): Launch {
  // `detached` makes it the leader of a process group, as a shell does with a command at the terminal.
  const child = spawn('npm', ['run', '--silent', 'start', '--', ...args], {
    cwd: clone,
    detached: true,
    env: { ...process.env, ...env },
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { process: child, output: () => text, ended: new Promise((done) => child.once('exit', (code) => done(code))) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

describe('npm start', () => {
  let clone: string;
  let running: Launch | undefined;
  beforeAll(() => {
    clone = makeClone();
  });
  afterEach(async () => {
    const { pid, exitCode, signalCode } = running?.process ?? {};
    if (pid !== undefined && exitCode === null && signalCode === null) {
      process.kill(-pid, 'SIGINT');
      await running?.ended;
    }
  });
  afterAll(() => rmSync(clone, { recursive: true, force: true }));

  const stackFile = (): string => join(clone, '.stack/stack.json');
  const read = (): StackDescription => JSON.parse(readFileSync(stackFile(), 'utf8')) as StackDescription;
  const ready = async (): Promise<void> => {
    await until(
      'the launcher is ready or ended',
      () => running?.output().includes('Ready in') === true || running?.process.exitCode !== null,
      60_000,
    );
    if (!existsSync(stackFile()))
      throw new Error(`it did not start:
${running?.output() ?? ''}`);
  };

  /** Ctrl-C at a terminal: the whole group at once. */
  async function interrupt(): Promise<number> {
    const startedAt = Date.now();
    process.kill(-(running?.process.pid ?? Number.NaN), 'SIGINT');
    await running?.ended;
    return Date.now() - startedAt;
  }

  it('ends within 10 s on Ctrl-C with no process, port or lock left, and starts again on its data', async () => {
    const PORT = String(await freePort());
    running = launch(clone, { PORT });
    await ready();
    const first = read();
    expect(statSync(stackFile()).mode & 0o777).toBe(0o600);
    expect(first.baseUrl).toBe(`http://127.0.0.1:${PORT}`);
    const pids = [first.processes.controlPlane.pid, ...Object.values(first.processes.agents).map(({ pid }) => pid)];

    expect(await interrupt()).toBeLessThan(10_000);
    for (const pid of pids) expect(await findProcess(pid)).toBeUndefined();
    await expect(fetch(`${first.baseUrl}/health`)).rejects.toThrow();
    expect(existsSync(stackFile())).toBe(false);

    running = launch(clone, { PORT });
    await ready();
    const second = read();
    expect(second.gateways).toEqual(first.gateways);
    expect(second.connections).toEqual(first.connections);
    expect(second.users).toEqual(first.users);
    await interrupt();

    running = launch(clone, { PORT }, ['--fresh']);
    await ready();
    expect(read().gateways['contoso.hq']?.id).not.toBe(first.gateways['contoso.hq']?.id);
    await interrupt();
  });

  it('starts again after everything was killed at once', async () => {
    const PORT = String(await freePort());
    running = launch(clone, { PORT });
    await ready();
    const first = read();
    process.kill(-(running.process.pid ?? Number.NaN), 'SIGKILL');
    await running.ended;
    running = launch(clone, { PORT: String(await freePort()) });
    await ready();
    expect(read().gateways).toEqual(first.gateways);
    expect(await findProcess(first.processes.controlPlane.pid)).toBeUndefined();
    await interrupt();
  });

  it('says which port is taken and what to do', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { port } = taken.address() as AddressInfo;
    running = launch(clone, { PORT: String(port) });
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain(`Port ${port} is taken`);
    expect(running.output()).toContain(`PORT=${port + 1} npm start`);
    await new Promise((done) => taken.close(done));
  });

  it('names a port that is none', async () => {
    running = launch(clone, { PORT: 'eighty' });
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain('PORT is "eighty"');
  });

  it('refuses to play the cloud in production', async () => {
    running = launch(clone, { PORT: String(await freePort()), NODE_ENV: 'production' });
    expect(await running.ended).not.toBe(0);
    expect(running.output()).toMatch(/production/);
  });
});
