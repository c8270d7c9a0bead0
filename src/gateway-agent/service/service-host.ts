import { spawn } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from '../exit-codes.js';

/** Service managers answer in moments; stopping an agent takes its grace. In milliseconds. */
const COMMAND_MS = 120_000;
const MAX_OUTPUT = 64 * 1024;

export interface CommandOutcome {
  readonly code: number;
  readonly output: string;
}

/** The machine that a service is set up on. */
export abstract class ServiceHost {
  /** @param script for PowerShell, encoded as its `-EncodedCommand` wants it */
  abstract run(argv: readonly string[], script?: string): Promise<CommandOutcome>;
  abstract read(path: string): Promise<string | undefined>;
  abstract write(path: string, content: string, mode: number): Promise<void>;
  abstract remove(path: string): Promise<void>;
  /** How many things a folder holds; undefined: there is no such folder. */
  abstract count(path: string): Promise<number | undefined>;
  /** Whether there is a folder that every account may write to. */
  abstract isShared(path: string): Promise<boolean>;
  abstract exists(path: string): Promise<boolean>;
  abstract isAdministrator(): Promise<boolean>;
}

/** This machine. */
export class SystemHost extends ServiceHost {
  override run(argv: readonly string[], script?: string): Promise<CommandOutcome> {
    const encoded = script === undefined ? [] : [Buffer.from(script, 'utf16le').toString('base64')];
    const [program = '', ...args] = [...argv, ...encoded];
    return new Promise((resolve) => {
      const child = spawn(program, args, {
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: COMMAND_MS,
        windowsHide: true,
      });
      let output = '';
      const collect = (data: Buffer): void => {
        if (output.length < MAX_OUTPUT) output += data.toString('utf8');
      };
      child.stdout.on('data', collect);
      child.stderr.on('data', collect);
      // 127 as a shell says it of a program that is not there.
      child.once('error', (error) => resolve({ code: 127, output: error.message }));
      child.once('close', (code) => resolve({ code: code ?? 1, output: output.trim() }));
    });
  }

  override async read(path: string): Promise<string | undefined> {
    try {
      return await readFile(path, 'utf8');
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  override async write(path: string, content: string, mode: number): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.new`;
    await writeFile(draft, content, { mode });
    await chmod(draft, mode);
    await rename(draft, path);
  }

  override async remove(path: string): Promise<void> {
    await rm(path, { force: true });
  }

  override async count(path: string): Promise<number | undefined> {
    try {
      return (await readdir(path)).length;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  override async isShared(path: string): Promise<boolean> {
    try {
      const found = await stat(path);
      return found.isDirectory() && (found.mode & 0o002) !== 0;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  override async exists(path: string): Promise<boolean> {
    try {
      await lstat(path);
      return true;
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return false;
      throw error;
    }
  }

  override async isAdministrator(): Promise<boolean> {
    if (process.platform !== 'win32') return process.getuid?.() === 0;
    // Only administrators may ask this.
    return (await this.run(['net.exe', 'session'])).code === 0;
  }
}
