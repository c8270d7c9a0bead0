import { CommandError } from '../exit-codes.js';
import { findMemberRecord } from '../member-record.js';
import type { SharesSettings } from '../settings.js';
import { StateFolder } from '../state-folder.js';
import type { Terminal } from '../terminal.js';
import { drill } from './drill.js';
import { askRecoveryKey, askRecoveryKeyTwice } from './recovery-key-input.js';
import { readShareFiles, recoveryKeyOf, writeShareFiles } from './share-files.js';
import { splitRecoveryKey } from './share-set.js';

type Action<T> = SharesSettings & { readonly action: T };

/**
 * Writes the recovery key as shares for several keepers, read back before it is said that they are good.
 *
 * @throws CommandError
 */
export async function splitIntoShares(settings: Action<'split'>, terminal: Terminal): Promise<void> {
  const { threshold, shares, out, recoveryKey: source } = settings;
  const recoveryKey =
    source.from === 'terminal' ? await askRecoveryKeyTwice(terminal) : await askRecoveryKey(source, terminal);
  const record = await findMemberRecord(new StateFolder(settings.stateDir));
  const made = await splitRecoveryKey(recoveryKey, { threshold, shares, gatewayId: record?.gatewayId.toLowerCase() });
  const paths = await writeShareFiles(out, made, record?.gatewayName);
  if ((await recoveryKeyOf(await readShareFiles(paths))) !== recoveryKey) {
    throw new CommandError('state', `The shares in ${out} do not make the key they were made of.`, 'Throw them away.');
  }
  for (const path of paths) terminal.print(path);
  terminal.print(`Any ${threshold} of these ${shares} shares make the recovery key. Give each to another keeper.`);
  terminal.print('Run `tidegate-agent recovery-shares verify` with some of them before the key itself is put away.');
}

/**
 * Shows that shares make a recovery key, and, where a gateway is registered, that it is the gateway's: by a drill.
 *
 * @throws CommandError
 */
export async function verifyShares(settings: Action<'verify'>, terminal: Terminal): Promise<void> {
  const shares = await readShareFiles(settings.paths);
  await recoveryKeyOf(shares);
  terminal.print('They fit together.');
  const record = await findMemberRecord(new StateFolder(settings.stateDir));
  if (!record) return;
  const foreign = shares.find(({ share }) => share.gatewayId !== undefined && share.gatewayId !== record.gatewayId.toLowerCase()); // prettier-ignore
  if (foreign) {
    throw new CommandError(
      'usage',
      `The share ${foreign.name} is of another gateway (${foreign.share.gatewayId}).`,
      'Run the command with the --state of that gateway’s member, or use the shares of this one.',
    );
  }
  const { stateDir, logLevel, machine, isProduction, paths } = settings;
  const drilled = { stateDir, logLevel, machine, isProduction, recoveryKey: { from: 'shares', paths } } as const;
  await drill({ ...drilled, command: 'drill' }, terminal);
  terminal.print(`They make the recovery key of gateway ${record.gatewayName}: the drill passed.`);
}
