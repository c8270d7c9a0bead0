import { CommandError } from '../exit-codes.js';
import type { ServiceHost } from './service-host.js';
import { commandLine, type ServiceStep } from './service-step.js';

/** Takes back one step. @returns whether it worked */
type Undo = () => Promise<boolean>;

/**
 * Does steps in their order. When one fails, those before it are taken back, the last first: the machine is as it was.
 *
 * @throws CommandError state, with what the failing program said
 */
export async function applySteps(steps: readonly ServiceStep[], host: ServiceHost): Promise<void> {
  const undos: Undo[] = [];
  for (const step of steps) {
    try {
      undos.push(...(await apply(step, host)));
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      let isWhole = true;
      for (const undo of undos.reverse()) isWhole = (await undo()) && isWhole;
      throw new CommandError(
        'state',
        `${error.what} failed: ${error.message}`,
        isWhole
          ? 'Nothing was changed. Mend the cause and run the command again.'
          : 'Not everything could be taken back. Mend the cause and run the command again: it can be repeated.',
        { cause: error },
      );
    }
  }
}

class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly what: string,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options);
  }
}

async function apply(step: ServiceStep, host: ServiceHost): Promise<Undo[]> {
  switch (step.kind) {
    case 'run': {
      const { code, output } = await host.run(step.argv, step.script);
      if (code !== 0 && step.also?.includes(code) !== true) {
        throw new StepFailed(commandLine(step.argv), output === '' ? `exit code ${code}` : output);
      }
      return step.undo && code === 0 ? [running(step.undo, host)] : [];
    }
    case 'write':
      return changing(step.path, host, () => host.write(step.path, step.content, step.mode), step.mode);
    case 'remove':
      return changing(step.path, host, () => host.remove(step.path), 0o644);
    case 'on-failure':
      return [running(step.argv, host)];
  }
}

async function changing(path: string, host: ServiceHost, change: () => Promise<void>, mode: number): Promise<Undo[]> {
  try {
    const before = await host.read(path);
    await change();
    const restore = async () => (before === undefined ? host.remove(path) : host.write(path, before, mode));
    return [() => succeeded(restore())];
  } catch (error) {
    throw new StepFailed(`changing ${path}`, error instanceof Error ? error.message : 'unknown', { cause: error });
  }
}

function running(argv: readonly string[], host: ServiceHost): Undo {
  return async () => (await host.run(argv)).code === 0;
}

function succeeded(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
