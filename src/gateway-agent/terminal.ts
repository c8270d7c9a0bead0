import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandError, systemErrorCode } from './exit-codes.js';
import type { SecretSource } from './settings.js';

const MAX_INPUT_BYTES = 64 * 1024;

/** Where a person, or the script in their place, gives secrets to the program. */
export interface Terminal {
  readonly isInteractive: boolean;
  /** Asks without showing what is typed. */
  askHidden(question: string): Promise<string>;
  /** The next line of standard input. */
  nextLine(): Promise<string>;
  print(text: string): void;
}

/** A secret from a file or from standard input, without the line end. @throws CommandError usage */
export async function readSecret(source: SecretSource, what: string, terminal: Terminal): Promise<string> {
  const text = source.from === 'stdin' ? await terminal.nextLine() : await readSecretFile(source.path, what);
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') throw new CommandError('usage', `The ${what} is empty.`, 'Check the file or what is piped in.');
  return secret;
}

async function readSecretFile(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemErrorCode(cause) ?? 'unreadable';
    throw new CommandError('usage', `The file of the ${what} cannot be read (${code}).`, 'Check its path and rights.', {
      cause,
    });
  }
}

/** The terminal of this process. */
export class ProcessTerminal implements Terminal {
  private lines: string[] | undefined;

  get isInteractive(): boolean {
    return process.stdin.isTTY && process.stderr.isTTY;
  }

  async askHidden(question: string): Promise<string> {
    process.stderr.write(question);
    const silent = new Writable({
      write: (_chunk, _encoding, done) => {
        done();
      },
    });
    const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
    try {
      return await lines.question('');
    } finally {
      lines.close();
      process.stderr.write('\n');
    }
  }

  /** Standard input is read once, whole: two secrets may stand on two lines. */
  async nextLine(): Promise<string> {
    this.lines ??= await readLines();
    return this.lines.shift() ?? '';
  }

  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}

async function readLines(): Promise<string[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_INPUT_BYTES)
      throw new CommandError('usage', 'Too much on standard input.', 'Pipe in only the secrets.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/);
}
