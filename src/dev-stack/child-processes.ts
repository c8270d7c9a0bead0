import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { tailOf } from './log-tail.js';
import { findProcess } from './process-identity.js';

export interface ChildOptions {
  readonly name: string;
  /** Script and arguments for this Node. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
  /** Bytes for its standard input, which is closed afterwards. */
  readonly input?: string;
}

/** How long a child may take to end by itself before it is killed, in milliseconds. */
const GRACE_MS = 4_000;

/**
 * The processes that the stack starts: each in a group of its own, so that Ctrl-C at the terminal reaches only the
 * launcher and it decides the order of the end. Their ids are kept in a file, so that a start after a crash can end
 * what was left over.
 */
export class ChildProcesses {
  private readonly children = new Map<string, ChildProcess>();

  constructor(private readonly register: string) {}

  /** Ends processes that an earlier launcher left behind. */
  async endLeftovers(): Promise<void> {
    for (const { pid, startedAt } of this.readRegister()) {
      if ((await findProcess(pid))?.startedAt === startedAt) killGroup(pid);
    }
    rmSync(this.register, { force: true });
  }

  async start(
    options: ChildOptions,
    onExit: (code: number | null, signal: NodeJS.Signals | null) => void,
  ): Promise<number> {
    const child = this.spawn(options);
    child.once('exit', (code, signal) => {
      this.children.delete(options.name);
      onExit(code, signal);
    });
    const pid = child.pid;
    if (pid === undefined) throw new Error(`${options.name} could not be started`);
    this.children.set(options.name, child);
    await this.writeRegister();
    return pid;
  }

  /** Runs a child to its end. @throws Error with the end of its log when it fails */
  async run(options: ChildOptions): Promise<void> {
    const child = this.spawn(options);
    const code = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('exit', (exitCode) => done(exitCode));
    });
    if (code !== 0) throw new Error(`${options.name} ended with code ${code}:\n${await tailOf(options.log)}`);
  }

  isRunning(name: string): boolean {
    return this.children.has(name);
  }

  async stop(name: string): Promise<void> {
    const child = this.children.get(name);
    if (!child) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGTERM');
    const late = new AbortController();
    await Promise.race([ended, sleep(GRACE_MS, undefined, { signal: late.signal, ref: false }).catch(ignoreAbort)]);
    late.abort();
    if (this.children.has(name)) {
      killGroup(child.pid);
      await ended;
    }
  }

  /** Stops those whose name passes, side by side. */
  async stopAll(passes: (name: string) => boolean): Promise<void> {
    await Promise.all([...this.children.keys()].filter(passes).map((name) => this.stop(name)));
  }

  killAll(): void {
    for (const child of this.children.values()) killGroup(child.pid);
  }

  forget(): void {
    rmSync(this.register, { force: true });
  }

  private spawn({ args, env, log, input }: ChildOptions): ChildProcess {
    const out = openSync(log, 'a', 0o600);
    const child = spawn(process.execPath, args, {
      detached: true,
      env,
      stdio: [input === undefined ? 'ignore' : 'pipe', out, out],
    });
    closeSync(out);
    if (input !== undefined) child.stdin?.end(input);
    return child;
  }

  private readRegister(): { pid: number; startedAt: string }[] {
    try {
      return JSON.parse(readFileSync(this.register, 'utf8')) as { pid: number; startedAt: string }[];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  private async writeRegister(): Promise<void> {
    const rows = await Promise.all(
      [...this.children.values()].map(async ({ pid }) => ({
        pid,
        startedAt: pid === undefined ? undefined : (await findProcess(pid))?.startedAt,
      })),
    );
    writeFileSync(this.register, JSON.stringify(rows.filter(({ startedAt }) => startedAt !== undefined)), {
      mode: 0o600,
    });
  }
}

/** With what it started itself: a launcher's agent would go on for a while. Windows has no groups of this kind. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT';
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
