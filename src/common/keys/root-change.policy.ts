import { ConfigError, type VaultKeyName } from '../../config/env.js';
import { announcedRoot, type RootRow } from './root-row.js';

/** What the operator's settings ask for, held against what is recorded. */
export interface RootChange {
  /** The announced root that is to come into force. */
  readonly switchTo: RootRow | undefined;
  /** The key that is to be announced. */
  readonly announce: VaultKeyName | undefined;
}

export interface WantedRoots {
  readonly rootKey: VaultKeyName | undefined;
  readonly nextRootKey: VaultKeyName | undefined;
}

/**
 * Compares the settings with the roots that are known. Generations only rise, and a root is used thirty days after it was
 * announced at the earliest: before that agents refuse it, and the gateways would be lost.
 *
 * @throws ConfigError
 */
export function rootChange(rows: readonly RootRow[], active: RootRow, wanted: WantedRoots, now: Date): RootChange {
  const switchTo = wantedSwitch(rows, active, wanted.rootKey, now);
  return { switchTo, announce: wantedAnnouncement(rows, switchTo ?? active, wanted.nextRootKey) };
}

function wantedSwitch(
  rows: readonly RootRow[],
  active: RootRow,
  rootKey: VaultKeyName | undefined,
  now: Date,
): RootRow | undefined {
  if (!rootKey || isSame(active, rootKey)) return undefined;
  const row = rows.find((one) => isSame(one, rootKey));
  if (!row) {
    throw new ConfigError(
      `TIDEGATE_ROOT_KEY: this key was never announced. In force is generation ${active.generation}; name the next one in TIDEGATE_NEXT_ROOT_KEY first, thirty days ahead.`,
    );
  }
  if (row.generation < active.generation) {
    throw new ConfigError(
      `TIDEGATE_ROOT_KEY: names generation ${row.generation}, and generation ${active.generation} is in force. Agents never go back: remove the setting.`,
    );
  }
  if (row.notBefore === null || now < row.notBefore) {
    throw new ConfigError(
      `TIDEGATE_ROOT_KEY: generation ${row.generation} may come into force on ${row.notBefore?.toISOString() ?? 'no day yet'} at the earliest; until then agents refuse it.`,
    );
  }
  return row;
}

function wantedAnnouncement(
  rows: readonly RootRow[],
  active: RootRow,
  nextRootKey: VaultKeyName | undefined,
): VaultKeyName | undefined {
  if (!nextRootKey) return undefined;
  const known = rows.find((one) => isSame(one, nextRootKey));
  // In force, or announced already: nothing is to be done.
  if (known && known.generation >= active.generation) return undefined;
  if (known) {
    throw new ConfigError(`TIDEGATE_NEXT_ROOT_KEY: generation ${known.generation} is over; a root never comes back.`);
  }
  const announced = announcedRoot(rows);
  if (announced && announced.generation > active.generation) {
    throw new ConfigError(
      `TIDEGATE_NEXT_ROOT_KEY: another key was announced as generation ${announced.generation}. Withdraw that first (root withdraw).`,
    );
  }
  return nextRootKey;
}

function isSame(row: RootRow, key: VaultKeyName): boolean {
  return row.name === key.name && row.version === key.version;
}
