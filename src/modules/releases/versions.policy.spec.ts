import { describe, expect, it } from 'vitest';
import {
  compareVersions,
  isSupportEnding,
  supportWindow,
  upgradeStateOf,
  upgradeStateOfAll,
} from './versions.policy.js';

/** A release each month, in the rhythm of the model: the build number rises by four. */
const monthly = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    version: `3000.${302 + 4 * index}.1`,
    publishedAt: new Date(Date.UTC(2026, index, 15)),
  }));

describe('versions', () => {
  it('are compared by number, not by letter', () => {
    expect(compareVersions('3000.99.1', '3000.302.1')).toBeLessThan(0);
    expect(compareVersions('3000.302.2', '3000.302.10')).toBeLessThan(0);
    expect(compareVersions('3000.302.1', '3000.302.1')).toBe(0);
  });
});

describe('support', () => {
  const window = supportWindow(monthly(8).reverse());

  it('covers the last six releases', () => {
    expect(window).toEqual({ newest: '3000.330.1', oldest: '3000.310.1', oldestAfterNext: '3000.314.1' });
    expect(upgradeStateOf('3000.330.1', window)).toBe('UpToDate');
    expect(upgradeStateOf('3000.326.1', window)).toBe('NewVersionAvailable');
    expect(upgradeStateOf('3000.310.1', window)).toBe('NewVersionAvailable');
    expect(upgradeStateOf('3000.306.1', window)).toBe('UpgradeRequired');
  });

  it('is said to end one release ahead, and only then', () => {
    expect(['3000.306.1', '3000.310.1', '3000.314.1', '3000.330.1'].map((one) => isSupportEnding(one, window))).toEqual(
      [false, true, false, false],
    );
  });

  it('ends for nobody while fewer than six releases exist', () => {
    const young = supportWindow(monthly(5));
    expect(young.oldest).toBeUndefined();
    expect(upgradeStateOf('1.0.0', young)).toBe('NewVersionAvailable');
    expect(isSupportEnding('1.0.0', young)).toBe(false);
  });

  it('places versions that the catalogue does not list by their number', () => {
    expect(upgradeStateOf('3000.311.7', window)).toBe('NewVersionAvailable');
    expect(upgradeStateOf('3000.999.1', window)).toBe('UpToDate');
  });

  it('of a gateway is that of the member that needs an update most', () => {
    expect(upgradeStateOfAll(['3000.330.1', '3000.306.1', 'nightly', '3000.326.1'], window)).toBe('UpgradeRequired');
    expect(upgradeStateOfAll(['3000.330.1', 'nightly', '3000.326.1'], window)).toBe('NewVersionAvailable');
    expect(upgradeStateOfAll(['3000.330.1', 'nightly'], window)).toBe('Unknown');
    expect(upgradeStateOfAll(['3000.330.1', '3000.330.1'], window)).toBe('UpToDate');
    expect(upgradeStateOfAll([], window)).toBe('Unknown');
  });

  it('cannot be told of what is no version, nor by an empty catalogue', () => {
    expect(upgradeStateOf('nightly', window)).toBe('Unknown');
    expect(upgradeStateOf('3000.330.1', supportWindow([]))).toBe('Unknown');
  });
});
