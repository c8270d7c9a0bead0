import { CommandError, EXIT_CODES } from '../exit-codes.js';
import { describeError } from '../output/report-error.js';
import { showChange, type Change } from './change.js';
import { describeStep } from './describe-plan.js';

/** What was done before it stopped, and what was not. */
export class StoppedPartway extends CommandError {
  constructor(
    readonly done: readonly Change[],
    readonly notDone: readonly Change[],
    override readonly cause: unknown,
  ) {
    const { code, message, remedy = '' } = describeError(cause);
    const exitCode = done.length === 0 ? EXIT_CODES.failed : EXIT_CODES.partly;
    super(message, { code, remedy, exitCode, cause });
  }

  /** For `--json`. */
  show() {
    const { done, notDone, cause } = this;
    return { isSame: false, done: done.map(showChange), notDone: notDone.map(showChange), error: describeError(cause) };
  }
}

/**
 * Does the steps of a plan one after the other. Every secret is read and sealed before the first of them.
 *
 * @param tell told of each step when it is done
 * @throws StoppedPartway at the first step that fails; CommandError when a secret cannot be read, with nothing done
 */
export async function applyPlan(changes: readonly Change[], tell: (text: string) => void): Promise<void> {
  for (const change of changes) await change.prepare?.();
  for (const [at, change] of changes.entries()) {
    try {
      await change.run();
    } catch (error) {
      throw new StoppedPartway(changes.slice(0, at), changes.slice(at), error);
    }
    tell(`done: ${describeStep(change)}`);
  }
}
