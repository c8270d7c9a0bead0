import { CommanderError } from 'commander';
import { EXIT_CODES, VERIFY_EXIT_CODES } from './exit-codes.js';
import { exitCodeOf, renderError } from './output/report-error.js';
import { buildProgram } from './program.js';
import type { Shell } from './shell.js';

/** Carries out one command. @returns its exit code; undefined where the command said it itself */
export async function runCommand(shell: Shell, words: readonly string[]): Promise<number | undefined> {
  try {
    // As an option of the program it would be taken anywhere, and swallow a command in which somebody wrote it by mistake.
    const asked = words.length === 1 && words[0] === '--version' ? ['version'] : words;
    await buildProgram(shell).parseAsync(asked, { from: 'user' });
    return undefined;
  } catch (error) {
    // Help was printed and then thrown.
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODES.done;
    // A group of commands without a verb: its help was printed on standard error.
    if (!(error instanceof CommanderError && error.code === 'commander.help')) {
      shell.note(renderError(error, words.includes('--json')));
    }
    const isVerify = words[0] === 'audit' && words[1] === 'verify';
    return isVerify ? VERIFY_EXIT_CODES.unusable : exitCodeOf(error);
  }
}
