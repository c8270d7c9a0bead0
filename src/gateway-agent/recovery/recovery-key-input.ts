import { CommandError } from '../exit-codes.js';
import { recoveryKeyProblem, recoveryKeyStrength } from '../recovery-strength.js';
import type { SecretSource } from '../settings.js';
import { readSecret, type Terminal } from '../terminal.js';
import { readShareFiles, recoveryKeyOf } from './share-files.js';
import type { RecoveryKeySource } from './share-settings.js';

/** The recovery key as it was assigned; whether it is right, only the control plane can tell. @throws CommandError usage */
export async function askRecoveryKey(source: RecoveryKeySource, terminal: Terminal): Promise<string> {
  if (source.from === 'shares') return recoveryKeyOf(await readShareFiles(source.paths));
  if (source.from !== 'terminal') return readSecret(source, 'recovery key', terminal);
  if (!terminal.isInteractive) throw missing('--recovery-key-file');
  const key = await terminal.askHidden('Recovery key of the gateway: ');
  if (key !== '') return key;
  throw new CommandError('usage', 'The recovery key is empty.', 'Run the command again.');
}

/** The recovery key as it was assigned, typed twice where nobody will say that it is wrong. @throws CommandError usage */
export async function askRecoveryKeyTwice(terminal: Terminal): Promise<string> {
  const key = await askTwice(terminal, '--recovery-key-file', 'Recovery key of the gateway: ');
  if (key !== '') return key;
  throw new CommandError('usage', 'The recovery key is empty.', 'Run the command again.');
}

/** A recovery key that is assigned now, checked and typed twice. @throws CommandError usage */
export async function chooseNewRecoveryKey(
  source: SecretSource | { readonly from: 'terminal' },
  terminal: Terminal,
  flag = '--recovery-key-file',
): Promise<string> {
  const key =
    source.from === 'terminal' ? await askTwice(terminal, flag) : await readSecret(source, 'recovery key', terminal);
  const problem = recoveryKeyProblem(key);
  if (problem !== undefined) {
    throw new CommandError('usage', problem, 'Choose another, or let --generate-recovery-key make one.');
  }
  const { label, bits } = recoveryKeyStrength(key);
  terminal.print(`Strength of the recovery key: ${label} (at most ${bits} bits).`);
  return key;
}

async function askTwice(
  terminal: Terminal,
  flag: string,
  question = 'New recovery key (at least 8 characters): ',
): Promise<string> {
  if (!terminal.isInteractive) throw missing(flag);
  const first = await terminal.askHidden(question);
  const second = await terminal.askHidden('Once more: ');
  if (first === second) return first;
  throw new CommandError('usage', 'The two recovery keys differ.', 'Run the command again.');
}

function missing(flag: string): CommandError {
  return new CommandError('usage', 'The recovery key is missing.', `Give it with ${flag}, or run the command in a terminal.`); // prettier-ignore
}
