import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TEST_DIST, type E2eStack } from './e2e-stack.js';

/** What a command of the agent printed, and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/** A machine of its own beside the stack's: a state folder, an identity, and the real agent as a process. */
export class AgentMachine {
  readonly stateDir: string;
  /** What its processes get beside what all have. */
  environment: Readonly<Record<string, string>> = {};
  private readonly identity = randomUUID();
  private child: ChildProcess | undefined;

  constructor(
    private readonly stack: E2eStack,
    readonly name: string,
  ) {
    this.stateDir = join(stack.folder, `machine-${name}`);
  }

  /** Runs a command to its end. @param secrets files that are written for it, by option */
  async command(words: readonly string[], secrets: Readonly<Record<string, string>> = {}): Promise<CommandResult> {
    const files = Object.entries(secrets).flatMap(([option, secret]) => {
      const file = join(this.stack.folder, `${this.name}${option}`);
      writeFileSync(file, secret, { mode: 0o600 });
      return [option, file];
    });
    const child = this.spawn([...words, ...files, '--state', this.stateDir]);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => (output += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  /** Takes part in a gateway: `join`, `restore` or `takeover`. */
  enrol(command: 'join' | 'restore' | 'takeover', gateway: string, secrets: { token: string; recoveryKey: string }) {
    const { baseUrl } = this.stack.description;
    const words = [command, '--control-plane', baseUrl, '--gateway', gateway, '--member-name', this.name];
    return this.command([...words, '--ca-file', this.caFile], {
      '--join-token-file': secrets.token,
      '--recovery-key-file': secrets.recoveryKey,
    });
  }

  /** Makes a gateway of its own, in the stack's first region. */
  register(gateway: string, secrets: { token: string; recoveryKey: string }) {
    const { baseUrl } = this.stack.description;
    const words = ['register', '--control-plane', baseUrl, '--name', gateway, '--region', 'westeurope'];
    return this.command([...words, '--member-name', this.name, '--ca-file', this.caFile], {
      '--join-token-file': secrets.token,
      '--recovery-key-file': secrets.recoveryKey,
    });
  }

  start(...flags: string[]): void {
    // The stack's sources are on this machine's own addresses, which an agent keeps away from unless it is told.
    writeFileSync(join(this.stateDir, 'policy.yaml'), "version: 1\nhosts: ['*', localhost, 127.0.0.0/8, '::1']\n", { mode: 0o600 }); // prettier-ignore
    this.child = this.spawn(['run', ...flags, '--state', this.stateDir]);
    const log = createWriteStream(this.log, { flags: 'a' });
    this.child.stdout?.pipe(log);
    this.child.stderr?.pipe(log);
  }

  get isRunning(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  /** Whether the agent's log has these words. */
  hasSaid(words: string): boolean {
    return readFileSync(this.log, 'utf8').includes(words);
  }

  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    const closed = new Promise((resolve) => child.once('close', resolve));
    child.kill(signal);
    await closed;
  }

  private get log(): string {
    return `${this.stateDir}.log`;
  }

  private get caFile(): string {
    return this.stack.stack.cloud.addresses.caFile;
  }

  private spawn(args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [join(TEST_DIST, 'gateway-agent/main.js'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        NODE_ENV: 'development',
        NODE_EXTRA_CA_CERTS: this.caFile,
        TIDEGATE_MACHINE_ID: this.identity,
        ...this.environment,
      },
    });
  }
}
