import type { Command } from 'commander';
import { action } from '../call.js';
import { bashCompletion, fishCompletion, vocabularyOf, zshCompletion, type Vocabulary } from '../completion.js';
import { CommandError } from '../exit-codes.js';
import type { Shell } from '../shell.js';

const SCRIPTS: ReadonlyMap<string, (words: Vocabulary) => string> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** `completion` */
export function addCompletion(program: Command, shell: Shell): void {
  program
    .command('completion <shell>')
    .description('print a script that completes commands: `source <(tidegate completion bash)`')
    .action(
      action(shell, async (call) => {
        const script = SCRIPTS.get(call.word(0));
        if (!script) throw new CommandError(`${call.word(0)} is not known.`, { remedy: 'It is bash, zsh or fish.' });
        await shell.write(script(vocabularyOf(program)));
      }),
    );
}
