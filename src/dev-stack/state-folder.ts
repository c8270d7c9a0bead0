import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readPrivateFile, writePrivateFile } from './private-file.js';
import { findProcess } from './process-identity.js';

/** Where the embedded stack keeps what it needs to start again. Everything below is private to the user. */
export class StateFolder {
  private isHeld = false;

  constructor(readonly path: string) {}

  /** Removes everything of earlier starts. */
  clear(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /**
   * Makes the folder, mode 0700, and takes it for this process.
   *
   * @throws Error when another launcher that still runs holds it
   */
  async open(): Promise<void> {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    chmodSync(this.path, 0o700);
    const holder = await this.holder();
    if (holder !== undefined)
      throw new Error(`Process ${holder} already runs a stack in ${this.path}. End it first, or use its addresses.`);
    const self = await findProcess(process.pid);
    await writePrivateFile(this.lockFile, JSON.stringify({ pid: process.pid, startedAt: self?.startedAt ?? '' }));
    this.isHeld = true;
  }

  release(): void {
    if (this.isHeld) rmSync(this.lockFile, { force: true });
    this.isHeld = false;
  }

  private get lockFile(): string {
    return this.file('launcher.json');
  }

  private async holder(): Promise<number | undefined> {
    const text = await readPrivateFile(this.lockFile);
    if (text === undefined) return undefined;
    const { pid, startedAt } = JSON.parse(text) as { pid: number; startedAt: string };
    return pid !== process.pid && (await findProcess(pid))?.startedAt === startedAt ? pid : undefined;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  folder(...names: string[]): string {
    const path = join(this.path, ...names);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return path;
  }

  get stackFile(): string {
    return this.file('stack.json');
  }

  get caFile(): string {
    return this.file('ca.pem');
  }

  log(name: string): string {
    return join(this.folder('logs'), `${name}.log`);
  }

  agentState(gateway: string): string {
    return join(this.folder('agents'), gateway);
  }
}
