import '../not-in-production.js';
import type { ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPrivateFile } from '../private-file.js';
import { findProcess } from '../process-identity.js';
import type { Launcher } from './launcher.js';
import { PostgresError } from './postgres-error.js';

export interface PostmasterOptions {
  readonly launcher: Launcher;
  readonly program: string;
  readonly dataDir: string;
  readonly port: number;
  readonly log: string;
}

const POLL_MS = 10;
const START_TIMEOUT_MS = 20_000;
/** Signals of PostgreSQL's fast and immediate shutdown, and the wait for each; together below a Ctrl-C's ten seconds. */
const SHUTDOWN: readonly [NodeJS.Signals, number][] = [
  ['SIGINT', 4_000],
  ['SIGQUIT', 1_500],
  ['SIGKILL', 1_500],
];

/** One running PostgreSQL server process. */
export class Postmaster {
  private constructor(
    private readonly child: ChildProcess,
    private readonly exited: Promise<void>,
  ) {}

  /** @throws PostgresError when the server ends or is not ready in time, with the end of its log */
  static async start(options: PostmasterOptions): Promise<Postmaster> {
    const { launcher, program, dataDir, log } = options;
    const output = openSync(log, 'a', 0o600);
    // A session of its own: Ctrl-C reaches the launcher only, which stops the server after those who use it.
    const child = launcher.spawn(program, serverArguments(options), {
      detached: true,
      cwd: dataDir,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    const exited = new Promise<void>((done) => {
      child.once('exit', () => done());
      child.once('error', () => done());
    });
    const postmaster = new Postmaster(child, exited);
    try {
      await postmaster.waitUntilReady(dataDir);
    } catch (cause) {
      await postmaster.stop();
      throw new PostgresError(`PostgreSQL did not start:\n${await tail(log)}`, { cause });
    }
    return postmaster;
  }

  get isRunning(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(): Promise<void> {
    for (const [signal, waitMs] of SHUTDOWN) {
      if (!this.isRunning) return;
      this.child.kill(signal);
      const timeout = new AbortController();
      await Promise.race([this.exited, sleep(waitMs, undefined, { signal: timeout.signal }).catch(() => undefined)]);
      timeout.abort();
    }
  }

  private async waitUntilReady(dataDir: string): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
      if (!this.isRunning) throw new PostgresError('the server ended');
      const lines = (await readPidFile(dataDir)) ?? [];
      if (Number(lines[0]) === this.child.pid && lines[7]?.trim() === 'ready') return;
      await sleep(POLL_MS);
    }
    throw new PostgresError(`not ready after ${START_TIMEOUT_MS / 1000} s`);
  }
}

/**
 * Ends the server that a killed launcher left on a data folder, and removes its pid file: PostgreSQL takes any live process
 * with that number for a server, also one that merely has the number again.
 */
export async function endStalePostmaster(dataDir: string): Promise<void> {
  const pid = Number((await readPidFile(dataDir))?.[0]);
  if (Number.isInteger(pid) && pid > 1) {
    for (const [signal, waitMs] of SHUTDOWN) {
      if (!(await isServerOf(dataDir, pid))) break;
      process.kill(pid, signal);
      const deadline = Date.now() + waitMs;
      while (Date.now() < deadline && (await isServerOf(dataDir, pid))) await sleep(POLL_MS);
    }
  }
  await rm(join(dataDir, 'postmaster.pid'), { force: true });
}

async function isServerOf(dataDir: string, pid: number): Promise<boolean> {
  const { commandLine = '' } = (await findProcess(pid)) ?? {};
  return commandLine.includes('postgres') && commandLine.includes(` -D ${dataDir} `);
}

async function readPidFile(dataDir: string): Promise<string[] | undefined> {
  return (await readPrivateFile(join(dataDir, 'postmaster.pid')))?.split('\n');
}

function serverArguments({ dataDir, port }: PostmasterOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Sockets in the file system would need a place of at most 107 characters; nobody uses them.
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // A failed statement may hold a password.
    log_min_error_statement: 'panic',
    jit: 'off',
  };
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

async function tail(log: string): Promise<string> {
  return (await readFile(log, 'utf8')).split('\n').slice(-15).join('\n');
}
