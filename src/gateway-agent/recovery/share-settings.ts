import { z } from 'zod';
import { check, readSource, text, usage, type Flags, type SecretSource } from '../settings-values.js';
import { MAX_SHARES } from './share-set.js';

/** Where a recovery key comes from that was assigned before. */
export type RecoveryKeySource =
  | SecretSource
  | { readonly from: 'terminal' }
  /** Files of its shares. */
  | { readonly from: 'shares'; readonly paths: readonly string[] };

/** What is to be done with shares of a recovery key. */
export type SharesAction =
  | {
      readonly action: 'split';
      readonly threshold: number;
      readonly shares: number;
      /** Folder for the shares. */
      readonly out: string;
      readonly recoveryKey: SecretSource | { readonly from: 'terminal' };
    }
  | { readonly action: 'verify'; readonly paths: readonly string[] };

export const SHARE_FILE_OPTION = { 'recovery-share-file': { type: 'string', multiple: true } } as const;
export const SHARES_OPTIONS = {
  ...SHARE_FILE_OPTION,
  'recovery-key-file': { type: 'string' },
  'recovery-key-stdin': { type: 'boolean' },
  threshold: { type: 'string' },
  shares: { type: 'string' },
  out: { type: 'string' },
} as const;

const number = z.coerce.number().int().min(2).max(MAX_SHARES);

/** The recovery key that holds: from one place, or from its shares. @throws CommandError usage */
export function readAssignedKey(flags: Flags): RecoveryKeySource {
  const whole = readSource(flags, 'recovery-key');
  const paths = readPaths(flags);
  if (paths.length === 0) return whole ?? { from: 'terminal' };
  if (whole) throw usage('--recovery-share-file takes the place of --recovery-key-file and --recovery-key-stdin.');
  return { from: 'shares', paths };
}

/** @throws CommandError usage */
export function readSharesAction(action: string | undefined, flags: Flags): SharesAction {
  if (action === 'verify') {
    const paths = readPaths(flags);
    if (paths.length === 0) throw usage('--recovery-share-file is missing: name each share with one.');
    return { action, paths };
  }
  if (action !== 'split') throw usage('recovery-shares needs to be told what to do: split or verify.');
  const threshold = check('--threshold', number, flags.threshold);
  const shares = check('--shares', number, flags.shares);
  if (threshold > shares) throw usage('--threshold is more than --shares: nobody could ever make the key of them.');
  const out = check('--out', z.string().min(1), flags.out);
  return { action, threshold, shares, out, recoveryKey: readSource(flags, 'recovery-key') ?? { from: 'terminal' } };
}

function readPaths(flags: Flags): readonly string[] {
  const given = flags['recovery-share-file'];
  const paths = typeof given === 'object' ? given : [text(given)].filter((path) => path !== undefined);
  if (paths.length > MAX_SHARES) throw usage(`--recovery-share-file was given more than ${MAX_SHARES} times.`);
  return paths;
}
