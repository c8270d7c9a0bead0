import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeForPeople } from './dev-stack/stack-description.js';
import { Stack } from './dev-stack/stack.js';

export interface DevelopmentStackOptions {
  readonly root: string;
  readonly distDir: string;
  readonly port: number;
  /** What stands behind `npm run start --`. */
  readonly args: readonly string[];
}

/** `npm start`: brings the embedded stack up, says what is where, and ends it on Ctrl-C. */
export async function runDevelopmentStack({ root, distDir, port, args }: DevelopmentStackOptions): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { fresh: { type: 'boolean', default: false }, tls: { type: 'boolean', default: false } },
  });
  const startedAt = Date.now();
  const stateDir = join(root, '.stack');
  const stack = new Stack({
    distDir,
    stateDir,
    port,
    fresh: values.fresh,
    tls: values.tls,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  let isEnding = false;
  const end = (): void => {
    if (isEnding) {
      // Asked twice: no more waiting for anybody.
      stack.kill();
      process.exit(130);
    }
    isEnding = true;
    process.stdout.write('\nending …\n');
    stack.stop().then(
      () => process.exit(0),
      (error: unknown) => exitWith(error),
    );
  };
  process.on('SIGINT', end).on('SIGTERM', end).on('SIGHUP', end);

  try {
    await stack.start();
  } catch (error) {
    if (isEnding) return;
    await stack.stop();
    exitWith(error);
  }
  process.stdout.write(`\n${describeForPeople(stack.description, join(stateDir, 'stack.json'))}\n`);
  process.stdout.write(`\nReady in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function exitWith(error: unknown): never {
  process.stderr.write(`\nTidegate did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
