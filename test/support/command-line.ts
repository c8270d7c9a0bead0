import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { TEST_DIST, type E2eStack } from './e2e-stack.js';

/** How a command ended, and what it printed. */
export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `tidegate` as its own process, with a configuration folder of its own. */
export class CommandLine {
  /** Everything that any command printed. */
  printed = '';
  /** The words of every command. */
  typed = '';

  constructor(
    private readonly stack: E2eStack,
    readonly folder: string,
  ) {}

  /** @param whilePrinting told everything that standard error said so far */
  async run(
    words: readonly string[],
    {
      env = {},
      input = '',
      whilePrinting,
    }: { env?: Record<string, string>; input?: string; whilePrinting?: (text: string) => void } = {},
  ): Promise<Printed> {
    const child = spawn(process.execPath, [join(TEST_DIST, 'cli/main.js'), ...words], {
      stdio: 'pipe',
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.folder,
        XDG_CONFIG_HOME: this.folder,
        TIDEGATE_CA_FILE: this.stack.description.caFile,
        ...env,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += String(data)));
    child.stderr.on('data', (data) => {
      stderr += String(data);
      whilePrinting?.(stderr);
    });
    child.stdin.on('error', () => undefined).end(input);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    this.printed += stdout + stderr;
    this.typed += `${words.join(' ')}\n`;
    return { code, stdout, stderr };
  }

  /** A command that succeeds and prints JSON. */
  async json<T>(words: readonly string[], env: Record<string, string> = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...words, '--json'], { env });
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }
}
