import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, systemErrorCode } from '../exit-codes.js';
import { syncFolder } from '../state-folder.js';
import { readShare, ShareDamaged, writeShare, type RecoveryShare } from './recovery-share.js';
import { combineShares, SharesUnfit, type NamedShare } from './share-set.js';

/** The longest recovery key gives shares of some 8 KB. */
const MAX_FILE_BYTES = 64 * 1024;

/** Each share in a file of its own (0600), in a folder that is made if need be (0700). All of them or none. @throws CommandError state */
export async function writeShareFiles(
  folder: string,
  shares: readonly RecoveryShare[],
  gatewayName: string | undefined,
): Promise<readonly string[]> {
  const written: string[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const share of shares) {
      const path = join(folder, `recovery-share-${share.set}-${share.number}-of-${share.of}.txt`);
      // Never over a file that is there: it may be the only copy of another share.
      const handle = await open(path, 'wx', 0o600);
      written.push(path);
      try {
        await handle.writeFile(writeShare(share, gatewayName));
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
    await syncFolder(folder);
    return written;
  } catch (cause) {
    for (const path of written) await rm(path, { force: true });
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new CommandError(
      'state',
      `The shares cannot be written to ${folder} (${code}).`,
      'Name another folder with --out; none of the shares was kept.',
      { cause },
    );
  }
}

/** @throws CommandError usage, naming the file that is not a share */
export async function readShareFiles(paths: readonly string[]): Promise<readonly NamedShare[]> {
  const named: NamedShare[] = [];
  for (const path of paths) named.push({ name: path, share: await readShareFile(path) });
  return named;
}

/** The recovery key out of the files of its shares; it is nowhere but in memory. @throws CommandError usage */
export async function recoveryKeyOf(shares: readonly NamedShare[]): Promise<string> {
  try {
    return await combineShares(shares);
  } catch (error) {
    if (!(error instanceof SharesUnfit)) throw error;
    throw new CommandError('usage', error.message, 'Give each share that is at hand with --recovery-share-file.', {
      cause: error,
    });
  }
}

async function readShareFile(path: string): Promise<RecoveryShare> {
  try {
    const { size } = await stat(path);
    if (size > MAX_FILE_BYTES) throw new ShareDamaged('is far longer than any share');
    return readShare(await readFile(path, 'utf8'));
  } catch (cause) {
    if (cause instanceof ShareDamaged) {
      throw new CommandError('usage', `The share ${path} ${cause.message}.`, 'Use another share in its place.', { cause }); // prettier-ignore
    }
    const code = systemErrorCode(cause);
    if (code === undefined) throw cause;
    throw new CommandError('usage', `The share ${path} cannot be read (${code}).`, 'Check its path and rights.', {
      cause,
    });
  }
}
