import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Shell } from './shell.js';

type Environment = Shell['env'];

/** Folder for what this person's commands remember. @see specifications.freedesktop.org/basedir-spec */
export function configFolder(env: Environment): string {
  const named = env['TIDEGATE_CONFIG_DIR'];
  if (named !== undefined && named !== '') return named;
  const base = env['XDG_CONFIG_HOME'];
  // The specification says of relative paths that they are to be ignored.
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.config'), 'tidegate');
}

/** The shell of this process. */
export class ProcessShell implements Shell {
  readonly env: Environment = process.env;

  get isInteractive(): boolean {
    return process.stdin.isTTY && process.stderr.isTTY;
  }

  /** @see no-color.org: set and not empty */
  get hasColours(): boolean {
    return process.stdout.isTTY && (this.env['NO_COLOR'] ?? '') === '' && this.env['TERM'] !== 'dumb';
  }

  get input(): AsyncIterable<Buffer> {
    return process.stdin;
  }

  write(text: string | Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => (error && !isReaderGone(error) ? reject(error) : resolve()));
    });
  }

  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  async ask(question: string): Promise<string> {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await lines.question(question);
    } finally {
      lines.close();
    }
  }

  async askHidden(question: string): Promise<string> {
    process.stderr.write(question);
    const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  }
}

function isReaderGone(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
