import type { UpgradeState } from '../../contract/release.js';

/** How many releases are supported, the newest included. @see facts/gateway-versions.json: the last six monthly ones */
export const SUPPORTED_RELEASES = 6;

/** A release as far as support goes. */
export interface KnownRelease {
  readonly version: string;
  readonly publishedAt: Date;
}

/** What stands in a catalogue, as far as support goes. */
export interface SupportWindow {
  /** Undefined for an empty catalogue. */
  readonly newest: string | undefined;
  /** Older ones are not supported; undefined while fewer releases exist than are supported. */
  readonly oldest: string | undefined;
  /** The oldest that is still supported after the next release. */
  readonly oldestAfterNext: string | undefined;
}

/** Below zero when `a` is older. Both have three numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isVersion(text: string): boolean {
  return /^\d{1,6}\.\d{1,6}\.\d{1,6}$/.test(text);
}

/** @param releases in any order; a correction of an older version published late counts by its number, not its date */
export function supportWindow(releases: readonly KnownRelease[]): SupportWindow {
  const latest = [...releases]
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime() || compareVersions(b.version, a.version))
    .slice(0, SUPPORTED_RELEASES)
    .map(({ version }) => version)
    .sort((a, b) => compareVersions(b, a));
  const isFull = latest.length === SUPPORTED_RELEASES;
  return {
    newest: latest[0],
    oldest: isFull ? latest[SUPPORTED_RELEASES - 1] : undefined,
    oldestAfterNext: isFull ? latest[SUPPORTED_RELEASES - 2] : undefined,
  };
}

/** Where a version stands. One that the catalogue does not list is placed by its number. */
export function upgradeStateOf(version: string, window: SupportWindow): UpgradeState {
  if (!isVersion(version) || window.newest === undefined) return 'Unknown';
  if (window.oldest !== undefined && compareVersions(version, window.oldest) < 0) return 'UpgradeRequired';
  return compareVersions(version, window.newest) < 0 ? 'NewVersionAvailable' : 'UpToDate';
}

/** From the one that asks for something most urgently. */
const BY_URGENCY = ['UpgradeRequired', 'NewVersionAvailable', 'Unknown', 'UpToDate'] as const satisfies UpgradeState[];

/** Where a gateway stands: as the member that needs an update most. Unknown without members. */
export function upgradeStateOfAll(versions: readonly string[], window: SupportWindow): UpgradeState {
  const states = new Set(versions.map((version) => upgradeStateOf(version, window)));
  return BY_URGENCY.find((state) => states.has(state)) ?? 'Unknown';
}

/** Whether the next release ends the version's support. */
export function isSupportEnding(version: string, window: SupportWindow): boolean {
  if (window.oldestAfterNext === undefined || upgradeStateOf(version, window) !== 'NewVersionAvailable') return false;
  return compareVersions(version, window.oldestAfterNext) < 0;
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
